import type { AlarmPriority } from '../../core/alarms.ts';
import { BURSTS, FUNDAMENTAL_HZ, HARMONICS, heightOf, LOUDNESS, RISE_S } from '../../core/alarm-bursts.ts';

/** Samples a second, one channel, 16 bits. */
const SAMPLE_RATE = 44_100;
const HEADER_BYTES = 44;
const FULL_SCALE = 32_767;

/** Sum of the partials' amplitudes, so that a pulse at full loudness never clips. */
const PEAK = HARMONICS.reduce((sum, harmonic) => sum + heightOf(harmonic), 0);

/** One burst as a WAV file, from the same table as the page's sound. */
export function alarmWav(priority: AlarmPriority): Buffer {
  const { pulses } = BURSTS[priority];
  const endS = Math.max(...pulses.map(({ atS, lengthS }) => atS + lengthS));
  const samples = new Int16Array(Math.ceil(endS * SAMPLE_RATE));
  for (const { atS, lengthS } of pulses) {
    const from = Math.round(atS * SAMPLE_RATE);
    const count = Math.round(lengthS * SAMPLE_RATE);
    for (let index = 0; index < count && from + index < samples.length; index += 1) {
      const t = index / SAMPLE_RATE;
      samples[from + index] = Math.round(FULL_SCALE * LOUDNESS[priority] * envelope(t, lengthS) * wave(t));
    }
  }
  return Buffer.concat([header(samples.byteLength), Buffer.from(samples.buffer)]);
}

/** Rises and falls in a straight line, so that nothing clicks. */
function envelope(t: number, lengthS: number): number {
  return Math.max(0, Math.min(1, t / RISE_S, (lengthS - t) / RISE_S));
}

function wave(t: number): number {
  const turn = 2 * Math.PI * FUNDAMENTAL_HZ * t;
  return HARMONICS.reduce((sum, harmonic) => sum + heightOf(harmonic) * Math.sin(harmonic * turn), 0) / PEAK;
}

function header(bytes: number): Buffer {
  const head = Buffer.alloc(HEADER_BYTES);
  head.write('RIFF', 0);
  head.writeUInt32LE(HEADER_BYTES - 8 + bytes, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(SAMPLE_RATE, 24);
  head.writeUInt32LE(SAMPLE_RATE * 2, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36);
  head.writeUInt32LE(bytes, 40);
  return head;
}
