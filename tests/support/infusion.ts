import { rightCheck } from '../../main/station/testing-check.ts';
import { CLINICIAN } from './station-process.ts';
import type { StationClient } from './station-client.ts';

/** An order inside every hard limit that runs for about 40 minutes: 35 mg for 70 kg at 2 mg/mL, 26.2 mL/h. */
const USUAL_ORDER = {
  entryId: 'KETAMINE-MOOD-CLINIC',
  concentrationUgPerMl: 2000,
  weightG: 70_000,
  doseUg: 35_000,
  durationMs: 2_400_000,
};

/** Signs in, opens a session and answers the bedside checks. */
export async function checkChair(client: StationClient, chairId: string, order = USUAL_ORDER): Promise<string> {
  await client.signIn(CLINICIAN);
  // One patient for each chair: what was given before counts for the same one.
  const session = { patientId: `P-100${chairId.at(-1)}`, patientName: 'Alex Example', drugLot: 'LOT-7', order };
  const opened = await client.must<{ sessionId: string }>('session.open', {
    chairId,
    ...session,
    overrideReason: 'Short run in a test of the station',
  });
  await client.must('session.check', { chairId, ...rightCheck(session) });
  return opened.sessionId;
}

/** Brings a chair to the point where only `session.start` is missing. */
async function armChair(client: StationClient, chairId: string, order: typeof USUAL_ORDER): Promise<string> {
  const sessionId = await checkChair(client, chairId, order);
  await client.until(
    chairId,
    'pump and monitor connected',
    (chair) => chair.pump.link === 'up' && chair.monitor.link === 'up',
  );
  await client.must('session.arm', { chairId });
  await client.until(chairId, 'steady vital signs', (chair) => chair.steadyMs >= chair.steadyNeededMs);
  return sessionId;
}

/** Arms and starts; resolves when the pump reads back as infusing. */
export async function startInfusion(client: StationClient, chairId: string, order = USUAL_ORDER): Promise<string> {
  const sessionId = await armChair(client, chairId, order);
  await client.must('session.start', { chairId });
  await client.until(
    chairId,
    'infusing as read back',
    (chair) => chair.phase === 'infusing' && chair.pump.state === 'infusing',
  );
  return sessionId;
}
