import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process';
import { connect, createServer, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { monotonicClock } from './kit/clock.ts';
import { openLine } from './kit/transports/open-line.ts';
import { isPtyAvailable } from './kit/transports/pty.ts';
import { newEra } from './new-era/driver.ts';
import { nonin } from './nonin/driver.ts';

const ENTRY = fileURLToPath(new URL('simulate.ts', import.meta.url));
const children: ChildProcessWithoutNullStreams[] = [];

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

/** The real process, and its answers one line at a time. */
function start(...args: string[]) {
  const child = spawn(process.execPath, [ENTRY, ...args]);
  children.push(child);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<unknown> => JSON.parse((await lines.next()).value ?? 'null');
  const ask = (line: string) => {
    child.stdin.write(`${line}\n`);
    return next();
  };
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  return { child, next, ask, ended };
}

async function placeOf(running: ReturnType<typeof start>): Promise<string> {
  const place = await running.next();
  if (typeof place !== 'object' || place === null) throw new Error('no place was printed');
  if ('port' in place) return `tcp:127.0.0.1:${String(place.port)}`;
  return 'path' in place ? `serial:${String(place.path)}` : '';
}

async function firstSpo2(port: string, format: string | null): Promise<number | null> {
  const line = await openLine(port, nonin.manifest.line)();
  let spo2: number | null = null;
  const values = Promise.withResolvers<void>();
  const driver = nonin.create(
    { line, clock: monotonicClock, events: { discarded: () => {}, wrongDevice: () => {} } },
    {
      samples: ([sample]) => {
        spo2 = sample?.value ?? spo2;
        if (spo2 !== null) values.resolve();
      },
      wave: () => {},
      deviceAlarm: () => {},
    },
    { format },
  );
  await driver.open();
  await values.promise;
  await line.close();
  return spo2;
}

async function modelAt(port: string): Promise<string> {
  const line = await openLine(port, newEra.manifest.line)();
  const events = { discarded: () => {}, wrongDevice: () => {} };
  const { model } = await newEra
    .create({ line, clock: monotonicClock, events }, { address: 0, mayRaise: () => true })
    .identify();
  await line.close();
  return model;
}

const refusal = (...args: string[]) => spawnSync(process.execPath, [ENTRY, ...args], { encoding: 'utf8' });

describe('npm run simulate', () => {
  test('runs an oximeter on TCP, and takes a client again after one left', async () => {
    const running = start('nonin', '--tcp', '0', '--format', '2', '--spo2', '91');
    const port = await placeOf(running);
    expect(await firstSpo2(port, '2')).toBe(91);
    // The line is free once the simulator has seen the first client leave; a station tries again just so.
    await expect.poll(() => firstSpo2(port, '2').catch(String), { timeout: 15_000 }).toBe(91);
  });

  test('serves one client at a time', async () => {
    const port = Number((await placeOf(start('nonin', '--tcp', '0'))).split(':').at(-1));
    const [first, second] = [connect(port, '127.0.0.1'), connect(port, '127.0.0.1')];
    await new Promise((resolve) => second.once('close', resolve));
    const bytes = await new Promise<Buffer>((resolve) => first.once('data', resolve));
    expect(bytes.length).toBeGreaterThan(0);
    first.destroy();
  });

  test.skipIf(!isPtyAvailable())('runs a pump on a pseudo-terminal', async () => {
    const port = await placeOf(start('new-era', '--pty'));
    expect(port).toMatch(/^serial:\/dev\//);
    expect(await modelAt(port)).toContain('NE');
  });

  test('runs a pump on TCP and tells the truth about it', async () => {
    const running = start('new-era', '--tcp', '0', '--safe', '4');
    expect(await modelAt(await placeOf(running))).toContain('NE');
    const truth = { deliveredMicrolitres: 0, rateMicrolitresPerHour: 0, delivering: false };
    expect(await running.ask('truth')).toEqual({ truth });
  });

  test('answers every line, good or bad, and goes on', async () => {
    const running = start('nonin', '--tcp', '0');
    const port = await placeOf(running);
    expect(await running.ask('{"kind":"drop"}')).toMatchObject({ error: expect.stringContaining('every') });
    expect(await running.ask('{"kind":"explode"}')).toMatchObject({ error: expect.stringContaining('kind') });
    expect(await running.ask('{"signs":{"spo2":300,"pulse":60}}')).toMatchObject({
      error: expect.stringContaining('spo2'),
    });
    expect(await running.ask('nonsense')).toMatchObject({ error: expect.stringContaining('JSON') });
    expect(await running.ask('truth')).toMatchObject({ error: expect.stringContaining('pump') });
    expect(await running.ask('{"signs":{"spo2":84,"pulse":60}}')).toEqual({ ok: true });
    expect(await firstSpo2(port, null)).toBe(84);
    running.child.stdin.write('quit\n');
    expect(await running.ended).toBe(0);
  });

  test('takes every kind of fault that its help names', async () => {
    const running = start('new-era', '--tcp', '0');
    await running.next();
    const named = refusal('--help').stdout.match(/\{"kind":.*?\}/g) ?? [];
    expect(named.length).toBeGreaterThanOrEqual(17);
    for (const fault of named) expect(await running.ask(fault)).toEqual({ ok: true });
  });

  test('goes on when standard input ends, and ends on a signal', async () => {
    const running = start('nonin', '--tcp', '0');
    const port = await placeOf(running);
    running.child.stdin.end();
    expect(await firstSpo2(port, null)).toBe(98);
    running.child.kill('SIGTERM');
    expect(await running.ended).toBe(0);
  });

  test.each([
    [[], 'new-era or nonin'],
    [['masimo'], 'new-era or nonin'],
    [['nonin', 'new-era'], 'new-era or nonin'],
    [['nonin', '--format', '13'], '2, 7 or 8'],
    [['nonin', '--spo2', '101'], '0 to 100'],
    [['nonin', '--pulse', 'fast'], '18 to 321'],
    [['nonin', '--safe', '4'], 'new-era'],
    [['new-era', '--spo2', '90'], 'nonin'],
    [['new-era', '--tcp', '70000'], '0 to 65535'],
    [['new-era', '--pty', '--tcp', '1'], 'not both'],
    [['new-era', '--tcp', '0', '--link', 'x'], '--link'],
    [['new-era', '--colour'], '--colour'],
  ])('refuses %j in one line that names the choices', (args, expected) => {
    const done = refusal(...args);
    expect(done.status).toBe(2);
    expect(done.stderr.trim().split('\n')).toHaveLength(1);
    expect(done.stderr).toContain(expected);
  });

  test('says so when the port is taken', async () => {
    const sockets: Socket[] = [];
    const taken = createServer((socket) => void sockets.push(socket));
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const address = taken.address();
    const done = refusal('nonin', '--tcp', String(typeof address === 'object' ? address?.port : ''));
    expect([done.status, done.stderr.trim().split('\n').length]).toEqual([1, 1]);
    taken.close();
  });

  test('explains itself', () => {
    const done = refusal('--help');
    expect(done.status).toBe(0);
    expect(done.stdout).toContain('npm run simulate');
  });
});
