import { existsSync, mkdtempSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { VitalSample } from '../../core/vitals.ts';
import { microlitre, microlitrePerHour } from '../../core/units.ts';
import { monotonicClock } from '../kit/clock.ts';
import type { LineSettings } from '../kit/transport.ts';
import { openLine } from '../kit/transports/open-line.ts';
import { newEra } from '../new-era/driver.ts';
import { nonin } from '../nonin/driver.ts';
import { ChairBench } from './chair-bench.ts';
import { exchange } from './simulated-port.ts';

const SLOW = { timeout: 15_000, interval: 50 };
const shutdown: (() => unknown)[] = [];

afterEach(async () => {
  for (const end of shutdown.splice(0).toReversed()) await end();
});

async function bench(address = 0) {
  const folder = mkdtempSync(join(tmpdir(), 'chair-bench-'));
  shutdown.push(() => rmSync(folder, { recursive: true, force: true }));
  const chair = await ChairBench.open({ folder, name: 'chair-1', address });
  shutdown.push(() => chair.dispose());
  return chair;
}

async function context(port: string, settings: LineSettings) {
  const line = await openLine(port, settings)();
  shutdown.push(() => line.close());
  const closed = new Promise<string>((resolve) => line.onClosed(resolve));
  return { closed, context: { line, clock: monotonicClock, events: { discarded: () => {}, wrongDevice: () => {} } } };
}

async function oximeter(port: string) {
  const { closed, context: driverContext } = await context(port, nonin.manifest.line);
  const samples: VitalSample[] = [];
  const sink = { samples: (batch: readonly VitalSample[]) => void samples.push(...batch), wave() {}, deviceAlarm() {} };
  const driver = nonin.create(driverContext, sink, { format: null });
  await driver.open();
  const value = (parameter: VitalSample['parameter']) =>
    samples.findLast((sample) => sample.parameter === parameter)?.value ?? null;
  return { closed, value };
}

describe('a simulated chair', () => {
  test('shows the patient on the oximeter and follows an episode and its end', async () => {
    const chair = await bench();
    const { value } = await oximeter(chair.ports.monitor);
    await vi.waitFor(() => expect(value('spo2')).toBe(98), SLOW);
    await chair.play('desaturate');
    await vi.waitFor(() => expect(value('spo2')).toBeLessThan(95), SLOW);
    await chair.play('recover');
    await vi.waitFor(() => expect(value('spo2')).toBe(98), SLOW);
  });

  test('shows fixed signs until they are given back', async () => {
    const chair = await bench();
    const { value } = await oximeter(chair.ports.monitor);
    chair.show({ spo2: 77, pulse: 140, perfusion: 'good' });
    await vi.waitFor(() => expect([value('spo2'), value('pulse')]).toEqual([77, 140]), SLOW);
    chair.show(null);
    await vi.waitFor(() => expect(value('spo2')).toBe(98), SLOW);
  });

  test('a pulled cable closes the line, and the same name works again afterwards', async () => {
    const chair = await bench();
    const before = chair.ports;
    const first = await oximeter(before.monitor);
    await vi.waitFor(() => expect(first.value('spo2')).toBe(98), SLOW);
    await chair.play('monitor-unplug');
    await first.closed;
    await expect(openLine(before.monitor, nonin.manifest.line)()).rejects.toMatchObject({ code: 'LINE_OPEN_FAILED' });
    await chair.play('recover');
    expect(chair.ports).toEqual(before);
    const { value } = await oximeter(before.monitor);
    await vi.waitFor(() => expect(value('spo2')).toBe(98), SLOW);
  });

  test('drug that the pump really delivered moves the signs', async () => {
    const chair = await bench();
    const { value } = await oximeter(chair.ports.monitor);
    await vi.waitFor(() => expect(value('pulse')).toBeLessThanOrEqual(71), SLOW);
    const { context: pumpContext } = await context(chair.ports.pump, newEra.manifest.line);
    const pump = newEra.create(pumpContext, { address: 0, mayRaise: () => true });
    await pump.identify();
    // Far beyond any order: 900 mL/h of 2 mg/mL, so that the effect shows within seconds.
    const program = { syringe: 'BD 60 mL', rate: microlitrePerHour(900_000), volume: microlitre(50_000) };
    expect(await pump.configure(program)).toEqual({ kind: 'confirmed' });
    expect(await pump.start()).toEqual({ kind: 'confirmed' });
    const poll = setInterval(() => void pump.status(), 500);
    shutdown.push(() => clearInterval(poll));
    await vi.waitFor(() => expect(chair.truth().deliveredMicrolitres).toBeGreaterThan(500), SLOW);
    await vi.waitFor(() => expect(value('pulse')).toBeGreaterThan(73), SLOW);
    await pump.stop();
    expect(chair.truth().delivering).toBe(false);
  });

  test('a cable in another port is not found at the usual one until it is put back', async () => {
    const chair = await bench();
    const before = chair.ports;
    await chair.move('pump', 'elsewhere');
    expect(chair.ports).toEqual(before);
    await expect(openLine(before.pump, newEra.manifest.line)()).rejects.toMatchObject({ code: 'LINE_OPEN_FAILED' });
    await chair.move('pump', 'out');
    await chair.move('pump', 'in');
    const { context: pumpContext } = await context(before.pump, newEra.manifest.line);
    expect(await newEra.create(pumpContext, { address: 0, mayRaise: () => true }).identify()).toMatchObject({
      model: 'NE1000',
    });
  });

  test('exchanged cables lead to the other pump, which a network address tells apart (R-4.15)', async () => {
    const [one, other] = [await bench(1), await bench(2)];
    await exchange(one.cable('pump'), other.cable('pump'));
    const { context: pumpContext } = await context(one.ports.pump, newEra.manifest.line);
    await expect(newEra.create(pumpContext, { address: 1, mayRaise: () => true }).identify()).rejects.toMatchObject({
      code: 'LINE_NO_REPLY',
    });
    expect(await newEra.create(pumpContext, { address: 2, mayRaise: () => true }).identify()).toMatchObject({
      model: 'NE1000',
    });
  });

  test('leaves no port behind', async () => {
    const chair = await bench();
    const { pump } = chair.ports;
    if (pump.startsWith('serial:')) expect(existsSync(readlinkSync(pump.slice('serial:'.length)))).toBe(true);
    await chair.dispose();
    await expect(openLine(pump, newEra.manifest.line)()).rejects.toMatchObject({ code: 'LINE_OPEN_FAILED' });
  });
});
