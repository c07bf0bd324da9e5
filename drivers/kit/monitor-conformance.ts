import { afterAll, describe, expect, test, vi } from 'vitest';
import { isPossible, type Parameter, type Quality, type VitalSample } from '../../core/vitals.ts';
import { DELIVERIES, type Delivery, noise, pause, wire } from './conformance-bench.ts';
import type { MonitorDriverModule } from './driver.ts';
import type { MonitorSimulator } from './simulator.ts';

export interface MonitorUnderTest {
  readonly module: MonitorDriverModule;
  /** A monitor that was just switched on, with a finger in its sensor. */
  readonly makeSimulator: () => MonitorSimulator;
  /** The data format asked for; null: the driver's default. */
  readonly format?: string | null;
}

const SLOW = { timeout: 15_000, interval: 50 };

/** Every promise of `MonitorDriver`, checked on a simulated monitor. */
export function describeMonitorConformance(name: string, { module, makeSimulator, format }: MonitorUnderTest): void {
  const shutdown: (() => void)[] = [];
  // The tests spend their time waiting for a device in real time, so they wait together.
  afterAll(() => {
    for (const dispose of shutdown.splice(0)) dispose();
  });

  function connect(delivery: Delivery) {
    const monitor = makeSimulator();
    shutdown.push(() => monitor.dispose());
    monitor.show({ spo2: 97, pulse: 64, perfusion: 'good' });
    const wiring = wire(monitor, delivery);
    const samples: VitalSample[] = [];
    const waves: number[] = [];
    const driver = module.create(
      wiring.context,
      {
        samples: (batch) => void samples.push(...batch),
        wave: (batch) => void waves.push(...batch),
        deviceAlarm: () => {},
      },
      { format: format ?? null },
    );
    const newest = (parameter: Parameter) => samples.findLast((sample) => sample.parameter === parameter);
    const reaches = (value: number | null, quality: Quality) =>
      vi.waitFor(() => expect(newest('spo2')).toMatchObject({ value, quality }), SLOW);
    return { monitor, driver, samples, waves, newest, reaches, ...wiring };
  }

  async function ready(delivery: Delivery) {
    const bench = connect(delivery);
    await bench.driver.open();
    return bench;
  }

  /** Samples that no wire, however noisy, may lead to. */
  function dishonest(samples: readonly VitalSample[]): VitalSample[] {
    return samples.filter(({ parameter, value, quality }) =>
      value === null ? quality !== 'invalid' : quality === 'invalid' || !isPossible(parameter, value),
    );
  }

  describe.concurrent.each(DELIVERIES)(`${name} keeps the monitor contract, %s`, (delivery) => {
    test('opens and gives the signs that the monitor measures', async () => {
      const { newest, reaches, samples } = await ready(delivery);
      await reaches(97, 'good');
      await vi.waitFor(() => expect(newest('pulse')).toMatchObject({ value: 64, quality: 'good' }), SLOW);
      const times = samples.map((sample) => sample.at);
      expect(times).toEqual(times.toSorted((a, b) => a - b));
      expect(dishonest(samples)).toEqual([]);
    });

    test('follows the patient', async () => {
      const { monitor, reaches, samples } = await ready(delivery);
      await reaches(97, 'good');
      monitor.show({ spo2: 84, pulse: 118, perfusion: 'good' });
      await reaches(84, 'good');
      expect(dishonest(samples)).toEqual([]);
    });

    test('gives no number without a finger, and numbers again with one', async () => {
      const { monitor, reaches, samples } = await ready(delivery);
      await reaches(97, 'good');
      monitor.fault({ kind: 'finger-off', on: true });
      await reaches(null, 'invalid');
      monitor.fault({ kind: 'finger-off', on: false });
      await reaches(97, 'good');
      expect(dishonest(samples)).toEqual([]);
    });

    test('does not call a weak signal good', async () => {
      const { monitor, newest, reaches } = await ready(delivery);
      await reaches(97, 'good');
      monitor.show({ spo2: 97, pulse: 64, perfusion: 'low' });
      await vi.waitFor(() => expect(newest('spo2')?.quality).not.toBe('good'), SLOW);
    });

    test('gives nothing while the monitor is silent', async () => {
      const { monitor, reaches, samples } = await ready(delivery);
      await reaches(97, 'good');
      monitor.fault({ kind: 'silence', on: true });
      await pause(100);
      const before = samples.length;
      await pause(1_200);
      expect(samples.length).toBe(before);
    });

    test('does not open on a silent line', async () => {
      const { monitor, driver } = connect(delivery);
      monitor.fault({ kind: 'silence', on: true });
      const opened = driver.open().then(
        () => 'opened',
        () => 'failed',
      );
      expect(await Promise.race([opened, pause(1_500).then(() => 'waiting')])).not.toBe('opened');
      await driver.close();
    });

    test('fails to open when the cable is pulled meanwhile', async () => {
      const { monitor, driver, unplug } = connect(delivery);
      monitor.fault({ kind: 'silence', on: true });
      const failure = driver.open().catch((error: unknown) => error);
      await unplug();
      expect(await failure).toMatchObject({ code: expect.stringMatching(/^(LINE_|DEVICE_)/) });
    });

    test('survives garbage, counts it, and finds the signs again', async () => {
      const { discarded, inject, reaches, samples, monitor } = await ready(delivery);
      await inject(noise(4_096));
      await pause(50);
      expect(discarded.length).toBeGreaterThan(0);
      monitor.show({ spo2: 91, pulse: 70, perfusion: 'good' });
      await reaches(91, 'good');
      expect(dishonest(samples)).toEqual([]);
    });

    test('gives only honest samples while the wire flips bits', async () => {
      const { monitor, samples, reaches } = await ready(delivery);
      monitor.fault({ kind: 'garble', everyBytes: 7 });
      await pause(1_000);
      expect(dishonest(samples)).toEqual([]);
      monitor.fault({ kind: 'none' });
      await reaches(97, 'good');
    });

    test('gives waveform samples between 0 and 1, in the default format those of the manifest', async () => {
      const { waves } = await ready(delivery);
      const promised = module.manifest.waveform && !format ? 20 : 0;
      await vi.waitFor(() => expect(waves.length).toBeGreaterThanOrEqual(promised), SLOW);
      expect(waves.every((sample) => sample >= 0 && sample <= 1)).toBe(true);
    });

    test('is quiet after it was closed', async () => {
      const { driver, reaches, samples } = await ready(delivery);
      await reaches(97, 'good');
      await driver.close();
      const before = samples.length;
      await pause(500);
      expect(samples.length).toBe(before);
    });
  });
}
