import { Random } from '../../chaos/random.ts';
import { type Course, drawCourse } from './courses.ts';
import { type Signs, shown, withCuff, withScore } from './signs.ts';
import type { Label, Second, Trace } from './trace.ts';

// Labelled traces at 1 Hz, generated, not recorded: a patient at rest with slow drift and noise, whole numbers as a
// monitor shows them, and now and then one of the courses of courses.ts, never two at once.

export const SESSION_SECONDS = 3000;
const QUIET_SECONDS = 60;

/** One session of 50 min; the same seed gives the same trace. */
export function generateTrace(seed: number): Trace {
  const random = new Random(seed);
  const next = restingPatient(random);
  const planned = plan(random);
  const seconds = Array.from({ length: SESSION_SECONDS }, (_, at): Second => {
    const rest = next();
    const now = planned.find(({ start, label }) => at >= start && at <= label.end);
    return now === undefined ? withSpots(shown(rest), rest, at) : during(now, rest, at, random);
  });
  return { name: `generated-${seed}`, seconds, labels: planned.map(({ label }) => label) };
}

/** By the clock of a careful clinician. */
const CUFF_EVERY = 300;
const SCORE_EVERY = 600;

function withSpots(second: Second, rest: Signs, at: number): Second {
  const measured = at % CUFF_EVERY === 0 ? withCuff(second, rest) : second;
  return at % SCORE_EVERY === 0 ? withScore(measured, rest.sedation) : measured;
}

function during({ start, course }: Planned, rest: Signs, at: number, random: Random): Second {
  const second = course.second(rest, at - start, random);
  return course.noSpots === true ? second : withSpots(second, rest, at);
}

interface Planned {
  /** Its first second; the label may begin later. */
  readonly start: number;
  readonly label: Label;
  readonly course: Course;
}

function plan(random: Random): readonly Planned[] {
  const planned: Planned[] = [];
  let at = QUIET_SECONDS;
  for (;;) {
    const start = at + QUIET_SECONDS + random.between(0, 240);
    const course = drawCourse(random);
    const end = start + course.seconds - 1;
    if (end + QUIET_SECONDS >= SESSION_SECONDS) return planned;
    const from = start + (course.labelFrom ?? 0);
    planned.push({ start, label: { start: from, end, kind: course.kind, name: course.name }, course });
    at = end;
  }
}

/** Values at rest with a slow drift. */
function restingPatient(random: Random): () => Signs {
  const between = (low: number, high: number) => low + random.next() * (high - low);
  const base = {
    spo2: between(95.5, 98.5),
    pulse: between(66, 88),
    rr: between(12, 17),
    etco2: between(35, 43),
    sys: between(108, 145),
    dia: between(62, 88),
  };
  let [drift, breath] = [0, 0];
  return () => {
    drift = 0.98 * drift + between(-0.5, 0.5);
    breath = 0.95 * breath + between(-0.4, 0.4);
    const pulse = base.pulse + 3 * drift + between(-1, 1);
    return {
      spo2: Math.min(100, base.spo2 + 0.3 * drift + between(-0.5, 0.5)),
      pulse,
      hr: pulse + between(-1, 1),
      rr: base.rr + breath,
      etco2: base.etco2 + breath + between(-0.5, 0.5),
      sys: base.sys + 3 * drift,
      dia: base.dia + 2 * drift,
      sedation: 5,
    };
  };
}
