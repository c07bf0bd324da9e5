import { afterAll, describe, expect, test, vi } from 'vitest';
import { mayDeliver, type Outcome, type PumpReading } from '../../core/pump.ts';
import { floorTo, type Microlitre, microlitre } from '../../core/units.ts';
import { DELIVERIES, type Delivery, noise, pause, wire } from './conformance-bench.ts';
import type { PumpDriver, PumpDriverModule, PumpProgram } from './driver.ts';
import type { PumpSimulator } from './simulator.ts';

export interface PumpUnderTest {
  readonly module: PumpDriverModule;
  /** A pump that was just switched on, at address 0. */
  readonly makeSimulator: () => PumpSimulator;
}

const SLOW = { timeout: 15_000, interval: 50 };

/** The fastest syringe, and a volume that takes it half a second. */
function programFor(module: PumpDriverModule): PumpProgram {
  const [fastest] = Object.entries(module.manifest.syringes).toSorted(
    ([, a], [, b]) => b.capability.maxRate - a.capability.maxRate,
  );
  if (!fastest) throw new Error('The manifest names no syringe.');
  const [syringe, { capability }] = fastest;
  const rate = floorTo(capability.maxRate, capability.rateStep);
  const volume = floorTo(microlitre(Math.floor(rate / 7_200)), capability.volumeStep);
  return { syringe, rate, volume: Math.max(volume, capability.volumeStep) as Microlitre };
}

