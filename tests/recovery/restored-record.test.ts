import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { acceptConfiguration } from '../support/accept-configuration.ts';
import { DemonstrationProcess } from '../support/demonstration-process.ts';
import { checkChair, startInfusion } from '../support/infusion.ts';
import { StationClient } from '../support/station-client.ts';
import { ADMINISTRATOR, StationProcess, SUPERVISOR, writeConfiguration } from '../support/station-process.ts';
import { ROOT } from '../structure/sources.ts';

/** A disk loses half of the record, and a person puts yesterday's copy back (hazard 35). */
const folder = mkdtempSync(join(tmpdir(), 'chairside-restored-'));
const data = join(folder, 'data');
const demonstration = new DemonstrationProcess(1);
let configuration: string;

beforeAll(async () => {
  configuration = await writeConfiguration(folder, await demonstration.ready());
  appendFileSync(configuration, `record:\n  backup: ${join(folder, 'copies')}\n  anchor: ${join(folder, 'anchors')}\n`);
});

afterAll(() => {
  demonstration.end();
  rmSync(folder, { recursive: true, force: true });
});

async function start(): Promise<{ station: StationProcess; client: StationClient }> {
  const station = new StationProcess(['--config', configuration, '--data', data]);
  return { station, client: await StationClient.connect(await station.address()) };
}

const restore = (copy: string) =>
  spawnSync(process.execPath, [join(ROOT, 'main', 'restore', 'restore-cli.ts'), copy, data], { encoding: 'utf8' });

test('a copy put back starts nothing before two persons signed, and then everything works', async () => {
  const first = await start();
  await acceptConfiguration(first.client);
  await first.client.must('access.signIn', ADMINISTRATOR);
  const { path } = await first.client.must<{ path: string }>('record.backup');
  await checkChair(first.client, 'chair-1');
  await first.client.must('session.end', { chairId: 'chair-1', reason: 'Only to have rows' });
  expect(restore(path)).toMatchObject({ status: 2, stdout: '' });
  first.client.close();
  expect(await first.station.end()).toBe(0);
  truncateSync(join(data, 'record.db'), 20_000);
  expect(restore(path)).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('lost, as an anchor proves') as string,
  });

  const { station, client } = await start();
  const hold = await new Promise<{ id: string; details: readonly string[] } | undefined>((resolve) =>
    client.onFrame(({ holds }) => resolve(holds[0])),
  );
  expect(hold?.details.join()).toMatch(/Rows \d+ to \d+ are lost, as an anchor proves/);
  await checkChair(client, 'chair-1');
  await client.until('chair-1', 'devices', ({ pump, steadyMs }) => pump.link === 'up' && steadyMs > 0);
  expect(await client.call('session.arm', { chairId: 'chair-1' })).toMatchObject({ ok: false });
  expect(await client.call('chair.stop', { chairId: 'chair-1' })).toMatchObject({ ok: true });
  await client.must('session.end', { chairId: 'chair-1', reason: 'The station is held' });

  await client.must('access.signIn', ADMINISTRATOR);
  await client.must('station.liftHold', { holdId: hold?.id, signature: ADMINISTRATOR, second: SUPERVISOR });
  await startInfusion(client, 'chair-1');
  expect((await demonstration.truth(0)).delivering).toBe(true);
  client.close();
  expect(await station.end()).toBe(0);
  const verified = spawnSync(process.execPath, [join(ROOT, 'main', 'export', 'verify-cli.ts'), data], {
    encoding: 'utf8',
  });
  expect(verified.stdout).toMatch(/^IN ORDER/);
});
