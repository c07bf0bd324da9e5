import * as fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Fault } from '../kit/simulator.ts';
import { connect, finish, PROGRAM } from './test-bench.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const faults: Fault[] = [
  { kind: 'drop', every: 2 },
  { kind: 'drop', every: 3 },
  { kind: 'garble', everyBytes: 40 },
  { kind: 'delay', milliseconds: 300 },
  { kind: 'delay', milliseconds: 500 },
  { kind: 'silence', on: true },
  { kind: 'refuse', on: true },
  { kind: 'power-cycle' },
  { kind: 'stall' },
  { kind: 'none' },
  { kind: 'none' },
];
const step = fc.oneof(
  fc.constantFrom('configure' as const, 'start' as const, 'stop' as const, 'status' as const, 'wait' as const),
  fc.constantFrom(...faults),
);

test('no schedule of faults starts the pump twice for one start, or lets it pass its volume (R-4.3)', async () => {
  const schedules = fc.asyncProperty(fc.array(step, { maxLength: 15 }), async (steps) => {
    const { pump, driver, sent } = connect();
    await finish(driver.identify());
    let starts = 0;
    let ready = false;
    for (const step of steps) {
      if (typeof step === 'object') pump.fault(step);
      else if (step === 'wait') await vi.advanceTimersByTimeAsync(3_000);
      else if (step === 'configure') ready = (await finish(driver.configure(PROGRAM))).kind === 'confirmed';
      else if (step === 'start' && ready) {
        starts += 1;
        ready = false;
        if ((await finish(driver.start())).kind === 'confirmed') {
          // Confirmed means that the motor was seen running: it still does, or has given something since.
          const { delivering, deliveredMicrolitres } = pump.truth();
          expect(delivering || deliveredMicrolitres > 0).toBe(true);
        }
      } else if (step === 'stop') {
        if ((await finish(driver.stop())).kind === 'confirmed') expect(pump.truth().delivering).toBe(false);
      } else await finish(driver.status());
    }
    await vi.advanceTimersByTimeAsync(5_000);
    // The host is silent now: the watchdog has ended whatever was left.
    expect(pump.truth().delivering).toBe(false);
    expect(sent.filter((text) => text === 'RUN').length).toBeLessThanOrEqual(starts);
    expect(pump.truth().deliveredMicrolitres).toBeLessThanOrEqual(starts * PROGRAM.volume);
    pump.dispose();
  });
  await fc.assert(schedules, { numRuns: 300 });
});
