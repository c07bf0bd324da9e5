import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { alarmPolicy } from './alarm-policy/alarm-policy.ts';

const spread = z.object({ count: z.number(), max: z.number().nullable() });
const resultSchema = z.object({
  hours: z.number(),
  events: z.number(),
  falsePauses: z.object({ policy: z.number(), threshold: z.number(), thresholdGoodSignal: z.number() }),
  missedEvents: z.record(z.string(), z.number()),
  addedDelayS: z.object({ critical: spread, warning: spread, cuffRepeated: spread }),
});

const run = async (traces: string | null, hours = 2) =>
  resultSchema.parse(await alarmPolicy({ traces, hours, seed: 7 }));

test('the shipped policy halves false pauses, misses nothing and adds no more than it may (R-5.7)', async () => {
  const { events, falsePauses, missedEvents, addedDelayS } = await run(null, 5);
  expect(events).toBeGreaterThan(10);
  expect(falsePauses.policy).toBeLessThanOrEqual(falsePauses.thresholdGoodSignal / 2);
  expect(missedEvents).toEqual({});
  expect(addedDelayS.critical.max).toBeLessThanOrEqual(3);
  expect(addedDelayS.warning.max).toBeLessThanOrEqual(15);
  expect(Math.min(addedDelayS.critical.count, addedDelayS.warning.count)).toBeGreaterThan(5);
});

const minute = (value: (second: number) => string) =>
  Array.from({ length: 90 }, (_, second) => `${second},${value(second)}`).join('\n');

test('a folder of traces is read, with the labels beside them', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'traces-'));
  try {
    writeFileSync(join(folder, 'low.csv'), `t_s,spo2\n${minute((at) => (at >= 30 ? '80' : '97'))}\n`);
    writeFileSync(join(folder, 'low.labels.csv'), 'start_s,end_s,kind,name\n30,89,event,desaturation\n');
    writeFileSync(join(folder, 'dip.csv'), `t_s,spo2\n${minute((at) => (at === 30 ? '88' : '97'))}\n`);
    writeFileSync(join(folder, 'lost.csv'), `t_s,spo2\n${minute((at) => (at >= 30 ? '' : '97'))}\n`);
    const { events, falsePauses, missedEvents, addedDelayS } = await run(folder);
    expect({ events, falsePauses, missedEvents }).toEqual({
      events: 1,
      falsePauses: { policy: 0, threshold: 1, thresholdGoodSignal: 1 },
      missedEvents: {},
    });
    expect(addedDelayS.critical).toMatchObject({ count: 1, max: 0 });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
