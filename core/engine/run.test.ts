import { describe, expect, test } from 'vitest';
import { UNWRITTEN } from './commands.ts';
import { BINDING, brief, Chair } from './testing.ts';

const unknown = (chair: Chair) =>
  chair.send({ kind: 'outcome', commandId: chair.state.pending?.id ?? -1, outcome: { kind: 'unknown', detail: '' } });

describe('a run', () => {
  test('goes from start through program and start to read back as infusing', () => {
    const chair = new Chair().arm();
    expect(brief(chair.start())).toEqual(['permit', 'program', 'accepted']);
    expect(chair.effects).toContainEqual({ kind: 'program', id: 1, rate: 26_200, volume: 17_500 });
    expect(brief(chair.confirm())).toEqual(['permit', 'start']);
    expect(chair.effects).toContainEqual({ kind: 'start', id: 2 });
    expect(brief(chair.confirm())).toEqual([]);
    expect(chair.state.phase).toBe('armed');
    chair.pumpState = 'infusing';
    expect(brief(chair.read())).toEqual(['armed->infusing']);
    expect(chair.state).toMatchObject({ commandedRate: 26_200, pending: null, stopping: null });
  });

  test('is not begun by a read-back before the start is confirmed', () => {
    const chair = new Chair().arm();
    chair.start();
    chair.confirm();
    chair.written();
    chair.pumpState = 'infusing';
    expect(brief(chair.read())).toEqual([]);
    expect(brief(chair.confirm())).toEqual([]);
    expect(brief(chair.read())).toEqual(['armed->infusing']);
  });

  test('is begun by a pump that waits in its program, not by one that purges', () => {
    const waiting = new Chair().arm();
    waiting.start();
    waiting.runChain();
    expect(waiting.state.phase).toBe('infusing');
    const purging = new Chair().arm();
    purging.start();
    purging.confirm();
    purging.confirm();
    expect(brief(purging.read({ state: 'purging' }))).toEqual(['stop', 'raised:pump-unexpected']);
    const timed = new Chair().arm();
    timed.start();
    timed.confirm();
    timed.confirm();
    expect(brief(timed.read({ state: 'waiting' }))).toEqual(['armed->infusing']);
  });

  test('runs to its end without any alarm but the one that says so', () => {
    const chair = new Chair().infuse();
    const effects = chair.pass(BINDING.plan.runningTime + 250);
    expect(brief(effects).filter((kind) => kind !== 'permit')).toEqual([]);
    chair.pumpState = 'stopped';
    expect(brief(chair.read())).toEqual(['infusing->ended', 'raised:infusion-complete']);
    expect(chair.effects[0]).toMatchObject({ reason: 'complete' });
    expect(chair.state).toMatchObject({ commandedRate: 0, permitAt: null });
    expect(chair.state.pump.delivered).toBeGreaterThanOrEqual(17_490);
    chair.pass(250);
    expect(brief(chair.acknowledge())).toEqual([
      'acknowledged:infusion-complete',
      'cleared:infusion-complete',
      'accepted',
    ]);
  });

  test('after a pause gives only what is left', () => {
    const chair = new Chair().infuse();
    chair.pass(600_000);
    chair.send({ kind: 'pause', by: 'anna', reason: 'patient asks' });
    expect(chair.state.phase).toBe('paused');
    chair.rest();
    chair.pass(31_000);
    const { delivered } = chair.state.pump;
    expect(delivered).toBeGreaterThan(4_300);
    expect(brief(chair.resume())).toEqual(['permit', 'program', 'accepted']);
    expect(chair.effects[1]).toMatchObject({ rate: 26_200, volume: 17_500 - delivered });
    chair.runChain();
    expect(chair.state.phase).toBe('infusing');
  });
});

describe('a refused command', () => {
  test('leaves nothing programmed when it was the program', () => {
    const chair = new Chair().arm();
    chair.start();
    chair.send({ kind: 'outcome', commandId: 1, outcome: { kind: 'refused', code: 'OOR' } });
    expect(brief(chair.effects)).toEqual(['raised:command-refused']);
    expect(chair.state).toMatchObject({ phase: 'armed', pending: null, commandedRate: 0, permitAt: null });
    chair.pass(1000);
    expect(brief(chair.start())).toEqual(['refused:alarm-not-acknowledged']);
    chair.acknowledge();
    expect(brief(chair.start())).toEqual(['permit', 'program', 'accepted']);
  });

  test('stops the pump when it was the start', () => {
    const chair = new Chair().arm();
    chair.start();
    chair.confirm();
    chair.send({ kind: 'outcome', commandId: 2, outcome: { kind: 'refused', code: 'NA' } });
    expect(brief(chair.effects)).toEqual(['stop', 'raised:command-refused']);
    expect(chair.state).toMatchObject({ phase: 'armed', pending: null });
  });
});

