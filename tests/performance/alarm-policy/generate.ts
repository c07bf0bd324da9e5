import { Random } from '../../chaos/random.ts';
import { type Course, drawCourse } from './courses.ts';
import { type Signs, shown } from './signs.ts';
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
    const now = planned.find(({ label }) => at >= label.start && at <= label.end);
    return now === undefined ? shown(rest) : now.course.second(rest, at - now.label.start, random);
  });
  return { name: `generated-${seed}`, seconds, labels: planned.map(({ label }) => label) };
}

interface Planned {
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
    planned.push({ label: { start, end, kind: course.kind, name: course.name }, course });
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
    };
  };
}
