import { type DataAge, dataAgeOf } from './data-age.ts';
import { type Pause, pausesOfPolicy, profileOf } from './policy.ts';
import { type Crossing, crossing, pausesOfThreshold, withCuffHeld } from './threshold.ts';
import type { Label, Trace } from './trace.ts';

/** What a pause may come after the end of what caused it (s): a delay that began within it. */
const LAG = 15;

/** How the policy and a threshold without delay did on one trace. */
export interface Score {
  readonly seconds: number;
  readonly events: number;
  readonly eventNames: readonly string[];
  readonly falsePauses: { readonly policy: number; readonly threshold: number; readonly thresholdGoodSignal: number };
  /** Names of what the false pauses of the policy came from. */
  readonly falseCauses: readonly string[];
  /** Pauses because nothing was measured, which has to pause. */
  readonly probeOffPauses: number;
  readonly missed: readonly string[];
  /** Events that began while the infusion was paused already. */
  readonly notRunning: number;
  /** Seconds from the first value past a limit to the pause, by tier. */
  readonly criticalDelays: readonly number[];
  readonly warningDelays: readonly number[];
  /** The same of a cuff pressure that had to be repeated. */
  readonly cuffDelays: readonly number[];
  readonly dataAge: DataAge;
}

export function scoreOf(trace: Trace): Score {
  const profile = profileOf(trace);
  const seconds = withCuffHeld(trace, profile);
  const crossings = seconds.map((second) => crossing(second, profile, false));
  const labels = trace.labels ?? derivedLabels(crossings);
  const events = labels.filter(({ kind }) => kind === 'event');
  const pauses = pausesOfPolicy(trace);
  const isFalse = (at: number): boolean => !labels.some((label) => label.kind !== 'nuisance' && covers(label, at));
  const falsePauses = pauses.filter((pause) => isFalse(pause.at) && !(trace.labels === null && isLoss(pause)));
  const threshold = (alsoPoor: boolean) => pausesOfThreshold(seconds, profile, alsoPoor).filter(isFalse).length;
  const judged = events.map((event) => judge(event, crossings, pauses));
  return {
    seconds: trace.seconds.length,
    events: events.length,
    eventNames: events.map(({ name }) => name),
    falsePauses: { policy: falsePauses.length, threshold: threshold(true), thresholdGoodSignal: threshold(false) },
    falseCauses: falsePauses.map((pause) => causeOf(pause, labels)),
    probeOffPauses: pauses.filter((pause) => isLoss(pause) && !falsePauses.includes(pause)).length,
    missed: judged.flatMap(({ missed, name }) => (missed ? [name] : [])),
    notRunning: judged.filter(({ notRunning }) => notRunning).length,
    criticalDelays: judged.flatMap(({ critical }) => critical ?? []),
    warningDelays: judged.flatMap(({ warning }) => warning ?? []),
    cuffDelays: judged.flatMap(({ cuff }) => cuff ?? []),
    dataAge: dataAgeOf(trace, pauses, isLoss),
  };
}

const covers = ({ start, end }: Label, at: number): boolean => at >= start && at <= end + LAG;
const isLoss = ({ alarms }: Pause): boolean => alarms.every((id) => id === 'vitals-lost' || id === 'reading-expired');
const causeOf = ({ at, alarms }: Pause, labels: readonly Label[]): string =>
  `${labels.find((label) => covers(label, at))?.name ?? 'rest'}:${alarms.join('+')}`;

interface Judged {
  readonly name: string;
  readonly missed: boolean;
  readonly notRunning: boolean;
  readonly critical: number | null;
  readonly warning: number | null;
  readonly cuff: number | null;
}

const NO_DELAY = { critical: null, warning: null, cuff: null };

function judge({ start, end, name }: Label, crossings: readonly Crossing[], pauses: readonly Pause[]): Judged {
  const within = (at: number) => at >= start && at <= end;
  const first = crossings.findIndex((found, at) => within(at) && found !== null);
  const critical = crossings.findIndex((found, at) => within(at) && found === 'critical');
  const pause = pauses.find(({ at }) => at >= start && at <= end + LAG);
  const notRunning = pauses.some(({ at, until }) => at < start && until > (first < 0 ? start : first));
  if (notRunning) return { name, missed: false, notRunning, ...NO_DELAY };
  // Without any crossing there was nothing for a threshold to see, so that nothing can be late.
  const missed = pause === undefined;
  if (first < 0) return { name, missed, notRunning, ...NO_DELAY };
  const added = (from: number) => (pause === undefined ? null : Math.max(0, pause.at - from));
  return {
    name,
    missed,
    notRunning,
    critical: critical < 0 ? null : added(critical),
    warning: crossings[first] === 'warning' ? added(first) : null,
    cuff: crossings[first] === 'cuff' ? added(first) : null,
  };
}

/** Without labels: every stretch past a limit that lasts at least as long as the longest warning delay is an event. */
function derivedLabels(crossings: readonly Crossing[]): readonly Label[] {
  const labels: Label[] = [];
  let start = -1;
  for (const [at, found] of [...crossings, null].entries()) {
    if (found !== null && start < 0) start = at;
    if (found !== null || start < 0) continue;
    const lasted = at - start;
    labels.push({ start, end: at - 1, kind: lasted > LAG ? 'event' : 'nuisance', name: 'threshold-derived' });
    start = -1;
  }
  return labels;
}
