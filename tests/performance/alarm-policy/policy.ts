import { idOf } from '../../../core/alarm-keys.ts';
import { ALARMS, type AlarmId } from '../../../core/alarms.ts';
import type { Effect } from '../../../core/engine/effects.ts';
import type { SessionBinding } from '../../../core/engine/state.ts';
import { BINDING, Chair } from '../../../core/engine/testing.ts';
import { PROPOSED_PROFILE, type SafetyProfile } from '../../../core/profile.ts';
import type { Microgram, Microlitre } from '../../../core/units.ts';
import { PARAMETER_NAMES, type Parameter } from '../../../core/vitals.ts';
import { good, type Second, type Trace } from './trace.ts';

/** An infusion that was paused by these alarms, from this second of the trace up to one (its end where it stayed paused). */
export interface Pause {
  readonly at: number;
  readonly until: number;
  readonly alarms: readonly AlarmId[];
}

/** Long enough to be steady before the trace begins. */
const LEAD_IN = 35;
const HEALTHY: Readonly<Record<Parameter, number>> = {
  spo2: 98,
  pulse: 75,
  hr: 75,
  rr: 14,
  etco2: 38,
  'nibp-sys': 120,
  'nibp-dia': 75,
  sedation: 5,
};

/** Never complete within a trace. */
const ENDLESS: SessionBinding = {
  ...BINDING,
  plan: { ...BINDING.plan, volume: 10_000_000 as Microlitre },
  doseCeiling: 20_000_000 as Microgram,
};

/** The shipped profile, which requires of a trace only what the trace has. */
export function profileOf({ seconds }: Trace): SafetyProfile {
  const has = (parameter: Parameter) => seconds.some((second) => second[parameter] !== undefined);
  return { ...PROPOSED_PROFILE, vitals: PROPOSED_PROFILE.vitals.filter(({ parameter }) => has(parameter)) };
}

/**
 * Plays a trace to the shipped engine, one second a step, with a pump that does as it is told and a clinician who
 * acknowledges at once and resumes, with a second person who signs, as soon as the engine lets him: the pauses that this gives.
 */
export function pausesOfPolicy(trace: Trace): readonly Pause[] {
  const profile = profileOf(trace);
  const chair = new Chair(profile);
  const healthy: Second = Object.fromEntries(
    profile.vitals.map(({ parameter }) => [parameter, good(HEALTHY[parameter])]),
  );
  start(chair, healthy);
  const pauses: Pause[] = [];
  for (const [at, second] of trace.seconds.entries()) {
    const effects = play(chair, second);
    if (effects.some((effect) => effect.kind === 'phase' && effect.to === 'paused')) {
      pauses.push({ at, until: trace.seconds.length, alarms: effects.flatMap(pausingAlarm) });
    }
    const pause = pauses.at(-1);
    if (chair.state.phase === 'paused' && pause !== undefined && resume(chair)) {
      pauses[pauses.length - 1] = { ...pause, until: at };
    }
  }
  return pauses;
}

const pausingAlarm = (effect: Effect): readonly AlarmId[] => {
  if (effect.kind !== 'alarm' || effect.change !== 'raised') return [];
  const id = idOf(effect.key);
  return ALARMS[id].action === 'pause' ? [id] : [];
};

function start(chair: Chair, healthy: Second): void {
  chair.send({ kind: 'link', device: 'pump', state: 'up', detail: '' });
  chair.send({ kind: 'pump-identified', identity: { model: 'm', firmware: 'f', serial: null } });
  chair.send({ kind: 'link', device: 'monitor', state: 'up', detail: '' });
  chair.send({ kind: 'sound', proved: true });
  play(chair, healthy);
  chair.send({ kind: 'plan', by: 'bench', binding: ENDLESS });
  chair.send({ kind: 'check', by: 'bench' });
  play(chair, healthy);
  chair.send({ kind: 'arm', by: 'bench' });
  for (let second = 0; second < LEAD_IN; second += 1) play(chair, healthy);
  chair.start();
  chair.runChain();
  if (chair.state.phase !== 'infusing') throw new Error('the infusion of the bench did not start');
}

/** One second: what the monitor gave, a read-back, a tick. */
function play(chair: Chair, second: Second): readonly Effect[] {
  chair.now += 1000;
  const samples = PARAMETER_NAMES.flatMap((parameter) => {
    const reading = second[parameter];
    return reading === undefined ? [] : [chair.sample(parameter, reading.value, reading.quality)];
  });
  if (chair.pumpState === 'infusing') chair.counter += Math.floor((chair.rate * 1000) / 3_600_000);
  const from = chair.history.length;
  chair.send({ kind: 'vitals', samples });
  if (chair.state.phase === 'paused') chair.pumpState = 'stopped';
  chair.read();
  chair.tick();
  return chair.history.splice(from);
}

function resume(chair: Chair): boolean {
  chair.acknowledge();
  const accepted = chair.resume('second').some((effect) => effect.kind === 'answer' && effect.accepted);
  if (accepted) chair.runChain();
  return accepted;
}
