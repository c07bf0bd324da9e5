import { spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { expect, test, vi } from 'vitest';
import { parentPortChannel, watchParent } from './channel.ts';

test('speaks through the port of an Electron utility process', () => {
  const posted: unknown[] = [];
  const port = Object.assign(new EventEmitter(), { postMessage: (message: unknown) => void posted.push(message) });
  const channel = parentPortChannel(port);
  const heard: unknown[] = [];
  channel.onMessage((message) => heard.push(message));
  channel.send({ kind: 'closed' });
  port.emit('message', { data: { kind: 'close' } });
  expect(posted).toEqual([{ kind: 'closed' }]);
  expect(heard).toEqual([{ kind: 'close' }]);
});

test('notices that a parent is no more, once, and that a living one is', async () => {
  const ended = spawn(process.execPath, ['-e', '0'], { stdio: 'ignore' });
  await once(ended, 'exit');
  const told = { ended: 0, living: 0 };
  watchParent(ended.pid ?? 0, () => (told.ended += 1));
  watchParent(process.ppid, () => (told.living += 1));
  await vi.waitFor(() => expect(told.ended).toBe(1), 5_000);
  await new Promise((resolve) => {
    setTimeout(resolve, 600);
  });
  expect(told).toEqual({ ended: 1, living: 0 });
});
