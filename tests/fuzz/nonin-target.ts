import type { Decoder } from '../../drivers/nonin/decoder.ts';
import { joined, packet } from '../../drivers/nonin/fixtures/packets.ts';
import { bytesOf, VECTORS } from '../../drivers/nonin/fixtures/vectors.ts';
import { type PacketFormat, PacketFramer } from '../../drivers/nonin/frame.ts';
import { Format8Framer } from '../../drivers/nonin/frame8.ts';
import type { NoninFormat } from '../../drivers/nonin/messages.ts';
import { createDecoder } from '../../drivers/nonin/recogniser.ts';
import type { SoundFrame, Target } from './target.ts';

const MARK = 0x80;
/** A pulse that no unit of an input has, so that a good unit read behind an input is not taken for one of its own. */
const [PROOF_PULSE, PROOF_SPO2] = [111, 77];

/** Whether the measurement of the last of the good units is the last one that comes out. */
function alive(format: NoninFormat, good: Uint8Array): (garbage: Uint8Array) => boolean {
  const decoder: Decoder = createDecoder(format);
  return (garbage) => {
    decoder.push(garbage);
    const told = decoder.push(good).flatMap((event) => (event.kind === 'measurement' ? [event.measurement] : []));
    const last = told.at(-1);
    return last?.pulse === PROOF_PULSE && last.spo2 === PROOF_SPO2;
  };
}

const UNITS = (format: PacketFormat): readonly Uint8Array[] =>
  Array.from({ length: 40 }, (_, index) =>
    packet(format, {
      pulse: 40 + index * 3,
      spo2: 60 + index,
      status: index % 5 === 0 ? 0x20 : 0,
      pleth: index * 6,
    }),
  );

/** Formats 2 and 7: five bytes, the last of them the sum of the four before. */
function packetFrameAt(format: PacketFormat, raw: Uint8Array, at: number): readonly SoundFrame[] {
  const [a, b, c, float, sum] = raw.subarray(at, at + 5);
  if (a === undefined || b === undefined || c === undefined || float === undefined || sum === undefined) return [];
  const [status, pleth] = format === '2' ? [b, c / 255] : [a, (b * 256 + c) / 65_535];
  if ((a + b + c + float) % 256 !== sum || status < MARK || (format === '2' && a !== 1)) return [];
  return [{ text: `${status} ${pleth} ${float}`, bytes: 5 }];
}

function packets(format: PacketFormat): Target {
  const good = packet(format, { pulse: 72, spo2: 98, pleth: 100 });
  const proof = packet(format, { pulse: PROOF_PULSE, spo2: PROOF_SPO2, pleth: 50 });
  return {
    name: `nonin-${format}`,
    units: UNITS(format),
    inARow: 3,
    marks: [0x01, MARK, MARK + 1, 0x00],
    decode: (pieces) => {
      const framer = new PacketFramer(format);
      const events = pieces.flatMap((piece) => framer.push(piece));
      return events.flatMap((event) =>
        event.kind === 'frame' ? [`${event.status} ${event.pleth} ${event.float}`] : [],
      );
    },
    soundAt: (raw, at) => packetFrameAt(format, raw, at),
    live: () => alive(format, joined(good, good, proof)),
  };
}

/** Four bytes told apart by bit 7 alone; two more of them stand before the first that is believed. */
function frame8At(raw: Uint8Array, at: number): readonly SoundFrame[] {
  const shaped = (start: number): boolean =>
    start >= 0 && start + 4 <= raw.length && [0, 1, 2, 3].every((n) => (raw[start + n] ?? 0) < MARK === n > 0);
  if (![at, at - 4, at - 8].every(shaped)) return [];
  return [{ text: raw.subarray(at, at + 4).join(' '), bytes: 4 }];
}

const FORMAT8: Target = {
  name: 'nonin-8',
  units: Object.values(VECTORS.format8).map(bytesOf),
  inARow: 12,
  marks: [MARK, 0x7f, 0x00, 0x48],
  decode: (pieces) => {
    const framer = new Format8Framer();
    const events = pieces.flatMap((piece) => framer.push(piece));
    return events.flatMap((event) => (event.kind === 'frame' ? [event.frame.join(' ')] : []));
  },
  soundAt: frame8At,
  live: () => {
    const proof = Uint8Array.of(MARK, PROOF_PULSE, PROOF_SPO2, 0);
    return alive('8', joined(proof, proof, proof));
  },
};

export const NONIN: readonly Target[] = [packets('2'), packets('7'), FORMAT8];
