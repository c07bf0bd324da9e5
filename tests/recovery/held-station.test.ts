import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { acceptConfiguration, held } from '../support/accept-configuration.ts';
import { DemonstrationProcess } from '../support/demonstration-process.ts';
import { checkChair, startInfusion } from '../support/infusion.ts';
import { StationClient } from '../support/station-client.ts';
import { ADMINISTRATOR, StationProcess, SUPERVISOR, writeConfiguration } from '../support/station-process.ts';

/** The configuration of a station is edited by one person between two starts (hazards 5 and 38). */
const folder = mkdtempSync(join(tmpdir(), 'chairside-held-'));
const demonstration = new DemonstrationProcess(1);
let configuration: string;

beforeAll(async () => {
  configuration = await writeConfiguration(folder, await demonstration.ready());
});

afterAll(() => {
  demonstration.end();
  rmSync(folder, { recursive: true, force: true });
});

async function start(
  config = configuration,
  data = 'data',
): Promise<{ station: StationProcess; client: StationClient }> {
  const station = new StationProcess(['--config', config, '--data', join(folder, data)]);
  return { station, client: await StationClient.connect(await station.address()) };
}

test('nothing is armed before an administrator and a second person signed; STOP works; then an infusion runs', async () => {
  const first = await start();
  expect(await held(first.client)).toMatchObject([{ title: 'Nobody has accepted this configuration yet.' }]);
  await acceptConfiguration(first.client);
  expect(await held(first.client)).toEqual([]);
  first.client.close();
  expect(await first.station.end()).toBe(0);
  const text = readFileSync(configuration, 'utf8');
  writeFileSync(configuration, text.replace('name: Chair 1', 'name: Chair 7'));

  const { station, client } = await start();
  const [hold] = await held(client);
  expect(hold?.details).toEqual(['chairs.chair-1.name: Chair 1 -> Chair 7']);
  await checkChair(client, 'chair-1');
  await client.until('chair-1', 'the alarm', ({ alarms }) => alarms.some(({ id }) => id === 'station-held'));
  await client.until('chair-1', 'devices', ({ pump, steadyMs }) => pump.link === 'up' && steadyMs > 0);
  expect(await client.call('session.arm', { chairId: 'chair-1' })).toMatchObject({ ok: false, code: 'STATION_HELD' });
  expect(await client.call('chair.stop', { chairId: 'chair-1' })).toMatchObject({ ok: true });
  const sign = { holdId: hold?.id, signature: ADMINISTRATOR, second: SUPERVISOR };
  expect(await client.call('station.liftHold', sign)).toMatchObject({ ok: false, code: 'NOT_ALLOWED' });
  await client.must('session.end', { chairId: 'chair-1', reason: 'The station is held' });

  await client.must('access.signIn', ADMINISTRATOR);
  await client.must('station.liftHold', sign);
  expect(await held(client)).toEqual([]);
  await startInfusion(client, 'chair-1');
  expect((await demonstration.truth(0)).delivering).toBe(true);
  client.close();
  expect(await station.end()).toBe(0);
});

test('without a drug library in its configuration it shows signs and stops, and opens nothing (R-4.9)', async () => {
  const { library, ...others } = parse(readFileSync(configuration, 'utf8')) as Record<string, unknown>;
  expect(library).toBeDefined();
  const unsigned = join(folder, 'unsigned.yaml');
  writeFileSync(unsigned, stringify(others));
  const { station, client } = await start(unsigned, 'unsigned');
  const [hold] = await held(client);
  expect(hold?.details).toContain('library.version: nothing -> none');
  await acceptConfiguration(client);
  await client.until('chair-1', 'vital signs', ({ vitals }) => vitals.spo2.state === 'valid');
  await client.until('chair-1', 'the alarm', ({ alarms }) => alarms.some(({ id }) => id === 'library-unusable'));
  await expect(checkChair(client, 'chair-1')).rejects.toThrow(/LIBRARY_UNUSABLE.*names no drug library/);
  expect(await client.call('chair.stop', { chairId: 'chair-1' })).toMatchObject({ ok: true });
  client.close();
  expect(await station.end()).toBe(0);
});
