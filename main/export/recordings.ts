import { z } from 'zod';
import type { EngineEvent } from '../../core/engine/events.ts';
import { fromRecordText } from '../../core/engine/record-text.ts';
import type { EngineState } from '../../core/engine/state.ts';
import { VOUCHED } from '../../db/vouched.ts';
import { engineHeader } from './engine-events.ts';
import type { Payload } from './read-payload.ts';

const figure = z.union([z.string(), z.number(), z.boolean(), z.null()]);

/** A replay is compared with the plain figures of a row; lists and groups beside them are left out. */
const figures = z
  .record(z.string(), z.unknown())
  .catch({})
  .transform(
    (all): Record<string, z.infer<typeof figure>> =>
      Object.fromEntries(
        Object.entries(all).flatMap(([name, value]) => {
          const plain = figure.safeParse(value);
          return plain.success ? [[name, plain.data]] : [];
        }),
      ),
  );
const rowSchema = z.object({
  seq: z.number(),
  ts: z.string(),
  mono: z.number(),
  boot: z.string(),
  app: z.string(),
  act: z.string(),
  actor: z.object({ id: z.string() }).nullable(),
  reason: z.string().default(''),
  old: figures,
  new: figures,
});

/** A row of the session, as far as a replay is compared with it. */
export type RecordedRow = z.infer<typeof rowSchema>;

/** What one run of the station recorded of the session; a session that was interrupted has two. */
export interface Recording {
  readonly rows: readonly RecordedRow[];
  /** State before the first event; null where the chunk that held it is missing. */
  readonly initial: EngineState | null;
  readonly events: readonly EngineEvent[];
  /** Why the events are not all there; null where they follow each other from the first on. */
  readonly gap: string | null;
}

interface Chunk {
  readonly row: RecordedRow;
  readonly text: string;
}

/**
 * The recordings of an export whose signatures were checked: what is in them is what the station wrote.
 * Throws TypeError for what is no engine event, as from another version.
 */
export function recordingsOf({ bodies, engineChunks }: Payload): readonly Recording[] {
  const rows = bodies.map((body) => rowSchema.parse(JSON.parse(body)));
  const vouching = rows.filter(({ act }) => act === VOUCHED.engine.act);
  const chunks = vouching.map((row, index): Chunk => ({ row, text: engineChunks[index] ?? '' }));
  const runs = Map.groupBy(chunks, ({ row }) => row.boot);
  return [...runs].map(([boot, own]) =>
    joined(
      own,
      rows.filter((row) => row.boot === boot),
    ),
  );
}

function joined(chunks: readonly Chunk[], rows: readonly RecordedRow[]): Recording {
  const events: EngineEvent[] = [];
  let initial: unknown;
  let gap: string | null = null;
  for (const { row, text } of chunks) {
    const [first = '', ...lines] = text.split('\n').slice(0, -1);
    const header = engineHeader.parse(fromRecordText(first));
    if (header.firstEvent !== events.length + 1) {
      gap = `row ${row.seq} goes on with event ${header.firstEvent}, but ${events.length} were recorded before it`;
      break;
    }
    initial ??= header.state;
    events.push(...lines.map(toEvent));
  }
  return { rows, initial: initial === undefined ? null : toState(initial), events, gap };
}

/** An event that this version does not know would be decided by chance. */
const KINDS = {
  tick: true,
  link: true,
  'pump-identified': true,
  'pump-read': true,
  vitals: true,
  'monitor-alarm': true,
  outcome: true,
  written: true,
  guard: true,
  fault: true,
  record: true,
  library: true,
  hold: true,
  'earlier-pauses': true,
  prediction: true,
  plan: true,
  check: true,
  arm: true,
  start: true,
  pause: true,
  stop: true,
  resume: true,
  'stopped-by-hand': true,
  end: true,
  acknowledge: true,
  'audio-pause': true,
  sound: true,
  interrupted: true,
} as const satisfies Record<EngineEvent['kind'], true>;

const eventSchema = z.looseObject({ kind: z.enum(Object.keys(KINDS)), at: z.number() });
/** Without these the engine cannot take a step; members that came later it does without. */
const stateSchema = z.looseObject({
  profile: z.looseObject({ version: z.string() }),
  phase: z.string(),
  vitals: z.looseObject({}),
  pump: z.looseObject({}),
  alarms: z.looseObject({}),
});

function toEvent(line: string): EngineEvent {
  const event = checked(eventSchema, fromRecordText(line));
  return withBounds(withAsked(withDrawnAlarms(event)), 'binding') as unknown as EngineEvent;
}

/** Answers of before they named the instant of a raising named the alarm alone. */
const namesAlone = z.looseObject({ kind: z.enum(['acknowledge', 'audio-pause']), alarms: z.array(z.string()) });

function withDrawnAlarms(event: z.infer<typeof eventSchema>) {
  const { data } = namesAlone.safeParse(event);
  return data === undefined ? event : { ...data, alarms: data.alarms.map((key) => ({ key, raisedAt: null })) };
}

/** Before read-backs named the stop they were asked after, whatever came in later than it confirmed it. */
function withAsked(event: Record<string, unknown>): Record<string, unknown> {
  const { data } = unasked.safeParse(event);
  return data === undefined ? event : { ...event, afterStop: data.reading.at - 1 };
}

const unasked = z.object({
  kind: z.literal('pump-read'),
  reading: z.object({ at: z.number() }),
  afterStop: z.undefined().optional(),
});

/** Before the library bounded the limits of a patient the profile did; without a bound nothing is looser. */
function withBounds(value: Record<string, unknown>, member: 'binding' | 'session'): Record<string, unknown> {
  const { data } = unbounded.safeParse(value[member]);
  return data === undefined ? value : { ...value, [member]: { ...data, patient: { bounds: [], ...data.patient } } };
}

const unbounded = z.looseObject({ patient: z.looseObject({}) });

function toState(value: unknown): EngineState {
  // A recording of before the monitor's own alarms were taken in knows of none.
  return { monitorAlarms: [], ...withBounds(checked(stateSchema, value), 'session') } as unknown as EngineState;
}

function checked<Shape extends z.ZodType>(shape: Shape, value: unknown): z.infer<Shape> {
  const result = shape.safeParse(value);
  if (result.success) return result.data;
  throw new TypeError(`The engine events do not have the form of this version. ${result.error.message}`);
}
