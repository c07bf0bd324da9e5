import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { VitalSample } from '../../core/vitals.ts';
import { millisecond } from '../../core/units.ts';
import { memoryLine } from '../kit/transports/memory.ts';
import { nonin } from './driver.ts';
import { joined, packet, type PacketContent } from './fixtures/packets.ts';
import { bytesOf, VECTORS } from './fixtures/vectors.ts';

function bench(format: string | null = null) {
  const [near, far] = memoryLine();
  const sent: number[] = [];
  const samples: VitalSample[] = [];
  const alarms: [string, boolean][] = [];
  const waves: number[][] = [];
  far.onData((bytes) => void sent.push(...bytes));
  const driver = nonin.create(
    {
      line: near,
      clock: { now: () => millisecond(Date.now()) },
      events: { discarded: () => {}, wrongDevice: () => {} },
    },
    {
      samples: (batch) => void samples.push(...batch),
      wave: (batch) => void waves.push([...batch]),
      deviceAlarm: (code, active) => void alarms.push([code, active]),
    },
    { format },
  );
  const arrive = async (...parts: readonly Uint8Array[]) => {
    await far.write(joined(...parts));
    await vi.advanceTimersByTimeAsync(0);
  };
  return { driver, far, sent, samples, alarms, waves, arrive };
}

/** Opened by two ordinary packets; the next bytes start a packet. */
async function opened() {
  const parts = bench();
  const open = parts.driver.open();
  await parts.arrive(packet('7'), packet('7', { pleth: 90 }));
  await open;
  parts.samples.length = 0;
  return parts;
}

const spo2 = (samples: readonly VitalSample[]) =>
  samples.filter(({ parameter }) => parameter === 'spo2').map(({ value, quality }) => [value, quality]);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('opening a Nonin', () => {
  test('asks for the format, does not care for a refusal, and opens with the first values', async () => {
    const { driver, sent, samples, arrive } = bench();
    const open = driver.open();
    await arrive(Uint8Array.of(0x15), packet('7'), packet('7'));
    await open;
    expect(sent).toEqual([0x02, 0x70, 0x02, 0x02, 0x07, 0x03]);
    expect(samples.map(({ parameter, value, quality }) => [parameter, value, quality])).toEqual([
      ['spo2', 98, 'good'],
      ['pulse', 72, 'good'],
    ]);
  });

  test('says so when nothing comes for four seconds', async () => {
    const failure = expect(bench().driver.open()).rejects.toMatchObject({ code: 'LINE_NO_REPLY' });
    await vi.advanceTimersByTimeAsync(4000);
    await failure;
  });

  test.each([
    ['7', joined(packet('2'), packet('2')), /format 7.*format 2/],
    ['2', joined(...Array.from({ length: 4 }, () => bytesOf(VECTORS.format8.pulse72Spo2of98))), /format 2.*format 8/],
    ['8', joined(packet('7'), packet('7')), /format 8.*format 7/],
    ['7', Uint8Array.of(0, 2, 0, 0x0d, 0, 0x0e, 0x20), /format 13/],
    ['7', new TextEncoder().encode('\r\nSPO2=098 HR=072\r\n'), /table-top/],
    ['7', new TextEncoder().encode('hello'), /no known format/],
  ])('expecting format %s, names what came instead', async (format, bytes, message) => {
    const { driver, arrive } = bench(format);
    const failure = expect(driver.open()).rejects.toMatchObject({
      code: 'DEVICE_WRONG',
      message: expect.stringMatching(message),
    });
    await arrive(bytes);
    await vi.advanceTimersByTimeAsync(6000);
    await failure;
  });

  test('fails at once on a line that is gone, and when closed meanwhile', async () => {
    const gone = bench();
    await gone.far.close();
    await expect(gone.driver.open()).rejects.toMatchObject({ code: 'LINE_CLOSED' });
    const closed = bench();
    const failure = expect(closed.driver.open()).rejects.toMatchObject({ code: 'LINE_CLOSED' });
    await closed.driver.close();
    await failure;
  });

  test('refuses a format it does not know', () => {
    expect(() => bench('13')).toThrow(/choose 2, 7 or 8/);
  });
});

