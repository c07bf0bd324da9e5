import * as fc from 'fast-check';
import { expect, inject, test } from 'vitest';
import { idOf } from '../alarm-keys.ts';
import { ALARMS } from '../alarms.ts';
import type { Effect } from './effects.ts';
import type { EngineEvent } from './events.ts';
import { pauseAlarms } from './facts.ts';
import type { EngineState } from './state.ts';
import { step } from './step.ts';
import type { SafetyProfile } from '../profile.ts';
import { BINDING } from './testing.ts';
import { type History, histories, play, type Taken } from './testing-histories.ts';

/** As many as the set of tests asks for: hundreds in the fast one, ten thousand in the deep one (vitest.config.ts). */
const HISTORIES = inject('histories');

/** What must be true of every history, whatever happens in it. */
interface Claim {
  readonly name: string;
  readonly holds: (taken: readonly Taken[]) => boolean;
}

const everyStep =
  (holds: (taken: Taken) => boolean): Claim['holds'] =>
  (taken) =>
    taken.every(holds);

const implies = (condition: boolean, consequence: boolean): boolean => !condition || consequence;
const accepted = (effects: readonly Effect[]) => effects.some((effect) => effect.kind === 'answer' && effect.accepted);
const has = (effects: readonly Effect[], ...kinds: readonly Effect['kind'][]) =>
  effects.some(({ kind }) => kinds.includes(kind));
const isRequest = ({ kind }: EngineEvent) => kind === 'start' || kind === 'resume';

const ASKED: ReadonlySet<EngineEvent['kind']> = new Set<EngineEvent['kind']>([
  'plan',
  'check',
  'arm',
  'start',
  'pause',
  'stop',
  'resume',
  'end',
  'acknowledge',
  'audio-pause',
  'interrupted',
]);

const CLAIMS: readonly Claim[] = [
  {
    name: 'a program comes only from an accepted start or resume (R-2.8)',
    holds: everyStep(({ event, effects }) => implies(has(effects, 'program'), isRequest(event) && accepted(effects))),
  },
  {
    name: 'a start comes only from the confirmed program under way (R-4.2)',
    holds: everyStep(({ before, event, effects }) => {
      const program = before.pending?.kind === 'program' ? before.pending.id : null;
      const confirmed = event.kind === 'outcome' && event.outcome.kind === 'confirmed' && event.commandId === program;
      return implies(has(effects, 'start'), confirmed);
    }),
  },
  {
    name: 'a command goes out by its written intent, once, with all that a start asks for (R-4.2, R-4.7)',
    holds: everyStep(({ before, event, after, effects }) => {
      const { pending } = before;
      const isWritten = event.kind === 'written' && pending?.id === event.commandId && !pending.sent;
      const isReady = after.recordHealthy && after.soundProved && after.libraryUsable && !after.stationHeld;
      return implies(has(effects, 'send'), isWritten && isReady && after.steadySince !== null);
    }),
  },
  {
    name: 'each start belongs to one request, with no stop in between (R-4.3)',
    holds: (taken) => {
      const marks = taken.map(({ event, effects }) => {
        if (has(effects, 'stop')) return 'x';
        if (has(effects, 'start')) return 's';
        return isRequest(event) && accepted(effects) ? 'r' : '';
      });
      return /^(?:x|rs?)*$/.test(marks.join(''));
    },
  },
  {
    name: 'an alarm that pauses stops a running pump in the same step (R-2.1)',
    holds: everyStep(({ before, after, effects }) => {
      const pauses = effects.some(
        (effect) =>
          effect.kind === 'alarm' && effect.change === 'raised' && ALARMS[idOf(effect.key)].action === 'pause',
      );
      const ran = before.phase === 'infusing' || before.pending !== null;
      const halted = effects[0]?.kind === 'stop' && after.phase !== 'infusing' && after.pending === null;
      // A refused program has started nothing, so that nothing has to be stopped.
      const refused = before.pending?.kind === 'program' && after.alarms['command-refused'] !== undefined;
      return implies(pauses && ran && !refused, halted);
    }),
  },
  {
    name: 'no chair goes on after a third pause by a person within ten minutes without a second one (R-2.9)',
    holds: (taken) => {
      let cutShort: number[] = [];
      return taken.every(({ before, event, after, effects }) => {
        const isSigned = isRequest(event) && 'second' in event;
        const isCut = event.kind === 'pause' && before.phase === 'infusing' && after.phase === 'paused';
        if (accepted(effects) && isSigned) cutShort = [];
        const alone = isRequest(event) && !isSigned && accepted(effects);
        const often = cutShort.filter((then) => event.at - then <= 600_000).length >= 3;
        // Time alone may have raised an alarm in the same step; then that was the cause.
        if (isCut && !effects.some(({ kind }) => kind === 'alarm')) cutShort.push(event.at);
        return !(alone && often);
      });
    },
  },
  {
    name: 'neither rate nor volume of a program exceeds what is planned and left (R-4.1, R-4.5)',
    holds: everyStep(({ before, effects }) =>
      effects.every((effect) => {
        if (effect.kind === 'permit') return effect.ceilingRate === BINDING.plan.rate;
        if (effect.kind !== 'program') return true;
        const within = effect.volume > 0 && effect.volume + before.pump.delivered <= BINDING.plan.volume;
        return within && effect.rate === BINDING.plan.rate;
      }),
    ),
  },
  {
    name: 'a permission goes only to what runs or is being started, and never beside a stop (R-3.1)',
    holds: everyStep(({ after, effects }) => {
      const running = after.phase === 'infusing' || after.pending !== null;
      return implies(has(effects, 'permit'), running && after.stopping === null && !has(effects, 'stop'));
    }),
  },
  {
    name: 'infusing begins only by a read-back',
    holds: everyStep(({ before, event, after }) =>
      implies(after.phase === 'infusing' && before.phase !== 'infusing', event.kind === 'pump-read'),
    ),
  },
  {
    name: 'nothing runs or is being started beside an alarm that pauses or an unconfirmed stop (R-6.6)',
    holds: everyStep(({ after }) => {
      const running = after.phase === 'infusing' || after.pending !== null;
      return implies(running, pauseAlarms(after).length === 0 && after.stopping === null);
    }),
  },
  {
    name: 'while the outcome of a command is unknown nothing is raised (R-4.2)',
    holds: everyStep(({ before, effects }) =>
      implies(before.alarms['command-unknown'] !== undefined, !has(effects, 'permit', 'program', 'start')),
    ),
  },
  {
    name: 'an operator gets one answer, the last effect, and nobody else gets any',
    holds: everyStep(({ event, effects }) => {
      const answers = effects.filter(({ kind }) => kind === 'answer').length;
      return ASKED.has(event.kind) ? answers === 1 && effects.at(-1)?.kind === 'answer' : answers === 0;
    }),
  },
  {
    name: 'a stop is the first effect and alone; the operator always gets one (R-2.3, R-2.6)',
    holds: everyStep(({ event, effects }) => {
      const late = has(effects.slice(1), 'stop');
      return !late && implies(event.kind === 'stop', effects[0]?.kind === 'stop' && accepted(effects));
    }),
  },
  {
    name: 'delivered volume never falls within a session (R-4.5)',
    holds: everyStep(({ before, after }) =>
      implies(before.session !== null && after.phase !== 'planned', after.pump.delivered >= before.pump.delivered),
    ),
  },
  {
    name: 'every change of the phase is told',
    holds: everyStep(({ before, after, effects }) => {
      const told = effects.filter((effect) => effect.kind === 'phase');
      return told.reduce((phase, { from, to }) => (phase === from ? to : 'idle'), before.phase) === after.phase;
    }),
  },
  {
    name: 'states are plain data, and replaying the events rebuilds them exactly (R-8.1)',
    holds: everyStep(replays),
  },
];

