import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { RecordedPlayer } from '../../tests/support/recorded-player.ts';
import { alarmWav } from './alarm-wav.ts';
import { backupSound } from './backup-sound.ts';
import { findPlayer } from './player.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'chairside-sound-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the backup sound (R-6.8)', () => {
  test('gives the burst to the player of the platform, at once and again at the pace of the table', async () => {
    const player = new RecordedPlayer(folder, 'paplay');
    const sound = backupSound(join(folder, 'files'), null, findPlayer(folder, 'linux'));
    expect(sound?.name).toBe('paplay');
    const began = Date.now();
    sound?.set('high');
    sound?.set('high');
    const [first] = await player.until(1);
    expect((first?.at ?? 0) - began).toBeLessThan(3000);
    expect(readFileSync(first?.given ?? '').equals(alarmWav('high'))).toBe(true);
    const [, second] = await player.until(2);
    expect((second?.at ?? 0) - began).toBeGreaterThan(4000);
    sound?.set(null);
  }, 60_000);

  test('changes to a more urgent burst at once, and ends', async () => {
    const player = new RecordedPlayer(folder, 'aplay');
    const sound = backupSound(join(folder, 'files'), null, findPlayer(folder, 'linux'));
    sound?.set('low');
    await player.until(1);
    sound?.set('high');
    const [, second] = await player.until(2, 4000);
    expect(second?.given).toMatch(/^-q .*alarm-high\.wav$/);
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
    new RecordedPlayer(folder, name);
    expect(findPlayer(folder, platform)?.name).toBe(name);
  });

  test('a player that cannot be started stops nothing', async () => {
    const broken = { name: 'gone', path: join(folder, 'gone'), args: (file: string) => [file] };
    const sound = backupSound(join(folder, 'files'), null, broken);
    expect(() => sound?.set('high')).not.toThrow();
    // An error without a listener would end this process.
    await new Promise((resolve) => setTimeout(resolve, 200));
    sound?.set(null);
  });
});
