import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { millisecond } from '../../core/units.ts';
import { memoryLine } from '../kit/transports/memory.ts';
import { Decoder } from './decoder.ts';
import { encodeSafe, type Frame, judgeReply } from './frame.ts';
import { createNewEraSimulator, type NewEraSimulatorOptions } from './simulator.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A terminal at the pump: its clock is the test's, so late timers can be tried. */
function terminal(options: Omit<NewEraSimulatorOptions, 'clock'> = {}) {
  let now = 0;
  const clock = { now: () => millisecond(now) };
  const pump = createNewEraSimulator({ clock, ...options });
  const [near, far] = memoryLine();
  const heard: string[] = [];
  const decoder = new Decoder<Frame>(clock, judgeReply, {
    frame: ({ mode, payload }) => heard.push(`${mode === 'safe' ? '#' : ''}${payload}`),
    discarded: (reason) => heard.push(reason),
  });
  near.onData((bytes) => decoder.push(bytes));
  pump.attach(far);
  const send = async (bytes: Uint8Array) => {
    heard.length = 0;
    await near.write(bytes);
    await vi.advanceTimersByTimeAsync(0);
    return heard.join(' ');
  };
  const type = (text: string) => send(Buffer.from(`${text}\r`));
  const safely = (text: string) => send(encodeSafe(text));
  const pass = (milliseconds: number) => {
    now += milliseconds;
  };
  return { pump, heard, send, type, safely, pass };
}

async function awake(options: Parameters<typeof terminal>[0] = {}) {
  const bench = terminal(options);
  await bench.type('');
  return bench;
}

describe('modes', () => {
  test('in Basic mode both kinds of command are taken, and answered in Basic mode', async () => {
    const { type, safely } = await awake();
    expect(await type('ver')).toBe('00SNE1000V3.928');
    expect(await safely('0VER')).toBe('00SNE1000V3.928');
  });

  test('the reply to SAF comes in the new mode, both ways', async () => {
    const { type, safely } = await awake();
    expect(await type('SAF 5')).toBe('#00S');
    expect(await type('VER')).toBe('');
    expect(await safely('SAF0')).toBe('00S');
  });

  test('a damaged Safe packet is answered as such', async () => {
    const { send, safely } = await awake();
    await safely('SAF5');
    const damaged = encodeSafe('0RUN');
    damaged[3] = 0x51;
    expect(await send(damaged)).toBe('#00S?COM');
  });

  test('commands for another address are not answered', async () => {
    const { type } = terminal({ address: 7 });
    expect(await type('VER')).toBe('');
    expect(await type('07')).toBe('07A?R');
    expect(await type('07VER')).toBe('07SNE1000V3.928');
  });
});

describe('alarms', () => {
  test('the first reply after power-up is the alarm, and its command is lost', async () => {
    const { type } = terminal();
    expect(await type('DIA 19.05')).toBe('00A?R');
    expect(await type('DIA')).toBe('00S26.59');
  });

  test('in Safe mode the alarm comes unasked, and is still there', async () => {
    const { heard, safely } = terminal({ safe: 10 });
    await vi.advanceTimersByTimeAsync(0);
    expect(heard).toEqual(['#00A?R']);
    expect(await safely('0')).toBe('#00A?R');
    expect(await safely('0')).toBe('#00S');
  });

  test('a blocked motor stops with an alarm', async () => {
    const { pump, type } = await awake();
    await type('RAT10MH');
    await type('RUN');
    pump.fault({ kind: 'stall' });
    expect(pump.truth().delivering).toBe(false);
    expect(await type('')).toBe('00A?S');
  });
});

describe('numbers and limits', () => {
  test.each([
    ['RAT 12.5 MH', '00S', 'RAT', '00S12.50MH'],
    ['RAT 1234. UM', '00S', 'RAT', '00S1234.UM'],
    ['RAT 12.345 MH', '00S?', 'RAT', '00S0.000MH'],
    ['RAT 1700 MH', '00S?OOR', 'RAT', '00S0.000MH'],
    ['VOL .125', '00S', 'VOL', '00S0.125ML'],
    ['VOL UL', '00S', 'VOL', '00S0.000UL'],
    ['DIA 4.699', '00S', 'VOL', '00S0.000UL'],
    ['DIA 51', '00S?OOR', 'DIA', '00S26.59'],
    ['FUN STP', '00S', 'RAT', '00S?NA'],
    ['PHN 42', '00S?OOR', 'PHN', '00S01'],
    ['DIR WDR', '00S', 'DIR', '00SWDR'],
    ['HELLO', '00S?', '', '00S'],
  ])('%s is answered %s, then %s says %s', async (command, answer, query, data) => {
    const { type } = await awake();
    expect(await type(command)).toBe(answer);
    expect(await type(query)).toBe(data);
  });

  test('what moves cannot be changed, but for the rate in its unit', async () => {
    const { type, pump } = await awake();
    await type('RAT10MH');
    expect(await type('RUN')).toBe('00I');
    for (const text of ['DIA20', 'VOL5', 'FUNSTP', 'CLDINF', 'RUN', 'RAT10UM']) expect(await type(text)).toBe('00I?NA');
    expect(await type('RAT20')).toBe('00I');
    expect(pump.truth().rateMicrolitresPerHour).toBe(20_000);
    await type('STP');
    await type('STP');
    expect(await type('RAT')).toBe('00S10.00MH');
  });
});

