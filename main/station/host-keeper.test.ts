import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ChairDevices } from '../devices/messages.ts';
import { HostKeeper } from './host-keeper.ts';
import { FakeHost } from './test-kit.ts';

const port = { driver: 'x', port: 'serial:x', baudRate: null, address: 0, format: null };
const devices: ChairDevices = { chairId: 'chair-1', pump: port, syringe: 's', monitor: port };

function setUp(running: { now: boolean }) {
  const hosts: FakeHost[] = [];
  const exits: string[] = [];
  const keeper = new HostKeeper({
    devices,
    spawn: () => {
      const host = new FakeHost();
      hosts.push(host);
      return host;
    },
    stopFirst: () => (running.now ? 'device process restarted' : null),
    onMessage: () => undefined,
    onExit: (reason) => exits.push(reason),
  });
  return { keeper, hosts, exits };
}

describe('device host keeper', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test('a new host opens, and stops first when something was running', () => {
    const running = { now: false };
    const { hosts, exits } = setUp(running);
    expect(hosts[0]?.kinds()).toEqual(['open']);
    running.now = true;
    hosts[0]?.die('SIGKILL');
    vi.advanceTimersByTime(250);
    expect(exits).toEqual(['SIGKILL']);
    expect(hosts[1]?.kinds()).toEqual(['open', 'stop']);
  });

  test('a host that hangs is ended, so that another takes its place', () => {
    const { hosts } = setUp({ now: true });
    vi.advanceTimersByTime(3900);
    hosts[0]?.say({ kind: 'alive' });
    vi.advanceTimersByTime(3900);
    expect(hosts[0]?.killed).toBe(false);
    vi.advanceTimersByTime(200);
    expect(hosts[0]?.killed).toBe(true);
  });

  test('a process that cannot be started is tried again and ends nothing else', () => {
    const exits: string[] = [];
    let tries = 0;
    const spawn = (): never => {
      tries += 1;
      throw new Error('no more processes');
    };
    const keeper = new HostKeeper({
      devices,
      spawn,
      stopFirst: () => null,
      onMessage: () => undefined,
      onExit: (reason) => exits.push(reason),
    });
    vi.advanceTimersByTime(250);
    expect(tries).toBe(2);
    expect(exits).toEqual(['no more processes', 'no more processes']);
    void keeper.close(0);
  });

  test('a host that keeps dying is started ever more slowly, up to 5 s', () => {
    const { hosts } = setUp({ now: false });
    for (let count = 0; count < 8; count += 1) {
      hosts.at(-1)?.die('crash');
      vi.advanceTimersByTime(5000);
    }
    expect(hosts).toHaveLength(9);
    hosts.at(-1)?.die('crash');
    vi.advanceTimersByTime(4999);
    expect(hosts).toHaveLength(9);
  });

  test('a host that lived is replaced quickly again', () => {
    const { hosts } = setUp({ now: false });
    for (let count = 0; count < 5; count += 1) {
      hosts.at(-1)?.die('crash');
      vi.advanceTimersByTime(5000);
    }
    vi.advanceTimersByTime(10_000);
    hosts.at(-1)?.die('crash');
    vi.advanceTimersByTime(250);
    expect(hosts).toHaveLength(7);
  });

  test('closing asks the host to leave, kills it when it does not, and starts no other', async () => {
    const { keeper, hosts, exits } = setUp({ now: false });
    for (const host of hosts) host.stubborn = true;
    const closed = keeper.close(1000);
    expect(hosts[0]?.kinds()).toEqual(['open', 'close']);
    await vi.advanceTimersByTimeAsync(1000);
    await closed;
    expect(hosts[0]?.killed).toBe(true);
    hosts[0]?.die('killed');
    vi.advanceTimersByTime(10_000);
    expect(hosts).toHaveLength(1);
    expect(exits).toEqual([]);
  });
});
