import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../db/test-kit.ts';

const CLOSER = fileURLToPath(new URL('./hung-closer.ts', import.meta.url));

/** Three seconds for the rows and ten for the record, and the rest for a busy machine (ms). */
const BOUND = 60_000;

test('a station whose record hangs inside the system ends all the same, and says what is lost', {
  timeout: 2 * BOUND,
}, async () => {
  using work = temporaryFolder();
  const fifo = join(work.path, 'fifo');
  execFileSync('mkfifo', [fifo]);
  const began = performance.now();
  const child = spawn(process.execPath, [CLOSER, work.path, fifo], {
    stdio: ['ignore', 'ignore', 'pipe'],
    timeout: BOUND,
    killSignal: 'SIGTERM',
  });
  let said = '';
  child.stderr.on('data', (text: Buffer) => void (said += text.toString()));
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  expect(said).toContain('the station ended, and not all of it is recorded');
  expect(said).toContain('The record did not answer for 10 s while it was closed');
  expect(said).toContain('1 row (station.stop)');
  // Killed by itself: no thread in that state lets a process exit.
  expect([code, signal]).toEqual([null, 'SIGKILL']);
  expect(performance.now() - began).toBeLessThan(BOUND);
});
