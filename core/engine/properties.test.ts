import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ALARMS } from '../alarms.ts';
import type { Effect } from './effects.ts';
import type { EngineEvent } from './events.ts';
import { pauseAlarms } from './facts.ts';
import type { EngineState } from './state.ts';
import { step } from './step.ts';
import { BINDING } from './testing.ts';
import { histories, play, type Taken } from './testing-histories.ts';

/** Searches for a history that breaks the claim; the shortest one found, or null. */
function broken(claim: (taken: readonly Taken[]) => boolean): { seed: number; taken: readonly Taken[] } | null {
  const property = fc.property(histories, (history) => claim(play(history)));
  const { counterexample, seed } = fc.check(property, { numRuns: 300 });
  return counterexample === null ? null : { seed, taken: counterexample.flatMap(play) };
}

/** Searches for a single step that breaks the claim. */
function brokenStep(claim: (taken: Taken) => boolean): { seed: number; step: Taken | undefined } | null {
  const found = broken((taken) => taken.every(claim));
  return found && { seed: found.seed, step: found.taken.find((taken) => !claim(taken)) };
}

const implies = (condition: boolean, consequence: boolean): boolean => !condition || consequence;
const accepted = (effects: readonly Effect[]) => effects.some((effect) => effect.kind === 'answer' && effect.accepted);
const has = (effects: readonly Effect[], ...kinds: readonly Effect['kind'][]) =>
  effects.some(({ kind }) => kinds.includes(kind));
const isRequest = ({ kind }: EngineEvent) => kind === 'start' || kind === 'resume';

