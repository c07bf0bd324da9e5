import type { AuditRow, SessionBundle } from '../../db/trail.ts';
import type { Files } from './bag.ts';
import { alarmLoadJson } from './alarm-load.ts';
import { eventsCsv, trendsCsv } from './csv.ts';
import { drugCsv } from './drug-csv.ts';
import { ENGINE_EVENTS } from './engine-events.ts';
import { MISSING } from './read-payload.ts';

const NAME_NOTICE =
  'Contains the patient name. The nonce ties it to the opening event; without this file the name cannot be found out.';

function lines(values: readonly string[]): Buffer {
  return Buffer.from(values.map((value) => `${value}\n`).join(''));
}

function proofLines(rows: readonly AuditRow[], proofs: SessionBundle['proofs']): Buffer {
  return lines(rows.map(({ seq, hash }, index) => JSON.stringify({ seq, hash, proof: proofs[index] ?? [] })));
}

/** Key rows carry their body here, because they belong to no session. Every key but the first was handed over. */
function keyLines({ keyRows, keyProofs, keyHandovers }: SessionBundle): Buffer {
  return lines(
    keyRows.map(({ seq, hash, body }, index) =>
      JSON.stringify({ seq, hash, body, proof: keyProofs[index] ?? [], handover: keyHandovers[index - 1] ?? null }),
    ),
  );
}

/** The row belongs to no session, so it carries its body here. */
function extentLine({ row, proof }: NonNullable<SessionBundle['begun']>): Buffer {
  return lines([JSON.stringify({ ...row, proof })]);
}

/** The payload of an export; `verify-folder.ts` reads the same files back. */
export function payloadOf(bundle: SessionBundle): Files {
  const { session, sessionNonce, rows, proofs, checkpoint, trends, trendLines, engineChunks, missing, begun } = bundle;
  const bodies = rows.map(({ body }) => body);
  return new Map([
    ['data/events.jsonl', lines(bodies)],
    ['data/proofs.jsonl', proofLines(rows, proofs)],
    ['data/keys.jsonl', keyLines(bundle)],
    ['data/checkpoint.txt', Buffer.from(checkpoint)],
    ...(begun === null ? [] : [['data/extent.json', extentLine(begun)] as const]),
    ...(missing.length === 0 ? [] : [[MISSING, lines(missing.map((range) => JSON.stringify(range)))] as const]),
    ['data/trends.jsonl', lines(trendLines)],
    // Each chunk is lines already, to the byte as it was hashed.
    [ENGINE_EVENTS, Buffer.from(engineChunks.join(''))],
    [
      'data/session.json',
      Buffer.from(`${JSON.stringify({ notice: NAME_NOTICE, ...session, nonce: sessionNonce }, null, 2)}\n`),
    ],
    ['data/events.csv', Buffer.from(eventsCsv(bodies))],
    ['data/trends.csv', Buffer.from(trendsCsv(trends))],
    ['data/drug.csv', Buffer.from(drugCsv(bodies))],
    ['data/alarm-load.json', Buffer.from(alarmLoadJson(bodies))],
  ]);
}
