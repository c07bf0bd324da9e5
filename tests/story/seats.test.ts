import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ToDeviceHost } from '../../main/devices/messages.ts';
import { rightCheck } from '../../main/station/testing-check.ts';
import { type Harness, Person, startHarness } from './harness.ts';

/** 10 mg for 70 kg in ten minutes at 2 mg/mL: it runs on through everything below. */
const ORDER = {
  entryId: 'KETAMINE-PAIN-CLINIC',
  concentrationUgPerMl: 2000,
  weightG: 70_000,
  doseUg: 10_000,
  durationMs: 20 * 60_000,
};
const LOCK_AFTER = 10_000;

const sent: ToDeviceHost[] = [];
let harness: Harness;
beforeAll(async () => {
  harness = await startHarness({ lockAfterMs: LOCK_AFTER, sent: (message) => sent.push(message) });
}, 60_000);
afterAll(() => harness?.end());

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function infuse(dana: Person, chairId: string): Promise<void> {
  const session = { chairId, patientId: 'P-1', patientName: 'Alex Example', drugLot: 'LOT-1' };
  await dana.does('session.open', { ...session, order: ORDER, overrideReason: 'a slow run for a test' });
  await dana.does('session.check', { chairId, ...rightCheck({ ...session, order: ORDER }) });
  await dana.does('session.arm', { chairId });
  const deadline = performance.now() + 90_000;
  while (dana.chair.steadyMs < dana.chair.steadyNeededMs) {
    if (performance.now() > deadline) throw new Error(`never steady: ${JSON.stringify(dana.chair)}`);
    await dana.does('seat.stillHere', {});
    await pause(500);
  }
  await dana.acknowledges();
  await dana.does('session.start', { chairId });
  await dana.sees('the infusion', ({ phase, pump }) => phase === 'infusing' && pump.state === 'infusing');
}

test('time-out, switch, lock-out, sign-off and a page that is gone send nothing to a running pump', {
  timeout: 300_000,
}, async () => {
  const { chairId } = harness;
  const dana = await Person.signIn(harness, 'dana');
  await dana.sees('both devices', ({ pump, monitor }) => pump.link === 'up' && monitor.link === 'up');
  await dana.sees('valid signs', ({ vitals }) => vitals.spo2.state === 'valid' && vitals.pulse.state === 'valid');
  // The devices may have taken longer than the seat waits.
  await dana.does('access.signIn', { personId: 'dana', pin: '204816' });
  await infuse(dana, chairId);
  sent.length = 0;
  const before = (await harness.truth()).deliveredMicrolitres;

  // Time-out: locked, and the chair is still in every frame.
  await pause(LOCK_AFTER + 500);
  expect(await dana.asks('session.pause', { chairId, reason: 'nobody proved' })).toMatchObject({ code: 'SEAT_LOCKED' });
  await dana.sees(
    'the chair behind the lock',
    ({ phase, vitals }) => phase === 'infusing' && vitals.spo2.state !== 'none',
  );
  // Switch to another person over the lock, and back.
  await dana.does('access.signIn', { personId: 'sam', pin: '204816' });
  await dana.does('access.signIn', { personId: 'dana', pin: '204816' });
  // Lock-out: wrong tries at another seat, until even the right PIN is refused.
  const thief = await Person.signIn(harness, 'sam');
  for (let tries = 0; tries < 10; tries += 1) await thief.asks('access.signIn', { personId: 'dana', pin: '000000' });
  const right = { personId: 'dana', pin: '204816' };
  expect(await thief.asks('access.signIn', right)).toMatchObject({ code: 'SIGN_IN_DELAYED' });
  // Sign-off at one seat, a page that is loaded anew at the other, and a window that never signed in.
  await thief.does('access.signOut', {});
  thief.leaves();
  dana.leaves();
  await pause(3000);

  // What keeps the permission alive is no command to the pump.
  expect(sent.filter(({ kind }) => kind !== 'permit')).toEqual([]);
  expect((await harness.truth()).deliveredMicrolitres).toBeGreaterThan(before);

  // STOP needs none of them.
  const stranger = Person.stranger(harness);
  await stranger.does('chair.stop', { chairId });
  await stranger.sees('the stop', ({ pump }) => pump.state !== 'infusing' && !pump.stopPending);
  expect(sent.some(({ kind }) => kind === 'stop')).toBe(true);
});
