import { newEraCrc } from './crc.ts';
import type { Verdict } from './decoder.ts';

const STX = 0x02;
const ETX = 0x03;
const CR = 0x0d;

/** LEN counts itself, two CRC bytes and ETX besides the payload. */
const OVERHEAD = 4;
/** The last value below the digit '0', with which a Basic-mode reply starts; no command or reply is as long as this. */
const MAX_LEN = 0x2f;
/** Text without an end is given up after so many bytes, counted from its first one, so that no split changes it. */
const MAX_BASIC = 64;

/** `safe` is guarded by a checksum; `basic` is not and only proves which mode the other side is in. */
export interface Frame {
  readonly mode: 'safe' | 'basic';
  readonly payload: string;
}

const WAIT = { kind: 'wait' } as const;
const discard = (reason: string, bytes = 1) => ({ kind: 'discard', bytes, reason }) as const;
const take = (bytes: number, mode: Frame['mode'], payload: Uint8Array) =>
  ({ kind: 'take', bytes, frame: { mode, payload: String.fromCharCode(...payload) } }) as const;

const isDigit = (byte: number): boolean => byte >= 0x30 && byte <= 0x39;
const isPrintable = (byte: number): boolean => byte >= 0x20 && byte <= 0x7e;

/** `STX LEN payload CRChi CRClo ETX`, the same in both directions. The payload is ASCII of at most 43 characters. */
export function encodeSafe(payload: string): Uint8Array {
  const text = Uint8Array.from(payload, (character) => character.charCodeAt(0));
  const crc = newEraCrc(text);
  return Uint8Array.of(STX, text.length + OVERHEAD, ...text, crc >> 8, crc & 0xff, ETX);
}

/** A reply in Basic mode: `STX payload ETX`. */
export function encodeBasicReply(payload: string): Uint8Array {
  return Uint8Array.of(STX, ...Uint8Array.from(payload, (character) => character.charCodeAt(0)), ETX);
}

/** What a pump sends: Safe packets, or Basic replies while it is in Basic mode. */
export function judgeReply(bytes: Uint8Array): Verdict<Frame> {
  if (bytes[0] !== STX) return noise(bytes);
  const second = bytes[1];
  if (second === undefined) return WAIT;
  return isDigit(second) ? judgeBasicReply(bytes) : judgePacket(bytes, second);
}

/** What a host sends: Safe packets, or text up to a CR. */
export function judgeCommand(bytes: Uint8Array): Verdict<Frame> {
  if (bytes[0] === STX) return bytes[1] === undefined ? WAIT : judgePacket(bytes, bytes[1]);
  const end = bytes.subarray(0, MAX_BASIC).findIndex((byte) => byte === CR || byte === STX);
  if (end < 0) return bytes.length < MAX_BASIC ? WAIT : discard('text without end', MAX_BASIC);
  return bytes[end] === CR ? take(end + 1, 'basic', bytes.subarray(0, end)) : discard('noise', end);
}

/**
 * Driven by LEN alone, because checksum bytes can equal STX, ETX or CR. A payload is printable, so a byte that is not
 * ends a false start at once instead of swallowing the good packets behind it.
 */
function judgePacket(bytes: Uint8Array, length: number): Verdict<Frame> {
  if (length < OVERHEAD || length > MAX_LEN) return discard('bad length');
  const payload = bytes.subarray(2, 2 + length - OVERHEAD);
  if (!payload.every(isPrintable)) return discard('bad character');
  if (bytes.length < length + 1) return WAIT;
  if (bytes[length] !== ETX) return discard('no end of packet');
  const crc = newEraCrc(payload);
  if (bytes[length - 2] !== crc >> 8 || bytes[length - 1] !== (crc & 0xff)) return discard('bad checksum');
  return take(length + 1, 'safe', payload);
}

function judgeBasicReply(bytes: Uint8Array): Verdict<Frame> {
  const end = bytes.subarray(0, MAX_BASIC).findIndex((byte, index) => index > 0 && !isPrintable(byte));
  if (end < 0) return bytes.length < MAX_BASIC ? WAIT : discard('reply without end', MAX_BASIC);
  return bytes[end] === ETX ? take(end + 1, 'basic', bytes.subarray(1, end)) : discard('bad character');
}

function noise(bytes: Uint8Array): Verdict<Frame> {
  const start = bytes.indexOf(STX);
  return discard('noise', start < 0 ? bytes.length : start);
}
