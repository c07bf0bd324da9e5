import { describe, expect, test } from 'vitest';
import { Chair, BINDING } from './engine/testing.ts';
import { massGiven } from './engine/dose.ts';
import { planOrder } from './plan.ts';
import type { PumpCapability } from './pump.ts';
import { findEntry, SHIPPED_LIBRARY } from './shipped-library.ts';
import {
  gram,
  MINUTE,
  massIn,
  microgram,
  microgramPerMillilitre,
  microlitre,
  microlitrePerHour,
  millisecond,
  volumeOf,
} from './units.ts';

// Arithmetic that was worked out on paper for a bedside, apart from the rows in plan.test.ts.

const PUMP: PumpCapability = {
  minRate: microlitrePerHour(10),
  maxRate: microlitrePerHour(1_500_000),
  rateStep: microlitrePerHour(10),
  volumeStep: microlitre(1),
  maxVolume: microlitre(140_000),
};
const MOOD = findEntry(SHIPPED_LIBRARY, 'KETAMINE-MOOD-CLINIC');

const mg = (milligrams: number) => microgram(Math.round(milligrams * 1000));
const mgPerMl = (milligrams: number) => microgramPerMillilitre(milligrams * 1000);

function order(kg: number, dose: number, strength: number, minutes: number) {
  return {
    entryId: 'KETAMINE-MOOD-CLINIC',
    concentration: mgPerMl(strength),
    weight: gram(Math.round(kg * 1000)),
    dose: mg(dose),
    duration: millisecond(minutes * MINUTE),
  };
}

function inMood(kg: number, dose: number, strength: number, minutes: number) {
  if (MOOD === null) throw new Error('the shipped library has no mood entry');
  return planOrder(order(kg, dose, strength, minutes), MOOD, PUMP);
}

describe('one dose in the units of different papers', () => {
  test.each([
    [0.1, 7, 0.1167, 1.667],
    [0.35, 24.5, 0.4083, 5.833],
    [0.5, 35, 0.5833, 8.333],
    [0.75, 52.5, 0.875, 12.5],
    [1.0, 70, 1.1667, 16.667],
    [1.5, 105, 1.75, 25],
  ])('%d mg/kg/h at 70 kg is %d mg/h, %d mg/min, %d mcg/kg/min', (perKgHour, perHour, perMinute, mcgPerKgMinute) => {
    const delivered = massIn(microlitre(perHour * 1000), mgPerMl(1)) / 1000;
    expect(delivered).toBeCloseTo(perKgHour * 70, 9);
    expect(delivered / 60).toBeCloseTo(perMinute, 4);
    expect((delivered * 1000) / 70 / 60).toBeCloseTo(mcgPerKgMinute, 3);
  });

  test.each([
    [25, 40, 0.625],
    [30, 40, 0.75],
    [35, 40, 0.875],
    [41.25, 40, 1.03125],
    [50, 40, 1.25],
    [60, 40, 1.5],
  ])('%d mg in %d min is %d mg/min', (dose, minutes, perMinute) => {
    expect(mg(dose) / 1000 / minutes).toBeCloseTo(perMinute, 9);
  });
});

test('35 mg over 40 min, paused from 20:00 to 25:00: 21.875 mg at 30:00, 13.125 mg left, the end at 45:00', () => {
  const plan = {
    order: { ...BINDING.plan.order, concentration: mgPerMl(1) },
    rate: microlitrePerHour(52_500),
    volume: microlitre(35_000),
    runningTime: millisecond(40 * MINUTE),
  };
  const binding = { ...BINDING, plan };
  const chair = new Chair().arm(binding);
  chair.rate = 52_500;
  chair.start();
  chair.runChain();
  chair.pass(20 * MINUTE);
  chair.send({ kind: 'pause', by: 'anna', reason: 'x' });
  chair.pumpState = 'stopped';
  chair.pass(5 * MINUTE);
  chair.send({ kind: 'resume', by: 'anna', reason: 'x', confirmedRate: 52_500 });
  chair.runChain();
  chair.pass(5 * MINUTE);
  const given = massGiven(binding, chair.state.pump.delivered) / 1000;
  // The counter of a pump shows whole steps, so that a little is still under way.
  expect(given).toBeCloseTo(21.875, 1);
  expect(35 - given).toBeCloseTo(13.125, 1);
  const left = ((35_000 - chair.state.pump.delivered) / 52_500) * 60;
  expect(30 + left).toBeCloseTo(45, 1);
});