/** Every promise of `PumpDriver`, checked on a simulated pump whose own truth judges. */
export function describePumpConformance(name: string, { module, makeSimulator }: PumpUnderTest): void {
  const shutdown: (() => void)[] = [];
  // The tests spend their time waiting for a device in real time, so they wait together.
  afterAll(() => {
    for (const dispose of shutdown.splice(0)) dispose();
  });

  function connect(delivery: Delivery) {
    const pump = makeSimulator();
    shutdown.push(() => pump.dispose());
    const wiring = wire(pump, delivery);
    const driver = module.create(wiring.context, { address: 0, mayRaise: () => true });
    return { pump, driver, ...wiring };
  }

  async function ready(delivery: Delivery) {
    const bench = connect(delivery);
    await bench.driver.identify();
    return bench;
  }

  const short = programFor(module);
  const long: PumpProgram = { ...short, volume: (short.volume * 100) as Microlitre };

  async function reading(driver: PumpDriver): Promise<PumpReading> {
    return vi.waitFor(async () => {
      const seen = await driver.status();
      if (!seen) throw new Error('The pump gave no reading.');
      return seen;
    }, SLOW);
  }

  async function infuse(driver: PumpDriver): Promise<void> {
    expect(await driver.configure(long)).toEqual<Outcome>({ kind: 'confirmed' });
    expect(await driver.start()).toEqual<Outcome>({ kind: 'confirmed' });
  }

  describe.concurrent.each(DELIVERIES)(`${name} keeps the pump contract, %s`, (delivery) => {
    test('identifies itself without moving the motor', async () => {
      const { pump, driver } = connect(delivery);
      const identity = await driver.identify();
      expect(identity.model).not.toBe('');
      expect(pump.truth()).toMatchObject({ delivering: false, deliveredMicrolitres: 0 });
    });

    test('confirms a program only with the rate in the pump, and starts nothing by it', async () => {
      const { pump, driver } = await ready(delivery);
      expect(await driver.configure(long)).toEqual({ kind: 'confirmed' });
      const seen = await reading(driver);
      expect(seen.rate).toBe(long.rate);
      expect(mayDeliver(seen.state)).toBe(false);
      expect(pump.truth().delivering).toBe(false);
    });

    test('starts, counts volume up, and stops', async () => {
      const { pump, driver } = await ready(delivery);
      await infuse(driver);
      expect(pump.truth()).toMatchObject({ delivering: true, rateMicrolitresPerHour: long.rate });
      const first = await reading(driver);
      expect(first.state).toBe('infusing');
      await vi.waitFor(async () => expect((await reading(driver)).counter).toBeGreaterThan(first.counter), SLOW);
      expect(await driver.stop()).toEqual({ kind: 'confirmed' });
      expect(pump.truth().delivering).toBe(false);
      expect(mayDeliver((await reading(driver)).state)).toBe(false);
    });

    test('stops by itself at the volume limit', async () => {
      const { pump, driver } = await ready(delivery);
      expect(await driver.configure(short)).toEqual({ kind: 'confirmed' });
      expect(await driver.start()).toEqual({ kind: 'confirmed' });
      await vi.waitFor(async () => expect(mayDeliver((await reading(driver)).state)).toBe(false), SLOW);
      expect(pump.truth().deliveredMicrolitres).toBeCloseTo(short.volume, 0);
    });

    test('stays stopped under 100 stops, at once and one after another', async () => {
      const { pump, driver } = await ready(delivery);
      await infuse(driver);
      const together = await Promise.all(Array.from({ length: 100 }, () => driver.stop()));
      expect(together.every((outcome) => outcome.kind !== 'refused')).toBe(true);
      for (let repeat = 0; repeat < 100; repeat += 1) expect((await driver.stop()).kind).toBe('confirmed');
      expect(pump.truth().delivering).toBe(false);
    });

    test('lets a stop overtake what waits, and drops it', async () => {
      const { pump, driver } = await ready(delivery);
      expect(await driver.configure(long)).toEqual({ kind: 'confirmed' });
      const polls = Array.from({ length: 20 }, () => driver.status());
      const start = driver.start();
      expect(await driver.stop()).toEqual({ kind: 'confirmed' });
      expect((await start).kind).not.toBe('confirmed');
      await Promise.all(polls);
      expect(pump.truth()).toMatchObject({ delivering: false, deliveredMicrolitres: 0 });
    });

    test('confirms nothing that the pump refuses', async () => {
      const { pump, driver } = await ready(delivery);
      pump.fault({ kind: 'refuse', on: true });
      expect((await driver.configure(long)).kind).not.toBe('confirmed');
      expect((await driver.start()).kind).not.toBe('confirmed');
      expect(pump.truth().delivering).toBe(false);
    });

    test('says unknown or nothing of a silent pump, and never rejects', async () => {
      const { pump, driver } = await ready(delivery);
      pump.fault({ kind: 'silence', on: true });
      expect(await driver.status()).toBeNull();
      expect((await driver.configure(long)).kind).toBe('unknown');
      expect((await driver.start()).kind).toBe('unknown');
      expect((await driver.stop()).kind).toBe('unknown');
    });

    test('refuses to identify a silent line', async () => {
      const { pump, driver } = connect(delivery);
      pump.fault({ kind: 'silence', on: true });
      await expect(driver.identify()).rejects.toMatchObject({ code: expect.stringMatching(/^(LINE_|DEVICE_)/) });
    });

    test('settles everything when the cable is pulled', async () => {
      const { driver, unplug } = await ready(delivery);
      const waiting = [driver.start(), driver.stop()];
      const polls = [driver.status(), driver.status()];
      await unplug();
      for (const outcome of await Promise.all(waiting)) expect(outcome.kind).not.toBe('refused');
      await Promise.all(polls);
      expect((await driver.start()).kind).not.toBe('confirmed');
      expect(await driver.status()).toBeNull();
    });

    test('never confirms a program that is not in the pump while replies get lost', async () => {
      const { pump, driver } = await ready(delivery);
      pump.fault({ kind: 'drop', every: 3 });
      const lies: string[] = [];
      for (const share of [2, 3, 4]) {
        const rate = floorTo((long.rate / share) as typeof long.rate, 1_000 as typeof long.rate);
        const outcome = await driver.configure({ ...long, rate });
        const held = (await reading(driver)).rate;
        if (outcome.kind === 'confirmed' && held !== rate) lies.push(`confirmed ${rate}, but the pump holds ${held}`);
      }
      expect(lies).toEqual([]);
    });

    test('survives garbage, counts it, and reads the pump again', async () => {
      const { driver, discarded, inject } = await ready(delivery);
      await inject(noise(4_096));
      await pause(50);
      expect(discarded.length).toBeGreaterThan(0);
      await reading(driver);
    });

    test('reads a pump that lost power as not delivering', async () => {
      const { pump, driver } = await ready(delivery);
      await infuse(driver);
      pump.fault({ kind: 'power-cycle' });
      const seen = await reading(driver);
      expect(mayDeliver(seen.state)).toBe(false);
      expect(pump.truth().delivering).toBe(false);
    });

    test('lets go of a quiet pump', async () => {
      const { pump, driver } = await ready(delivery);
      await driver.release();
      expect(pump.truth().delivering).toBe(false);
    });
  });
}
