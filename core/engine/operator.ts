import type { Microlitre } from '../units.ts';
import { acknowledgeDrawn, condition, raise } from './alarm-book.ts';
import { pauseAudio } from './audio-pause.ts';
import { beginRun } from './commands.ts';
import type { OperatorEvent } from './events.ts';
import { mayMoveDrug } from './facts.ts';
import {
  firstUnmet,
  inPhase,
  rateConfirmed,
  reasonGiven,
  type Requirement,
  TO_ARM,
  TO_PLAN,
  TO_RUN,
} from './requirements.ts';
import { secondPersonSigned, unlock } from './repeated-pauses.ts';
import type { SessionBinding } from './state.ts';
import { halt, stopPump, withdraw } from './stop.ts';
import { change, changePump, emit, enter, type Turn } from './turn.ts';
import { awaitPump } from './unseen.ts';
import { vitalsOfNextPatient } from './vital-rules.ts';
import { NEW_COMPARISON } from './volume.ts';

/** Carries out what a person asks for, or says why not: exactly one answer. */
export function operate(turn: Turn, event: OperatorEvent): Turn {
  switch (event.kind) {
    case 'plan':
      return attempt(turn, TO_PLAN, () => plan(turn, event));
    case 'check':
      return attempt(turn, [inPhase('planned')], () => enter(turn, 'checked', 'bedside checks done', event.by));
    case 'arm':
      return attempt(turn, TO_ARM, () => arm(turn, event));
    case 'start':
      return attempt(turn, toStart(event), () => beginRun(unlock(turn)));
    case 'resume':
      return attempt(turn, toResume(event), () => beginRun(unlock(turn)));
    case 'pause':
      return attempt(turn, [runningOrStarting], () => halt(turn, event.reason, event.by, 'person'));
    case 'stop':
      // in every phase, whatever the links say, by anybody.: a pump that is not heard owes its answer, too.
      return attempt(turn, [], () => halt(turn, event.reason, event.by, 'person'));
    case 'stopped-by-hand':
      return attempt(turn, [stopWaits, reasonGiven(event.reason)], () => takeByHand(turn));
    case 'end':
      return attempt(turn, TO_END, () => end(turn, event));
    case 'acknowledge':
      return attempt(turn, [], () => acknowledgeDrawn(turn, event.alarms, event.by));
    case 'audio-pause':
      return attempt(turn, [], () => pauseAudio(turn, event));
    case 'interrupted':
      return attempt(turn, [inPhase('idle')], () => interrupt(turn, event));
  }
}

type Asked<Kind extends OperatorEvent['kind']> = Extract<OperatorEvent, { kind: Kind }>;

function toStart({ by, second }: Asked<'start'>): readonly Requirement[] {
  return [inPhase('armed'), secondPersonSigned(by, second), ...TO_RUN];
}

/** resuming asks for more than starting. */
function toResume({ by, second, reason, confirmedRate }: Asked<'resume'>): readonly Requirement[] {
  const signed = secondPersonSigned(by, second);
  return [inPhase('paused'), reasonGiven(reason), rateConfirmed(confirmedRate), signed, ...TO_RUN];
}

const TO_END: readonly Requirement[] = [inPhase('planned', 'checked', 'armed', 'infusing', 'paused')];

const runningOrStarting: Requirement = {
  code: 'wrong-phase',
  detail: 'nothing runs and nothing is being started',
  met: ({ phase, pending }) => phase === 'infusing' || pending !== null,
};

const stopWaits: Requirement = {
  code: 'wrong-phase',
  detail: 'no stop waits to be confirmed',
  met: ({ stopping }) => stopping !== null,
};

function attempt(turn: Turn, requirements: readonly Requirement[], act: () => Turn): Turn {
  const unmet = firstUnmet(requirements, turn.state, turn.at);
  if (unmet === undefined) return emit(act(), { kind: 'answer', accepted: true });
  return emit(turn, { kind: 'answer', accepted: false, code: unmet.code, detail: unmet.detail });
}

/** The person's word takes the place of a read-back; what the pump said before counts no more. */
function takeByHand(turn: Turn): Turn {
  return changePump(change(turn, { stopping: null }), { reading: null });
}

function plan(turn: Turn, { by, binding }: Asked<'plan'>): Turn {
  return enter(openSession(turn, binding, 0), 'planned', 'order inside its limits', by);
}

/** from now on this pump and no other. */
function arm(turn: Turn, { by }: Asked<'arm'>): Turn {
  return enter(change(turn, { boundPump: turn.state.pump.identity }), 'armed', 'pump bound', by);
}

function end(turn: Turn, { by, reason }: Asked<'end'>): Turn {
  const still = mayMoveDrug(turn.state) ? stopPump(turn, reason) : turn;
  return enter(still, 'ended', reason, by);
}

/** the session that was open when the station died is shown, never continued. */
function interrupt(turn: Turn, { binding, delivered, left }: Asked<'interrupted'>): Turn {
  // A figure that cannot be read counts as if everything was given: never understated.
  const given = Number.isSafeInteger(delivered) && delivered >= 0 ? delivered : binding.plan.volume;
  const begun = openSession(turn, binding, given);
  const opened = left === undefined ? begun : awaitPump(begun, left);
  return raise(enter(opened, 'interrupted', 'found open at start-up', null), condition('interrupted'));
}

/** The counter goes on from where it is known to be, so that nothing given from here on is missed. */
function openSession(turn: Turn, session: SessionBinding, delivered: number): Turn {
  const counterAt = turn.state.pump.reading?.counter ?? null;
  // The steady time of the patient before counts for nobody else.
  const idle = withdraw(turn);
  const { unseen: _before, ...pump } = idle.state.pump;
  const opened = change(idle, {
    session,
    pump,
    boundPump: null,
    steadySince: null,
    vitals: vitalsOfNextPatient(turn.state),
    predicted: 0,
  });
  return changePump(opened, { delivered: delivered as Microlitre, counterAt, ...NEW_COMPARISON });
}
