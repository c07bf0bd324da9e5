import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { microlitre, microlitrePerHour, millisecond } from '../../core/units.ts';
import { monotonicClock } from '../../drivers/kit/clock.ts';
import type { Duplex } from '../../drivers/kit/transport.ts';
import { memoryLine } from '../../drivers/kit/transports/memory.ts';
import { newEra } from '../../drivers/new-era/driver.ts';
import { createNewEraSimulator } from '../../drivers/new-era/simulator.ts';
import type { FromDeviceHost } from './messages.ts';
import { PumpLink } from './pump-link.ts';

const rate = microlitrePerHour(20_000);
const volume = microlitre(10_000);
const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);

/** The link with the real driver and a simulated pump, on a clock that the test moves. */
class Bench {
  readonly sent: FromDeviceHost[] = [];
  /** What happened on the line, in order: each packet, and `closed`. */
  readonly line: string[] = [];
  readonly pump = createNewEraSimulator();
  readonly link = new PumpLink({
    module: newEra,
    address: 0,
    syringe: 'BD 60 mL',
    open: async () => {
      const [near, far] = memoryLine();
      this.pump.attach(far);
      return this.#overheard(near);
    },
    clock: monotonicClock,
    send: (message) => void this.sent.push(message),
  });
  readonly #ticker = setInterval(() => this.link.tick(), 100);

  #overheard(line: Duplex): Duplex {
    return {
      write: (bytes) => {
        this.line.push(new TextDecoder('latin1').decode(bytes));
        return line.write(bytes);
      },
      onData: (listener) => line.onData(listener),
      onClosed: (listener) => line.onClosed(listener),
      close: () => {
        this.line.push('closed');
        return line.close();
      },
    };
  }

  program(id: number): void {
    const ceilings = { ceilingRate: rate, ceilingCounter: volume };
    this.link.permit({ epoch: 1, ...ceilings, lifetime: millisecond(10_000) });
    this.link.command({ kind: 'program', id, epoch: 1, rate, volume });
  }

  async infusing(): Promise<void> {
    this.link.start();
    await pass(2_000);
    this.program(1);
    await pass(300);
    this.link.command({ kind: 'start', id: 2, epoch: 1 });
    await pass(600);
    expect(this.pump.truth().delivering).toBe(true);
  }

  async dispose(): Promise<void> {
    clearInterval(this.#ticker);
    this.pump.dispose();
  }
}

let bench: Bench;

describe('the link to a pump', () => {
  beforeEach(() => {
    const toFake = ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'hrtime', 'performance'] as const;
    vi.useFakeTimers({ toFake: [...toFake] });
    bench = new Bench();
  });
  afterEach(async () => {
    await bench.dispose();
    vi.useRealTimers();
  });

  test('carries out one command at a time', async () => {
    bench.link.start();
    await pass(2_000);
    bench.program(1);
    bench.program(2);
    await pass(1_000);
    const outcomes = bench.sent.filter((message) => message.kind === 'outcome');
    expect(outcomes.map(({ id, outcome }) => [id, outcome])).toEqual([
      [2, { kind: 'refused', code: 'guard-busy' }],
      [1, { kind: 'confirmed' }],
    ]);
  });

  test.each([
    ['the pump cannot have', 50],
    ['is no figure', Number.NaN],
  ])(
    'does not start what somebody left in the pump, when the rate of its program is one that %s (R-4.1)',
    async (_why, bad) => {
      bench.link.start();
      await pass(2_000);
      bench.link.permit({ epoch: 1, ceilingRate: rate, ceilingCounter: volume, lifetime: millisecond(10_000) });
      bench.link.command({ kind: 'program', id: 1, epoch: 1, rate: bad as typeof rate, volume });
      await pass(1_000);
      bench.link.command({ kind: 'start', id: 2, epoch: 1 });
      await pass(1_000);
      expect(bench.line.join(' ')).not.toContain('RUN');
    },
  );

  test('holds a RUN back that waits behind a question while its permit shrinks (R-4.1)', async () => {
    bench.link.start();
    await pass(2_000);
    bench.program(1);
    await pass(1_000);
    bench.pump.fault({ kind: 'delay', milliseconds: 300 });
    await pass(260);
    bench.link.command({ kind: 'start', id: 2, epoch: 1 });
    const shrunk = { ceilingRate: microlitrePerHour(10_000), ceilingCounter: volume };
    bench.link.permit({ epoch: 1, ...shrunk, lifetime: millisecond(10_000) });
    await pass(2_000);
    expect(bench.line.join(' ')).not.toContain('RUN');
    expect(bench.sent).toContainEqual(expect.objectContaining({ kind: 'outcome', id: 2 }));
  });

  test('reports a silent pump within 2 s (R-3.3), and stops it first of all on the line opened anew', async () => {
    await bench.infusing();
    bench.line.length = 0;
    const heard = bench.sent.length;
    bench.pump.fault({ kind: 'silence', on: true });
    await pass(2_000);
    const told = bench.sent.slice(heard);
    expect(told).toContainEqual(expect.objectContaining({ kind: 'guard', reason: 'pump-line-lost' }));
    expect(told).toContainEqual(expect.objectContaining({ kind: 'link', device: 'pump', state: 'down' }));
    await pass(1_000);
    expect(bench.line[bench.line.indexOf('closed') + 1]).toContain('STP');
  });
});
