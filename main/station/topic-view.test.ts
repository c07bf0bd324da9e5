import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { StationFrame, TrailEvent } from '../../preload/contract/frames.ts';
import { LedgerBench } from './ledger-bench.ts';
import type { Seat } from './station-types.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let bench: LedgerBench;
let sessionId: string;

beforeEach(async () => {
  bench = await LedgerBench.start();
  sessionId = await bench.openSession();
});
afterEach(() => bench.end());

/** All that a seat is told from now on; frames stand in the order in which they came. */
function told(seat: Seat) {
  const frames: StationFrame[] = [];
  const events: TrailEvent[] = [];
  seat.subscribe('station', ({ data }) => frames.push(data));
  const trail = seat.subscribe('trail', ({ data }) => events.push(data));
  return { frames, events, trail };
}

const NOTE = 'Cried about the divorce';

async function writeNote(): Promise<void> {
  const ada = await bench.seat('ada');
  expect(await ada.call('review.note', { sessionId, text: NOTE, corrects: null })).toMatchObject({ ok: true });
}

const nextFrame = async (frames: StationFrame[]): Promise<StationFrame | undefined> => {
  const count = frames.length;
  await expect.poll(() => frames.length, { timeout: 10_000 }).toBeGreaterThan(count);
  return frames.at(-1);
};

const NOBODY = { patientId: null, patientName: null, patientFactors: null, pauseReason: null, overrides: [] };
const PATIENT = { patientId: 'P-1', patientName: 'Name of P-1' };

test.each(['nobody', 'tess'])(
  '%s is told of signs, pump and dose, and not whose they are or what was noted',
  async (id) => {
    const seat = id === 'nobody' ? bench.station.openSeat() : await bench.seat(id);
    const { frames, events, trail } = told(seat);
    await writeNote();
    const frame = await nextFrame(frames);
    expect(trail).toMatchObject({ ok: false });
    expect(JSON.stringify([frames, events])).not.toMatch(/P-1|divorce/);
    expect(frame?.chairs).toMatchObject([{ phase: 'planned', session: { ...NOBODY, id: sessionId, deliveredUg: 0 } }]);
    expect(frame?.chairs[0]?.vitals.spo2).toEqual({ state: 'none' });
  },
);

test.each(['ada', 'sam'])('%s is told whose session it is until the seat is locked', async (id) => {
  const seat = await bench.seat(id);
  const { frames, events } = told(seat);
  await writeNote();
  await expect.poll(() => events.map(({ text }) => text), { timeout: 10_000 }).toContain(`Note: ${NOTE}`);
  expect(frames[0]?.chairs).toMatchObject([{ session: PATIENT }]);
  const count = events.length;
  await seat.call('seat.lock', {});
  await writeNote();
  expect((await nextFrame(frames))?.chairs).toMatchObject([{ session: NOBODY }]);
  expect(events.slice(count).map(({ act }) => act)).not.toContain('session.note');
});

test('rows about people and the station itself go to a supervisor only, who may read their log', async () => {
  const [ada, sam] = [told(await bench.seat('ada')), told(await bench.seat('sam'))];
  await bench.seat('tess');
  await expect.poll(() => sam.events.map(({ act }) => act), { timeout: 10_000 }).toContain('access.sign-in');
  expect(ada.events).toEqual([]);
});

test('who works under break-glass is told as a clinician is', async () => {
  const seat = await bench.seat('tess');
  const { frames } = told(seat);
  expect(await seat.call('emergency.begin', {})).toMatchObject({ ok: true });
  expect((await nextFrame(frames))?.chairs).toMatchObject([{ session: PATIENT }]);
});
