import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { alarmWav } from './alarm-wav.ts';
import { backupSound } from './backup-sound.ts';
import { findPlayer } from './player.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'chairside-sound-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A player on the path that writes down what it was given, and when. */
function installPlayer(name: string): void {
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\necho "$(date +%s%3N) $*" >> "${join(folder, 'played')}"\n`);
  chmodSync(path, 0o755);
}

async function played(count: number, withinMs = 20_000): Promise<readonly string[]> {
  const file = join(folder, 'played');
  const deadline = performance.now() + withinMs;
  for (;;) {
    const lines = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
    if (lines.length >= count) return lines;
    if (performance.now() > deadline) throw new Error(`only ${lines.length} of ${count} were played`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe('the backup sound (R-6.8)', () => {
  test('gives the burst to the player of the platform, at once and again at the pace of the table', async () => {
    installPlayer('paplay');
    const sound = backupSound(join(folder, 'files'), null, findPlayer(folder, 'linux'));
    expect(sound?.name).toBe('paplay');
    const began = Date.now();
    sound?.set('high');
    sound?.set('high');
    const [first = ''] = await played(1);
    expect(Number(first.split(' ')[0]) - began).toBeLessThan(3000);
    const [, file = ''] = first.split(' ');
    expect(readFileSync(file).equals(alarmWav('high'))).toBe(true);
    const [, second = ''] = await played(2);
    expect(Number(second.split(' ')[0]) - began).toBeGreaterThan(4000);
    sound?.set(null);
  }, 60_000);

  test('changes to a more urgent burst at once, and ends', async () => {
    installPlayer('aplay');
    const sound = backupSound(join(folder, 'files'), null, findPlayer(folder, 'linux'));
    sound?.set('low');
    await played(1);
    sound?.set('high');
    const lines = await played(2, 4000);
    expect(lines[1]).toMatch(/ -q .*alarm-high\.wav$/);
    sound?.set(null);
  }, 60_000);

  test('beeps where there is no player, and is missing where nothing can beep', () => {
    let beeps = 0;
    const sound = backupSound(folder, () => void (beeps += 1), findPlayer(folder, 'linux'));
    sound?.set('medium');
    sound?.set(null);
    expect([sound?.name, beeps]).toEqual(['system beep', 1]);
    expect(backupSound(folder, null, findPlayer(folder, 'linux'))).toBeNull();
  });

  test.each([
    ['darwin', 'afplay'],
    ['win32', 'powershell.exe'],
    ['linux', 'pw-play'],
  ] as const)('on %s it is %s', (platform, name) => {
    installPlayer(name);
    expect(findPlayer(folder, platform)?.name).toBe(name);
  });

  test('a player that cannot be started stops nothing', async () => {
    const broken = { name: 'gone', path: join(folder, 'gone'), args: (file: string) => [file] };
    const sound = backupSound(join(folder, 'files'), null, broken);
    sound?.set('high');
    await new Promise((resolve) => setTimeout(resolve, 200));
    sound?.set(null);
  });
});
