import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { millisecond } from '../../core/units.ts';
import { Decoder, type Judge } from './decoder.ts';
import vectors from './fixtures/safe-packets.json' with { type: 'json' };
import { encodeBasicReply, encodeSafe, type Frame, judgeCommand, judgeReply } from './frame.ts';

function decode(pieces: readonly Uint8Array[], judge: Judge<Frame> = judgeReply, gap = 0) {
  const frames: Frame[] = [];
  const discarded: { reason: string; bytes: number }[] = [];
  let now = 0;
  const decoder = new Decoder<Frame>({ now: () => millisecond(now) }, judge, {
    frame: (frame) => frames.push(frame),
    discarded: (reason, bytes) => discarded.push({ reason, bytes }),
  });
  for (const piece of pieces) {
    decoder.push(piece);
    now += gap;
  }
  return { frames, discarded };
}

const bytesOf = (hex: string) => Uint8Array.from(Buffer.from(hex, 'hex'));
const each = (bytes: Uint8Array) => Array.from(bytes, (byte) => Uint8Array.of(byte));
const payloads = (frames: readonly Frame[]) => frames.map((frame) => frame.payload);
const join = (...parts: Uint8Array[]) => Uint8Array.from(Buffer.concat(parts));

const anyPayload = fc.string({ unit: fc.constantFrom(...Array.from('0123456789AISTPMLHU?.')), maxLength: 43 });
const anyBytes = fc.uint8Array({ maxLength: 80 });

describe('a Safe packet', () => {
  test.each(vectors)('of $payload is $hex ($evidence)', ({ payload, hex }) => {
    expect(Buffer.from(encodeSafe(payload)).toString('hex')).toBe(hex);
    for (const judge of [judgeReply, judgeCommand]) {
      expect(decode([bytesOf(hex)], judge)).toEqual({ frames: [{ mode: 'safe', payload }], discarded: [] });
      expect(decode(each(bytesOf(hex)), judge).frames).toEqual([{ mode: 'safe', payload }]);
    }
  });

  test.each([0x02, 0x03, 0x0d])('is read whole when a checksum byte is %i', (delimiter) => {
    const payload = Array.from({ length: 10_000 }, (_, number) => `00S${number}`).find((text) =>
      encodeSafe(text).slice(-3, -1).includes(delimiter),
    );
    expect(payload).toBeDefined();
    const twice = join(encodeSafe(payload ?? ''), encodeSafe('00I'));
    expect(payloads(decode(each(twice)).frames)).toEqual([payload, '00I']);
  });

  test('is never accepted with a damaged bit', () => {
    fc.assert(
      fc.property(anyPayload, fc.nat(), fc.nat({ max: 7 }), (payload, place, bit) => {
        const bytes = encodeSafe(payload);
        const index = place % bytes.length;
        bytes[index] = (bytes[index] ?? 0) ^ (1 << bit);
        expect(decode([bytes]).frames.filter((frame) => frame.mode === 'safe')).toEqual([]);
      }),
    );
  });

  test('is dropped half received after half a second of silence', () => {
    const [head, tail] = [encodeSafe('00S').slice(0, 4), encodeSafe('00S').slice(4)];
    expect(payloads(decode([head, tail], judgeReply, 500).frames)).toEqual(['00S']);
    const late = decode([head, tail, encodeSafe('00I')], judgeReply, 501);
    expect(payloads(late.frames)).toEqual(['00I']);
    expect(late.discarded[0]).toEqual({ reason: 'partial packet', bytes: 4 });
  });
});

describe('the decoder', () => {
  test('gives the same frames for any split of the bytes', () => {
    fc.assert(
      fc.property(anyBytes, anyPayload, anyBytes, fc.array(fc.nat({ max: 9 })), (before, payload, after, cuts) => {
        const bytes = join(before, encodeSafe(payload), after);
        const pieces: Uint8Array[] = [];
        let start = 0;
        for (const cut of cuts) pieces.push(bytes.slice(start, (start += cut)));
        pieces.push(bytes.slice(start));
        for (const judge of [judgeReply, judgeCommand]) {
          expect(decode(pieces, judge).frames).toEqual(decode([bytes], judge).frames);
        }
      }),
    );
  });

  test('finds the second good packet behind any garbage, and accounts for every byte', () => {
    fc.assert(
      fc.property(anyBytes, (garbage) => {
        const bytes = join(garbage, encodeSafe('00S'), encodeSafe('00I'));
        const { frames, discarded } = decode([bytes]);
        expect(payloads(frames).at(-1)).toBe('00I');
        const rejected = discarded.reduce((sum, { bytes }) => sum + bytes, 0);
        const taken = frames.reduce((sum, { mode, payload }) => sum + payload.length + (mode === 'safe' ? 5 : 2), 0);
        expect(rejected + taken).toBe(bytes.length);
      }),
      { numRuns: 2_000 },
    );
  });

  test('ends text that is too long at the same byte however it was split (found by npm run fuzz)', () => {
    const long = 'S'.repeat(80);
    const reply = join(Buffer.from(`\u00020${long}\u0003`), encodeSafe('00S'));
    const command = join(Buffer.from(`0${long}\r`), encodeSafe('0STP'));
    expect(decode(each(reply)).frames).toEqual(decode([reply]).frames);
    expect(payloads(decode([reply]).frames)).toEqual(['00S']);
    expect(decode(each(command), judgeCommand).frames).toEqual(decode([command], judgeCommand).frames);
  });

  test('counts a bad checksum by its name', () => {
    const bytes = encodeSafe('00S');
    bytes[4] = 0x49;
    expect(decode([bytes]).discarded[0]).toEqual({ reason: 'bad checksum', bytes: 1 });
  });

  test('does not keep endless text', () => {
    const { discarded } = decode(each(new Uint8Array(1000).fill(0x41)), judgeCommand);
    expect(discarded.length).toBeGreaterThan(10);
  });
});

describe('Basic mode', () => {
  test('replies are told from Safe packets', () => {
    const bytes = join(encodeBasicReply('00A?R'), encodeSafe('00S'), encodeBasicReply('00S14.43'));
    expect(decode(each(bytes)).frames).toEqual([
      { mode: 'basic', payload: '00A?R' },
      { mode: 'safe', payload: '00S' },
      { mode: 'basic', payload: '00S14.43' },
    ]);
  });

  test('commands end with a CR and may stand between Safe packets', () => {
    const bytes = join(Buffer.from('0 run\r'), encodeSafe('0STP'), Buffer.from('\r'));
    expect(decode(each(bytes), judgeCommand).frames).toEqual([
      { mode: 'basic', payload: '0 run' },
      { mode: 'safe', payload: '0STP' },
      { mode: 'basic', payload: '' },
    ]);
  });
});
