import { describe, expect, test } from 'vitest';
import { BINDING, brief, Chair } from './testing.ts';

const predict = (chair: Chair, maxNgPerMl: number) => brief(chair.send({ kind: 'prediction', maxNgPerMl }));

describe('a predicted plasma concentration above the ceiling of the library', () => {
  test('stops a running infusion at once, with its figure and the ceiling', () => {
    const chair = new Chair().infuse();
    expect(predict(chair, 500)).toEqual([]);
    expect(predict(chair, 501)).toEqual(['stop', 'raised:prediction-ceiling', 'infusing->paused']);
    expect(chair.effects[1]).toMatchObject({ value: 501, limit: 500 });
  });

  test.each([Number.NaN, -1, Number.POSITIVE_INFINITY])('is what %d counts as', (figure) => {
    const chair = new Chair().infuse();
    expect(predict(chair, figure)).toContain('stop');
  });

  test('refuses start and resume until it has fallen and somebody has acknowledged it', () => {
    const chair = new Chair().arm();
    predict(chair, 501);
    expect(brief(chair.start())).toEqual(['refused:alarm-active']);
    chair.acknowledge();
    expect(brief(chair.start())).toEqual(['refused:alarm-active']);
    expect(predict(chair, 499)).toEqual(['cleared:prediction-ceiling']);
    expect(brief(chair.start())).toContain('accepted');
  });

  test('refuses arming', () => {
    const chair = new Chair().connect();
    chair.send({ kind: 'plan', by: 'anna', binding: BINDING });
    chair.send({ kind: 'check', by: 'anna' });
    predict(chair, 501);
    expect(brief(chair.send({ kind: 'arm', by: 'anna' }))).toEqual(['refused:prediction-ceiling']);
  });

  test('of nothing at all is nothing, and not a figure that is none', () => {
    const chair = new Chair().infuse();
    predict(chair, 12);
    expect(predict(chair, 0)).toEqual([]);
    expect(chair.state.predicted).toBe(0);
  });

  test('says nothing where the session has no ceiling, and begins anew with the next session', () => {
    const chair = new Chair().arm({ ...BINDING, predictionCeiling: null });
    expect(predict(chair, 9999)).toEqual([]);
    expect(brief(chair.start())).toContain('accepted');
    chair.send({ kind: 'end', by: 'anna', reason: 'x' });
    chair.rest();
    chair.send({ kind: 'plan', by: 'anna', binding: BINDING });
    expect(chair.state.predicted).toBe(0);
  });
});

describe('a drug library that may not be used (R-4.9)', () => {
  const unusable = (chair: Chair) => brief(chair.send({ kind: 'library', usable: false }));

  test('is an alarm in every phase, and goes when the library may be used again', () => {
    const chair = new Chair().connect();
    expect(unusable(chair)).toEqual(['raised:library-unusable']);
    expect(brief(chair.send({ kind: 'plan', by: 'anna', binding: BINDING }))).toEqual(['refused:library-unusable']);
    expect(brief(chair.send({ kind: 'library', usable: true }))).toEqual(['cleared:library-unusable']);
    expect(brief(chair.send({ kind: 'plan', by: 'anna', binding: BINDING }))).toContain('accepted');
  });

  test('refuses arming and starting, and stops nothing that runs', () => {
    const checked = new Chair().connect();
    checked.send({ kind: 'plan', by: 'anna', binding: BINDING });
    checked.send({ kind: 'check', by: 'anna' });
    unusable(checked);
    expect(brief(checked.send({ kind: 'arm', by: 'anna' }))).toEqual(['refused:library-unusable']);
    const armed = new Chair().arm();
    unusable(armed);
    expect(brief(armed.start())).toEqual(['refused:library-unusable']);
    const running = new Chair().infuse();
    expect(unusable(running)).toEqual(['raised:library-unusable']);
    expect(running.state.phase).toBe('infusing');
  });
});
