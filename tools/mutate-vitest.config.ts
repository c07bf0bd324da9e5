import { defineConfig } from 'vitest/config';

/** The tests of core/ alone: what they do not notice is a survivor. */
export default defineConfig({ test: { include: ['core/**/*.test.ts'], testTimeout: 20_000 } });
