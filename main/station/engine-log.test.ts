import { afterEach, expect, test, vi } from 'vitest';
import type { EngineEvent } from '../../core/engine/events.ts';
import { initialState } from '../../core/engine/initial.ts';
import { PROPOSED_PROFILE } from '../../core/profile.ts';
import { millisecond } from '../../core/units.ts';
import { AppError } from '../../drivers/kit/app-error.ts';
import type { EngineChunk } from '../../db/trail.ts';
import { BINDING, ChairBench, settle } from './chair-bench.ts';
import { EngineLog } from './engine-log.ts';

afterEach(() => void vi.useRealTimers());

const STATE = initialState(PROPOSED_PROFILE);
const tick = (at: number): EngineEvent => ({ kind: 'tick', at: millisecond(at) });

function started(before = STATE): { log: EngineLog; chunks: EngineChunk[] } {
  const chunks: EngineChunk[] = [];
  const log = new EngineLog({ chairId: 'chair-1', sessionId: 'S-1', before, put: (chunk) => void chunks.push(chunk) });
  return { log, chunks };
}

test('a chunk leaves after 30 s or 2,000 events, and numbers tell if one is missing', () => {
  const { log, chunks } = started();
  const give = (at: number) => {
    log.take(tick(at));
    log.tick(STATE, millisecond(at));
  };
  for (let at = 0; at < 30_000; at += 100) give(at);
  expect(chunks).toHaveLength(0);
  give(30_000);
  for (let count = 0; count < 2000; count += 1) give(30_001);
  log.flush(STATE);
  const places = chunks.map(({ chunk, firstEvent, events }) => ({ chunk, firstEvent, events }));
  expect(places).toEqual([
    { chunk: 1, firstEvent: 1, events: 301 },
    { chunk: 2, firstEvent: 302, events: 2000 },
  ]);
  expect(log.mark(STATE)).toEqual({ engineEvent: 2301, stateHash: chunks[0]?.stateHash });
});

test('the first chunk has the state before its first event, without naming who sat there before', () => {
  const { log, chunks } = started({ ...STATE, session: BINDING });
  log.take(tick(1));
  log.flush(STATE);
  log.take(tick(2));
  log.flush(STATE);
  const [first, second] = chunks.map(({ text }) => JSON.parse(text.split('\n')[0] ?? '') as Record<string, unknown>);
  expect(first?.['state']).toMatchObject({ phase: 'idle', session: { sessionId: '', patientId: '', drugLot: '' } });
  expect(second).not.toHaveProperty('state');
});

test('a second plan that is refused neither ends the recording nor leaves one of its own', async () => {
  const bench = new ChairBench();
  bench.arm();
  const other = { ...BINDING, sessionId: 'S-2' };
  const details = {
    patientName: 'Other',
    clinician: 'Ada',
    openedAt: '',
    entry: { drug: 'ketamine', careArea: 'x' },
    overrides: [],
  };
  expect(bench.chair.plan(other, details, 'ada')).toMatchObject({ accepted: false });
  bench.chair.operate({ kind: 'end', by: 'ada', reason: 'x' }, { act: 'session.end', by: 'ada', reason: 'x' });
  bench.pass(1, 'stopped');
  await settle();
  const { engineChunks, rows } = bench.trail;
  expect(new Set(engineChunks.map(({ session }) => session))).toEqual(new Set(['S-1']));
  expect(engineChunks.map(({ text }) => text).join('')).toContain('"sessionId":"S-2"');
  const count = engineChunks.reduce((sum, { events }) => sum + events, 0);
  expect(rows.find(({ act }) => act === 'session.close')?.new).toMatchObject({ engineEvent: count });
});

test('while the storage is away nothing is lost: the chunks are written in order when it returns', async () => {
  vi.useFakeTimers();
  const bench = new ChairBench();
  bench.arm();
  await settle();
  bench.trail.failure = new AppError('RECORD_FULL', 'full');
  bench.pass(100, 'stopped');
  await settle();
  const before = bench.trail.engineChunks.length;
  bench.trail.failure = null;
  vi.advanceTimersByTime(2000);
  await settle();
  const firsts = bench.trail.engineChunks.map(({ firstEvent }) => firstEvent);
  expect(firsts.length).toBeGreaterThanOrEqual(before + 3);
  expect(bench.trail.engineChunks.map(({ firstEvent, events }) => firstEvent + events).slice(0, -1)).toEqual(
    firsts.slice(1),
  );
});

test('a stop is on its way before its event is kept, and with the record stuck nothing waits for the chunk', async () => {
  const bench = new ChairBench();
  bench.arm();
  await settle();
  bench.trail.hold = new Promise(() => undefined);
  bench.pass(31, 'stopped');
  bench.chair.operate({ kind: 'stop', by: null, reason: 'STOP pressed' }, { act: 'chair.stop', by: null });
  expect(bench.host.sent.at(-1)).toMatchObject({ kind: 'stop' });
});
