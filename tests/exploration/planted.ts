import type { Effect } from '../../core/engine/effects.ts';
import type { EngineEvent } from '../../core/engine/events.ts';
import type { EngineState } from '../../core/engine/state.ts';
import { drawnIn } from '../../core/engine/testing.ts';
import { step } from '../../core/engine/step.ts';
import type { Microlitre, Millisecond } from '../../core/units.ts';
import type { StepFunction } from './node.ts';

// The shipped engine with one mistake each, as a hurried change could bring it in. The search has to find every one.

const without =
  (kind: Effect['kind'], when: (before: EngineState, event: EngineEvent) => boolean): StepFunction =>
  (state, event) => {
    const taken = step(state, event);
    if (!when(state, event)) return taken;
    return { state: taken.state, effects: taken.effects.filter((effect) => effect.kind !== kind) };
  };

const withEvent =
  (change: (event: EngineEvent, before: EngineState) => EngineEvent): StepFunction =>
  (state, event) =>
    step(state, change(event, state));

const isRequest = ({ kind }: EngineEvent): boolean => kind === 'start' || kind === 'resume';

export const PLANTED: Readonly<Record<string, StepFunction>> = {
  'loses the stop when the monitor line goes down': without(
    'stop',
    (_before, event) => event.kind === 'link' && event.device === 'monitor' && event.state === 'down',
  ),
  'does not see that the guard tripped': (state, event) =>
    event.kind === 'guard' ? { state, effects: [] } : step(state, event),
  'forgets a fault in main': (state, event) => {
    const { faulty: _fault, ...rest } = state;
    return event.kind === 'fault' ? { state, effects: [] } : step(rest, event);
  },
  'does not repeat a stop': without('stop', ({ stopping }, { kind }) => stopping !== null && kind === 'tick'),
  'lets any pump at rest confirm a stop': (state, event) =>
    step({ ...state, stopping: state.stopping && { ...state.stopping, pump: state.pump.identity } }, event),
  'starts without acknowledgement': (state, event) => {
    if (!isRequest(event)) return step(state, event);
    return step(step(state, { kind: 'acknowledge', by: 'anna', alarms: drawnIn(state), at: event.at }).state, event);
  },
  'starts without proved sound': (state, event) =>
    step(isRequest(event) ? { ...state, soundProved: true } : state, event),
  'does not ask again for the sound when a command is about to be sent': (state, event) => {
    const { effects, ...taken } = step(event.kind === 'written' ? { ...state, soundProved: true } : state, event);
    return {
      effects,
      state: event.kind === 'written' ? { ...taken.state, soundProved: state.soundProved } : taken.state,
    };
  },
  'sends a command again': (state, event) =>
    step(
      event.kind === 'written' ? { ...state, pending: state.pending && { ...state.pending, sent: false } } : state,
      event,
    ),
  'forgets that nobody came': (state, event) => {
    const patient = { ...state.profile, escalateAfter: Number.MAX_SAFE_INTEGER as Millisecond };
    const taken = step({ ...state, profile: patient }, event);
    return { ...taken, state: { ...taken.state, profile: state.profile } };
  },
  'forgets since when it is paused': (state, event) => step({ ...state, pausedSince: null }, event),
  'never ends an audio pause': (state, event) => {
    const taken = step({ ...state, audioPausedUntil: null }, event);
    return {
      ...taken,
      state: { ...taken.state, audioPausedUntil: state.audioPausedUntil ?? taken.state.audioPausedUntil },
    };
  },
  'starts by itself once alarms are acknowledged': (state, event) => {
    const taken = step(state, event);
    if (event.kind !== 'acknowledge' || state.phase !== 'paused') return taken;
    const resumed = step(taken.state, {
      kind: 'resume',
      by: 'anna',
      reason: 'well',
      confirmedRate: state.session?.plan.rate ?? 0,
      at: event.at,
    });
    const raising = resumed.effects.filter(({ kind }) => kind !== 'answer');
    return { state: resumed.state, effects: [...raising, ...taken.effects] };
  },
  'takes an unknown outcome for a confirmed one': withEvent((event) =>
    event.kind === 'outcome' && event.outcome.kind === 'unknown' ? { ...event, outcome: { kind: 'confirmed' } } : event,
  ),
  'takes any outcome for the newest one': withEvent((event, before) =>
    event.kind === 'outcome' ? { ...event, commandId: before.pending?.id ?? event.commandId } : event,
  ),
  'does not see a critical value': withEvent((event) =>
    event.kind === 'vitals'
      ? { ...event, samples: event.samples.map((sample) => ({ ...sample, value: sample.value && 98 })) }
      : event,
  ),
  'does not see that nobody breathes': withEvent((event) =>
    event.kind === 'vitals'
      ? { ...event, samples: event.samples.filter(({ parameter, value }) => parameter !== 'rr' || value !== 0) }
      : event,
  ),
  'does not renew the permission': without('permit', (_before, { kind }) => kind === 'tick'),
  'programs the whole plan after a pause': (state, event) => {
    const { effects, ...taken } = step(state, event);
    const whole = (state.session?.plan.volume ?? 0) as Microlitre;
    return {
      ...taken,
      effects: effects.map((effect) => (effect.kind === 'program' ? { ...effect, volume: whole } : effect)),
    };
  },
  'takes the passing of time for a read-back': (state, event) => {
    const given = 1000;
    const over = state.stopping !== null && event.at - state.stopping.since >= given;
    return step(over ? { ...state, stopping: null } : state, event);
  },
  'takes an answer to an earlier question for a read-back': withEvent((event) =>
    event.kind === 'pump-read' ? { ...event, afterStop: event.reading.at } : event,
  ),
  'forgets to count what the pump gives while it is paused': (state, event) => {
    const taken = step(state, event);
    if (event.kind !== 'pump-read' || state.phase !== 'paused') return taken;
    return { ...taken, state: { ...taken.state, pump: { ...taken.state.pump, delivered: state.pump.delivered } } };
  },
  'never lets a session end': (state, event) =>
    event.kind === 'end' ? step(state, { ...event, kind: 'check' }) : step(state, event),
  'never counts a pause': (state, event) => step({ ...state, pauses: [] }, event),
  'forgets a lock with the session': (state, event) =>
    step(event.kind === 'plan' ? { ...state, pauses: [], lockedBy: null } : state, event),
  'takes the person who asks for the second one': withEvent((event) =>
    event.kind === 'resume' ? { ...event, second: 'boris' } : event,
  ),
  'does not see the prediction': withEvent((event) =>
    event.kind === 'prediction' ? { ...event, maxNgPerMl: 0 } : event,
  ),
  'starts by an expired library': (state, event) => {
    const { effects, ...taken } = step({ ...state, libraryUsable: true }, event);
    return {
      effects,
      state: { ...taken.state, libraryUsable: event.kind === 'library' ? event.usable : state.libraryUsable },
    };
  },
  'starts at a held station': (state, event) => {
    const { effects, ...taken } = step({ ...state, stationHeld: false }, event);
    return {
      effects,
      state: { ...taken.state, stationHeld: event.kind === 'hold' ? event.held : state.stationHeld },
    };
  },
  'answers a refused request twice': (state, event) => {
    const taken = step(state, event);
    const refusal = taken.effects.find((effect) => effect.kind === 'answer' && !effect.accepted);
    return refusal === undefined ? taken : { ...taken, effects: [...taken.effects, refusal] };
  },
};
