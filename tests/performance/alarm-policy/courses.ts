import type { Random } from '../../chaos/random.ts';
import { SPOT_EVENTS, SPOT_NUISANCES } from './spot-courses.ts';
import { probeOff, type Signs, shown } from './signs.ts';
import { good, type Label, type Second } from './trace.ts';

/** Something that happens to a patient or a sensor for a while. */
export interface Course {
  readonly kind: Label['kind'];
  readonly name: string;
  readonly seconds: number;
  /** Seconds into it from which it is what it is called. @default 0 */
  readonly labelFrom?: number;
  /** It brings the readings of cuff and observer itself; none comes by the clock. */
  readonly noSpots?: true;
  /** What the monitor shows `at` seconds into it, of a patient who would otherwise be at `rest`. */
  readonly second: (rest: Signs, at: number, random: Random) => Second;
}

type Draw = (random: Random) => Course;

const between = (random: Random, low: number, high: number): number => low + random.next() * (high - low);
/** From 0 to 1 and back, with these times for the way there, the stay and the way back. */
const bump = (at: number, there: number, stay: number, back: number): number =>
  Math.max(0, Math.min(1, (at + 1) / there, (there + stay + back - at) / back));

/** A moving hand: SpO2 too low, pulse at random. The sensor notices most of it, but not all and not at once. */
const motion: Draw = (random) => {
  const seconds = random.between(4, 20);
  const depth = between(random, 4, 14);
  return {
    kind: 'nuisance',
    name: 'motion',
    seconds,
    second: (rest, at, noise) => {
      const disturbed = {
        ...rest,
        spo2: rest.spo2 - depth * between(noise, 0.4, 1),
        pulse: rest.pulse + between(noise, -35, 45),
      };
      const noticed = at >= 2 && noise.chance(0.6);
      return shown(disturbed, (value) => ({ value, quality: noticed ? 'poor' : 'good' }));
    },
  };
};

/** SpO2 is below 90 % for seconds and comes back by itself. */
const shortDip: Draw = (random) => {
  const stay = random.between(1, 5);
  const nadir = between(random, 86, 89);
  return {
    kind: 'nuisance',
    name: 'short-dip',
    seconds: stay + 4,
    second: (rest, at) => shown({ ...rest, spo2: rest.spo2 + (nadir - rest.spo2) * bump(at, 2, stay, 2) }),
  };
};

const looseElectrode: Draw = (random) => {
  const hr = between(random, 0, 34);
  return {
    kind: 'nuisance',
    name: 'loose-electrode',
    seconds: random.between(5, 30),
    second: (rest) => shown({ ...rest, hr }),
  };
};

/** Breaths that the monitor did not count. */
const miscountedBreath: Draw = (random) => {
  const rr = between(random, 4, 7);
  return {
    kind: 'nuisance',
    name: 'miscounted-breath',
    seconds: random.between(4, 12),
    second: (rest) => shown({ ...rest, rr }),
  };
};

const probe: Draw = (random) => ({
  kind: 'probe-off',
  name: 'probe-off',
  seconds: random.between(6, 60),
  second: (rest) => probeOff(rest),
});

const desaturation: Draw = (random) => {
  const nadir = between(random, 74, 88.4);
  const [there, stay, back] = [random.between(8, 90), random.between(20, 60), random.between(10, 30)];
  const weak = random.chance(0.2) ? random.between(there, there + stay) : -100;
  return {
    kind: 'event',
    name: 'desaturation',
    seconds: there + stay + back,
    second: (rest, at) => {
      const spo2 = rest.spo2 + (nadir - rest.spo2) * bump(at, there, stay, back);
      const isWeak = at >= weak && at < weak + 5;
      return shown({ ...rest, spo2 }, (value) => ({ value, quality: isWeak ? 'poor' : 'good' }));
    },
  };
};

/** The waveform ends at once; the monitor says that nobody breathes after its 20 s; SpO2 falls later and recovers late. */
const apnoea: Draw = (random) => {
  const held = random.between(60, 120);
  const fall = between(random, 0.1, 0.4);
  const falls = random.between(40, 80);
  return {
    kind: 'event',
    name: 'apnoea',
    seconds: held + 40,
    second: (rest, at) => {
      const holds = at < held;
      const low = Math.max(0, Math.min(at, held + 15) - falls) * fall;
      const recovered = Math.max(0, at - held - 15) * 1.5;
      const spo2 = rest.spo2 - Math.max(0, low - recovered);
      return shown({ ...rest, spo2, rr: holds && at >= 20 ? 0 : rest.rr, etco2: holds ? 0 : rest.etco2 });
    },
  };
};

const hypoventilation: Draw = (random) => {
  const [rr, etco2] = [between(random, 3.6, 7.4), between(random, 50, 68)];
  const stay = random.between(60, 150);
  return {
    kind: 'event',
    name: 'hypoventilation',
    seconds: 60 + stay,
    second: (rest, at) => {
      const share = bump(at, 30, stay, 30);
      return shown({ ...rest, rr: rest.rr + (rr - rest.rr) * share, etco2: rest.etco2 + (etco2 - rest.etco2) * share });
    },
  };
};

function heart(name: string, low: number, high: number): Draw {
  return (random) => {
    const beats = between(random, low, high);
    const [there, stay] = [random.between(5, 20), random.between(25, 60)];
    return {
      kind: 'event',
      name,
      seconds: there + stay + 10,
      second: (rest, at) => {
        const pulse = rest.pulse + (beats - rest.pulse) * bump(at, there, stay, 10);
        return { ...shown({ ...rest, pulse }), hr: good(Math.round(pulse)) };
      },
    };
  };
}

const NUISANCES: readonly Draw[] = [
  motion,
  motion,
  motion,
  shortDip,
  shortDip,
  looseElectrode,
  miscountedBreath,
  probe,
  ...SPOT_NUISANCES,
];
const EVENTS: readonly Draw[] = [
  desaturation,
  desaturation,
  apnoea,
  hypoventilation,
  heart('bradycardia', 30, 43.4),
  heart('tachycardia', 132, 165),
  ...SPOT_EVENTS,
];
const EVENT_SHARE = 0.25;

/** The next thing that happens. */
export function drawCourse(random: Random): Course {
  const draws = random.chance(EVENT_SHARE) ? EVENTS : NUISANCES;
  const draw = draws[random.between(0, draws.length - 1)] ?? motion;
  return draw(random);
}
