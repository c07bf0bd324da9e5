import { defineConfig } from 'vitest/config';

declare module 'vitest' {
  interface ProvidedContext {
    /** How many random histories core/engine/properties.test.ts judges. */
    histories: number;
    /** How many random schedules of faults drivers/new-era/schedule.test.ts plays. */
    schedules: number;
  }
}

/** asks for 100,000: `SCHEDULES=100000 npm test -- unit`. */
const SCHEDULES = Number(process.env['SCHEDULES'] ?? 300);

/**
 * `unit` beside the code; `system` with real processes, ports and files; `deep` that searches for what nobody thought
 * of; `browser` with real Chromium; `desktop` with real Electron, where its binary is.
 */
export default defineConfig({
  test: {
    // See tools/run.mjs: the tests of the record open hundreds of threads in one process.
    execArgv: ['--no-memory-protection-keys'],
    projects: [
      {
        test: {
          name: 'unit',
          provide: { histories: 400, schedules: SCHEDULES },
          include: [
            '{core,drivers,db,main,preload,renderer,tools}/**/*.test.{ts,tsx}',
            'tests/{structure,contract}/**/*.test.ts',
            'tests/hazards/table.test.ts',
          ],
          testTimeout: 20_000,
          // The longest ones wait for simulated devices in real time, so more files than processors share it.
          maxWorkers: 3,
        },
      },
      {
        test: {
          name: 'system',
          include: [
            'tests/{serial,story,recovery,faults,torture,oracle,replay,parity,packaging,security,performance}/**/*.test.ts',
          ],
          testTimeout: 180_000,
          hookTimeout: 60_000,
          // Most of their time is waiting for 30 s of steady signs, so three files share two processors.
          maxWorkers: 3,
        },
      },
      {
        test: {
          name: 'deep',
          provide: { histories: 10_000 },
          include: [
            'core/engine/properties.test.ts',
            'tests/exploration/**/*.test.ts',
            'tests/fuzz/**/*.test.ts',
            'tests/chaos/judge.test.ts',
            'tests/hazards/control-removal.test.ts',
          ],
          testTimeout: 300_000,
          hookTimeout: 60_000,
          // One for each core of the smallest machine that builds this: they compute all the time.
          maxWorkers: 2,
        },
      },
      {
        // By itself: it judges times to rest, and has eleven processes of its own.
        test: { name: 'chaos', include: ['tests/chaos/chaos.test.ts'], testTimeout: 300_000, hookTimeout: 60_000 },
      },
      {
        test: {
          name: 'browser',
          include: ['tests/e2e/**/*.test.ts'],
          testTimeout: 180_000,
          hookTimeout: 90_000,
          fileParallelism: false,
          maxConcurrency: 3,
        },
      },
      {
        test: { name: 'desktop', include: ['tests/desktop/**/*.test.ts'], testTimeout: 60_000, hookTimeout: 60_000 },
      },
    ],
    coverage: {
      provider: 'v8',
      include: ['core/**/*.ts'],
      exclude: ['**/*.test.ts'],
      reporter: ['text-summary', 'json-summary'],
      reportsDirectory: 'coverage',
      // every branch of the pure rules is taken by a test.
      thresholds: { branches: 100, functions: 100, lines: 100, statements: 100 },
    },
  },
});
