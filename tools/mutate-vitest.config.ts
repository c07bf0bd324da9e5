import { defineConfig } from 'vitest/config';

/** The one file that tools/mutate-bundle.ts makes. */
export default defineConfig({
  test: { include: ['core-under-change/core.test.js'], testTimeout: 20_000, isolate: false },
});
