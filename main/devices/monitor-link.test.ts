import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { monotonicClock } from '../../drivers/kit/clock.ts';
import { memoryLine } from '../../drivers/kit/transports/memory.ts';
import { nonin } from '../../drivers/nonin/driver.ts';
import { createNoninSimulator } from '../../drivers/nonin/simulator.ts';
import type { FromDeviceHost } from './messages.ts';
import { MonitorLink } from './monitor-link.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'hrtime', 'performance'] });
});
afterEach(() => void vi.useRealTimers());

test('a monitor that falls silent on an open line is reported within 2 s (R-3.3)', async () => {
  const sent: FromDeviceHost[] = [];
  const monitor = createNoninSimulator();
  const link = new MonitorLink({
    module: nonin,
    format: null,
    open: async () => {
      const [near, far] = memoryLine();
      monitor.attach(far);
      return near;
    },
    clock: monotonicClock,
    send: (message) => void sent.push(message),
  });
  const ticker = setInterval(() => link.tick(), 100);
  link.start();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(sent.findLast(({ kind }) => kind === 'link')).toMatchObject({ state: 'up' });
  monitor.fault({ kind: 'silence', on: true });
  await vi.advanceTimersByTimeAsync(2_000);
  expect(sent.findLast(({ kind }) => kind === 'link')).toMatchObject({ device: 'monitor', state: 'down' });
  clearInterval(ticker);
  monitor.dispose();
});
