import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { event, open, temporaryFolder } from '../db/test-kit.ts';
import type { ClockWord } from '../db/trail.ts';
import { ClockDiscipline } from './clock-discipline.ts';

let folder: ReturnType<typeof temporaryFolder>;
let discipline: ClockDiscipline | null = null;
let told: ClockWord[];
let isRunning: boolean;
const at = (name: string): string => join(folder.path, name);

beforeEach(() => {
  folder = temporaryFolder();
  told = [];
  isRunning = false;
});
afterEach(() => {
  discipline?.stop();
  folder[Symbol.dispose]();
});

/** A real program in the place of the system's, which counts in a file how often it was asked. */
function program(script: string): string {
  writeFileSync(at('tool'), `#!/bin/sh\necho "$@" >> ${at('asked')}\n${script}\n`);
  chmodSync(at('tool'), 0o755);
  return at('tool');
}

const asked = (): readonly string[] =>
  existsSync(at('asked')) ? readFileSync(at('asked'), 'utf8').trim().split('\n') : [];

function ask(tool: string | null, patience = 5000): void {
  const record = { clockIs: async (word: ClockWord) => void told.push(word) };
  discipline = new ClockDiscipline(record, () => !isRunning, { tool, patience, askEvery: 50 });
}

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe('whether the wall clock is disciplined (R-8.1)', () => {
  test('is asked of the system again and again, and told where it changes', async () => {
    writeFileSync(at('answer'), 'yes\n');
    ask(program(`cat ${at('answer')}`));
    await expect.poll(() => told, { timeout: 5000 }).toEqual(['ntp']);
    await expect.poll(() => asked().length, { timeout: 5000 }).toBeGreaterThan(3);
    expect(new Set(asked())).toEqual(new Set(['show --property=NTPSynchronized --value']));
    expect(told).toEqual(['ntp']);
    writeFileSync(at('answer'), 'no\n');
    await expect.poll(() => told, { timeout: 5000 }).toEqual(['ntp', 'unsynced']);
  });

  test.each([
    ['no', 'echo no'],
    ['nothing', ''],
    ['two answers', 'echo yes; echo yes'],
    ['yes in other letters', 'echo YES'],
    ['yes without an end', 'printf yes'],
    ['yes, and fails', 'echo yes; exit 1'],
    ['yes, and is killed', 'echo yes; kill -9 $$'],
    ['more than anybody reads', 'echo yes; yes'],
    ['more on the side than anybody reads', 'yes >&2; echo yes'],
  ])('is not claimed by a tool that says %s', async (_what, script) => {
    ask(program(script));
    await expect.poll(() => asked().length, { timeout: 10_000 }).toBeGreaterThan(1);
    expect(told).toEqual([]);
  });

  test.each([
    ['is not there', () => at('nowhere')],
    ['may not be started', () => (writeFileSync(at('file'), 'yes\n'), at('file'))],
    ['is none', () => null],
  ])('is not claimed where the tool %s', async (_what, tool) => {
    ask(tool());
    await pause(300);
    expect(told).toEqual([]);
  });

  test('is not claimed by a tool that hangs: it is ended, the next one is asked, and nothing waits', async () => {
    ask(program(`echo yes; echo $$ > ${at('pid')}; trap "" TERM; while :; do sleep 1; done`), 2000);
    const began = performance.now();
    let longest = 0;
    let last = began;
    while (asked().length < 2 && performance.now() - began < 10_000) {
      await pause(5);
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    }
    expect(asked().length).toBeGreaterThan(1);
    // Half of the time for which it hangs: what is left is the start of a process on a busy machine.
    expect(longest).toBeLessThan(1000);
    expect(told).toEqual([]);
  });

  test('is not asked while an infusion runs, and stays as it was', async () => {
    ask(program('echo yes'));
    await expect.poll(() => told, { timeout: 5000 }).toEqual(['ntp']);
    isRunning = true;
    await pause(500);
    const before = asked().length;
    program('echo no');
    await pause(500);
    expect(asked()).toHaveLength(before);
    expect(told).toEqual(['ntp']);
    isRunning = false;
    await expect.poll(() => told, { timeout: 5000 }).toEqual(['ntp', 'unsynced']);
  });

  test('is lost with the tool', async () => {
    ask(program('echo yes'));
    await expect.poll(() => told, { timeout: 5000 }).toEqual(['ntp']);
    rmSync(at('tool'));
    await expect.poll(() => told, { timeout: 5000 }).toEqual(['ntp', 'unsynced']);
  });

  test('is asked no more once it is over, and a tool that hangs is ended with it', async () => {
    ask(program(`echo $$ > ${at('pid')}; exec sleep 60`), 60_000);
    await expect
      .poll(() => existsSync(at('pid')) && readFileSync(at('pid'), 'utf8').trim(), { timeout: 5000 })
      .toBeTruthy();
    const pid = Number(readFileSync(at('pid'), 'utf8'));
    discipline?.stop();
    await expect.poll(() => isAlive(pid), { timeout: 5000 }).toBe(false);
    await pause(200);
    expect(asked()).toHaveLength(1);
    expect(told).toEqual([]);
  });
});

test('rows say what the system said last of the clock they are stamped by, and are in order by both words', {
  timeout: 60_000,
}, async () => {
  const trail = await open(at('record'));
  writeFileSync(at('answer'), 'yes\n');
  const words = async (session: string) => {
    await trail.append(event('x', { session }));
    return (await trail.sessionRows(session)).map(({ body }) => (JSON.parse(body) as { clk: string }).clk);
  };
  expect(await words('before')).toEqual(['unsynced']);
  discipline = new ClockDiscipline(trail, () => true, { tool: program(`cat ${at('answer')}`), askEvery: 50 });
  await expect.poll(async () => (await words('disciplined')).at(-1), { timeout: 5000 }).toBe('ntp');
  writeFileSync(at('answer'), 'no\n');
  await expect.poll(async () => (await words('lost')).at(-1), { timeout: 5000 }).toBe('unsynced');
  expect((await trail.verify()).damage).toBeNull();
  discipline.stop();
  await trail.close();
});
