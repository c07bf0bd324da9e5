import { z } from 'zod';
import { parseTrend } from '../../db/trend-chunk.ts';
import type { SessionRecord, TrendChunk } from '../../db/trail.ts';
import { REDACTED_BODY, type SessionEvidence } from '../../db/verify-session.ts';
import type { Files } from './bag.ts';
import { ENGINE_EVENTS, engineChunks } from './engine-events.ts';

const hash = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .transform((hex) => Buffer.from(hex, 'hex'));
const proof = z.array(hash);
const proofLine = z.object({ seq: z.int().positive(), hash, proof });
const keyLine = proofLine.extend({
  body: z.string(),
  handover: z
    .object({ checkpoint: z.string() })
    .nullish()
    .transform((signed) => signed ?? null),
});
const extentFile = proofLine.extend({ body: z.string() });
const sessionFile = z.object({
  id: z.string(),
  chairId: z.string(),
  patientId: z.string(),
  patientName: z.string(),
  clinician: z.string(),
  openedAt: z.iso.datetime(),
  closedAt: z.iso.datetime().nullable(),
  state: z.enum(['open', 'ended', 'interrupted']),
  nonce: hash,
});

const EXTENT = 'data/extent.json';
/** Rows that the record had lost when it was exported; only there where this session is not whole without them. */
export const MISSING = 'data/missing.jsonl';
const missingLine = z.tuple([z.int().positive(), z.int().positive()]);

/** An export whose files have the right shape; nothing in it is believed yet. */
export interface Payload {
  readonly evidence: SessionEvidence;
  /** Without the redacted ones. */
  readonly bodies: readonly string[];
  readonly trends: readonly TrendChunk[];
  /** Text of each chunk of engine events; see docs/replay.md. */
  readonly engineChunks: readonly string[];
  /** As in session.json; see course.ts for its times and state. */
  readonly session: SessionRecord;
}

function text(files: Files, path: string): string {
  const content = files.get(path);
  if (content === undefined) throw new TypeError(`${path} is missing.`);
  const decoded = content.toString('utf8');
  if (!Buffer.from(decoded).equals(content)) throw new TypeError(`${path} is not UTF-8 text.`);
  return decoded;
}

function lines(files: Files, path: string): string[] {
  return text(files, path).split('\n').slice(0, -1);
}

function parse<Shape extends z.ZodType>(shape: Shape, json: string, where: string): z.infer<Shape> {
  try {
    return shape.parse(JSON.parse(json));
  } catch (error) {
    throw new TypeError(`${where} does not have the form of an export.`, { cause: error });
  }
}

function parseLines<Shape extends z.ZodType>(files: Files, path: string, shape: Shape): z.infer<Shape>[] {
  return lines(files, path).map((line, index) => parse(shape, line, `${path} line ${index + 1}`));
}

/** Throws TypeError that names the file and line that cannot be read. */
export function readPayload(files: Files): Payload {
  const session = parse(sessionFile, text(files, 'data/session.json'), 'data/session.json');
  const bodies = lines(files, 'data/events.jsonl');
  const proofs = parseLines(files, 'data/proofs.jsonl', proofLine);
  if (proofs.length !== bodies.length) {
    throw new TypeError(`data/proofs.jsonl has ${proofs.length} lines for ${bodies.length} events.`);
  }
  const engine = engineChunks(text(files, ENGINE_EVENTS));
  return {
    evidence: {
      session,
      nonce: session.nonce,
      rows: proofs.map(({ seq, hash, proof }, index) => ({ seq, hash, proof, body: bodies[index] ?? '' })),
      keyRows: parseLines(files, 'data/keys.jsonl', keyLine),
      checkpoint: text(files, 'data/checkpoint.txt'),
      missing: files.has(MISSING) ? parseLines(files, MISSING, missingLine) : [],
      begun: files.has(EXTENT) ? parse(extentFile, text(files, EXTENT), EXTENT) : null,
      vouched: {
        trend: lines(files, 'data/trends.jsonl').map((line) => Buffer.from(line)),
        engine: engine.map((chunk) => Buffer.from(chunk)),
      },
    },
    bodies: bodies.filter((body) => body !== REDACTED_BODY),
    // A line that is no minute any more is found by its hash.
    trends: lines(files, 'data/trends.jsonl').flatMap((line) => parseTrend(line) ?? []),
    engineChunks: engine,
    session,
  };
}
