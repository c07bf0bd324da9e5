import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyFolder } from '../../main/export/verify-folder.ts';
import { rightCheck } from '../../main/station/testing-check.ts';
import type { TrailEvent } from '../../preload/contract/frames.ts';
import { type Harness, Person, startHarness } from './harness.ts';

/** 1 mg for 70 kg over 52 s at 2 mg/mL: 0.5 mL at 34.6 mL/h. Short, so it touches soft limits, but no hard one. */
const ORDER = {
  entryId: 'KETAMINE-MOOD-CLINIC',
  concentrationUgPerMl: 2000,
  weightG: 70_000,
  doseUg: 1000,
  durationMs: 52_000,
};
const VOLUME_UL = 500;
const RATE_UL_PER_H = 34_600;

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
}, 60_000);
afterAll(() => harness?.end());

const seconds = (count: number) => new Promise((resolve) => setTimeout(resolve, count * 1000));

test('one infusion from sign-in to a verified export, with a desaturation on the way', {
  timeout: 400_000,
}, async () => {
  const { chairId } = harness;
  const dana = await Person.signIn(harness, 'dana');
  const sam = await Person.signIn(harness, 'sam');
  await dana.sees('both devices', ({ pump, monitor }) => pump.link === 'up' && monitor.link === 'up');
  await dana.sees('valid signs', ({ vitals }) => vitals.spo2.state === 'valid' && vitals.pulse.state === 'valid');
  const before = (await harness.truth()).deliveredMicrolitres;

  // An order inside the soft limits only with a reason, inside the hard ones at all.
  const session = { chairId, patientId: 'P-1', patientName: 'Alex Example', drugLot: 'LOT-1', overrideReason: null };
  const tooFast = { ...ORDER, durationMs: 20_000 };
  expect(await dana.asks('session.open', { ...session, order: tooFast })).toMatchObject({ code: 'LIMIT_HARD' });
  const softened = await dana.asks('session.open', { ...session, order: ORDER });
  expect(softened).toMatchObject({ code: 'LIMIT_SOFT_NEEDS_REASON' });
  const { sessionId } = await dana.does<{ sessionId: string }>('session.open', {
    ...session,
    order: ORDER,
    overrideReason: 'a short run for a test',
  });

  const check = { chairId, ...rightCheck({ ...session, order: ORDER }) };
  const ofAnother = { ...check, patientIdRead: 'P-2' };
  expect(await dana.asks('session.check', ofAnother)).toMatchObject({ code: 'CHECK_PATIENT_MISMATCH' });
  expect(await dana.asks('session.arm', { chairId })).toMatchObject({ code: 'WRONG_PHASE' });
  await dana.does('session.check', check);
  await dana.does('session.arm', { chairId });
  expect(await sam.asks('session.start', { chairId })).toMatchObject({ code: 'NOT_ALLOWED' });
  await dana.sees('steady signs', ({ steadyMs, steadyNeededMs }) => steadyMs >= steadyNeededMs);
  // On a machine so busy that a link stuttered meanwhile, that alarm is latched and a person looks at it.
  await dana.acknowledges();

  await dana.does('session.start', { chairId });
  const running = await dana.sees(
    'the pump infusing',
    ({ phase, pump }) => phase === 'infusing' && pump.state === 'infusing',
  );
  expect(running.pump.rateUlPerH).toBe(RATE_UL_PER_H);
  await dana.sees('some drug given', (chair) => (chair.session?.deliveredUl ?? 0) >= 50);

  // The patient desaturates: the pump stops, and stays stopped when the patient recovers.
  await dana.does('demonstration.scenario', { chairId, scenario: 'desaturate' });
  const paused = await dana.sees('a pause', ({ phase, pump }) => phase === 'paused' && !pump.stopPending, 120_000);
  expect(paused.alarms.map(({ id }) => id)).toEqual(expect.arrayContaining([expect.stringMatching(/^spo2-/)]));
  const atPause = await harness.truth();
  expect(atPause.delivering).toBe(false);
  await dana.does('demonstration.scenario', { chairId, scenario: 'recover' });
  await seconds(5);
  expect((await harness.truth()).deliveredMicrolitres).toBe(atPause.deliveredMicrolitres);
  const resume = { chairId, reason: 'patient is well again', confirmedRateUlPerH: RATE_UL_PER_H };
  expect((await dana.asks('session.resume', resume)).ok).toBe(false);

  await dana.sees('steady signs again', ({ steadyMs, steadyNeededMs }) => steadyMs >= steadyNeededMs, 120_000);
  expect(await dana.asks('session.resume', resume)).toMatchObject({ code: 'ALARM_NOT_ACKNOWLEDGED' });
  await dana.acknowledges();
  const wrongRate = { ...resume, confirmedRateUlPerH: RATE_UL_PER_H + 100 };
  expect(await dana.asks('session.resume', wrongRate)).toMatchObject({ code: 'RATE_NOT_CONFIRMED' });
  expect((await harness.truth()).delivering).toBe(false);
  await dana.does('session.resume', resume);

  // The volume limit ends it, and the pump's own truth agrees with the record.
  const ended = await dana.sees('the end', ({ phase }) => phase === 'ended', 120_000);
  const given = (await harness.truth()).deliveredMicrolitres - before;
  // The rest after a pause is floored to the pump's step of 10 uL: a step less at most, never more.
  expect(given).toBeLessThanOrEqual(VOLUME_UL + 1);
  expect(given).toBeGreaterThan(VOLUME_UL - 11);
  expect(Math.abs((ended.session?.deliveredUl ?? 0) - given)).toBeLessThanOrEqual(VOLUME_UL / 100);

  expect(await dana.asks('session.export', { sessionId })).toMatchObject({ code: 'NOT_ALLOWED' });
  const exported = await sam.does<{ folder: string; rows: number; verified: boolean; root: string }>('session.export', {
    sessionId,
  });
  expect(exported.verified).toBe(true);
  expect(await sam.does('session.list', {})).toMatchObject([{ id: sessionId, clinician: 'Dana', state: 'ended' }]);
  expect((await verifyFolder(exported.folder, exported.root)).damage).toEqual([]);

  const events = await sam.does<TrailEvent[]>('session.events', { sessionId });
  const acts = events.map(({ act }) => act);
  expect(acts.filter((act) => act === 'pump.start.intent')).toHaveLength(2);
  expect(acts).toEqual(
    expect.arrayContaining(['limit.override', 'pump.stop.outcome', 'session.close', 'alarm.acknowledged']),
  );
  expect(acts.indexOf('pump.program.intent')).toBeLessThan(acts.indexOf('pump.program.outcome'));
  expect(events.filter(({ text, act }) => text === act)).toEqual([]);
  const trend = await sam.does<{ spo2: (number | null)[]; rateMlPerH: (number | null)[] }>('session.trend', {
    sessionId,
  });
  expect(Math.min(...trend.spo2.filter((value) => value !== null))).toBeLessThan(90);
  expect(Math.max(...trend.rateMlPerH.filter((value) => value !== null))).toBe(34.6);
});