describe('in every history', () => {
  test('a program comes only from an accepted start or resume (R-2.8)', () => {
    expect(
      brokenStep(({ event, effects }) => implies(has(effects, 'program'), isRequest(event) && accepted(effects))),
    ).toBeNull();
  });

  test('a start comes only from the confirmed program under way (R-4.2)', () => {
    expect(
      brokenStep(({ before, event, effects }) => {
        const program = before.pending?.kind === 'program' ? before.pending.id : null;
        const confirmed = event.kind === 'outcome' && event.outcome.kind === 'confirmed' && event.commandId === program;
        return implies(has(effects, 'start'), confirmed);
      }),
    ).toBeNull();
  });

  test('each start belongs to one request, with no stop in between (R-4.3)', () => {
    expect(
      broken((taken) => {
        const marks = taken.map(({ event, effects }) => {
          if (has(effects, 'stop')) return 'x';
          if (has(effects, 'start')) return 's';
          return isRequest(event) && accepted(effects) ? 'r' : '';
        });
        return /^(?:x|rs?)*$/.test(marks.join(''));
      }),
    ).toBeNull();
  });

  test('an alarm that pauses stops a running pump in the same step (R-2.1)', () => {
    expect(
      brokenStep(({ before, after, effects }) => {
        const pauses = effects.some(
          (effect) => effect.kind === 'alarm' && effect.change === 'raised' && ALARMS[effect.id].action === 'pause',
        );
        const ran = before.phase === 'infusing' || before.pending !== null;
        const halted = effects[0]?.kind === 'stop' && after.phase !== 'infusing' && after.pending === null;
        // A refused program has started nothing, so that nothing has to be stopped.
        const refused = before.pending?.kind === 'program' && after.alarms['command-refused'] !== undefined;
        return implies(pauses && ran && !refused, halted);
      }),
    ).toBeNull();
  });

  test('no chair goes on after a third pause by a person within ten minutes without a second one (R-2.9)', () => {
    expect(
      broken((taken) => {
        let cutShort: number[] = [];
        return taken.every(({ before, event, after, effects }) => {
          const isNew = event.kind === 'plan' || event.kind === 'interrupted';
          const isSigned = event.kind === 'resume' && event.second !== undefined;
          const isCut = event.kind === 'pause' && before.phase === 'infusing' && after.phase === 'paused';
          if (accepted(effects) && (isNew || isSigned)) cutShort = [];
          const alone = isRequest(event) && !isSigned && accepted(effects);
          const often = cutShort.filter((then) => event.at - then <= 600_000).length >= 3;
          // Time alone may have raised an alarm in the same step; then that was the cause.
          if (isCut && !effects.some(({ kind }) => kind === 'alarm')) cutShort.push(event.at);
          return !(alone && often);
        });
      }),
    ).toBeNull();
  });

  test('neither rate nor volume of a program exceeds what is planned and left (R-4.1, R-4.5)', () => {
    expect(
      brokenStep(({ before, effects }) =>
        effects.every((effect) => {
          if (effect.kind === 'permit') return effect.ceilingRate === BINDING.plan.rate;
          if (effect.kind !== 'program') return true;
          const within = effect.volume > 0 && effect.volume + before.pump.delivered <= BINDING.plan.volume;
          return within && effect.rate === BINDING.plan.rate;
        }),
      ),
    ).toBeNull();
  });

  test('a permission goes only to what runs or is being started, and never beside a stop (R-3.1)', () => {
    expect(
      brokenStep(({ after, effects }) => {
        const running = after.phase === 'infusing' || after.pending !== null;
        return implies(has(effects, 'permit'), running && after.stopping === null && !has(effects, 'stop'));
      }),
    ).toBeNull();
  });

  test('infusing begins only by a read-back', () => {
    expect(
      brokenStep(({ before, event, after }) =>
        implies(after.phase === 'infusing' && before.phase !== 'infusing', event.kind === 'pump-read'),
      ),
    ).toBeNull();
  });

  test('nothing runs or is being started beside an alarm that pauses or an unconfirmed stop (R-6.6)', () => {
    expect(
      brokenStep(({ after }) => {
        const running = after.phase === 'infusing' || after.pending !== null;
        return implies(running, pauseAlarms(after).length === 0 && after.stopping === null);
      }),
    ).toBeNull();
  });

  test('while the outcome of a command is unknown nothing is raised (R-4.2)', () => {
    expect(
      brokenStep(({ before, effects }) =>
        implies(before.alarms['command-unknown'] !== undefined, !has(effects, 'permit', 'program', 'start')),
      ),
    ).toBeNull();
  });

  test('an operator gets one answer, the last effect, and nobody else gets any', () => {
    const asked = new Set([
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
    expect(
      brokenStep(({ event, effects }) => {
        const answers = effects.filter(({ kind }) => kind === 'answer').length;
        return asked.has(event.kind) ? answers === 1 && effects.at(-1)?.kind === 'answer' : answers === 0;
      }),
    ).toBeNull();
  });

  test('a stop is the first effect and alone; the operator always gets one (R-2.3, R-2.6)', () => {
    expect(
      brokenStep(({ event, effects }) => {
        const late = has(effects.slice(1), 'stop');
        return !late && implies(event.kind === 'stop', effects[0]?.kind === 'stop' && accepted(effects));
      }),
    ).toBeNull();
  });

  test('delivered volume never falls within a session (R-4.5)', () => {
    expect(
      brokenStep(({ before, after }) =>
        implies(before.session !== null && after.phase !== 'planned', after.pump.delivered >= before.pump.delivered),
      ),
    ).toBeNull();
  });

  test('every change of the phase is told', () => {
    expect(
      brokenStep(({ before, after, effects }) => {
        const told = effects.filter((effect) => effect.kind === 'phase');
        return told.reduce((phase, { from, to }) => (phase === from ? to : 'idle'), before.phase) === after.phase;
      }),
    ).toBeNull();
  });

  test('states are plain data, and replaying the events rebuilds them exactly (R-8.1)', () => {
    expect(brokenStep(replays)).toBeNull();
  }, 120_000);
});

function replays({ before, event, after, effects }: Taken): boolean {
  const thawed: EngineState = JSON.parse(JSON.stringify(before));
  return JSON.stringify(step(deepFreeze(thawed), event)) === JSON.stringify({ state: after, effects });
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    Object.freeze(value);
    for (const part of Object.values(value)) deepFreeze(part);
  }
  return value;
}

test('the histories run, pause, resume and complete often enough to prove something', () => {
  const changes = fc
    .sample(histories, { numRuns: 300, seed: 1 })
    .flatMap((history) => play(history).flatMap(({ effects }) => effects))
    .map((effect) => (effect.kind === 'phase' ? `${effect.from}->${effect.to}` : ''));
  const wanted = ['armed->infusing', 'infusing->paused', 'paused->infusing', 'infusing->ended', 'ended->planned'];
  const rare = wanted.filter((change) => changes.filter((seen) => seen === change).length < 20);
  expect(rare).toEqual([]);
});
