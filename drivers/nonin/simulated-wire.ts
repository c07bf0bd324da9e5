import type { PacketFormat } from './frame.ts';
import type { Colour } from './messages.ts';
import type { Instant } from './simulated-oximeter.ts';

/** Firmware revision that the simulator gives itself. */
const FIRMWARE = 1;
const COLOUR_BITS: Readonly<Record<Colour, number>> = { green: 0x02, red: 0x04, yellow: 0x06 };
const high = (value: number): number => (value >> 7) & 0x7f;
const low = (value: number): number => value & 0x7f;

function statusOf(instant: Instant): number {
  return (
    0x80 |
    (instant.outOfTrack ? 0x10 : 0) |
    (instant.sensorOff ? 0x08 : 0) |
    (instant.colour === null ? 0 : COLOUR_BITS[instant.colour]) |
    (instant.position === 1 ? 0x01 : 0)
  );
}

/** The byte that travels at each of the 25 places; longer averages are not modelled and repeat the plain value. */
function floatOf({ position, plain, display, timer }: Instant): number {
  switch (position) {
    case 1:
    case 14:
      return high(plain.pulse);
    case 2:
    case 15:
      return low(plain.pulse);
    case 3:
    case 10:
    case 11:
    case 16:
      return plain.spo2;
    case 4:
      return FIRMWARE;
    case 6:
      return high(timer);
    case 7:
      return low(timer);
    case 9:
    case 17:
      return display.spo2;
    case 20:
    case 22:
      return high(display.pulse);
    case 21:
    case 23:
      return low(display.pulse);
    default:
      return 0;
  }
}

export function packetFrame(instant: Instant, format: PacketFormat): readonly number[] {
  const status = statusOf(instant);
  const wide = Math.round(instant.pleth * 0xffff);
  const head = format === '2' ? [0x01, status, Math.round(instant.pleth * 0xff)] : [status, wide >> 8, wide & 0xff];
  const body = [...head, floatOf(instant)];
  return [...body, body.reduce((sum, byte) => sum + byte, 0) & 0xff];
}

export function format8Frame({ outOfTrack, sensorOff, perfusion, display }: Instant): readonly number[] {
  const first =
    0x80 |
    (outOfTrack ? 0x20 : 0) |
    (perfusion === 'low' ? 0x10 : 0) |
    (perfusion === 'marginal' ? 0x08 : 0) |
    ((display.pulse >> 7) & 0x03);
  return [first, low(display.pulse), display.spo2, sensorOff ? 0x08 : 0];
}
