import { PROPOSED_PROFILE } from '../../../core/profile.ts';
import { generateTrace, SESSION_SECONDS } from './generate.ts';
import { readTraces } from './read-traces.ts';
import { type Score, scoreOf } from './score.ts';
import type { Trace } from './trace.ts';

export interface AlarmPolicyOptions {
  /** Folder of CSV files; null: traces are generated. */
  readonly traces: string | null;
  /** Length of the generated set, and from which seed. */
  readonly hours: number;
  readonly seed: number;
}

/**
 * the shipped engine on 1 Hz traces beside the same limits without any delay: false pauses, missed events and
 * the delay that the policy adds. Prints nothing; the result is one JSON object with its conditions.
 */
export async function alarmPolicy(options: AlarmPolicyOptions): Promise<object> {
  const scored: { readonly name: string; readonly score: Score }[] = [];
  for (const trace of await tracesOf(options)) scored.push({ name: trace.name, score: scoreOf(trace) });
  const scores = scored.map(({ score }) => score);
  const total = (figure: (score: Score) => number): number => scores.reduce((sum, score) => sum + figure(score), 0);
  const falsePauses = {
    policy: total(({ falsePauses }) => falsePauses.policy),
    threshold: total(({ falsePauses }) => falsePauses.threshold),
    thresholdGoodSignal: total(({ falsePauses }) => falsePauses.thresholdGoodSignal),
  };
  return {
    bench: 'alarm-policy',
    hours: Math.round(total(({ seconds }) => seconds) / 36) / 100,
    events: total(({ events }) => events),
    eventNames: counted(scores.flatMap(({ eventNames }) => eventNames)),
    falsePauses,
    falseCauses: counted(scores.flatMap(({ falseCauses }) => falseCauses)),
    missedEvents: counted(scores.flatMap(({ missed }) => missed)),
    eventsWhilePaused: total(({ notRunning }) => notRunning),
    lossPauses: total(({ probeOffPauses }) => probeOffPauses),
    addedDelayS: {
      critical: spread(scores.flatMap(({ criticalDelays }) => criticalDelays)),
      warning: spread(scores.flatMap(({ warningDelays }) => warningDelays)),
      cuffRepeated: spread(scores.flatMap(({ cuffDelays }) => cuffDelays)),
    },
    dataAge: {
      losses: total(({ dataAge }) => dataAge.losses),
      missed: counted(scores.flatMap(({ dataAge }) => dataAge.missed)),
      falsePauses: {
        policy: total(({ dataAge }) => dataAge.falsePauses.policy),
        threshold: total(({ dataAge }) => dataAge.falsePauses.threshold),
      },
      delayS: spread(scores.flatMap(({ dataAge }) => dataAge.delays)),
    },
    ...(options.traces !== null && {
      traces: scored.map(({ name, score: { seconds, events, falsePauses: each, missed } }) => {
        return { name, seconds, events, falsePauses: each, missed: missed.length };
      }),
    }),
    conditions: conditionsOf(options),
  };
}

async function tracesOf({ traces, hours, seed }: AlarmPolicyOptions): Promise<Iterable<Trace>> {
  if (traces !== null) return readTraces(traces);
  const count = Math.ceil((hours * 3600) / SESSION_SECONDS);
  return Array.from({ length: count }, (_, i) => generateTrace(seed + i));
}

const conditionsOf = ({ traces, seed }: AlarmPolicyOptions): object => ({
  profile: PROPOSED_PROFILE.version,
  traces:
    traces === null ? 'generated and labelled, not recorded' : 'read; without labels events are threshold-derived',
  ...(traces === null && { seed }),
  threshold:
    'the same pause limits on every number shown, no delay, hysteresis, repeat or second witness; same resume rule',
});

/** How often each name comes. */
const counted = (names: readonly string[]): Readonly<Record<string, number>> =>
  Object.fromEntries([...Map.groupBy(names, (name) => name)].map(([name, all]) => [name, all.length]));

function spread(values: readonly number[]): { count: number; p50: number | null; max: number | null } {
  const sorted = values.toSorted((one, other) => one - other);
  return { count: sorted.length, p50: sorted[Math.floor(sorted.length / 2)] ?? null, max: sorted.at(-1) ?? null };
}
