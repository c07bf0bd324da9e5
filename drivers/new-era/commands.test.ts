import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { microlitre, microlitrePerHour } from '../../core/units.ts';
import { connect, finish, PROGRAM } from './test-bench.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

async function ready() {
  const bench = connect();
  await finish(bench.driver.identify());
  // Takes the alarm of having been switched on, which one reading has to show.
  await finish(bench.driver.status());
  return bench;
}

async function configured() {
  const bench = await ready();
  expect(await finish(bench.driver.configure(PROGRAM))).toEqual({ kind: 'confirmed' });
  return bench;
}

async function running() {
  const bench = await configured();
  expect(await finish(bench.driver.start())).toEqual({ kind: 'confirmed' });
  return bench;
}

test('a stop that is owed to a pump in Basic mode is confirmed: it is brought back into Safe mode first', async () => {
  const { driver } = connect({ safe: 0 });
  expect(await finish(driver.stop())).toEqual({ kind: 'confirmed' });
  expect(await finish(driver.status())).toMatchObject({ state: 'alarm' });
});

describe('configure', () => {
  test('makes phase 2 a stop, so that the pump ends exactly at its volume limit', async () => {
    const { pump, driver, sent } = await running();
    expect(sent.join(' ')).toMatch(/PHN2 FUN FUNSTP FUN PHN1/);
    // 1 mL at 36 mL/h takes 100 s; polling keeps the watchdog content.
    for (let second = 0; second < 110; second += 1) {
      await finish(driver.status());
      await vi.advanceTimersByTimeAsync(1_000);
    }
    expect(pump.truth()).toEqual({ deliveredMicrolitres: 1_000, rateMicrolitresPerHour: 0, delivering: false });
    expect(await finish(driver.status())).toMatchObject({ state: 'stopped', counter: 1_000, alarm: null });
  });

  test('rounds down, never up', async () => {
    const { driver, sent } = await ready();
    const program = { ...PROGRAM, rate: microlitrePerHour(12_399), volume: microlitre(17_509) };
    expect(await finish(driver.configure(program))).toEqual({ kind: 'confirmed' });
    expect(sent).toContain('RAT12.3MH');
    expect(sent).toContain('VOL17.5');
  });

  test('writes only what differs, because the pump keeps it in non-volatile memory', async () => {
    const { driver, sent } = await configured();
    sent.length = 0;
    expect(await finish(driver.configure(PROGRAM))).toEqual({ kind: 'confirmed' });
    expect(sent.filter((text) => /\d$/.test(text))).toEqual(['SAF4', 'PHN2', 'PHN1']);
  });

  test('starts the counter anew before four digits make it too coarse for the volume check (R-4.6)', async () => {
    const { driver, sent } = await ready();
    const full = { ...PROGRAM, rate: microlitrePerHour(870_000), volume: microlitre(20_000) };
    const counters: number[] = [];
    for (let syringe = 0; syringe < 6; syringe += 1) {
      expect(await finish(driver.configure(full))).toEqual({ kind: 'confirmed' });
      expect(await finish(driver.start())).toEqual({ kind: 'confirmed' });
      for (let second = 0; second < 90; second += 1) {
        await finish(driver.status());
        await vi.advanceTimersByTimeAsync(1_000);
      }
      counters.push((await finish(driver.status()))?.counter ?? -1);
    }
    // In whole millilitres: the motor's fractions add up, and the counter shows them rounded down.
    expect(counters.map((counter) => Math.round(counter / 1_000))).toEqual([20, 40, 60, 80, 20, 40]);
    expect(sent.filter((text) => text === 'CLDINF')).toHaveLength(1);
  });

  test('sends again what an alarm consumed', async () => {
    const { pump, driver } = await ready();
    pump.fault({ kind: 'power-cycle' });
    expect(await finish(driver.configure(PROGRAM))).toEqual({ kind: 'confirmed' });
    expect(await finish(driver.status())).toMatchObject({ rate: PROGRAM.rate, alarm: 'power-interrupted' });
  });

  test('does not touch a pump that delivers', async () => {
    const { driver } = await running();
    expect(await finish(driver.configure(PROGRAM))).toEqual({ kind: 'refused', code: 'pump-infusing' });
  });

  test('resets a program that was paused at the panel, so that its rest is not resumed', async () => {
    const { pump, driver } = await running();
    pump.fault({ kind: 'panel', action: 'stop' });
    expect(await finish(driver.configure(PROGRAM))).toEqual({ kind: 'confirmed' });
    expect(await finish(driver.status())).toMatchObject({ state: 'stopped' });
  });

  test.each([
    ['unknown-syringe', { ...PROGRAM, syringe: 'BD 7 mL' }],
    ['volume-out-of-range', { ...PROGRAM, volume: microlitre(9) }],
    ['volume-out-of-range', { ...PROGRAM, volume: microlitre(20_010) }],
    ['rate-out-of-range', { ...PROGRAM, rate: microlitrePerHour(99) }],
    ['rate-out-of-range', { ...PROGRAM, rate: microlitrePerHour(872_400) }],
  ])('refuses %s without a byte on the line', async (code, program) => {
    const { driver, sent } = await ready();
    sent.length = 0;
    expect(await finish(driver.configure(program))).toEqual({ kind: 'refused', code });
    expect(sent).toEqual([]);
  });

  test('keeps the pump from going on by itself after a power failure', async () => {
    const { pump } = await running();
    pump.fault({ kind: 'power-cycle' });
    expect(pump.truth().delivering).toBe(false);
  });
});

