import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readPayload } from '../../main/export/read-payload.ts';
import { recordingsOf } from '../../main/export/recordings.ts';
import { replayFolder } from '../../main/export/replay-folder.ts';
import { readFolder } from '../../main/export/read-export.ts';
import { rightCheck } from '../../main/station/testing-check.ts';
import { type Harness, Person, startHarness } from '../story/harness.ts';

const ORDER = {
  entryId: 'KETAMINE-MOOD-CLINIC',
  concentrationUgPerMl: 2000,
  weightG: 70_000,
  doseUg: 35_000,
  durationMs: 2_400_000,
};
/** Room in the record that an hour at one chair may take for engine events. */
const MOST_BYTES_PER_HOUR = 12_000_000;

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
}, 60_000);
afterAll(() => harness?.end());

async function runAndEnd(dana: Person, chairId: string): Promise<string> {
  const session = { chairId, patientId: 'P-1', patientName: 'Alex Example', drugLot: 'LOT-1' };
  const opened = await dana.does<{ sessionId: string }>('session.open', {
    ...session,
    order: ORDER,
    overrideReason: 'a short run for a test',
  });
  await dana.does('session.check', { chairId, ...rightCheck({ ...session, order: ORDER }) });
  await dana.does('session.arm', { chairId });
  await dana.sees('steady signs', ({ steadyMs, steadyNeededMs }) => steadyMs >= steadyNeededMs);
  await dana.acknowledges();
  await dana.does('session.start', { chairId });
  await dana.sees('the pump infusing', ({ phase, pump }) => phase === 'infusing' && pump.state === 'infusing');
  await dana.sees('some drug given', (chair) => (chair.session?.deliveredUl ?? 0) >= 30);
  await dana.does('session.end', { chairId, reason: 'end of the test' });
  await dana.sees('the pump stopped', ({ phase, pump }) => phase === 'ended' && !pump.stopPending);
  return opened.sessionId;
}

test('a session of the whole station, with real device processes, is replayed to the same states', async () => {
  const { chairId } = harness;
  const dana = await Person.signIn(harness, 'dana');
  const sam = await Person.signIn(harness, 'sam');
  await dana.sees('both devices', ({ pump, monitor }) => pump.link === 'up' && monitor.link === 'up');
  await dana.sees('valid signs', ({ vitals }) => vitals.spo2.state === 'valid' && vitals.pulse.state === 'valid');
  const sessionId = await runAndEnd(dana, chairId);
  const { folder } = await sam.does<{ folder: string }>('session.export', { sessionId });

  const { differences, findings } = await replayFolder(folder);
  expect(differences).toEqual([]);
  expect(findings.join('\n')).toContain('its state is the recorded one');

  const [recording] = recordingsOf(readPayload(await readFolder(folder)));
  const lasted = (recording?.events.at(-1)?.at ?? 0) - (recording?.events[0]?.at ?? 0);
  const bytes = readFileSync(join(folder, 'data', 'engine-events.jsonl')).length;
  expect((bytes / lasted) * 3_600_000).toBeLessThan(MOST_BYTES_PER_HOUR);
});