describe('an open Nonin', () => {
  test('gives values with the frame that completes them, not with the packet', async () => {
    const { samples, arrive } = await opened();
    const next = packet('7', { spo2: 91 });
    await arrive(next.subarray(0, 14));
    expect(samples).toEqual([]);
    await arrive(next.subarray(14, 15));
    expect(spo2(samples)).toEqual([[91, 'good']]);
  });

  test('gives no value from a packet whose pulse or saturation frame was spoiled', async () => {
    const { samples, arrive } = await opened();
    for (const at of [3, 8, 13]) {
      const spoiled = packet('7', { spo2: 91, pleth: at });
      spoiled[at] = (spoiled[at] ?? 0) ^ 0x10;
      await arrive(spoiled);
    }
    expect(samples).toEqual([]);
    await arrive(packet('7', { spo2: 90 }));
    expect(spo2(samples)).toEqual([[90, 'good']]);
  });

  test('hands the waveform on in small batches and keeps its spacing over a spoiled frame', async () => {
    const { waves, arrive } = await opened();
    waves.length = 0;
    const spoiled = packet('7', { pleth: 0 });
    spoiled[51] = 0xff;
    await arrive(spoiled);
    expect(waves.map((batch) => batch.length)).toEqual([8, 8, 9]);
    expect(waves[1]?.[2]).toBe(waves[1]?.[1]);
  });

  const artifactInOneFrame = () => {
    const bytes = packet('7', { pleth: 200 });
    bytes[100] = (bytes[100] ?? 0) | 0x20;
    bytes[104] = ((bytes[104] ?? 0) + 0x20) & 255;
    return bytes;
  };

  test('an artifact anywhere since the last value makes the next one poor', async () => {
    const { samples, arrive } = await opened();
    await arrive(artifactInOneFrame(), packet('7'), packet('7', { pleth: 7 }));
    expect(spo2(samples).map(([, quality]) => quality)).toEqual(['good', 'poor', 'good']);
  });

  test('a red pulse counts until the next pulse, through the frames without colour', async () => {
    const { samples, arrive } = await opened();
    const run: PacketContent[] = [{ status: 0x04 }, { pleth: 1 }, { pleth: 2 }, { status: 0x02 }];
    await arrive(...run.map((content) => packet('7', content)));
    expect(spo2(samples).map(([, quality]) => quality)).toEqual(['poor', 'poor', 'poor', 'good']);
  });

  test('tells device conditions only when they change', async () => {
    const { alarms, samples, arrive } = await opened();
    const off = packet('7', { status: 0x18, pulse: 511, spo2: 127 });
    await arrive(
      off,
      off,
      packet('7'),
      packet('7', { stat2: 1 }),
      packet('7', { stat2: 1 }),
      packet('7', { status: 0x40 }),
    );
    expect(alarms).toEqual([
      ['sensor-off', true],
      ['sensor-off', false],
      ['low-battery', true],
      ['sensor-fault', true],
      ['low-battery', false],
    ]);
    expect(spo2(samples)[0]).toEqual([null, 'invalid']);
  });

  test('R-5.4: the same waveform for ten seconds is an alarm and no longer a value', async () => {
    const { alarms, samples, arrive } = await opened();
    const same = packet('7', { pleth: 11 });
    for (let count = 0; count < 30; count += 1) await arrive(same);
    expect(alarms).toEqual([]);
    await arrive(same, same);
    expect(alarms).toEqual([['frozen', true]]);
    expect(spo2(samples).at(-1)).toEqual([null, 'invalid']);
    await arrive(packet('7', { pleth: 12 }), packet('7', { pleth: 13 }));
    expect(alarms.at(-1)).toEqual(['frozen', false]);
    expect(spo2(samples).at(-1)).toEqual([98, 'good']);
  });

  test('a flat line without a finger is not frozen data', async () => {
    const { alarms, arrive } = await opened();
    for (let count = 0; count < 40; count += 1) await arrive(packet('7', { status: 0x18, pulse: 511, spo2: 127 }));
    expect(alarms).toEqual([['sensor-off', true]]);
  });

  test('says nothing after it was closed', async () => {
    const { driver, samples, arrive } = await opened();
    await driver.close();
    await arrive(packet('7'), packet('7'));
    expect(samples).toEqual([]);
  });
});

describe('format 8', () => {
  const frame = (pulse: number, saturation: number, last = 0) =>
    Uint8Array.of(128 | (pulse >> 7), pulse & 127, saturation, last);

  async function openedFormat8() {
    const parts = bench('8');
    const open = parts.driver.open();
    await parts.arrive(frame(72, 98), frame(72, 98), frame(72, 98));
    await open;
    return parts;
  }

  test('held values after finger-off are no values', async () => {
    const { samples, alarms, arrive } = await openedFormat8();
    await arrive(frame(72, 98, 0x08));
    expect(spo2(samples).at(-1)).toEqual([null, 'invalid']);
    expect(alarms).toEqual([['sensor-off', true]]);
  });

  test('a leap is poor until the next frame repeats it', async () => {
    const { samples, arrive } = await openedFormat8();
    await arrive(frame(200, 98), frame(200, 98));
    expect(spo2(samples).map(([, quality]) => quality)).toEqual(['good', 'poor', 'good']);
  });
});
