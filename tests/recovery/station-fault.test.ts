import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openTrail } from '../../db/client.ts';
import { planted } from '../serial/faulty-host.ts';
import { acceptConfiguration } from '../support/accept-configuration.ts';
import { DemonstrationProcess } from '../support/demonstration-process.ts';
import { startInfusion } from '../support/infusion.ts';
import { StationClient } from '../support/station-client.ts';
import { StationProcess, writeConfiguration } from '../support/station-process.ts';

/** Code that nobody knows to be wrong, in the real main process over a running infusion. */
describe('a fault in main that nobody caught', () => {
  const folder = mkdtempSync(join(tmpdir(), 'chairside-fault-'));
  const demonstration = new DemonstrationProcess(1);
  const stations: StationProcess[] = [];
  let configuration: string;

  beforeAll(async () => {
    configuration = await writeConfiguration(folder, await demonstration.ready());
  });

  afterEach(async () => {
    for (const station of stations.splice(0)) await station.end();
  });

  afterAll(() => {
    demonstration.end();
    rmSync(folder, { recursive: true, force: true });
  });

  async function infusing(name: string, fault: string) {
    const args = ['--config', configuration, '--data', join(folder, name)];
    const station = new StationProcess(args, { NODE_OPTIONS: `--import ${planted(fault)}` });
    stations.push(station);
    const client = await StationClient.connect(await station.address());
    await acceptConfiguration(client);
    const sessionId = await startInfusion(client, 'chair-1');
    expect((await demonstration.truth(0)).delivering).toBe(true);
    return { station, client, sessionId };
  }

  test.each([
    ['an exception', 'throw new Error("planted")'],
    ['a rejection', 'void Promise.reject(new Error("planted"))'],
  ])(
    '%s stops the pump, is alarmed and written down; the patient stays watched, nothing starts again',
    async (what, fault) => {
      const { station, client, sessionId } = await infusing(what, fault);
      station.child.kill('SIGUSR2');
      await demonstration.untilNotDelivering(0, 3_000);
      const chair = await client.until('chair-1', 'the alarm', ({ alarms }) =>
        alarms.some(({ id }) => id === 'station-fault'),
      );
      expect(chair.phase).toBe('paused');
      // Supervision goes on: the signs keep coming, and their age stays young.
      await new Promise((resolve) => setTimeout(resolve, 3_000));
      const later = await client.until('chair-1', 'fresh signs', ({ vitals }) => vitals.spo2.state === 'valid');
      await client.must('alarm.acknowledge', {
        chairId: 'chair-1',
        alarms: later.alarms.map(({ key, raisedAtMs }) => ({ key, raisedAtMs })),
      });
      const resumed = await client.call('session.resume', {
        chairId: 'chair-1',
        reason: 'Go on all the same',
        confirmedRateUlPerH: later.session?.plan.rateUlPerH ?? 0,
      });
      expect(resumed).toMatchObject({ ok: false, code: 'ALARM_ACTIVE' });
      client.close();
      expect(await station.end()).toBe(0);
      const trail = await openTrail({ folder: join(folder, what), station: 'Test station', appVersion: 'test' });
      const rows = (await trail.sessionRows(sessionId)).map(({ body }) => body);
      expect(rows.some((body) => body.includes('"alarm.raised"') && body.includes('"station-fault"'))).toBe(true);
      expect((await trail.verify()).damage).toBeNull();
      await trail.close();
      expect(station.output).toContain('planted');
    },
  );

  test('that comes again and again ends the process, and the device process stops the pump', async () => {
    const { station, client } = await infusing('again', 'setInterval(()=>{throw new Error("planted")},50)');
    const exited = station.exited();
    station.child.kill('SIGUSR2');
    await demonstration.untilNotDelivering(0, 4_000);
    expect(await exited).toBe(1);
    client.close();
  });
});
