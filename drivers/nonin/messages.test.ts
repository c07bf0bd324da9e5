import { describe, expect, test } from 'vitest';
import { millisecond } from '../../core/units.ts';
import { bytesOf, VECTORS } from './fixtures/vectors.ts';
import {
  type Condition,
  isBatteryLow,
  readFormat8,
  readPulse,
  readSpo2,
  samplesOf,
  selectFormat,
  statusColour,
  statusConditions,
} from './messages.ts';

/** Status and the values of frames 1 to 3 as they travel. */
function frames(hex: string, statusAt: number) {
  const bytes = bytesOf(hex);
  const [msb = 0, lsb = 0, spo2 = 0] = [bytes[3], bytes[8], bytes[13]];
  return { status: bytes[statusAt] ?? 0, pulse: readPulse(msb, lsb), spo2: readSpo2(spo2) };
}

const format8 = (hex: string) => {
  const [a = 0, b = 0, c = 0, d = 0] = bytesOf(hex);
  return { ...readFormat8([a, b, c, d]), low: isBatteryLow(d) };
};

describe('values of the packet formats', () => {
  test('a pulse above 127 is nine bits, not eight and eight', () => {
    expect(frames(VECTORS.format2.pulse200Spo2of97, 1)).toMatchObject({ pulse: 200, spo2: 97 });
    expect(frames(VECTORS.format7.pulse200Spo2of97, 0)).toMatchObject({ pulse: 200, spo2: 97 });
  });

  test('511 and 127 are no numbers', () => {
    const { status, pulse, spo2 } = frames(VECTORS.format2.missing, 1);
    expect([pulse, spo2]).toEqual([null, null]);
    expect(statusConditions(status)).toEqual(['out-of-track', 'sensor-off']);
  });

  test('artifact and a yellow pulse are told beside the values', () => {
    const { status, pulse, spo2 } = frames(VECTORS.format2.artifactYellow60And91, 1);
    expect([pulse, spo2]).toEqual([60, 91]);
    expect(statusConditions(status)).toEqual(['artifact']);
    expect(statusColour(status)).toBe('yellow');
  });

  test.each([
    [0x80, null],
    [0x82, 'green'],
    [0x84, 'red'],
    [0x86, 'yellow'],
  ] as const)('status %i shows colour %s', (status, colour) => {
    expect(statusColour(status)).toBe(colour);
  });

  test.each([0, 17, 322, 510, 511])('a pulse of %i cannot be and is no number', (value) => {
    expect(readPulse(value >> 7, value & 127)).toBeNull();
  });

  test.each([101, 126, 127])('a saturation of %i cannot be and is no number', (value) => {
    expect(readSpo2(value)).toBeNull();
  });
});

describe('format 8', () => {
  test('reads both values and the battery', () => {
    expect(format8(VECTORS.format8.pulse72Spo2of98)).toMatchObject({ pulse: 72, spo2: 98, low: false });
    expect(format8(VECTORS.format8.pulse150Spo2of95LowBattery)).toMatchObject({ pulse: 150, spo2: 95, low: true });
  });

  test('tells finger-off and loss of track', () => {
    const read = format8(VECTORS.format8.missing);
    expect([read.pulse, read.spo2]).toEqual([null, null]);
    expect(read.conditions).toEqual(new Set(['out-of-track', 'sensor-off']));
  });
});

describe('quality', () => {
  const at = millisecond(5);
  const sample = (...conditions: Condition[]) =>
    samplesOf({ spo2: 95, pulse: 61, conditions: new Set(conditions) }, at)[0];

  test.each(['sensor-off', 'sensor-fault', 'out-of-track'] as const)(
    '%s leaves no value, whatever was sent',
    (condition) => {
      expect(sample(condition, 'artifact')).toEqual({ parameter: 'spo2', value: null, quality: 'invalid', at });
    },
  );

  test.each(['artifact', 'low-perfusion', 'marginal-perfusion'] as const)('%s makes a value poor', (condition) => {
    expect(sample(condition)).toEqual({ parameter: 'spo2', value: 95, quality: 'poor', at });
  });

  test('one missing value does not take the other along', () => {
    const samples = samplesOf({ spo2: null, pulse: 61, conditions: new Set() }, at);
    expect(samples.map(({ value, quality }) => [value, quality])).toEqual([
      [null, 'invalid'],
      [61, 'good'],
    ]);
  });
});

test('the format command is the short form of the specification', () => {
  expect([...selectFormat('7')]).toEqual([0x02, 0x70, 0x02, 0x02, 0x07, 0x03]);
});
