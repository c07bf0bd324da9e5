import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTrail } from '../../db/client.ts';
import { acceptConfiguration } from '../support/accept-configuration.ts';
import { DemonstrationProcess } from '../support/demonstration-process.ts';
import { startInfusion } from '../support/infusion.ts';
import { StationClient } from '../support/station-client.ts';
import { CLINICIAN, StationProcess, writeConfiguration } from '../support/station-process.ts';

const folder = mkdtempSync(join(tmpdir(), 'chairside-full-'));
const disk = join(folder, 'disk');
mkdirSync(disk);
const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64m', 'tmpfs', disk]).status === 0;
if (!mounted) console.log('SKIPPED full-disk test: a small file system can be mounted only by root on Linux');

/** Takes every byte that is left. */
function fill(path: string): void {
  for (const size of [1 << 20, 1 << 12, 1]) {
    const block = Buffer.alloc(size);
    try {
      for (;;) appendFileSync(path, block);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
    }
  }
}

/** on a real file system without a free byte. */
describe.skipIf(!mounted)('the disk fills up while infusing', () => {
  const demonstration = new DemonstrationProcess(1);
  let station: StationProcess;
  let client: StationClient;

  beforeAll(async () => {
    const configuration = await writeConfiguration(folder, await demonstration.ready());
    station = new StationProcess(['--config', configuration, '--data', join(disk, 'data')]);
    client = await StationClient.connect(await station.address());
    await acceptConfiguration(client);
  });

  afterAll(async () => {
    client?.close();
    await station?.end();
    demonstration.end();
    if (mounted) spawnSync('umount', [disk]);
    rmSync(folder, { recursive: true, force: true });
  });

  test('STOP still works, nothing can be started, and every row is written when there is room again', async () => {
    await startInfusion(client, 'chair-1');
    const filler = join(disk, 'filler');
    const deadline = performance.now() + 60_000;
    while (client.chair('chair-1').recordHealthy) {
      expect(performance.now()).toBeLessThan(deadline);
      fill(filler);
      // A failed sign-in is a row to be written.
      await client.call('access.signIn', { ...CLINICIAN, pin: '000000' });
    }
    const chair = await client.until('chair-1', 'the alarm of the record', ({ alarms }) =>
      alarms.some(({ id }) => id === 'record-failed'),
    );
    expect(chair.phase).toBe('infusing');

    await client.must('chair.stop', { chairId: 'chair-1' });
    await demonstration.untilNotDelivering(0, 4000);
    await client.until('chair-1', 'the stop read back', ({ phase, pump }) => phase === 'paused' && !pump.stopPending);
    const resume = { chairId: 'chair-1', reason: 'Go on without a record', confirmedRateUlPerH: 26_200 };
    expect((await client.call('session.resume', resume)).ok).toBe(false);

    rmSync(filler);
    await client.until('chair-1', 'a working record', ({ recordHealthy }) => recordHealthy);
    client.close();
    expect(await station.end()).toBe(0);
    const trail = await openTrail({ folder: join(disk, 'data'), station: 'Test station', appVersion: 'test' });
    const [session] = await trail.sessions();
    const acts = (await trail.sessionRows(session?.id ?? '')).map(({ body }) => String(JSON.parse(body).act));
    expect(acts).toContain('pump.stop.intent');
    expect(await trail.verify()).toMatchObject({ damage: null });
    await trail.close();
  });
});
