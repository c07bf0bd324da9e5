import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { AppError } from '../../drivers/kit/app-error.ts';
import type { Duplex } from '../../drivers/kit/transport.ts';
import { memoryLine } from '../../drivers/kit/transports/memory.ts';
import { Connection } from './connection.ts';

/** A port whose cable the test holds, and a device that proves itself as the test says. */
class Bench {
  opened = 0;
  lost = 0;
  released = 0;
  plugged = true;
  unusable = false;
  prove: () => Promise<void> = () => Promise.resolve();
  wrongDevice: (detail: string) => void = () => {};
  far: Duplex | null = null;
  driverTold: string[] = [];
  readonly reports: string[] = [];
  readonly connection = new Connection<string>({
    open: async () => {
      this.opened += 1;
      if (!this.plugged) throw new AppError('LINE_OPEN_FAILED', 'no such port');
      const [near, far] = memoryLine();
      this.far = far;
      return near;
    },
    create: (line, wrongDevice) => {
      line.onClosed((reason) => this.driverTold.push(reason));
      this.wrongDevice = wrongDevice;
      if (this.unusable) throw new AppError('CONFIG_INVALID', 'no such format');
      return 'device';
    },
    prove: () => this.prove(),
    up: () => {},
    lost: () => void (this.lost += 1),
    release: async () => void (this.released += 1),
    report: (state, detail) => this.reports.push(detail === '' ? state : `${state}: ${detail}`),
  });
}

const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);

describe('a connection', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test('comes up once the device proved itself', async () => {
    const bench = new Bench();
    const proof = Promise.withResolvers<void>();
    bench.prove = () => proof.promise;
    bench.connection.start();
    await pass(0);
    expect(bench.connection.kind).toBe('proving');
    expect(bench.reports).toEqual([]);
    proof.resolve();
    await pass(0);
    expect(bench.connection.kind).toBe('up');
    expect(bench.reports).toEqual(['up']);
  });

  test('tells driver and owner of a pulled cable, and comes back when it is in again', async () => {
    const bench = new Bench();
    bench.connection.start();
    await pass(0);
    bench.plugged = false;
    await bench.far?.close();
    expect(bench.driverTold).toEqual(['closed by the other side']);
    expect(bench.lost).toBe(1);
    await pass(600);
    bench.plugged = true;
    await pass(2_100);
    expect(bench.reports).toEqual(['up', 'down: closed by the other side', 'down: no such port', 'up']);
    expect(bench.released).toBe(1);
  });

  test('says once, not at each try, that a port does not open, and tries at least every 2 s', async () => {
    const bench = new Bench();
    bench.plugged = false;
    bench.connection.start();
    await pass(60_000);
    expect(bench.reports).toEqual(['down: no such port']);
    expect(bench.opened).toBeGreaterThanOrEqual(30);
    expect(bench.opened).toBeLessThanOrEqual(33);
  });

  test('says that another device is on the port and disturbs it only every 5 s', async () => {
    const bench = new Bench();
    bench.prove = () => Promise.reject(new AppError('DEVICE_WRONG', 'this is a scale'));
    bench.connection.start();
    await pass(4_900);
    expect(bench.reports).toEqual(['wrong-device: this is a scale']);
    expect(bench.opened).toBe(1);
    await pass(200);
    expect(bench.opened).toBe(2);
  });

  test('takes the word of a driver that finds out later', async () => {
    const bench = new Bench();
    bench.connection.start();
    await pass(0);
    bench.wrongDevice('another serial number');
    await pass(0);
    expect(bench.reports).toEqual(['up', 'wrong-device: another serial number']);
    expect(bench.connection.device).toBeNull();
  });

  test('does not wait for ever for a proof', async () => {
    const bench = new Bench();
    bench.prove = () => new Promise(() => {});
    bench.connection.start();
    await pass(8_000);
    expect(bench.reports).toEqual([expect.stringMatching(/^down: The device does not answer/)]);
    await pass(600);
    expect(bench.opened).toBe(2);
  });

  test('reports a driver that cannot be made, and gives the port back', async () => {
    const bench = new Bench();
    bench.unusable = true;
    bench.connection.start();
    await pass(0);
    expect(bench.reports).toEqual(['down: no such format']);
    await expect(bench.far?.write(Uint8Array.of(1))).rejects.toMatchObject({ code: 'LINE_CLOSED' });
    expect(bench.connection.kind).toBe('waiting');
  });

  test('tries again after its owner called the device silent', async () => {
    const bench = new Bench();
    bench.connection.start();
    await pass(0);
    bench.connection.fail('down', 'silent');
    await pass(600);
    expect(bench.reports).toEqual(['up', 'down: silent', 'up']);
  });

  test('ignores what an earlier line still says', async () => {
    const bench = new Bench();
    bench.connection.start();
    await pass(0);
    const earlier = bench.wrongDevice;
    bench.connection.fail('down', 'silent');
    await pass(600);
    earlier('late');
    await pass(0);
    expect(bench.connection.kind).toBe('up');
  });

  test('ends for good: the device is released, the port given back, nothing is tried again', async () => {
    const bench = new Bench();
    bench.connection.start();
    await pass(0);
    await bench.connection.end();
    await pass(10_000);
    expect(bench.released).toBe(1);
    expect(bench.opened).toBe(1);
    expect(bench.driverTold).toEqual(['closed by this side']);
    expect(bench.reports).toEqual(['up']);
  });

  test('ends while it waits or opens', async () => {
    const bench = new Bench();
    bench.plugged = false;
    bench.connection.start();
    await bench.connection.end();
    await pass(10_000);
    expect(bench.opened).toBe(1);
    expect(bench.connection.kind).toBe('ended');
  });
});
