import { describe, expect, test } from 'vitest';
import { BINDING, Chair } from '../../core/engine/testing.ts';
import { type Millisecond, millisecond } from '../../core/units.ts';
import { predictionSchema } from '../../preload/contract/frames.ts';
import type { Given } from './earlier-dose.ts';
import { Prediction } from './prediction.ts';

/** The real engine with a pump by hand, and the prediction of what that pump reports. */
class Bench {
  readonly chair = new Chair();
  readonly prediction = new Prediction();
  drug = 'ketamine';
  earlier: readonly Given[] = [];
  /** Microlitres per second that the pump really gives while it runs; its counter shows whole ones. */
  flow = 26_200 / 3600;
  #volume = 0;

  get now(): Millisecond {
    return millisecond(this.chair.now);
  }

  follow(): void {
    this.prediction.follow(this.chair.state, this.drug, this.now, this.earlier);
  }

  view() {
    return this.prediction.view(this.chair.state, this.now);
  }

  byModel(): readonly number[] {
    return this.view()?.models.map(({ ngPerMl }) => ngPerMl) ?? [];
  }

  infuse(): this {
    this.chair.infuse();
    this.follow();
    return this;
  }

  pass(seconds: number, silent = false): this {
    for (let second = 0; second < seconds; second += 1) {
      this.chair.now += 1000;
      if (this.chair.pumpState === 'infusing') this.#volume += this.flow;
      this.chair.counter = Math.floor(this.#volume);
      this.chair.vitals();
      if (!silent) this.chair.read();
      this.chair.tick();
      this.follow();
    }
    return this;
  }
}

/** Clements, Domino, Kamp, Herd in ng/mL, solved outside of this project: 17.5 mg in 20 min, 5 min pause, the same again. */
const AT_PAUSE = [109.48, 209.58, 198.27, 186.55];
const AT_RESUME = [96.02, 63.31, 104.6, 121.88];
const AT_END = [170.85, 237.69, 248.66, 248.19];

/** The pump runs at 26.2 instead of 26.25 mL/h and its counter has steps, as in real life: within 1 %. */
function expectClose(actual: readonly number[], wanted: readonly number[]): void {
  expect(actual).toHaveLength(wanted.length);
  const shares = actual.map((value, index) => Math.abs(value / (wanted[index] ?? Number.NaN) - 1));
  expect(Math.max(...shares)).toBeLessThan(0.01);
}

describe('the prediction of a chair', () => {
  test('follows the delivered volume through a pause and a resume', () => {
    const bench = new Bench().infuse().pass(20 * 60);
    expectClose(bench.byModel(), AT_PAUSE);
    bench.chair.send({ kind: 'pause', by: 'anna', reason: 'toilet' });
    bench.chair.pumpState = 'stopped';
    bench.pass(5 * 60);
    expectClose(bench.byModel(), AT_RESUME);
    bench.chair.resume();
    bench.chair.runChain();
    expect(bench.chair.state.phase).toBe('infusing');
    bench.pass(20 * 60 - 5);
    expectClose(bench.byModel(), AT_END);
  });

  test('a rate ten times too high passes the proposed ceiling of 500 ng/mL in less than a minute, and stops', () => {
    const bench = new Bench().infuse();
    // A pump that lies about its rate and counts honestly; the deviation of the volume is looked away from here.
    bench.flow = 262_000 / 3600;
    const { profile } = bench.chair.state;
    bench.chair.state = { ...bench.chair.state, profile: { ...profile, deviationMicrolitres: 1_000_000 } };
    let seconds = 0;
    while (bench.chair.state.phase === 'infusing' && seconds < 120) {
      bench.pass(1);
      seconds += 1;
      const maxNgPerMl = bench.prediction.highest(bench.chair.state) ?? 0;
      bench.chair.send({ kind: 'prediction', maxNgPerMl });
    }
    expect(seconds).toBeLessThan(60);
    expect(bench.chair.state.alarms['prediction-ceiling']).toMatchObject({ active: true, limit: 500 });
    expect(bench.chair.state.stopping).not.toBeNull();
  });

  test('is zero in every model before any drug', () => {
    const bench = new Bench();
    bench.chair.arm();
    bench.follow();
    bench.pass(3);
    expect(bench.view()).toMatchObject({ minNgPerMl: 0, maxNgPerMl: 0 });
    expect(bench.byModel()).toEqual([0, 0, 0, 0]);
  });

  test('believes the counter, not the command: a pump that gives nothing predicts nothing', () => {
    const bench = new Bench().infuse();
    bench.flow = 0;
    bench.pass(10);
    expect(bench.chair.state.pump.reading?.rate).toBe(26_200);
    expect(bench.view()?.maxNgPerMl).toBe(0);
  });

  test('a band with one decimal holds every model', () => {
    const bench = new Bench().infuse().pass(95);
    const view = predictionSchema.parse(bench.view());
    expect(Math.min(...bench.byModel())).toBeGreaterThanOrEqual(view.minNgPerMl);
    expect(Math.max(...bench.byModel())).toBeLessThanOrEqual(view.maxNgPerMl);
    expect(view.minNgPerMl).toBeLessThan(view.maxNgPerMl);
    for (const figure of [view.minNgPerMl, view.maxNgPerMl]) expect(figure).toBe(Number(figure.toFixed(1)));
    expect(view.models.map(({ name }) => name)).toEqual(['Clements 1981', 'Domino 1984', 'Kamp 2020', 'Herd 2007']);
  });

  test('moves once a second, however often it is asked', () => {
    const bench = new Bench().infuse().pass(60);
    const before = bench.view();
    bench.chair.now += 999;
    bench.chair.counter += 7;
    bench.chair.read();
    bench.follow();
    expect(bench.view()).toEqual(before);
    bench.chair.now += 1;
    bench.chair.read();
    bench.follow();
    expect(bench.view()).not.toEqual(before);
  });

  test('is not known while the pump is silent, and afterwards counts what came meanwhile', () => {
    const bench = new Bench().infuse().pass(600);
    bench.pass(60, true);
    expect(bench.view()).toBeNull();
    bench.pass(1);
    const heard = new Bench().infuse().pass(661);
    expectClose(bench.byModel(), heard.byModel());
  });

  test('of an interrupted session nothing is known: the record does not say when the drug came (R-4.13)', () => {
    const bench = new Bench();
    bench.chair.connect();
    bench.chair.send({ kind: 'interrupted', binding: BINDING, delivered: 8000 });
    bench.follow();
    bench.pass(3);
    expect(bench.view()).toBeNull();
  });

  test.each([
    ['esketamine', false],
    ['magnesium', false],
    ['Ketamine ', true],
  ])('%s is described by the models: %s', (drug, described) => {
    const bench = new Bench();
    bench.drug = drug;
    bench.infuse().pass(30);
    expect(bench.view() !== null).toBe(described);
  });

  test('the next session begins without drug, and never shows what was predicted for the last patient', () => {
    const bench = new Bench().infuse().pass(60);
    bench.chair.send({ kind: 'end', by: 'anna', reason: 'done' });
    bench.chair.pumpState = 'stopped';
    bench.pass(1);
    expect(bench.view()?.maxNgPerMl).toBeGreaterThan(0);
    bench.chair.send({ kind: 'plan', by: 'anna', binding: { ...BINDING, sessionId: 's-2', patientId: 'p-2' } });
    expect(bench.chair.state.phase).toBe('planned');
    expect(bench.view()).toBeNull();
    bench.pass(2);
    expect(bench.byModel()).toEqual([0, 0, 0, 0]);
  });
});

describe('an earlier session of the patient', () => {
  const HOUR = 3_600_000;
  const given = (ago: number, dose: number): Given => ({ ago, dose, drug: 'ketamine' });

  test('is in the prediction from the beginning, less with every hour', () => {
    const highest = (earlier: readonly Given[]): number => {
      const bench = new Bench();
      bench.earlier = earlier;
      bench.chair.arm();
      bench.follow();
      return bench.prediction.highest(bench.chair.state) ?? Number.NaN;
    };
    expect(highest([])).toBe(0);
    const soon = highest([given(HOUR, 35_000)]);
    const late = highest([given(6 * HOUR, 35_000)]);
    expect(late).toBeGreaterThan(0);
    expect(soon).toBeGreaterThan(late);
    // In whatever order the rows come, and by a wall clock that was put back as if it were of now.
    const both = [given(2 * HOUR, 10_000), given(HOUR, 25_000)];
    expect(highest(both.toReversed())).toBe(highest(both));
    expect(highest([given(-HOUR, 35_000)])).toBe(highest([given(0, 35_000)]));
  });

  test('counts against the ceiling', () => {
    const bench = new Bench();
    bench.earlier = [given(0, 35_000)];
    bench.chair.arm();
    bench.follow();
    const maxNgPerMl = bench.prediction.highest(bench.chair.state) ?? 0;
    bench.chair.send({ kind: 'prediction', maxNgPerMl });
    expect(bench.chair.state.alarms['prediction-ceiling']?.active).toBe(true);
  });
});
