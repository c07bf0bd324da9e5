import { expect, test } from 'vitest';
import { joined, packet } from './fixtures/packets.ts';
import { PacketDecoder } from './packet-decoder.ts';

/** Where the values of the first three frames stand: pulse in two parts, then saturation. */
const PULSE_MSB = 3;
const PULSE_LSB = 8;
const SPO2 = 13;

function spoiled(bytes: Uint8Array, ...places: readonly number[]): Uint8Array {
  for (const at of places) bytes[at] = (bytes[at] ?? 0) ^ 0x10;
  return bytes;
}

test('the pulse of one packet is never put beside the saturation of the next', () => {
  const decoder = new PacketDecoder('7');
  decoder.push(joined(packet('7'), packet('7', { pleth: 1 })));
  const events = decoder.push(
    joined(
      spoiled(packet('7', { pulse: 60, pleth: 2 }), SPO2),
      spoiled(packet('7', { pulse: 150, spo2: 80, pleth: 3 }), PULSE_MSB, PULSE_LSB),
      packet('7', { pulse: 150, spo2: 80, pleth: 4 }),
    ),
  );
  const measured = events.flatMap((event) => (event.kind === 'measurement' ? [event.measurement] : []));
  expect(measured.map(({ pulse, spo2 }) => [pulse, spo2])).toEqual([[150, 80]]);
});