test('a command that the record could not take is withdrawn with that reason, and is no refusal of the pump (R-4.2)', () => {
  const chair = new Chair().arm();
  chair.start();
  const outcome = { kind: 'refused', code: UNWRITTEN } as const;
  const told = chair.send({ kind: 'outcome', commandId: 1, outcome });
  expect(brief(told)).toEqual(['stop', 'withdrawn', 'raised:start-withdrawn']);
  expect(told[1]).toEqual({ kind: 'withdrawn', id: 1, code: 'record-failed', detail: 'the record cannot be written' });
  expect(UNWRITTEN).toBe('record');
});

describe('an unknown outcome', () => {
  test.each(['program', 'start'])(
    'of a %s stops the pump and forbids every raise until resolved and acknowledged',
    (kind) => {
      const chair = new Chair().arm();
      chair.start();
      if (kind === 'start') chair.confirm();
      expect(brief(unknown(chair))).toEqual(['stop', 'raised:command-unknown']);
      chair.acknowledge();
      expect(brief(chair.start())).toEqual(['refused:outcome-unknown']);
      chair.pass(250);
      expect(chair.state.alarms).toEqual({});
      expect(brief(chair.start())).toEqual(['permit', 'program', 'accepted']);
    },
  );

  test('stays in force after it is resolved until somebody acknowledges it', () => {
    const chair = new Chair().arm();
    chair.start();
    unknown(chair);
    chair.pass(1000);
    expect(chair.state.alarms['command-unknown']?.active).toBe(false);
    expect(brief(chair.start())).toEqual(['refused:alarm-not-acknowledged']);
  });

  test('is what a command without any outcome has', () => {
    const chair = new Chair().arm();
    chair.start();
    expect(brief(chair.pass(4750)).filter((kind) => kind !== 'permit')).toEqual([]);
    expect(brief(chair.pass(250))).toContain('raised:command-unknown');
    expect(chair.state).toMatchObject({ pending: null, phase: 'armed' });
  });

  test('is what a confirmed start without delivery has', () => {
    const chair = new Chair().arm();
    chair.start();
    chair.confirm();
    chair.confirm();
    expect(brief(chair.pass(2750)).filter((kind) => kind !== 'permit')).toEqual([]);
    expect(brief(chair.pass(250))).toEqual(['stop', 'raised:command-unknown']);
  });
});

describe('an outcome that no longer counts', () => {
  test('of an abandoned command starts nothing', () => {
    const chair = new Chair().arm();
    chair.start();
    chair.send({ kind: 'pause', by: 'anna', reason: 'not yet' });
    expect(brief(chair.effects)).toEqual(['stop', 'accepted']);
    expect(brief(chair.send({ kind: 'outcome', commandId: 1, outcome: { kind: 'confirmed' } }))).toEqual([]);
    chair.pass(250);
    chair.start();
    chair.written();
    expect(brief(chair.send({ kind: 'outcome', commandId: 1, outcome: { kind: 'confirmed' } }))).toEqual([]);
    expect(chair.state.pending?.id).toBe(2);
  });

  test('of the same start, a second time, gives the pump no more time to deliver', () => {
    const chair = new Chair().arm();
    chair.start();
    chair.confirm();
    chair.confirm();
    const before = chair.state;
    chair.now += 100;
    chair.send({ kind: 'outcome', commandId: 2, outcome: { kind: 'confirmed' } });
    expect(chair.state).toEqual(before);
  });
});

describe('a station that comes to be held', () => {
  test('lets what runs go on under its permission, tells of it, and takes a stop', () => {
    const chair = new Chair().infuse();
    expect(brief(chair.send({ kind: 'hold', held: true }))).toEqual(['raised:station-held']);
    expect(new Set(brief(chair.pass(3000)))).toEqual(new Set(['permit']));
    expect(chair.state.phase).toBe('infusing');
    expect(brief(chair.send({ kind: 'stop', by: null, reason: 'x' }))).toContain('stop');
  });

  test('keeps a paused infusion paused until it is released', () => {
    const chair = new Chair().infuse();
    chair.send({ kind: 'pause', by: 'anna', reason: 'x' });
    chair.rest();
    chair.send({ kind: 'hold', held: true });
    expect(brief(chair.resume())).toEqual(['refused:station-held']);
    expect(chair.state.phase).toBe('paused');
    expect(brief(chair.send({ kind: 'hold', held: false }))).toEqual(['cleared:station-held']);
    expect(brief(chair.resume())).toEqual(['permit', 'program', 'accepted']);
  });
});

