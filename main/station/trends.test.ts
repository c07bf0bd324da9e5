import { describe, expect, test } from 'vitest';
import { initialState } from '../../core/engine/initial.ts';
import type { EngineState } from '../../core/engine/state.ts';
import { PROPOSED_PROFILE } from '../../core/profile.ts';
import { microlitre, microlitrePerHour, millisecond } from '../../core/units.ts';
import type { TrendChunk } from '../../db/trail.ts';
import { Trends } from './trends.ts';

const idle = initialState(PROPOSED_PROFILE);

function seen(at: number, spo2: number, pumpState: 'infusing' | 'stopped' = 'infusing'): EngineState {
  const sample = { parameter: 'spo2', value: spo2, quality: 'good', at: millisecond(at) } as const;
  const reading = {
    state: pumpState,
    rate: microlitrePerHour(30_000),
    counter: microlitre(7),
    alarm: null,
    at: millisecond(at),
  };
  return {
    ...idle,
    vitals: { ...idle.vitals, spo2: { ...idle.vitals.spo2, latest: sample, latestValue: sample, latestGood: sample } },
    pump: { ...idle.pump, reading, delivered: microlitre(5) },
  };
}

function setUp() {
  const chunks: TrendChunk[] = [];
  const trends = new Trends({ chairId: 'c', put: (chunk) => chunks.push(chunk), wallClock: () => new Date(0) });
  return { chunks, trends };
}

describe('trends', () => {
  test('take one value a second whatever the pace of the ticks, and hand over a chunk a minute', () => {
    const { chunks, trends } = setUp();
    trends.begin('S-1');
    for (let at = 1000; at < 1000 + 61_000; at += 100) trends.tick(seen(at, 97), millisecond(at));
    expect(chunks).toHaveLength(1);
    expect(chunks[0]).toMatchObject({ session: 'S-1', chair: 'c', mono: 1000, startedAt: '1970-01-01T00:00:00.000Z' });
    expect(chunks[0]?.spo2).toEqual(Array.from({ length: 60 }, () => 97));
    trends.end();
    expect(chunks[1]?.spo2).toEqual([97]);
    expect(chunks[1]?.mono).toBe(61_000);
  });

  test('what was not known is a gap: missed seconds, stale signs, a silent pump', () => {
    const { chunks, trends } = setUp();
    trends.begin('S-1');
    trends.tick(seen(1000, 97), millisecond(1000));
    trends.tick(seen(5000, 96), millisecond(5000));
    trends.tick(seen(1000, 96), millisecond(6000));
    trends.end();
    expect(chunks[0]?.spo2).toEqual([97, null, null, null, 96, null]);
    expect(chunks[0]?.rateUlPerH).toEqual([30_000, null, null, null, 30_000, null]);
    expect(chunks[0]?.deliveredUl).toEqual([5, null, null, null, 5, null]);
  });

  test('a pump that reads back as stopped flows at 0, whatever rate it is set to', () => {
    const { chunks, trends } = setUp();
    trends.begin('S-1');
    trends.tick(seen(1000, 97, 'stopped'), millisecond(1000));
    trends.end();
    expect(chunks[0]?.rateUlPerH).toEqual([0]);
  });

  test('outside a session nothing is kept', () => {
    const { chunks, trends } = setUp();
    trends.tick(seen(1000, 97), millisecond(1000));
    trends.end();
    expect(chunks).toEqual([]);
  });
});
