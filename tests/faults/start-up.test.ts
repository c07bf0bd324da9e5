import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { StationProcess, writeConfiguration } from '../support/station-process.ts';

/** What a person sees when the station cannot start: one clear message, no stack, and an exit code. */
describe('a station that cannot start', () => {
  const folder = mkdtempSync(join(tmpdir(), 'chairside-start-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  async function refusal(args: readonly string[]): Promise<{ code: number | null; output: string }> {
    const station = new StationProcess(args);
    const code = await station.exited();
    return { code, output: station.output };
  }

  test('names every error of a malformed configuration with its line', async () => {
    const path = join(folder, 'malformed.yaml');
    const text = [
      'station: Clinic',
      'chairs:',
      '  - id: chair-1',
      '    name: Chair 1',
      '    pump: { driver: no-such-pump, port: "serial:/dev/ttyUSB0", syringe: BD 60 mL }',
      '    monitor: { driver: nonin, port: "nowhere" }',
      'people: []',
      'colour: blue',
    ];
    writeFileSync(path, text.join('\n'));
    const { code, output } = await refusal(['--config', path, '--data', join(folder, 'a')]);
    expect(code).toBe(1);
    expect(output).toMatch(/malformed\.yaml:5:.*no-such-pump/);
    expect(output).toMatch(/malformed\.yaml:6:/);
    expect(output).toMatch(/malformed\.yaml:8:.*colour/);
    expect(output).not.toMatch(/\n\s+at /);
  });

  test('says where the YAML itself breaks', async () => {
    const path = join(folder, 'broken.yaml');
    writeFileSync(path, 'station: Clinic\nchairs: [ {id: chair-1\npeople: []\n');
    const { code, output } = await refusal(['--config', path, '--data', join(folder, 'b')]);
    expect(code).toBe(1);
    expect(output).toMatch(/broken\.yaml:\d+/);
  });

  test('says that the configuration file is missing', async () => {
    const { code, output } = await refusal(['--config', join(folder, 'absent.yaml'), '--data', join(folder, 'c')]);
    expect(code).toBe(1);
    expect(output).toMatch(/absent\.yaml/);
  });

  test('names an unknown option', async () => {
    const { code, output } = await refusal(['--colour', 'blue']);
    expect(code).toBe(2);
    expect(output).toMatch(/--colour/);
  });

  test('refuses a record that another station holds, and leaves that one running', async () => {
    const configuration = await writeConfiguration(folder, [
      { pump: `serial:${join(folder, 'no-pump')}`, monitor: `serial:${join(folder, 'no-monitor')}` },
    ]);
    const args = ['--config', configuration, '--data', join(folder, 'held')];
    const first = new StationProcess(args);
    await first.address();
    const { code, output } = await refusal(args);
    expect(code).toBe(1);
    expect(output).toMatch(/record|already/i);
    expect(first.child.exitCode).toBeNull();
    expect(await first.end()).toBe(0);
  });
});
