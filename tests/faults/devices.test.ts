import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { acceptConfiguration } from '../support/accept-configuration.ts';
import { DemonstrationProcess } from '../support/demonstration-process.ts';
import { checkChair, startInfusion } from '../support/infusion.ts';
import { StationClient } from '../support/station-client.ts';
import { CLINICIAN, StationProcess, writeConfiguration } from '../support/station-process.ts';

/** The watchdog that is armed in the pump (4 s) counts whole seconds; half a second to look. */
const WATCHDOG_WITHIN = 5500;

/** Device faults on real lines, with the whole station. The simulator's truth judges, the frame shows what a person sees. */
describe('device faults while infusing', () => {
  const folder = mkdtempSync(join(tmpdir(), 'chairside-devices-'));
  const demonstration = new DemonstrationProcess(3);
  let station: StationProcess;
  let client: StationClient;

  beforeAll(async () => {
    const [first, second, third] = await demonstration.ready();
    if (!first || !second || !third) throw new Error('three simulated chairs expected');
    // Chair 3 has the oximeter's cable in the pump's place.
    const ports = [first, second, { pump: third.monitor, monitor: third.pump }];
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

  test('over a connection a command that is repeated, late, of another session or unstamped is refused, STOP never (R-4.11)', async () => {
    const { epoch } = await client.until('chair-2', 'a first frame', () => true);
    const end = (stamp?: object) =>
      client.callWithStamp('session.end', { chairId: 'chair-2', reason: 'none is open' }, stamp);
    await client.must('access.signIn', CLINICIAN);
    const issuedAtMs = client.stationNow();
    const stamp = { epoch, sequence: 1000, issuedAtMs };
    expect(await end()).toMatchObject({ code: 'STAMP_MISSING' });
    // New and of now: only the phase is against it.
    expect(await end(stamp)).toMatchObject({ code: 'WRONG_PHASE' });
    expect(await end(stamp)).toMatchObject({ code: 'COMMAND_REPEATED' });
    expect(await end({ ...stamp, sequence: 1001, issuedAtMs: issuedAtMs - 60_000 })).toMatchObject({
      code: 'COMMAND_OLD',
    });
    const other = { epoch: epoch + 1, sequence: 1002, issuedAtMs: client.stationNow() };
    expect(await end(other)).toMatchObject({ code: 'OTHER_SESSION' });
    const old = { epoch: 99, sequence: 1, issuedAtMs: 0 };
    expect(await client.callWithStamp('chair.stop', { chairId: 'chair-2' }, old)).toMatchObject({ ok: true });
    // What this test made up was counted, so the client begins anew on a connection of its own.
    client.close();
    client = await StationClient.connect(await station.address());
  });

  test('a wrong device on the port is named and cannot be armed', async () => {
    const chair = await client.until('chair-3', 'the wrong device named', ({ pump }) => pump.link === 'wrong-device');
    expect(chair.pump.linkDetail).not.toBe('');
    expect(chair.pump.state).toBe('unknown');
    await checkChair(client, 'chair-3');
    expect(await client.call('session.arm', { chairId: 'chair-3' })).toMatchObject({ ok: false });
  });

  test('pump cable out: seen within 2 s, the pump halts by its own watchdog, nothing resumes when it is back', async () => {
    await startInfusion(client, 'chair-1');
    const pulledAt = performance.now();
    demonstration.scenario(0, 'pump-unplug');
    const chair = await client.until('chair-1', 'the pump link alarm', ({ alarms }) =>
      alarms.some(({ id }) => id === 'pump-link'),
    );
    expect(performance.now() - pulledAt).toBeLessThan(2500);
    expect(chair.phase).toBe('paused');
    expect(chair.alarms.find(({ id }) => id === 'pump-link')?.priority).toBe('high');
    // no cable, so only the watchdog armed in the pump can stop it.
    const halted = await demonstration.untilNotDelivering(0, 10_000);
    expect(performance.now() - pulledAt).toBeLessThan(WATCHDOG_WITHIN);

    demonstration.scenario(0, 'recover');
    await client.until('chair-1', 'the pump back', ({ pump }) => pump.link === 'up' && pump.state !== 'unknown');
    await new Promise((resolve) => setTimeout(resolve, 3000));
    const truth = await demonstration.truth(0);
    expect(truth.delivering).toBe(false);
    expect(truth.deliveredMicrolitres).toBe(halted.deliveredMicrolitres);
  });

  test('monitor cable out: the pump is stopped and reads back as not infusing', async () => {
    await startInfusion(client, 'chair-2');
    demonstration.scenario(1, 'monitor-unplug');
    // lost within 2 s, not infusing within 2 s more.
    await demonstration.untilNotDelivering(1, 4000);
    const chair = await client.until(
      'chair-2',
      'paused as read back',
      ({ phase, pump }) => phase === 'paused' && !pump.stopPending,
    );
    expect(chair.alarms.map(({ id }) => id)).toContain('monitor-link');
    await client.until('chair-2', 'no plain number without a line', ({ vitals }) => vitals.spo2.state !== 'valid');
  });

  test('garbage on the line is counted and shown as no value, and the station goes on', async () => {
    demonstration.scenario(0, 'recover');
    await client.until('chair-1', 'a valid SpO2', ({ vitals }) => vitals.spo2.state === 'valid');
    demonstration.scenario(0, 'garbage');
    await client.until('chair-1', 'no plain number from garbage', ({ vitals }) => vitals.spo2.state !== 'valid');
    demonstration.scenario(0, 'recover');
    await client.until('chair-1', 'SpO2 after the garbage', ({ vitals }) => vitals.spo2.state === 'valid');
    expect(station.child.exitCode).toBeNull();
  });
});
