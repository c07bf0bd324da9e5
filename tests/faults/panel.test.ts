import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TrailEvent } from '../../preload/contract/frames.ts';
import { acceptConfiguration } from '../support/accept-configuration.ts';
import { DemonstrationProcess } from '../support/demonstration-process.ts';
import { startInfusion } from '../support/infusion.ts';
import { StationClient } from '../support/station-client.ts';
import { StationProcess, writeConfiguration } from '../support/station-process.ts';

/** asks for 2 s; a busy machine gets as much again. */
const SEEN_WITHIN = 2000 + 2000;

const folder = mkdtempSync(join(tmpdir(), 'chairside-panel-'));
const demonstration = new DemonstrationProcess(1);
let station: StationProcess;
let client: StationClient;

beforeAll(async () => {
  const ports = await demonstration.ready();
  station = new StationProcess(['--config', await writeConfiguration(folder, ports), '--data', join(folder, 'data')]);
  client = await StationClient.connect(await station.address());
  await acceptConfiguration(client);
});
afterAll(async () => {
  client?.close();
  await station?.end();
  demonstration.end();
  rmSync(folder, { recursive: true, force: true });
});

test('a rate typed at the panel stops the pump, is in the record, and the station only watches until a person resumes (R-4.14)', async () => {
  const sessionId = await startInfusion(client, 'chair-1');
  const changedAt = performance.now();
  // Lower than ordered: nothing at the device itself has a reason to stop it.
  demonstration.fault(0, 'pump', { kind: 'panel-set', setting: 'rate', figure: 5 });
  const chair = await client.until('chair-1', 'the changed rate alarmed', ({ alarms }) =>
    alarms.some(({ id }) => id === 'pump-rate'),
  );
  expect(performance.now() - changedAt).toBeLessThan(SEEN_WITHIN);
  expect(chair.phase).toBe('paused');
  const halted = await demonstration.untilNotDelivering(0, 5000);

  const rows = await client.must<TrailEvent[]>('session.events', { sessionId });
  expect(rows.map(({ text }) => text).join('\n')).toContain('The pump reports another rate than commanded');

  // Watching goes on: signs and read-back stay live, and nothing moves by itself.
  await client.until('chair-1', 'live signs', ({ vitals }) => vitals.spo2.state === 'valid');
  await client.until(
    'chair-1',
    'the pump read back at rest',
    ({ pump }) => !pump.stopPending && pump.state !== 'infusing',
  );
  expect(await client.call('session.start', { chairId: 'chair-1' })).toMatchObject({ ok: false });
  await new Promise((resolve) => setTimeout(resolve, 3000));
  const truth = await demonstration.truth(0);
  expect(truth).toMatchObject({ delivering: false, deliveredMicrolitres: halted.deliveredMicrolitres });
});
