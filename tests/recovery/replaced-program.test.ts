import { cpSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { held } from '../support/accept-configuration.ts';
import { StationClient } from '../support/station-client.ts';
import { StationProcess } from '../support/station-process.ts';
import { ROOT } from '../structure/sources.ts';

/** Somebody replaces the program while it runs (hazard 40): here a copy of it, whose station is its own. */
const copy = mkdtempSync(join(tmpdir(), 'chairside-replaced-'));
const stations: StationProcess[] = [];
afterAll(async () => {
  await Promise.all(stations.map((station) => station.end()));
  rmSync(copy, { recursive: true, force: true });
});

for (const name of ['core', 'db', 'drivers', 'main', 'preload', 'package.json'])
  cpSync(join(ROOT, name), join(copy, name), { recursive: true });
symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));

async function start(): Promise<StationClient> {
  const station = new StationProcess(['--data', join(copy, 'data')], {}, copy);
  stations.push(station);
  // Nothing of a fresh copy is compiled yet.
  return StationClient.connect(await station.address(60_000));
}

const MORE_THAN_ONE_LOOK = 12_000;

test('a station is held when its own files are replaced, by nothing else that comes into its folder, until it is started again', async () => {
  const client = await start();
  expect(await held(client)).toEqual([]);
  writeFileSync(join(copy, 'main', '.editor-swap'), 'x');
  writeFileSync(join(copy, 'main', 'own.test.ts'), 'x');
  writeFileSync(join(copy, 'npm-debug.log'), 'x');
  await new Promise((resolve) => setTimeout(resolve, MORE_THAN_ONE_LOOK));
  expect(await held(client)).toEqual([]);

  const replaced = join(copy, 'main', 'devices', 'device-host.ts');
  cpSync(replaced, `${replaced}.new`);
  renameSync(`${replaced}.new`, replaced);
  await expect.poll(() => held(client), { timeout: MORE_THAN_ONE_LOOK }).toMatchObject([{ endsBy: 'restart' }]);
  await client.until('chair-1', 'the alarm', ({ alarms }) => alarms.some(({ id }) => id === 'station-held'));
  client.close();
  expect(await stations[0]?.end()).toBe(0);

  const again = await start();
  expect(await held(again)).toEqual([]);
  again.close();
});
