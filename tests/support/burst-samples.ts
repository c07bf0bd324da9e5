/** One pulse as it was found in samples. */
export interface FoundPulse {
  readonly atS: number;
  readonly lengthS: number;
  /** From a tenth of its height to nine tenths, and back. */
  readonly riseS: number;
  readonly fallS: number;
}

const ENVELOPE_S = 0.005;
/** Shares of the greatest height. */
const BEGINS_AT = 0.05;

/** Pulses in one channel of samples: where the envelope stands above silence. */
export function pulsesIn(samples: ArrayLike<number>, rate: number): readonly FoundPulse[] {
  const envelope = envelopeOf(samples, Math.round(rate * ENVELOPE_S));
  const height = Math.max(...envelope);
  const found: FoundPulse[] = [];
  for (let at = 0; at < envelope.length; at += 1) {
    if ((envelope[at] ?? 0) < BEGINS_AT * height) continue;
    let end = at;
    while (end < envelope.length && (envelope[end] ?? 0) >= BEGINS_AT * height) end += 1;
    const pulse = envelope.slice(at, end);
    const top = Math.max(...pulse);
    const isHigh = (value: number): boolean => value >= 0.9 * top;
    found.push({
      atS: at * ENVELOPE_S,
      lengthS: pulse.length * ENVELOPE_S,
      riseS: (pulse.findIndex(isHigh) + 1) * ENVELOPE_S,
      fallS: (pulse.length - pulse.findLastIndex(isHigh)) * ENVELOPE_S,
    });
    at = end;
  }
  return found;
}

function envelopeOf(samples: ArrayLike<number>, window: number): readonly number[] {
  const tops: number[] = [];
  for (let from = 0; from < samples.length; from += window) {
    let top = 0;
    for (let at = from; at < Math.min(samples.length, from + window); at += 1) {
      top = Math.max(top, Math.abs(samples[at] ?? 0));
    }
    tops.push(top);
  }
  return tops;
}

/** Height of the part of `samples` at `hertz`, by the Goertzel algorithm. */
function heightAt(samples: ArrayLike<number>, rate: number, hertz: number): number {
  const turn = 2 * Math.cos((2 * Math.PI * hertz) / rate);
  let [one, two] = [0, 0];
  for (let at = 0; at < samples.length; at += 1) {
    // A Hann window, so that the ends of the cut make no partials of their own.
    const share = 0.5 - 0.5 * Math.cos((2 * Math.PI * at) / samples.length);
    [one, two] = [(samples[at] ?? 0) * share + turn * one - two, one];
  }
  return Math.sqrt(one * one + two * two - turn * one * two) / samples.length;
}

const STEP_HZ = 5;
/** A partial counts within 15 dB of the strongest (IEC 60601-1-8). */
const WITHIN = 10 ** (-15 / 20);

/** Frequencies of the partials that count, lowest first, between 100 and 5000 Hz. */
export function partialsOf(samples: ArrayLike<number>, rate: number): readonly number[] {
  const heights: number[] = [];
  for (let hertz = 100; hertz <= 5000; hertz += STEP_HZ) heights.push(heightAt(samples, rate, hertz));
  const top = Math.max(...heights);
  return heights.flatMap((height, index) => {
    const isPeak = height > (heights[index - 1] ?? 0) && height >= (heights[index + 1] ?? 0);
    return isPeak && height >= WITHIN * top ? [100 + index * STEP_HZ] : [];
  });
}
