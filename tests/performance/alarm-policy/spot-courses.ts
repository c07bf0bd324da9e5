import type { Random } from '../../chaos/random.ts';
import type { Course } from './courses.ts';
import { type Signs, shown, withCuff, withScore } from './signs.ts';
import type { Label } from './trace.ts';

// What happens to a cuff pressure and a sedation score, which are measured now and then, and to an ECG or to
// samples that do not come.

type Draw = (random: Random) => Course;

const between = (random: Random, low: number, high: number): number => low + random.next() * (high - low);

/** A clinician who is asked for a repeat needs this long with the cuff. */
const REPEATED_AFTER = { least: 40, most: 70 } as const;

/** One pressure, and another one when it was repeated; both figures of the cuff go the same way. */
function pressure(kind: Label['kind'], name: string, first: (random: Random) => Partial<Signs>, isReal: boolean): Draw {
  return (random) => {
    const repeated = random.between(REPEATED_AFTER.least, REPEATED_AFTER.most);
    const read = first(random);
    return {
      kind,
      name,
      seconds: repeated + 60,
      noSpots: true,
      second: (rest, at) => {
        const second = shown(rest);
        if (at === 0) return withCuff(second, { ...rest, ...read });
        if (at === repeated) return withCuff(second, isReal ? { ...rest, ...read } : rest);
        // Treated, and measured again, before the next thing happens.
        return at === repeated + 59 ? withCuff(second, rest) : second;
      },
    };
  };
}

function scored(kind: Label['kind'], name: string, low: number, high: number): Draw {
  return (random) => {
    const score = random.between(low, high);
    const seconds = random.between(60, 180);
    return {
      kind,
      name,
      seconds,
      noSpots: true,
      second: (rest, at) => {
        if (at === 0) return withScore(shown(rest), score);
        return at === seconds - 1 ? withScore(shown(rest), rest.sedation) : shown(rest);
      },
    };
  };
}

/** What is measured now and then is measured no more: it expires, which has to pause. */
function overdue(name: string, isCuff: boolean, expiresAfter: number): Draw {
  return () => ({
    kind: 'probe-off',
    name,
    seconds: expiresAfter + 120,
    // Nothing was wrong before it expired.
    labelFrom: expiresAfter,
    noSpots: true,
    second: (rest, at) => {
      const second = shown(rest);
      if (at !== 0 && at !== expiresAfter + 119)
        return isCuff ? withScoreEvery(second, rest, at) : withCuffEvery(second, rest, at);
      return withScore(withCuff(second, rest), rest.sedation);
    },
  });
}

const EVERY = 300;
const withCuffEvery = (second: ReturnType<typeof shown>, rest: Signs, at: number) =>
  at % EVERY === 0 ? withCuff(second, rest) : second;
const withScoreEvery = (second: ReturnType<typeof shown>, rest: Signs, at: number) =>
  at % EVERY === 0 ? withScore(second, rest.sedation) : second;

/** T waves counted as beats, or artefact, beside an undisturbed pulse. */
const doubleCounted: Draw = (random) => {
  const factor = between(random, 1.9, 3);
  return {
    kind: 'nuisance',
    name: 'ecg-counts-double',
    seconds: random.between(5, 60),
    second: (rest) => shown({ ...rest, hr: Math.min(340, rest.pulse * factor) }),
  };
};

/** The oximeter sends nothing, for less or for more than may be missing. */
function silence(kind: Label['kind'], name: string, least: number, most: number): Draw {
  return (random) => ({
    kind,
    name,
    seconds: random.between(least, most),
    second: (rest) => {
      const { spo2: _spo2, pulse: _pulse, ...others } = shown(rest);
      return others;
    },
  });
}

export const SPOT_NUISANCES: readonly Draw[] = [
  doubleCounted,
  silence('nuisance', 'short-gap', 1, 3),
  pressure('nuisance', 'cuff-artefact-high', (random) => ({ sys: between(random, 182, 199) }), false),
  pressure('nuisance', 'cuff-artefact-low', (random) => ({ sys: between(random, 72, 88) }), false),
  scored('nuisance', 'drowsy', 4, 4),
  silence('probe-off', 'monitor-silent', 6, 60),
];

export const SPOT_EVENTS: readonly Draw[] = [
  pressure(
    'event',
    'hypertension',
    (random) => ({ sys: between(random, 182, 199), dia: between(random, 90, 118) }),
    true,
  ),
  pressure('event', 'hypertension-critical', (random) => ({ sys: between(random, 202, 230) }), true),
  pressure('event', 'hypotension', (random) => ({ sys: between(random, 72, 88), dia: between(random, 40, 60) }), true),
  scored('event', 'sedation', 2, 3),
  scored('event', 'sedation-deep', 0, 1),
  overdue('cuff-expired', true, 1260),
  overdue('score-expired', false, 1860),
];
