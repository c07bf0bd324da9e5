import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { trailEventSchema } from '../../preload/contract/frames.ts';
import { sentenceOf } from './event-sentences.ts';
import { trailEventOf } from './event-text.ts';

const people = [{ id: 'ada', name: 'Ada' }];

function event(body: object) {
  const whole = {
    seq: 4,
    ts: '2026-11-22T08:00:00.000Z',
    chair: 'c',
    session: null,
    actor: null,
    outcome: 'ok',
    ...body,
  };
  return trailEventSchema.parse(trailEventOf({ seq: 4, hash: '', body: JSON.stringify(whole) }, people));
}

/** Every act that this room writes with a literal name. */
function writtenActs(): string[] {
  const folder = import.meta.dirname;
  const files = [folder, join(folder, 'handlers')].flatMap((place) =>
    readdirSync(place).flatMap((name) => (/(?<!test|kit|bench)\.ts$/.test(name) ? [join(place, name)] : [])),
  );
  const text = files.map((file) => readFileSync(file, 'utf8')).join('\n');
  const calls = text.matchAll(/(?:note|durable|row)\(\s*'([a-z.-]+)'|act: '([a-z.-]+)'|call, chairId, '([a-z.-]+)'/g);
  return [...new Set([...calls].flatMap(([, ...acts]) => acts.filter((act) => act !== undefined)))];
}

describe('event list', () => {
  test('every act that is written has a sentence of its own', () => {
    const acts = writtenActs();
    expect(acts.length).toBeGreaterThan(25);
    expect(acts.filter((act) => sentenceOf({ act, outcome: 'ok' }) === act)).toEqual([]);
  });

  test('an alarm says what it is, with value, limit and priority', () => {
    const raised = event({ act: 'alarm.raised', new: { id: 'spo2-critical', value: 82, limit: 85 } });
    expect(raised).toMatchObject({ text: 'Alarm: SpO2 critically low (value 82, limit 85)', priority: 'high' });
  });

  test('a person is named, and stays an id when no longer employed', () => {
    expect(event({ act: 'session.start', actor: { id: 'ada' } })).toMatchObject({ actor: 'Ada', text: 'Start' });
    expect(event({ act: 'session.start', actor: { id: 'gone' } }).actor).toBe('gone');
  });

  test('a refused request says so', () => {
    const refused = event({ act: 'session.start', outcome: 'denied', new: { refused: 'wrong-phase' } });
    expect(refused.text).toBe('Start refused (wrong-phase)');
  });

  test('an act of another version is shown by its name', () => {
    expect(event({ act: 'waste.witness', reason: 'spilled' }).text).toBe('waste.witness: spilled');
  });

  test.each(['', '{}', '[1', '{"seq":"x"}'])('a row that cannot be read (%s) is still a line', (body) => {
    expect(trailEventOf({ seq: 9, hash: '', body }, people)).toMatchObject({ seq: 9, act: 'unreadable' });
  });
});