/** The profile never changes in a history and is most of a state: it is copied once, and has to come back as it is. */
const profiles = new WeakMap<SafetyProfile, SafetyProfile>();

function copyOf(profile: SafetyProfile): SafetyProfile {
  const copy = profiles.get(profile) ?? deepFreeze<SafetyProfile>(JSON.parse(JSON.stringify(profile)));
  profiles.set(profile, copy);
  return copy;
}

function replays({ before, event, after, effects }: Taken): boolean {
  const thawed: EngineState = { ...JSON.parse(textOf(before)), profile: copyOf(before.profile) };
  const again = step(deepFreeze(thawed), event);
  const isSameProfile = again.state.profile === thawed.profile && after.profile === before.profile;
  return (
    isSameProfile && textOf(again.state) === textOf(after) && JSON.stringify(again.effects) === JSON.stringify(effects)
  );
}

const textOf = (state: EngineState): string => JSON.stringify({ ...state, profile: null });

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) deepFreeze(part);
  }
  return value;
}

/** The first claim that a history breaks, and the shortest history found that breaks one; null where none does. */
function broken(claims: readonly Claim[], numRuns: number) {
  const first = (history: History) => {
    const taken = play(history);
    return claims.find(({ holds }) => !holds(taken));
  };
  const { counterexample, seed } = fc.check(
    fc.property(histories, (history) => first(history) === undefined),
    { numRuns },
  );
  if (counterexample === null) return null;
  const [history] = counterexample;
  return { claim: first(history)?.name, seed, events: play(history).map(({ event }) => event) };
}

test('random histories break no claim', { timeout: 1_200_000 }, () => {
  expect(broken(CLAIMS, HISTORIES)).toBeNull();
});

test('a broken claim is named, with the shortest history that breaks it', () => {
  const never: Claim = { name: 'nothing is ever infused', holds: everyStep(({ after }) => after.phase !== 'infusing') };
  const found = broken([...CLAIMS, never], 300);
  expect(found?.claim).toBe(never.name);
  expect(found?.events.at(-1)?.kind).toBe('pump-read');
});

test('the histories run, pause, resume and complete often enough to prove something', () => {
  const changes = fc
    .sample(histories, { numRuns: 300, seed: 1 })
    .flatMap((history) => play(history).flatMap(({ effects }) => effects))
    .map((effect) => (effect.kind === 'phase' ? `${effect.from}->${effect.to}` : ''));
  const wanted = ['armed->infusing', 'infusing->paused', 'paused->infusing', 'infusing->ended', 'ended->planned'];
  const rare = wanted.filter((change) => changes.filter((seen) => seen === change).length < 20);
  expect(rare).toEqual([]);
});
