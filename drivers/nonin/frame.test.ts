import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { joined, packet } from './fixtures/packets.ts';
import { bytesOf, VECTORS } from './fixtures/vectors.ts';
import { type FrameEvent, type PacketFormat, PacketFramer } from './frame.ts';

const FORMATS = ['2', '7'] as const;

function read(format: PacketFormat, ...chunks: readonly Uint8Array[]) {
  const framer = new PacketFramer(format);
  const events: FrameEvent[] = chunks.flatMap((chunk) => framer.push(chunk));
  const frames = events.filter((event) => event.kind === 'frame');
  const discarded = events.reduce((sum, event) => sum + (event.kind === 'discarded' ? event.bytes : 0), 0);
  return { events, frames, discarded };
}

const packets = (format: PacketFormat, count: number) =>
  joined(...Array.from({ length: count }, (_, index) => packet(format, { pleth: index * 30 })));

describe.each(FORMATS)('frames of format %s', (format) => {
  test('are believed after one whole packet and the start of the next', () => {
    const stream = packets(format, 2);
    expect(read(format, stream.subarray(0, 129)).frames).toEqual([]);
    expect(read(format, stream.subarray(0, 130)).frames).toMatchObject([{ position: 1 }]);
    expect(read(format, stream)).toMatchObject({ discarded: 0 });
    expect(read(format, stream).frames.map(({ position }) => position)).toEqual(
      Array.from({ length: 25 }, (_, index) => index + 1),
    );
  });

  test('are the same in any split', () => {
    const stream = packets(format, 3);
    const whole = read(format, stream).frames;
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1 }), (sizes) => {
        const chunks: Uint8Array[] = [];
        for (let at = 0, turn = 0; at < stream.length; turn += 1) {
          const size = sizes[turn % sizes.length] ?? 1;
          chunks.push(stream.subarray(at, at + size));
          at += size;
        }
        expect(read(format, ...chunks).frames).toEqual(whole);
      }),
      { numRuns: 50 },
    );
  });

  test('are found when joining anywhere, and everything before is counted', () => {
    const stream = packets(format, 4);
    for (let start = 1; start <= 125; start += 1) {
      const { frames, discarded } = read(format, stream.subarray(start));
      expect(frames.length).toBeGreaterThanOrEqual(50);
      expect(frames[0]).toMatchObject({ position: 1 });
      expect(discarded).toBe(125 - start);
    }
  });

  test('one spoiled byte costs its frame and nothing else', () => {
    const stream = packets(format, 4);
    for (let at = 130; at < 255; at += 1) {
      const spoiled = stream.slice();
      spoiled[at] = (spoiled[at] ?? 0) ^ 0x04;
      const { frames, discarded } = read(format, spoiled);
      expect(frames).toHaveLength(74);
      expect(discarded).toBe(5);
    }
  });

  test.each([1, 2, 3, 4, 6])('a slip by %i lost bytes heals within two packets', (lost) => {
    const stream = packets(format, 8);
    const { frames } = read(format, stream.subarray(0, 200), stream.subarray(200 + lost));
    const last = frames.slice(-75);
    expect(last.map(({ position }) => position)).toEqual(Array.from({ length: 75 }, (_, index) => (index % 25) + 1));
  });

  test('whole frames that never came move the boundary, and it is found again', () => {
    const stream = packets(format, 8);
    const { events, frames } = read(format, stream.subarray(0, 200), stream.subarray(225));
    expect(events.some(({ kind }) => kind === 'lost')).toBe(true);
    expect(frames.at(-1)).toMatchObject({ position: 25 });
  });

  test('garbage gives no frame and every byte of it is accounted for', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2000 }), (garbage) => {
        const { frames, discarded } = read(format, garbage);
        expect(frames).toEqual([]);
        expect(garbage.length - discarded).toBeLessThan(130);
      }),
      { numRuns: 200 },
    );
  });

  test('garbage before good packets delays them by no more than two', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 500 }), (garbage) => {
        const { frames } = read(format, garbage, packets(format, 5));
        expect(frames.length).toBeGreaterThanOrEqual(50);
      }),
      { numRuns: 200 },
    );
  });
});

describe('a false start', () => {
  test('a stream in which every frame carries SYNC is never believed', () => {
    const first = packet('7').subarray(0, 5);
    expect(read('7', joined(...Array.from({ length: 200 }, () => first))).frames).toEqual([]);
  });

  test('a stream without any SYNC is never believed', () => {
    const second = packet('7').subarray(5, 10);
    expect(read('7', joined(...Array.from({ length: 200 }, () => second))).frames).toEqual([]);
  });

  test('a waveform whose bytes look like frames does not hold the real ones off', () => {
    // A flat line of zeros: shifted by three bytes, most of these frames have sound sums too.
    const flat = packet('7', { spo2: 0, pulse: 0, pleth: 0 });
    expect(read('7', joined(flat.subarray(3), flat, flat, flat)).frames.length).toBeGreaterThanOrEqual(50);
  });

  test('format 2 is not taken for format 7, nor the other way round', () => {
    expect(read('7', packets('2', 20)).frames).toEqual([]);
    expect(read('2', packets('7', 20)).frames).toEqual([]);
  });

  test('the published frames are sound on their own', () => {
    const frames = bytesOf(VECTORS.format2.published);
    // Followed by anything else they are still no packet.
    expect(read('2', frames)).toMatchObject({ frames: [], discarded: 0 });
  });
});