describe('the program', () => {
  test('goes on past its volume limit unless phase 2 stops it', async () => {
    const { type, pass, pump } = await awake();
    for (const text of ['RAT36MH', 'VOL1', 'RUN']) await type(text);
    pass(200_000);
    expect(pump.truth()).toMatchObject({ delivering: true });
    expect(pump.truth().deliveredMicrolitres).toBeCloseTo(2_000, 6);
  });

  test('ends exactly at the volume limit when phase 2 is a stop, however late one looks', async () => {
    const { type, pass, pump } = await awake();
    for (const text of ['PHN2', 'FUNSTP', 'PHN1', 'RAT36MH', 'VOL1', 'RUN']) await type(text);
    pass(3_600_000);
    expect(pump.truth()).toEqual({ deliveredMicrolitres: 1_000, rateMicrolitresPerHour: 0, delivering: false });
    expect(await type('DIS')).toBe('00SI1.000W0.000ML');
  });

  test('pauses at the first stop and resumes with the rest; the second stop resets it', async () => {
    const { type, pass, pump } = await awake();
    for (const text of ['PHN2', 'FUNSTP', 'PHN1', 'RAT36MH', 'VOL1', 'RUN']) await type(text);
    pass(60_000);
    expect(await type('STP')).toBe('00P');
    pass(60_000);
    expect(await type('RUN')).toBe('00I');
    pass(60_000);
    expect(pump.truth().deliveredMicrolitres).toBe(1_000);
    await type('RUN');
    pass(10_000);
    await type('STP');
    expect(await type('STP')).toBe('00S');
    expect(pump.truth().deliveredMicrolitres).toBeCloseTo(1_100, 6);
  });

  test('without a volume limit it is endless', async () => {
    const { type, pass, pump } = await awake();
    for (const text of ['RAT36MH', 'RUN']) await type(text);
    pass(36_000_000);
    expect(pump.truth()).toMatchObject({ delivering: true });
  });

  test('changing the diameter clears the counters, not the truth', async () => {
    const { type, pass, pump } = await awake();
    for (const text of ['RAT36MH', 'RUN']) await type(text);
    pass(10_000);
    await type('STP');
    expect(await type('DIS')).toBe('00PI0.100W0.000ML');
    await type('DIA19.05');
    expect(await type('DIS')).toBe('00PI0.000W0.000ML');
    expect(pump.truth().deliveredMicrolitres).toBeCloseTo(100, 6);
  });
});

describe('the watchdog', () => {
  test('halts the motor at its exact time, even when nobody looks until later', async () => {
    const { type, safely, pass, pump } = await awake();
    await type('RAT36MH');
    await safely('SAF5');
    await safely('0RUN');
    pass(60_000);
    expect(pump.truth()).toMatchObject({ delivering: false });
    expect(pump.truth().deliveredMicrolitres).toBeCloseTo(50, 6);
  });

  test('is restarted by each valid packet, and by no damaged one', async () => {
    const { type, safely, send, pass, pump } = await awake();
    await type('RAT36MH');
    await safely('SAF5');
    await safely('0RUN');
    pass(4_000);
    await safely('0');
    pass(4_000);
    const damaged = encodeSafe('0');
    damaged[3] = 0;
    await send(damaged);
    expect(pump.truth().delivering).toBe(true);
    pass(2_000);
    expect(pump.truth().delivering).toBe(false);
    expect(await safely('0')).toContain('#00A?T');
  });

  test('is not armed after power-up until the first valid packet', async () => {
    const { heard, safely, pass, pump } = terminal({ safe: 5 });
    pass(60_000);
    pump.fault({ kind: 'power-cycle' });
    await vi.advanceTimersByTimeAsync(60_000);
    pass(60_000);
    expect(heard).toEqual(['#00A?R', '#00A?R']);
    expect(await safely('0')).toBe('#00A?R');
    pass(5_001);
    expect(await safely('0')).toBe('#00A?T #00A?T');
  });
});

test('a power failure resets program and counters, and keeps the settings', async () => {
  const { type, pass, pump } = await awake();
  for (const text of ['PF0', 'RAT36MH', 'RUN']) await type(text);
  pass(10_000);
  pump.fault({ kind: 'power-cycle' });
  expect(pump.truth()).toMatchObject({ delivering: false });
  expect(await type('')).toBe('00A?R');
  expect(await type('DIS')).toBe('00SI0.000W0.000ML');
  expect(await type('RAT')).toBe('00S36.00MH');
});

describe('faults of the device', () => {
  test('a spoiled checksum is rejected, and the next reply is whole again', async () => {
    const { pump, safely } = await awake({ safe: 4 });
    await safely('0');
    pump.fault({ kind: 'checksum', every: 2 });
    expect(await safely('0VER')).toBe('#00SNE1000V3.928');
    expect(await safely('0VER')).toContain('bad checksum');
    expect(await safely('0VER')).toBe('#00SNE1000V3.928');
  });

  test('another model answers until the fault is over', async () => {
    const { pump, type } = await awake();
    pump.fault({ kind: 'other-model', on: true });
    expect(await type('ver')).toBe('00SNE1010V3.928');
    pump.fault({ kind: 'none' });
    expect(await type('ver')).toBe('00SNE1000V3.928');
  });
});
