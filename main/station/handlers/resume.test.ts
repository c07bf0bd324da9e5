import { beforeAll, describe, expect, test } from 'vitest';
import { SHIPPED_LIBRARY } from '../../../core/shipped-library.ts';
import { PROPOSED_PROFILE } from '../../../core/profile.ts';
import type { Role } from '../../../preload/contract/leaf.ts';
import { hashPin } from '../../access/pin.ts';
import { SoundWatch } from '../sound-watch.ts';
import { SignIn } from '../../access/sign-in.ts';
import { ChairBench, settle } from '../chair-bench.ts';
import { dispatch } from '../dispatch.ts';
import type { Call } from '../station-context.ts';

const PIN = '204816';
let pin = '';
beforeAll(async () => {
  pin = await hashPin(PIN);
});

/** Ada's chair, paused for the third time by hand. */
async function lockedChair() {
  const bench = new ChairBench();
  const people = (['ada:clinician', 'boris:supervisor', 'tom:technician'] as const).map((text) => {
    const [id = '', role] = text.split(':');
    return { id, name: id, role: role as Role, pin, hint: null };
  });
  const { recorder } = bench;
  const clock = { now: () => bench.now };
  const call: Omit<Call, 'person'> = {
    station: {
      options: {
        configuration: { stationName: 'test', demonstration: false, chairs: [], people },
        trail: bench.trail,
        spawnDeviceHost: () => bench.host,
        clock,
        profile: PROPOSED_PROFILE,
        host: 'browser',
        version: '0',
        exportFolder: 'nowhere',
        playScenario: null,
        backupSound: null,
      },
      isClosing: () => false,
      chairs: new Map([['chair-1', bench.chair]]),
      recorder,
      journal: bench.chair.journal,
      signIn: new SignIn(people),
      library: SHIPPED_LIBRARY,
      profile: PROPOSED_PROFILE,
      soundWatch: new SoundWatch(),
      nextEpoch: () => 1,
    },
    seat: { person: { id: 'ada', name: 'Ada', role: 'clinician' } },
  };
  bench.arm();
  bench.start();
  for (let time = 1; time <= 3; time += 1) {
    await settle();
    bench.confirm(2 * time - 1);
    await settle();
    bench.confirm(2 * time);
    bench.pass(1, 'infusing');
    expect(await dispatch('session.pause', { chairId: 'chair-1', reason: 'a break' }, call)).toMatchObject({
      ok: true,
    });
    bench.pass(1, 'stopped');
    if (time < 3) expect(await resume(call)).toMatchObject({ ok: true });
  }
  return { bench, call };
}

const resume = (call: Omit<Call, 'person'>, second?: { personId: string; pin: string }) => {
  const asked = { chairId: 'chair-1', reason: 'well again', confirmedRateUlPerH: 30_000 };
  return dispatch('session.resume', second === undefined ? asked : { ...asked, second }, call);
};

describe('the third pause by hand within ten minutes (R-2.9)', () => {
  test('locks the chair, and its screen says why', async () => {
    const { bench, call } = await lockedChair();
    expect(bench.chair.frame().session?.lockedBecause).toContain(
      '3 pauses within 10 min. A second person has to sign.',
    );
    expect(await resume(call)).toMatchObject({ ok: false, code: 'SECOND_PERSON_NEEDED' });
    expect(bench.chair.state.pending).toBeNull();
  });

  test.each([
    ['for oneself', 'ada', PIN, 'SECOND_PERSON_NEEDED'],
    ['with a wrong PIN', 'boris', '111111', 'SIGN_IN_FAILED'],
    ['as a technician', 'tom', PIN, 'NOT_ALLOWED'],
  ])('nobody unlocks it %s', async (_how, personId, typed, code) => {
    const { bench, call } = await lockedChair();
    expect(await resume(call, { personId, pin: typed })).toMatchObject({ ok: false, code });
    expect(bench.chair.state.lockedBy).toBe('person');
  });

  test('a supervisor unlocks it, and the row names both', async () => {
    const { bench, call } = await lockedChair();
    expect(await resume(call, { personId: 'boris', pin: PIN })).toMatchObject({ ok: true });
    expect(bench.chair.state).toMatchObject({ lockedBy: null, pending: { kind: 'program' } });
    const row = bench.trail.rows.findLast(({ act }) => act === 'session.resume');
    expect(row).toMatchObject({ actor: { id: 'ada' }, new: { witness: 'boris', witnessName: 'boris' } });
    expect(JSON.stringify(bench.trail.rows)).not.toContain(PIN);
  });
});