/** Takes away one thing that a start asks for, without an alarm that would stop the chain by itself. */
const LOST: readonly (readonly [string, (chair: Chair) => unknown, string])[] = [
  ['fresh vital signs', (chair) => chair.pass(3000, { vitals: true }), 'no-vitals'],
  ['steady vital signs', (chair) => chair.measure('spo2', 97, 'poor'), 'vitals-not-steady'],
  ['a fresh read-back', (chair) => chair.pass(2250, { pump: true }), 'no-pump'],
  ['the record', (chair) => chair.send({ kind: 'record', healthy: false }), 'record-failed'],
  ['proved sound', (chair) => chair.send({ kind: 'sound', proved: false }), 'sound-not-proved'],
  ['the drug library (R-4.9)', (chair) => chair.send({ kind: 'library', usable: false }), 'library-unusable'],
  ['two signatures', (chair) => chair.send({ kind: 'hold', held: true }), 'station-held'],
  ['the dose', (chair) => [(chair.counter = 17_500), chair.read()], 'dose-reached'],
];

const withdrawn = (chair: Chair) =>
  chair.effects.flatMap((effect) => (effect.kind === 'withdrawn' ? [effect.code] : []));

describe('what a start asks for is asked again', () => {
  test.each(LOST)('when its program was written down: without %s nothing is sent', (_, lose, code) => {
    const chair = new Chair().arm();
    chair.start();
    lose(chair);
    expect(brief(chair.written())).toEqual(['stop', 'withdrawn', 'raised:start-withdrawn']);
    expect(withdrawn(chair)).toEqual([code]);
    expect(chair.state).toMatchObject({ phase: 'armed', pending: null, commandedRate: 0 });
  });

  test.each(LOST)('when the program is confirmed: without %s the pump is not started', (_, lose, code) => {
    const chair = new Chair().arm();
    chair.start();
    chair.written();
    lose(chair);
    chair.confirm();
    expect(withdrawn(chair)).toEqual([code]);
    expect(brief(chair.history)).not.toContain('start');
    expect(chair.state.pending).toBeNull();
  });

  test.each(LOST.filter(([what]) => what !== 'a fresh read-back'))(
    'when its start was written down: without %s it is not sent',
    (_, lose, code) => {
      const chair = new Chair().arm();
      chair.start();
      chair.confirm();
      lose(chair);
      chair.written();
      expect(withdrawn(chair)).toEqual([code]);
      expect(chair.state.pending).toBeNull();
    },
  );

  test.each(LOST)('of a resume, too: without %s it counts as a pause', (_, lose, code) => {
    const chair = new Chair().infuse();
    chair.send({ kind: 'pause', by: 'anna', reason: 'x' });
    chair.rest();
    chair.resume();
    lose(chair);
    chair.written();
    expect(withdrawn(chair)).toEqual([code]);
    expect(chair.state.pauses.map(({ cause }) => cause)).toEqual(['person', 'supervision']);
  });

  test('and the stop of what was withdrawn says why; the alarm waits for a person', () => {
    const chair = new Chair().arm();
    chair.start();
    chair.send({ kind: 'sound', proved: false });
    chair.written();
    expect(chair.effects[0]).toEqual({
      kind: 'stop',
      reason: 'withdrawn: no screen proves that its alarms can be heard',
    });
    chair.pass(250);
    expect(chair.state.alarms['start-withdrawn']).toMatchObject({ active: false, acknowledgedBy: null });
    chair.send({ kind: 'sound', proved: true });
    expect(brief(chair.start())).toContain('accepted');
  });

  test('and a command goes out once, however often its intent was written', () => {
    const chair = new Chair().arm();
    chair.start();
    expect(brief(chair.send({ kind: 'written', commandId: 2 }))).toEqual([]);
    expect(brief(chair.written())).toEqual(['permit', 'send']);
    expect(chair.effects[1]).toEqual({ kind: 'send', id: 1 });
    expect(brief(chair.written())).toEqual([]);
  });

  test('and a command that was not sent is not confirmed', () => {
    const chair = new Chair().arm();
    chair.start();
    expect(brief(chair.send({ kind: 'outcome', commandId: 1, outcome: { kind: 'confirmed' } }))).toEqual([]);
    expect(chair.state.pending).toMatchObject({ kind: 'program', sent: false });
  });
});

describe('a chain under way', () => {
  test.each([
    [
      'a pause alarm',
      (chair: Chair) => chair.send({ kind: 'guard', reason: 'expired' }),
      ['stop', 'raised:guard-tripped'],
    ],
    ['the operator', (chair: Chair) => chair.send({ kind: 'stop', by: null, reason: 'stop' }), ['stop', 'accepted']],
    [
      'the end',
      (chair: Chair) => chair.send({ kind: 'end', by: 'anna', reason: 'x' }),
      ['stop', 'armed->ended', 'accepted'],
    ],
  ])('is stopped by %s', (_, abort, expected) => {
    const chair = new Chair().arm();
    chair.start();
    expect(brief(abort(chair))).toEqual(expected);
    expect(chair.state.pending).toBeNull();
  });
});
