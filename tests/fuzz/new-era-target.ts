import { millisecond } from '../../core/units.ts';
import { Decoder, type Judge } from '../../drivers/new-era/decoder.ts';
import vectors from '../../drivers/new-era/fixtures/safe-packets.json' with { type: 'json' };
import { type Frame, judgeCommand, judgeReply } from '../../drivers/new-era/frame.ts';
import type { SoundFrame, Target } from './target.ts';

const STX = 0x02;
const ETX = 0x03;
const CR = 0x0d;

/** CRC-16/XMODEM by table, where the product goes bit by bit. */
const TABLE = Array.from({ length: 256 }, (_, index) => {
  let remainder = index << 8;
  for (let bit = 0; bit < 8; bit += 1) remainder = (remainder << 1) ^ (remainder >= 0x8000 ? 0x11021 : 0);
  return remainder;
});
export const crcByTable = (bytes: Uint8Array): number =>
  bytes.reduce((crc, byte) => ((crc << 8) & 0xff00) ^ (TABLE[(crc >> 8) ^ byte] ?? 0), 0);

const ascii = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'latin1'));
const PACKETS = vectors.map(({ hex }) => Uint8Array.from(Buffer.from(hex, 'hex')));
const REPLIES = ['\u000200S14.43\u0003', '\u000200A?R\u0003', '\u000200I\u0003'].map(ascii);
const COMMANDS = ['0 run\r', '*RESET\r', '0VOL20.00\r'].map(ascii);

/** Written out by hand: "00S" and "00I" with the checksums of the table above. */
const packetOf = (payload: string): Uint8Array => {
  const crc = crcByTable(ascii(payload));
  return Uint8Array.of(STX, payload.length + 4, ...ascii(payload), crc >> 8, crc & 0xff, ETX);
};
const GOOD = Uint8Array.from([...packetOf('00S'), ...packetOf('00I')]);

function decoderOf(judge: Judge<Frame>, accepted: (text: string) => void): Decoder<Frame> {
  const clock = { now: () => millisecond(0) };
  return new Decoder<Frame>(clock, judge, {
    frame: ({ mode, payload }) => accepted(`${mode} ${payload}`),
    discarded: () => {},
  });
}

function packetAt(raw: Uint8Array, at: number): SoundFrame[] {
  const length = raw[at + 1] ?? 0;
  if (raw[at] !== STX || length < 4 || raw[at + length] !== ETX) return [];
  const payload = raw.subarray(at + 2, at + length - 2);
  const sum = (raw[at + length - 2] ?? 0) * 256 + (raw[at + length - 1] ?? 0);
  if (crcByTable(payload) !== sum) return [];
  return [{ text: `safe ${Buffer.from(payload).toString('latin1')}`, bytes: length + 1 }];
}

/** Basic mode has no checksum: all there is to check is that these bytes stand between their delimiters. */
function basicAt(raw: Uint8Array, start: number, end: number): SoundFrame[] {
  if (end < 0) return [];
  return [{ text: `basic ${Buffer.from(raw.subarray(start, end)).toString('latin1')}`, bytes: end + 1 }];
}

const basicReplyAt = (raw: Uint8Array, at: number): SoundFrame[] =>
  raw[at] === STX
    ? basicAt(raw, at + 1, raw.indexOf(ETX, at)).map((frame) => ({ ...frame, bytes: frame.bytes - at }))
    : [];
const basicCommandAt = (raw: Uint8Array, at: number): SoundFrame[] =>
  basicAt(raw, at, raw.indexOf(CR, at)).map((frame) => ({ ...frame, bytes: frame.bytes - at }));

function target(
  name: string,
  judge: Judge<Frame>,
  units: readonly Uint8Array[],
  basic: (raw: Uint8Array, at: number) => SoundFrame[],
): Target {
  return {
    name,
    units,
    inARow: 4,
    marks: [STX, ETX, CR, 0x04, 0x07, 0x08, 0x30, 0x53],
    decode: (pieces) => {
      const frames: string[] = [];
      const decoder = decoderOf(judge, (text) => frames.push(text));
      for (const piece of pieces) decoder.push(piece);
      return frames;
    },
    soundAt: (raw, at) => [...packetAt(raw, at), ...basic(raw, at)],
    live: () => {
      let last = '';
      const decoder = decoderOf(judge, (text) => {
        last = text;
      });
      return (garbage) => {
        decoder.push(garbage);
        decoder.push(GOOD);
        return last === 'safe 00I';
      };
    },
  };
}

/** What a host hears, and what a simulated pump hears. */
export const NEW_ERA: readonly Target[] = [
  target('new-era-reply', judgeReply, [...PACKETS, ...REPLIES], basicReplyAt),
  target('new-era-command', judgeCommand, [...PACKETS, ...COMMANDS], basicCommandAt),
];
