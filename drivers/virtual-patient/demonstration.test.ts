import { fork, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import type { FromDemonstration, ToDemonstration } from './messages.ts';

const ENTRY = fileURLToPath(new URL('demonstration.ts', import.meta.url));
const running: (() => Promise<unknown>)[] = [];

/** Ended politely: a killed demonstration leaves its folder behind. */
afterEach(() => Promise.all(running.splice(0).map((end) => end())));

function start(...args: string[]) {
  const child = fork(ENTRY, args, { execArgv: [], silent: true });
  const next = () => new Promise<FromDemonstration>((resolve) => child.once('message', resolve));
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  running.push(() => {
    child.kill('SIGTERM');
    return ended;
  });
  const send = (message: ToDemonstration) => child.send(message);
  return { child, next, ended, send };
}

async function ready(chairs: string) {
  const demonstration = start(chairs);
  const message = await demonstration.next();
  if (message.kind !== 'ready') throw new Error(`first message was ${message.kind}`);
  return { ...demonstration, chairs: message.chairs };
}

describe('the demonstration process', () => {
  test('names two ports per chair and tells the truth of each pump', async () => {
    const { chairs, send, next } = await ready('2');
    expect(new Set(chairs.flatMap(({ pump, monitor }) => [pump, monitor])).size).toBe(4);
    send({ kind: 'truth', chair: 1, request: 7 });
    expect(await next()).toEqual({
      kind: 'truth',
      request: 7,
      at: expect.any(Number),
      deliveredMicrolitres: 0,
      rateMicrolitresPerHour: 0,
      delivering: false,
      signs: expect.objectContaining({ perfusion: 'good' }),
    });
  });

  test('survives a chair that is not there and every scenario', async () => {
    const { send, next } = await ready('1');
    send({ kind: 'scenario', chair: 5, scenario: 'apnoea' });
    for (const scenario of [
      'pump-unplug',
      'pump-unplug',
      'monitor-unplug',
      'garbage',
      'pump-stall',
      'recover',
    ] as const) {
      send({ kind: 'scenario', chair: 0, scenario });
    }
    send({ kind: 'truth', chair: 0, request: 1 });
    expect(await next()).toMatchObject({ kind: 'truth', request: 1 });
  });

  test('ends with its parent and takes its ports along', async () => {
    const { child, chairs, ended } = await ready('1');
    const folder = dirname(chairs[0]?.pump.replace('serial:', '') ?? '');
    child.disconnect();
    expect(await ended).toBe(0);
    expect(folder.startsWith('/') && existsSync(folder)).toBe(false);
  });

  test.each(['0', '17', 'two'])('refuses %s chairs with one line', async (count) => {
    expect(await start(count).ended).toBe(2);
  });

  test('says how to run a simulator when started by hand', () => {
    const done = spawnSync(process.execPath, [ENTRY, '1'], { encoding: 'utf8' });
    expect(done.status).toBe(2);
    expect(done.stderr.trim().split('\n')).toHaveLength(1);
    expect(done.stderr).toContain('npm run simulate');
  });
});