describe('start', () => {
  test('is unknown when the reply to RUN is lost, and is not sent again', async () => {
    const { pump, driver, sent, losing } = await configured();
    losing.add('RUN');
    expect(await finish(driver.start())).toMatchObject({ kind: 'unknown' });
    expect(await finish(driver.status())).toMatchObject({ state: 'infusing' });
    await vi.advanceTimersByTimeAsync(2_000);
    expect(sent.filter((text) => text === 'RUN')).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(pump.truth().deliveredMicrolitres).toBeLessThan(PROGRAM.volume);
  });

  test('is refused when an alarm consumed it, and is not sent again', async () => {
    const { pump, driver, sent } = await configured();
    pump.fault({ kind: 'power-cycle' });
    expect(await finish(driver.start())).toEqual({ kind: 'refused', code: 'alarm-power-interrupted' });
    expect(sent.filter((text) => text === 'RUN')).toHaveLength(1);
    expect(pump.truth().delivering).toBe(false);
  });

  test('is refused when the pump runs already', async () => {
    const { driver } = await running();
    expect(await finish(driver.start())).toEqual({ kind: 'refused', code: 'not-applicable' });
  });
});

describe('stop', () => {
  test('resets the program, so that a key at the panel does not resume it', async () => {
    const { driver, sent } = await running();
    sent.length = 0;
    expect(await finish(driver.stop())).toEqual({ kind: 'confirmed' });
    expect(sent).toEqual(['STP', 'STP']);
    expect(await finish(driver.status())).toMatchObject({ state: 'stopped' });
  });

  test('overtakes all that waits, which is never sent', async () => {
    const { driver, sent } = await configured();
    sent.length = 0;
    const dropped = [driver.status(), driver.configure(PROGRAM), driver.start()];
    expect(await finish(driver.stop())).toEqual({ kind: 'confirmed' });
    expect(await Promise.all(dropped)).toMatchObject([null, { kind: 'unknown' }, { kind: 'unknown' }]);
    expect(sent.filter((text) => text !== 'STP').length).toBeLessThanOrEqual(1);
  });

  test('waits at most 50 ms for a reply that does not come (R-2.3)', async () => {
    const { pump, driver, sent, losing } = await running();
    losing.add('RAT');
    sent.length = 0;
    void driver.status();
    await vi.advanceTimersByTimeAsync(10);
    expect(sent).toEqual(['RAT']);
    const stop = driver.stop();
    await vi.advanceTimersByTimeAsync(51);
    expect(sent[1]).toBe('STP');
    expect(pump.truth().delivering).toBe(false);
    expect(await finish(stop)).toEqual({ kind: 'confirmed' });
  });

  test('does not wait for late replies of a line that lost one', async () => {
    const { pump, driver, losing } = await running();
    losing.add('RAT');
    expect(await finish(driver.status())).toBeNull();
    void driver.stop();
    await vi.advanceTimersByTimeAsync(5);
    expect(pump.truth().delivering).toBe(false);
  });

  test('is sent again when its reply is lost, then leaves the answer open', async () => {
    const { pump, driver, sent, losing } = await running();
    losing.add('STP');
    sent.length = 0;
    expect(await finish(driver.stop())).toMatchObject({ kind: 'unknown' });
    expect(sent).toEqual(['STP', 'STP']);
    expect(pump.truth().delivering).toBe(false);
  });

  test('says so when the pump refuses', async () => {
    const { pump, driver } = await running();
    pump.fault({ kind: 'refuse', on: true });
    expect(await finish(driver.stop())).toEqual({ kind: 'refused', code: 'not-applicable' });
    expect(pump.truth().delivering).toBe(true);
  });
});
