import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { joined } from './fixtures/packets.ts';
import { bytesOf, VECTORS } from './fixtures/vectors.ts';
import { Format8Framer } from './frame8.ts';

const frame = bytesOf(VECTORS.format8.pulse72Spo2of98);

function read(...chunks: readonly Uint8Array[]) {
  const framer = new Format8Framer();
  const events = chunks.flatMap((chunk) => framer.push(chunk));
  return {
    frames: events.flatMap((event) => (event.kind === 'frame' ? [event.frame] : [])),
    discarded: events.reduce((sum, event) => sum + (event.kind === 'discarded' ? event.bytes : 0), 0),
  };
}

describe('format 8', () => {
  test('is believed from the third frame in a row', () => {
    expect(read(frame, frame).frames).toEqual([]);
    expect(read(frame, frame, frame).frames).toEqual([[...frame]]);
  });

  test('is the same byte by byte', () => {
    const bytes = joined(frame, frame, frame, frame);
    expect(read(...Array.from(bytes, (byte) => Uint8Array.of(byte)))).toEqual(read(bytes));
  });

  test.each([1, 2, 3])('joined after %i bytes starts with the next whole frame', (start) => {
    const { frames, discarded } = read(frame.subarray(start), frame, frame, frame);
    expect(frames).toHaveLength(1);
    expect(discarded).toBe(4 - start);
  });

  test('a lost or a stray byte takes the trust away for three frames', () => {
    expect(read(frame, frame, frame, frame.subarray(0, 3), frame, frame).frames).toHaveLength(1);
    expect(read(frame, frame, frame, Uint8Array.of(6), frame, frame).frames).toHaveLength(1);
    expect(read(frame, frame, frame, Uint8Array.of(6), frame, frame, frame).frames).toHaveLength(2);
  });

  test('never throws and accounts for every byte of garbage', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (garbage) => {
        expect(read(garbage).discarded).toBeLessThanOrEqual(garbage.length);
      }),
    );
  });
});
