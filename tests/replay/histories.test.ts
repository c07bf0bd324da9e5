import * as fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { OperatorEvent } from '../../core/engine/events.ts';
import { drawnIn } from '../../core/engine/testing.ts';
import type { EngineChunk } from '../../db/trail.ts';
import { AppError } from '../../drivers/kit/app-error.ts';
import type { Payload } from '../../main/export/read-payload.ts';
import { recordingsOf } from '../../main/export/recordings.ts';
import { type ReplayResult, replayRecording } from '../../main/export/replay-record.ts';
import { BINDING, ChairBench, settle } from '../../main/station/chair-bench.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

type Move = (bench: ChairBench) => void | Promise<void>;

const by = 'ada';
const asked = (event: OperatorEvent): Move => {
  return (bench) => void bench.chair.operate(event, { act: `asked.${event.kind}`, by });
};

/** Whatever command is under way gets this outcome. */
const outcome = (kind: 'confirmed' | 'unknown'): Move => {
  return (bench) => {
    const id = bench.chair.state.pending?.id ?? 1;
    const what = kind === 'confirmed' ? { kind } : { kind, detail: 'no answer' };
    bench.say({ kind: 'outcome', id, outcome: what, at: bench.now });
  };
};

const MOVES: Readonly<Record<string, Move>> = {
  start: asked({ kind: 'start', by }),
  pause: asked({ kind: 'pause', by, reason: 'pause' }),
  stop: asked({ kind: 'stop', by: null, reason: 'STOP pressed' }),
  acknowledge: (bench) => asked({ kind: 'acknowledge', by, alarms: drawnIn(bench.chair.state) })(bench),
  resume: asked({ kind: 'resume', by, reason: 'well', confirmedRate: BINDING.plan.rate }),
  end: asked({ kind: 'end', by, reason: 'done' }),
  confirmed: outcome('confirmed'),
  unknown: outcome('unknown'),
  infusing: (bench) => bench.pass(2, 'infusing'),
  stopped: (bench) => bench.pass(2, 'stopped'),
  low: (bench) => bench.pass(1, 'infusing', 80),
  steady: (bench) => bench.pass(33, 'stopped'),
  silence: (bench) => bench.advance(6000),
  'host dies': (bench) => bench.host.die('SIGKILL'),
  'link back': (bench) => bench.connect(),
  'record away': (bench) => void (bench.trail.failure = new AppError('RECORD_FULL', 'full')),
  'record back': (bench) => void (bench.trail.failure = null),
  time: () => void vi.advanceTimersByTime(2500),
  settled: settle,
};
const RUN = ['start', 'settled', 'confirmed', 'settled', 'confirmed', 'infusing'];

const history = fc.array(
  fc.oneof(
    { weight: 2, arbitrary: fc.constant(RUN) },
    { weight: 1, arbitrary: fc.constant(['stopped', 'acknowledge', 'steady', 'resume', ...RUN.slice(1)]) },
    { weight: 6, arbitrary: fc.constantFrom(...Object.keys(MOVES)).map((name) => [name]) },
  ),
  { maxLength: 20 },
);

async function play(names: readonly string[]): Promise<ChairBench> {
  const bench = new ChairBench();
  bench.arm();
  await settle();
  for (const name of names) await MOVES[name]?.(bench);
  bench.trail.failure = null;
  await MOVES['time']?.(bench);
  await settle();
  await MOVES['end']?.(bench);
  bench.pass(15, 'stopped');
  await settle();
  await MOVES['time']?.(bench);
  await settle();
  return bench;
}

/** What the export would hold, from the record that the bench only pretends to keep. */
async function recorded({ trail }: ChairBench): Promise<Payload> {
  const fixed = { seq: 0, ts: new Date(0).toISOString(), boot: 'b', app: '', actor: null };
  const chunkRow = ({ chunk, mono, session }: EngineChunk): string =>
    JSON.stringify({ ...fixed, act: 'engine.chunk', session, mono, new: { chunk } });
  const rows = (await trail.sessionRows('S-1')).map(({ body }) =>
    JSON.stringify({ boot: 'b', app: '', ...JSON.parse(body) }),
  );
  return {
    bodies: [...rows, ...trail.engineChunks.map(chunkRow)],
    engineChunks: trail.engineChunks.map(({ text }) => text),
    trends: [],
  } as unknown as Payload;
}

async function replayed(names: readonly string[]): Promise<ReplayResult> {
  const bench = await play(names);
  const [recording] = recordingsOf(await recorded(bench));
  if (recording === undefined) throw new Error('nothing was recorded');
  return replayRecording(recording);
}

test('any course of a session is replayed to the same states and decisions, with faults and storage away', async () => {
  let decisions = 0;
  await fc.assert(
    fc.asyncProperty(history, async (moves) => {
      const result = await replayed(moves.flat());
      expect(result.difference).toBeNull();
      decisions += result.decisions;
    }),
    { numRuns: 60 },
  );
  expect(decisions).toBeGreaterThan(300);
});

test('a start whose intent could not be written has no row, and is no difference', async () => {
  const result = await replayed([
    'record away',
    'start',
    'settled',
    'record back',
    'time',
    'settled',
    'steady',
    ...RUN,
  ]);
  expect(result.difference).toBeNull();
});
