import { defineConfig } from 'vitest/config';

/**
 * The tests of core/ alone: what they do not notice is a survivor. Left out are claims over many histories, since a change
 * that only chance notices is noticed on one day and not on the next, and which cost seconds for every change.
 */
export default defineConfig({
  test: {
    include: ['core/**/*.test.ts'],
    exclude: ['core/**/{properties,dose-error,tenfold-slips,replay}.test.ts'],
    testTimeout: 20_000,
  },
});
