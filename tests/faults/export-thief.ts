import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import canonicalize from 'canonicalize';
import { signCheckpoint } from '../../db/checkpoint.ts';
import { leafHash } from '../../db/hash.ts';
import { MerkleTree } from '../../db/merkle.ts';
import { eventsCsv } from '../../main/export/csv.ts';
import { forge } from './export-attacks.ts';
import { rowHashes } from './record-kit.ts';

interface ProofLine {
  readonly seq: number;
  readonly hash: string;
  readonly proof: readonly string[];
}

const hex = (hashes: readonly Buffer[]): string[] => hashes.map((hash) => hash.toString('hex'));
const linesOf = (folder: string, path: string): string[] =>
  readFileSync(join(folder, path), 'utf8').split('\n').slice(0, -1);
const textOf = (lines: readonly unknown[]): string => lines.map((line) => `${JSON.stringify(line)}\n`).join('');

/** What stands in the key file of a station without a key store: the newest key, and no older one. */
export function stolenKey(record: string): Buffer {
  const { current } = JSON.parse(readFileSync(join(record, 'keys', 'signing-key.json'), 'utf8')) as { current: string };
  return Buffer.from(current, 'base64');
}

/**
 * Rewrites the events of an export as a thief of the newest key can who also has the hashes of all rows: new links, a
 * new tree, a new signature, new tables and manifests. Rows that name keys stay: older keys signed over them.
 */
export async function resign(folder: string, record: string, edit: (body: string) => string): Promise<void> {
  const note = readFileSync(join(folder, 'data/checkpoint.txt'), 'utf8');
  const [origin = '', sizeText] = note.split('\n');
  const size = Number(sizeText);
  const hashes = rowHashes(record).slice(0, size);
  const proofs = linesOf(folder, 'data/proofs.jsonl').map((line) => JSON.parse(line) as ProofLine);
  const bodies = linesOf(folder, 'data/events.jsonl').map((body, index) => {
    const seq = proofs[index]?.seq ?? 0;
    const prev = Buffer.from(hashes[seq - 2] ?? []).toString('hex');
    const text = canonicalize({ ...(JSON.parse(edit(body)) as object), prev }) ?? '';
    hashes[seq - 1] = leafHash(text);
    return text;
  });
  const begun = JSON.parse(readFileSync(join(folder, 'data/extent.json'), 'utf8')) as ProofLine & { body: string };
  const extent = JSON.parse(begun.body) as { prev: string; new: { sessions: { hash: string }[] } };
  const lastHash = Buffer.from(hashes[(proofs.at(-1)?.seq ?? 0) - 1] ?? []).toString('hex');
  const stated = { ...extent, new: { sessions: extent.new.sessions.map((one) => ({ ...one, hash: lastHash })) } };
  const extentBody = canonicalize({ ...stated, prev: Buffer.from(hashes[begun.seq - 2] ?? []).toString('hex') }) ?? '';
  hashes[begun.seq - 1] = leafHash(extentBody);
  const tree = new MerkleTree();
  for (const hash of hashes) tree.append(hash);
  const proofOf = (seq: number): string[] => hex(tree.proof(seq - 1, size));
  const events = bodies.map((body) => `${body}\n`).join('');
  await forge(folder, {
    'data/events.jsonl': () => events,
    'data/events.csv': () => eventsCsv(bodies),
    'data/proofs.jsonl': () =>
      textOf(
        proofs.map(({ seq }, index) => ({ seq, hash: hex([leafHash(bodies[index] ?? '')])[0], proof: proofOf(seq) })),
      ),
    'data/extent.json': () =>
      textOf([{ seq: begun.seq, hash: hex([leafHash(extentBody)])[0], body: extentBody, proof: proofOf(begun.seq) }]),
    'data/keys.jsonl': (text) =>
      textOf(
        text
          .split('\n')
          .slice(0, -1)
          .map((line) => JSON.parse(line) as ProofLine)
          .map((line) => ({ ...line, proof: proofOf(line.seq) })),
      ),
    'data/checkpoint.txt': () => signCheckpoint({ origin, size, root: tree.root(size) }, stolenKey(record)),
  });
}
