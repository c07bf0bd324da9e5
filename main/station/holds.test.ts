import { describe, expect, test } from 'vitest';
import { AppError } from '../../drivers/kit/app-error.ts';
import { ChairBench, settle } from './chair-bench.ts';
import { type Hold, StationHolds } from './holds.ts';
import { SECRET, seatBench } from './seat-bench.ts';

const HOLD: Hold = {
  id: 'configuration-1',
  title: 'The configuration of this station changed.',
  details: ['chairs.chair-1.pump.port: serial:a -> serial:b'],
  lifted: { act: 'configuration.accepted', old: { digest: '0' }, new: { digest: '1' } },
};
const OTHER: Hold = { ...HOLD, id: 'configuration-2' };
const signature = { personId: 'ada', pin: SECRET };
const second = { personId: 'supervisor', pin: SECRET };
const SIGNED = { holdId: HOLD.id, signature, second };

async function held() {
  const holds = new StationHolds([HOLD, OTHER], null);
  return { holds, ...(await seatBench('administrator', { holds })) };
}

describe('a hold of the station', () => {
  test.each(['supervisor', 'administrator'])(
    'is lifted by an administrator with a %s, in a row that names both',
    async (id) => {
      const { holds, ask, bench } = await held();
      expect(await ask('station.liftHold', { ...SIGNED, second: { ...second, personId: id } })).toMatchObject({
        ok: true,
      });
      expect(bench.trail.rows.at(-1)).toMatchObject({
        act: 'configuration.accepted',
        outcome: 'ok',
        actor: { id: 'ada' },
        old: { digest: '0' },
        new: { digest: '1', second: id },
      });
      expect(holds.views.map((view) => view.id)).toEqual([OTHER.id]);
      expect(holds.isHeld).toBe(true);
    },
  );

  test.each([
    ['the same person twice', { second: signature }, 'SECOND_PERSON_NEEDED'],
    ['a clinician', { second: { ...second, personId: 'clinician' } }, 'NOT_ALLOWED'],
    ['a technician', { second: { ...second, personId: 'technician' } }, 'NOT_ALLOWED'],
    ['a wrong secret of the second person', { second: { ...second, pin: '111111' } }, 'SIGN_IN_FAILED'],
    ['a wrong secret of the administrator', { signature: { ...signature, pin: '111111' } }, 'SIGN_IN_FAILED'],
    [
      'another name than who is signed in',
      { signature: { ...signature, personId: 'administrator' } },
      'SIGN_AS_YOURSELF',
    ],
    ['another hold than there is', { holdId: 'configuration-9' }, 'NOT_HELD'],
  ])('stays for %s', async (_what, part, code) => {
    const { holds, ask, bench } = await held();
    expect(await ask('station.liftHold', { ...SIGNED, ...part })).toMatchObject({ ok: false, code });
    expect(holds.views).toHaveLength(2);
    expect(bench.trail.acts()).not.toContain('configuration.accepted');
  });

  test('stays where the signatures cannot be written down', async () => {
    const { holds, ask, bench } = await held();
    bench.trail.failure = new AppError('RECORD_FULL', 'full');
    expect(await ask('station.liftHold', SIGNED)).toMatchObject({ ok: false, code: 'RECORD_FULL' });
    expect(holds.views).toHaveLength(2);
  });

  test('is lifted once, however often it is signed', async () => {
    const { ask, bench } = await held();
    const answers = [await ask('station.liftHold', SIGNED), await ask('station.liftHold', SIGNED)];
    expect(answers).toMatchObject([{ ok: true }, { ok: false, code: 'NOT_HELD' }]);
    expect(bench.trail.acts().filter((act) => act === 'configuration.accepted')).toHaveLength(1);
  });
});

describe('a hold that only a restart ends', () => {
  const view = { id: 'program', title: 'Replaced', details: [], endsBy: 'restart' } as const;

  test('stays, first of all, whoever signs for it and for everything else', async () => {
    const holds = new StationHolds([HOLD], null);
    const { ask } = await seatBench('administrator', { holds });
    holds.holdUntilRestart(view);
    expect(holds.views).toMatchObject([view, { id: HOLD.id, endsBy: 'signatures' }]);
    expect(await ask('station.liftHold', { ...SIGNED, holdId: view.id })).toMatchObject({
      ok: false,
      code: 'NOT_HELD',
    });
    expect(await ask('station.liftHold', SIGNED)).toMatchObject({ ok: true });
    expect(holds.views).toEqual([view]);
    expect(holds.isHeld).toBe(true);
  });
});

describe('a chair of a held station', () => {
  test('is not started, says why, and is after the release', async () => {
    const bench = new ChairBench();
    bench.arm();
    bench.isHeld = true;
    bench.pass(1, 'stopped');
    expect(bench.chair.frame().alarms).toMatchObject([{ id: 'station-held', priority: 'medium' }]);
    expect(bench.start()).toMatchObject({ accepted: false, code: 'station-held' });
    bench.isHeld = false;
    bench.pass(1, 'stopped');
    expect(bench.chair.frame().alarms).toEqual([]);
    expect(bench.start()).toMatchObject({ accepted: true });
    await settle();
    expect(bench.host.kinds()).toContain('program');
  });

  test('sends a STOP at once', async () => {
    const bench = new ChairBench();
    bench.isHeld = true;
    bench.arm();
    bench.chair.operate({ kind: 'stop', by: null, reason: 'x' }, { act: 'chair.stop', by: null });
    expect(bench.host.kinds().at(-1)).toBe('stop');
    await settle();
  });
});
