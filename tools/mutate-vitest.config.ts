import { defineConfig } from 'vitest/config';

/**
 * The tests of core/ alone: what they do not notice is a survivor. The claims over random histories are left out,
 * since a change that only they notice is noticed on one day and not on the next.
 */
export default defineConfig({
  test: { include: ['core/**/*.test.ts'], exclude: ['core/**/properties.test.ts'], testTimeout: 20_000 },
});
