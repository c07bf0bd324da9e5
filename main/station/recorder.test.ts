import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { millisecond } from '../../core/units.ts';
import type { AuditInput } from '../../db/trail.ts';
import { AppError } from '../../drivers/kit/app-error.ts';
import { Recorder } from './recorder.ts';
import { FakeTrail } from './test-kit.ts';

function row(act: string): AuditInput {
  return { act, mono: 0, chair: null, session: null, patient: null, actor: null, outcome: 'ok' };
}

function setUp() {
  const trail = new FakeTrail();
  const health: boolean[] = [];
  const recorder = new Recorder({
    trail,
    clock: { now: () => millisecond(0) },
    listeners: { written: () => undefined, health: (healthy) => health.push(healthy) },
  });
  return { trail, health, recorder };
}

const settle = () => vi.advanceTimersByTimeAsync(0);

describe('recorder', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test('writes in the order in which rows were handed over', async () => {
    const { trail, recorder } = setUp();
    recorder.note(row('a'));
    const receipt = recorder.durable(row('b'));
    recorder.note(row('c'));
    await settle();
    expect(trail.acts()).toEqual(['a', 'b', 'c']);
    expect((await receipt).seq).toBe(2);
  });

  test('keeps rows while the storage is away and writes them after a row that names the gap', async () => {
    const { trail, health, recorder } = setUp();
    trail.failure = new AppError('RECORD_LOCKED', 'locked');
    recorder.note(row('a'));
    await settle();
    recorder.note(row('b'));
    await vi.advanceTimersByTimeAsync(5000);
    expect(trail.acts()).toEqual([]);
    expect(health).toEqual([false]);
    trail.failure = null;
    await vi.advanceTimersByTimeAsync(2000);
    expect(trail.acts()).toEqual(['log.gap', 'a', 'b']);
    expect(trail.rows[0]?.new).toMatchObject({ delayedRows: 2, lostRows: 0 });
    expect(health).toEqual([false, true]);
  });

  test('whoever waits for a durable row is refused at once, and the row never appears later', async () => {
    const { trail, recorder } = setUp();
    trail.failure = new AppError('RECORD_FULL', 'full');
    await expect(Promise.all([recorder.durable(row('intent')), settle()])).rejects.toThrow('full');
    await expect(recorder.durable(row('intent'))).rejects.toThrow('cannot be written');
    trail.failure = null;
    await vi.advanceTimersByTimeAsync(2000);
    expect(trail.acts()).toEqual(['log.gap']);
  });

  test('engines hear of the failure before those who wait for the row', async () => {
    const { trail, health, recorder } = setUp();
    trail.failure = new AppError('RECORD_FAILED', 'broken');
    const seen = recorder.durable(row('intent')).catch(() => [...health]);
    await settle();
    expect(await seen).toEqual([false]);
  });

  test('one impossible row does not hold back the others for ever', async () => {
    const { trail, recorder } = setUp();
    trail.refuse = (event) => event.act === 'poison';
    recorder.note(row('poison'));
    recorder.note(row('after'));
    await vi.advanceTimersByTimeAsync(10_000);
    expect(trail.acts()).toContain('after');
    expect(trail.rows.find(({ act }) => act === 'log.rejected')?.new).toEqual({ act: 'poison' });
  });

  test('names how many rows were lost beyond what memory holds', async () => {
    const { trail, recorder } = setUp();
    trail.failure = new AppError('RECORD_FULL', 'full');
    recorder.note(row('first'));
    await settle();
    for (let count = 0; count < 10_004; count += 1) recorder.note(row('kept'));
    trail.failure = null;
    await vi.advanceTimersByTimeAsync(2000);
    expect(trail.rows[0]?.new).toMatchObject({ delayedRows: 10_000, lostRows: 5 });
  });

  test('a write that hangs is told of within 3 s; who waits behind it is refused, rows are kept and the gap is named', async () => {
    const { trail, health, recorder } = setUp();
    const { promise, resolve } = Promise.withResolvers<void>();
    trail.hold = promise;
    const first = recorder.durable(row('under way'));
    const second = recorder.durable(row('behind it')).catch(String);
    recorder.note(row('kept'));
    await vi.advanceTimersByTimeAsync(3000);
    expect(health).toEqual([false]);
    expect(await second).toContain('does not answer');
    await expect(recorder.durable(row('later'))).rejects.toThrow('cannot be written');
    resolve();
    trail.hold = null;
    await settle();
    expect(await first).toMatchObject({ seq: 1 });
    expect(trail.acts()).toEqual(['under way', 'log.gap', 'kept']);
    expect(trail.rows[1]?.new).toMatchObject({ delayedRows: 1, lostRows: 0 });
    expect(health).toEqual([false, true]);
  });

  test('a write that hangs and then fails is probed like any other failure', async () => {
    const { trail, health, recorder } = setUp();
    const { promise, resolve } = Promise.withResolvers<void>();
    trail.hold = promise;
    recorder.note(row('a'));
    await vi.advanceTimersByTimeAsync(3000);
    trail.failure = new AppError('RECORD_FULL', 'full');
    resolve();
    trail.hold = null;
    await settle();
    expect(health.at(-1)).toBe(false);
    trail.failure = null;
    await vi.advanceTimersByTimeAsync(2000);
    expect(trail.acts()).toEqual(['log.gap', 'a']);
    expect(health.at(-1)).toBe(true);
  });

  test('a row that takes its time is no failure', async () => {
    const { trail, health, recorder } = setUp();
    trail.hold = new Promise((resolve) => void setTimeout(resolve, 2500));
    recorder.note(row('slow'));
    await vi.advanceTimersByTimeAsync(10_000);
    expect(trail.acts()).toEqual(['slow']);
    expect(health).toEqual([]);
  });

  test('flush does not wait longer than its patience', async () => {
    const { trail, recorder } = setUp();
    trail.failure = new AppError('RECORD_FULL', 'full');
    recorder.note(row('stuck'));
    const flushed = recorder.flush(500);
    await vi.advanceTimersByTimeAsync(500);
    await flushed;
    expect(trail.acts()).toEqual([]);
    expect(recorder.close()).toEqual({ rows: 1, acts: ['stuck'] });
  });
});