test('0.5 mg/kg/h for 15 min and then 0.75 for 25 min give 30.625 mg at 70 kg', () => {
  const first = inMood(70, 8.75, 1, 15);
  const second = inMood(70, 21.875, 1, 25);
  const volume = [first, second].reduce((sum, made) => sum + (made.kind === 'plan' ? made.plan.volume : 0), 0);
  expect(massIn(microlitre(volume), mgPerMl(1))).toBe(mg(30.625));
});

test('a bolus of 0.35 mg/kg at 70 kg is 2.45 mL of 10 mg/mL, over 5 min 29.4 mL/h', () => {
  const volume = volumeOf(mg(24.5), mgPerMl(10));
  expect(volume).toBe(2450);
  expect((volume * 60) / 5).toBe(29_400);
});

test('0.35 mg/kg/h over 4 h at 70 kg is 98 mg in 49 mL of 2 mg/mL', () => {
  expect(volumeOf(mg(0.35 * 70 * 4), mgPerMl(2))).toBe(49_000);
});

test.each([
  ['154 lb typed as kilograms', 154, 77],
  ['170 cm of height typed as the weight', 170, 85],
])('%s reaches a limit', (_slip, kg, dose) => {
  expect(dose).toBe(0.5 * kg);
  const { findings } = inMood(kg, dose, 2, 40);
  expect(findings.map(({ what }) => what)).toContain('weight');
});

test.each([
  [50, 700],
  [10, 3500],
  [100, 350],
])('35 mg of a vial with %d mg/mL are %d uL', (strength, volume) => {
  expect(volumeOf(mg(35), mgPerMl(strength))).toBe(volume);
});

test.each([
  [200, 165],
  [500, 465],
])('of a vial with %d mg, %d mg are waste after 35 mg', (vial, waste) => {
  expect(mg(vial) - mg(35)).toBe(mg(waste));
});

test.each([
  [500, 980],
  [250, 1923],
])('10 mL of 50 mg/mL put into a full bag of %d mL make %d ug/mL, which no entry lists', (bag, strength) => {
  expect(Math.round((500 * 1000) / (bag + 10))).toBe(strength);
  const found = inMood(70, 35, strength / 1000, 40).findings.find(({ what }) => what === 'concentration');
  expect(found).toMatchObject({ level: 'hard', limit: bag === 500 ? 1000 : 2000 });
});

test.each([
  [1, 2, 2, 0.029],
  [5, 2, 10, 0.143],
  [5, 10, 50, 0.71],
])(
  'keeping a vein open with %d mL/h of %d mg/mL gives %d mg/h, %d mg/kg/h at 70 kg',
  (mLPerH, strength, perHour, perKg) => {
    const mass = massIn(microlitre(mLPerH * 1000), mgPerMl(strength)) / 1000;
    expect(mass).toBe(perHour);
    expect(mass / 70).toBeCloseTo(perKg, 2);
  },
);

test.each([
  [26.25, 3.4],
  [10.5, 8.6],
])('a line of 1.5 mL holds 3 mg of 2 mg/mL; at %d mL/h the drug arrives after %d min', (mLPerH, minutes) => {
  expect(massIn(microlitre(1500), mgPerMl(2))).toBe(mg(3));
  expect((1.5 / mLPerH) * 60).toBeCloseTo(minutes, 1);
});
