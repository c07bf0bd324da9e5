import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { AppError } from '../../drivers/kit/app-error.ts';
import { monotonicClock } from '../../drivers/kit/clock.ts';
import type { Duplex } from '../../drivers/kit/transport.ts';
import { memoryLine } from '../../drivers/kit/transports/memory.ts';
import { createNewEraSimulator } from '../../drivers/new-era/simulator.ts';
import { createNoninSimulator } from '../../drivers/nonin/simulator.ts';
import { MONITOR_DRIVERS, PUMP_DRIVERS } from '../../drivers/registry.ts';
import { mayDeliver } from '../../core/pump.ts';
import { microlitre, microlitrePerHour, millisecond } from '../../core/units.ts';
import { DeviceHost } from './device-host.ts';
import type { ChairDevices, FromDeviceHost, ToDeviceHost } from './messages.ts';

const port = { baudRate: null, address: 0, format: null };
const devices: ChairDevices = {
  chairId: 'chair-1',
  pump: { ...port, driver: 'new-era', port: 'pump' },
  syringe: 'BD 60 mL',
  monitor: { ...port, driver: 'nonin', port: 'monitor' },
};

/** A host with simulated devices on lines in memory, on a clock that the test moves. */
class Bench {
  readonly sent: FromDeviceHost[] = [];
  readonly toPump: { readonly at: number; readonly text: string }[] = [];
  readonly pump = createNewEraSimulator();
  readonly monitor = createNoninSimulator();
  finished = 0;
  openable = true;
  tell: (message: ToDeviceHost) => void = () => {};
  loseMain: () => void = () => {};
  readonly host = new DeviceHost({
    channel: {
      send: (message) => void this.sent.push(message),
      onMessage: (listener) => {
        this.tell = listener;
      },
      onClosed: (listener) => {
        this.loseMain = listener;
      },
    },
    clock: monotonicClock,
    openLine: (name) => async () => {
      if (!this.openable) throw new AppError('LINE_OPEN_FAILED', `no ${name}`);
      const [near, far] = memoryLine();
      if (name === 'pump') this.pump.attach(far);
      else this.monitor.attach(far);
      return name === 'pump' ? this.#overheard(near) : near;
    },
    pumps: PUMP_DRIVERS,
    monitors: MONITOR_DRIVERS,
    finished: () => void (this.finished += 1),
  });

  /** Writes down what leaves for the pump and when. */
  #overheard(line: Duplex): Duplex {
    return {
      write: (bytes) => {
        this.toPump.push({ at: monotonicClock.now(), text: new TextDecoder('latin1').decode(bytes) });
        return line.write(bytes);
      },
      onData: (listener) => line.onData(listener),
      onClosed: (listener) => line.onClosed(listener),
      close: () => line.close(),
    };
  }

  async infusing(): Promise<void> {
    this.tell({ kind: 'open', devices });
    await pass(2_000);
    this.permit();
    this.tell({ kind: 'program', id: 1, epoch: 1, rate: microlitrePerHour(20_000), volume: microlitre(10_000) });
    await pass(300);
    this.tell({ kind: 'start', id: 2, epoch: 1 });
    await pass(600);
    expect(this.pump.truth().delivering).toBe(true);
  }

  permit(): void {
    const ceilings = { ceilingRate: microlitrePerHour(20_000), ceilingCounter: microlitre(10_000) };
    this.tell({ kind: 'permit', epoch: 1, ...ceilings, lifetime: millisecond(10_000) });
  }

  stopsSince(at: number): number[] {
    return this.toPump.filter((packet) => packet.at >= at && /\dSTP/.test(packet.text)).map((packet) => packet.at - at);
  }
}

const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);
let bench: Bench;

