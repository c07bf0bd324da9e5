import { expect, test } from 'vitest';
import { microlitre } from '../../core/units.ts';
import { event, open, temporaryFolder } from '../../db/test-kit.ts';
import { exportSession } from '../../main/export/export-session.ts';
import { replayFolder } from '../../main/export/replay-folder.ts';
import { BINDING, ChairBench } from '../../main/station/chair-bench.ts';

const DETAILS = {
  patientName: 'Ada Example',
  clinician: 'Ada',
  openedAt: '2026-01-01T00:00:00+00:00',
  entry: { drug: 'ketamine', careArea: 'pain clinic' },
  overrides: [],
};
const { sessionId: id, patientId } = BINDING;
const person = { id, chairId: 'chair-1', patientId, patientName: 'Ada Example', clinician: 'Ada' };

const LEFT = { identity: null, counter: microlitre(40), most: microlitre(900) };

test.each([
  ['that knew its pump', LEFT],
  ['of a version that kept nothing of the pump', null],
])('a session %s, taken up by a second run of the station, is replayed as two recordings', async (_which, left) => {
  using work = temporaryFolder();
  const first = await open(`${work.path}/record`);
  await first.openSession(person, event('session.open', { session: id, patient: patientId }));
  const before = new ChairBench(first);
  before.arm();
  await before.recorder.flush(10_000);
  // The process is gone: what the last chunk had not yet taken is lost, later rows are not.
  await first.close();

  const second = await open(`${work.path}/record`);
  const after = new ChairBench(second);
  after.chair.interrupt({ binding: BINDING, details: DETAILS, left: () => left }, 0);
  after.connect();
  after.pass(1, 'stopped');
  await after.chair.close(1000);
  await after.recorder.flush(10_000);
  const { folder } = await exportSession(second, id, work.path);
  await second.close();
  await before.chair.close(1000);
  before.recorder.close();

  const { differences, findings } = await replayFolder(folder);
  expect(differences).toEqual([]);
  expect(findings.filter((finding) => finding.includes('put to the engine again'))).toHaveLength(2);
});
