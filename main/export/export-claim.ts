import { anchorOf } from '../../db/anchor.ts';
import type { ClaimedRow, ExportClaim } from '../../db/export-check.ts';
import { sha256 } from '../../db/hash.ts';
import { type ProvenRow, REDACTED_BODY } from '../../db/verify-session.ts';
import { type Files, TAG_MANIFEST } from './bag.ts';
import { type Payload, readPayload } from './read-payload.ts';
import type { AgainstRecord } from './verify-data.ts';
import { bagsIn, isCollection } from './write/collection.ts';

function claimed({ seq, body, hash }: ProvenRow): ClaimedRow {
  return { seq, body: body === REDACTED_BODY ? null : body, hash };
}

/** Null where it cannot be read, or holds no evidence: the check of the export says so. */
function payloadIn(files: Files): Payload | null {
  try {
    return readPayload(files);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return null;
  }
}

function claimOf(payloads: readonly Payload[], manifest: string): ExportClaim {
  const evidence = payloads.map((payload) => payload.evidence);
  return {
    manifest,
    sessions: evidence.map(({ session, checkpoint }) => ({ id: session.id, upTo: anchorOf(checkpoint)?.size ?? 0 })),
    rows: evidence.flatMap(({ rows, keyRows, begun }) =>
      [...rows, ...keyRows, ...(begun === null ? [] : [begun])].map(claimed),
    ),
    begun: evidence[0]?.begun?.seq ?? null,
  };
}

/** Everything that an export says of the record it came from, in a form that the record can be asked about. */
export function againstRecord(files: Files): AgainstRecord {
  const bags = isCollection(files) ? [...bagsIn(files).values()] : [files];
  const payloads = bags.flatMap((bag) => payloadIn(bag) ?? []);
  const manifest = sha256(files.get(TAG_MANIFEST) ?? Buffer.alloc(0)).toString('hex');
  const found = payloads.flatMap(({ evidence }) => anchorOf(evidence.checkpoint) ?? []);
  const anchors = [...new Map(found.map((anchor) => [anchor.note, anchor])).values()];
  const place = { name: 'the checkpoint of the export' };
  return { claim: claimOf(payloads, manifest), anchors: anchors.length > 0 ? [{ place, anchors, unreadable: 0 }] : [] };
}