describe('a device host', () => {
  beforeEach(() => {
    vi.useFakeTimers({
      toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'hrtime', 'performance'],
    });
    bench = new Bench();
  });
  afterEach(async () => {
    bench.pump.dispose();
    bench.monitor.dispose();
    vi.useRealTimers();
  });

  test('sends a stop within 50 ms, whatever waits (R-2.3)', async () => {
    await bench.infusing();
    const at = monotonicClock.now();
    bench.tell({ kind: 'program', id: 3, epoch: 1, rate: microlitrePerHour(10_000), volume: microlitre(1_000) });
    bench.tell({ kind: 'stop', reason: 'operator', at: null });
    await pass(50);
    expect(bench.stopsSince(at).length).toBeGreaterThan(0);
    expect(bench.pump.truth().delivering).toBe(false);
  });

  test('sends the next stop at once, however shortly after a stop that was read back (R-2.6)', async () => {
    await bench.infusing();
    bench.tell({ kind: 'stop', reason: 'operator', at: null });
    await pass(450);
    expect(bench.sent.findLast(({ kind }) => kind === 'pump')).toMatchObject({ reading: { state: 'stopped' } });
    bench.pump.fault({ kind: 'panel', action: 'start' });
    const at = monotonicClock.now();
    bench.tell({ kind: 'stop', reason: 'operator', at: null });
    await pass(20);
    expect(bench.stopsSince(at)).not.toEqual([]);
    expect(bench.pump.truth().delivering).toBe(false);
  });

  test('says of each reading which stop had gone out before it was asked; an answer on its way proves none (R-2.5)', async () => {
    bench.tell({ kind: 'open', devices });
    await pass(2_000);
    bench.pump.fault({ kind: 'delay', milliseconds: 40 });
    bench.sent.length = 0;
    const asked = () => bench.toPump.length;
    const before = asked();
    while (asked() === before) await pass(1);
    // Decided while the question is out; on its way from main until after the answer has come.
    const at = monotonicClock.now();
    await pass(60);
    bench.tell({ kind: 'stop', reason: 'operator', at });
    await pass(1_500);
    const read = bench.sent.filter((message) => message.kind === 'pump');
    expect(read[0]).toMatchObject({ reading: { state: 'stopped' }, afterStop: null });
    expect(read[0]?.reading.at).toBeGreaterThan(at);
    expect(read.slice(1).map(({ afterStop }) => afterStop)).toEqual(read.slice(1).map(() => at));
    expect(read.length).toBeGreaterThan(2);
    // One for whatever was decided before answers to no decision of its own.
    bench.tell({ kind: 'stop', reason: 'the process was started again', at: null });
    await pass(1_500);
    expect(bench.sent.findLast(({ kind }) => kind === 'pump')).toMatchObject({ afterStop: at });
  });

  test('a reading that leaves a stop open names none, whatever was asked before it (R-2.5)', async () => {
    await bench.infusing();
    bench.pump.fault({ kind: 'refuse', on: true });
    bench.tell({ kind: 'stop', reason: 'operator', at: monotonicClock.now() });
    bench.sent.length = 0;
    await pass(900);
    const read = bench.sent.filter((message) => message.kind === 'pump');
    expect(read.length).toBeGreaterThan(0);
    for (const { reading, afterStop } of read) expect([reading.state, afterStop]).toEqual(['infusing', null]);
  });

  test('repeats an unanswered stop at least once a second (R-2.5)', async () => {
    await bench.infusing();
    bench.pump.fault({ kind: 'silence', on: true });
    const at = monotonicClock.now();
    bench.tell({ kind: 'stop', reason: 'operator', at: null });
    await pass(10_000);
    const sent = [...bench.stopsSince(at), 10_000];
    const gaps = sent.map((time, index) => time - (sent[index - 1] ?? 0));
    expect(Math.max(...gaps)).toBeLessThanOrEqual(1_100);
  });

  test.each([150, 250, 350])(
    'a stop is read back although every reply takes %d ms and main repeats it (R-2.2)',
    async (delay) => {
      await bench.infusing();
      bench.pump.fault({ kind: 'delay', milliseconds: delay });
      await pass(1_000);
      const at = monotonicClock.now();
      const readBack = () =>
        bench.sent.some(
          (message) => message.kind === 'pump' && (message.afterStop ?? -1) >= at && !mayDeliver(message.reading.state),
        );
      // As the engine does until it has seen a reading.
      while (!readBack() && monotonicClock.now() < at + 10_000) {
        bench.tell({ kind: 'stop', reason: 'operator', at: monotonicClock.now() });
        await pass(500);
      }
      expect(monotonicClock.now() - at).toBeLessThanOrEqual(3_000);
      bench.sent.length = 0;
      await pass(3_000);
      expect(bench.stopsSince(at + 5_000)).toEqual([]);
    },
  );

  test('a pump that refuses every stop is left alone, so that its own watchdog halts it (R-3.2)', async () => {
    await bench.infusing();
    bench.pump.fault({ kind: 'refuse', on: true });
    const at = monotonicClock.now();
    bench.tell({ kind: 'stop', reason: 'operator', at: null });
    await pass(3_000);
    expect(bench.pump.truth().delivering).toBe(true);
    // Tried again and again for a second, and then in time for the watchdog of 4 s.
    const tried = bench.stopsSince(at);
    expect(tried.filter((time) => time <= 1_000).length).toBeGreaterThanOrEqual(12);
    expect(Math.max(...tried)).toBeLessThanOrEqual(1_500);
    await pass(3_000);
    expect(bench.pump.truth().delivering).toBe(false);
    await pass(9_000);
    const said = bench.sent.flatMap((message) => (message.kind === 'link' ? [message.detail] : []));
    expect(said.join(' ')).toContain('does not obey a stop');
    // It is spoken to again afterwards.
    bench.pump.fault({ kind: 'none' });
    await pass(8_000);
    expect(bench.sent.findLast((message) => message.kind === 'link' && message.device === 'pump')).toMatchObject({
      state: 'up',
    });
  });

  test('makes one stop of 100 at once (R-2.7)', async () => {
    await bench.infusing();
    const at = monotonicClock.now();
    for (let repeat = 0; repeat < 100; repeat += 1) bench.tell({ kind: 'stop', reason: 'operator', at: null });
    await pass(1_000);
    expect(bench.pump.truth().delivering).toBe(false);
    expect(bench.stopsSince(at).length).toBeLessThan(10);
  });

  test('stops the pump when main is gone, reads it back, then finishes', async () => {
    await bench.infusing();
    bench.loseMain();
    await pass(50);
    expect(bench.pump.truth().delivering).toBe(false);
    await pass(2_000);
    expect(bench.finished).toBe(1);
    expect(bench.sent.at(-1)).toEqual({ kind: 'closed' });
  });

  test('keeps at a pump that does not answer before it gives up', async () => {
    await bench.infusing();
    bench.pump.fault({ kind: 'silence', on: true });
    bench.loseMain();
    await pass(20_000);
    expect(bench.finished).toBe(0);
    await pass(15_000);
    expect(bench.finished).toBe(1);
  });

  test('finishes at once when main is gone and no port ever opened', async () => {
    bench.openable = false;
    bench.tell({ kind: 'open', devices });
    await pass(1_000);
    bench.loseMain();
    await pass(200);
    expect(bench.finished).toBe(1);
  });

  test('takes no command once it is ending', async () => {
    await bench.infusing();
    bench.pump.fault({ kind: 'silence', on: true });
    bench.loseMain();
    bench.permit();
    bench.tell({ kind: 'start', id: 9, epoch: 1 });
    await pass(0);
    expect(bench.sent).toContainEqual(
      expect.objectContaining({ kind: 'outcome', id: 9, outcome: { kind: 'refused', code: 'guard-no-reading' } }),
    );
  });

  test('says which driver does not exist', async () => {
    bench.tell({ kind: 'open', devices: { ...devices, pump: { ...devices.pump, driver: 'abacus' } } });
    expect(bench.sent).toContainEqual(
      expect.objectContaining({ kind: 'link', device: 'pump', state: 'down', detail: expect.stringMatching(/abacus/) }),
    );
  });

  test('opens only once', async () => {
    bench.tell({ kind: 'open', devices });
    expect(() => bench.tell({ kind: 'open', devices })).toThrow(/once/);
  });
});
