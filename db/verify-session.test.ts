import { describe, expect, test } from 'vitest';
import { composeBody, NO_ROW } from './body.ts';
import { originOf, signCheckpoint } from './checkpoint.ts';
import { publicKeyOf } from './ed25519.ts';
import { leafHash } from './hash.ts';
import { newSeed } from './keys.ts';
import { MerkleTree } from './merkle.ts';
import { event } from './test-kit.ts';
import { sealOf } from './session-seal.ts';
import type { AuditInput } from './trail.ts';
import { type KeyRow, type SessionEvidence, verifySession } from './verify-session.ts';

const RUN = { station: 'room 1', app: '0', boot: 'b' };
const origin = originOf('room 1');
const root = newSeed();
const second = newSeed();
const PERSON = { id: 's', chairId: '1', patientId: 'p', patientName: 'Ada Example', clinician: 'c' };
const NONCE = Buffer.alloc(32, 7);
const hex = (seed: Buffer): string => publicKeyOf(seed).toString('hex');

/**
 * A trail in memory: the root key, a rotation to `second`, and two rows of session `s`. `signedThen` is the root that
 * the key before signed over the rotation.
 */
function compose(
  handoverSigner: Buffer,
  checkpointSigner: Buffer,
  signedThen: (tree: MerkleTree) => Buffer = (tree) => tree.root(2),
): SessionEvidence {
  const events: AuditInput[] = [
    event('log.genesis', { new: { origin, pub: hex(root) } }),
    event('key.rotate', { new: { pub: hex(second) } }),
    event('session.open', { session: 's' }),
    event('session.note', { session: 's' }),
  ];
  const tree = new MerkleTree();
  let prev = NO_ROW;
  const rows = events.map((input, index) => {
    const body = composeBody(
      input,
      { seq: index + 1, prev },
      RUN,
      input.act === 'session.open' ? { seal: sealOf(PERSON, NONCE) } : {},
    );
    const hash = leafHash(body);
    tree.append(hash);
    prev = hash.toString('hex');
    return { seq: index + 1, body, hash };
  });
  const proven = rows.map(({ seq, body, hash }) => ({ seq, body, hash, proof: tree.proof(seq - 1, 4) }));
  const handover = { checkpoint: signCheckpoint({ origin, size: 2, root: signedThen(tree) }, handoverSigner) };
  const keyRows: KeyRow[] = proven
    .slice(0, 2)
    .map(({ seq, body, hash, proof }) => ({ seq, body, hash, proof, handover: seq === 1 ? null : handover }));
  const checkpoint = signCheckpoint({ origin, size: 4, root: tree.root(4) }, checkpointSigner);
  return {
    session: PERSON,
    nonce: NONCE,
    rows: proven.slice(2),
    keyRows,
    checkpoint,
    vouched: { trend: [], engine: [] },
  };
}

describe('the keys of an export', () => {
  test('lead from the newest checkpoint to the root key', () => {
    expect(verifySession(compose(root, second)).damage).toBeNull();
  });

  test('a key that the root key did not hand over to is not believed', () => {
    const stranger = newSeed();
    expect(verifySession(compose(stranger, second)).damage).toMatchObject({
      what: 'checkpoint',
      seq: 2,
    });
    expect(verifySession(compose(second, second)).damage).toMatchObject({ what: 'checkpoint', seq: 2 });
  });

  test('the outgoing key is not believed after its time', () => {
    expect(verifySession(compose(root, root)).damage).toMatchObject({ what: 'checkpoint', seq: 4 });
  });

  test('a handover left out is missed', () => {
    const evidence = compose(root, second);
    const keyRows = evidence.keyRows.map(({ seq, body, hash, proof }) => ({ seq, body, hash, proof, handover: null }));
    expect(verifySession({ ...evidence, keyRows }).damage).toMatchObject({ what: 'checkpoint', seq: 2 });
    expect(verifySession({ ...evidence, keyRows: evidence.keyRows.slice(0, 1) }).damage).not.toBeNull();
    expect(verifySession({ ...evidence, keyRows: [] })).toMatchObject({
      damage: { what: 'checkpoint', seq: 1 },
      rootFingerprint: null,
    });
  });

  test.each([0, 1])('key row %i that is not proven to be in the trail is not believed', (index) => {
    const evidence = compose(root, second);
    const keyRows = evidence.keyRows.map((row, at) => (at === index ? { ...row, proof: [] } : row));
    expect(verifySession({ ...evidence, keyRows }).damage).toMatchObject({ what: 'root', seq: index + 1 });
  });

  test('a past that the key of that time did not sign is not believed, whoever signs for it now', () => {
    const evidence = compose(root, second, () => Buffer.alloc(32, 1));
    expect(verifySession(evidence).damage).toMatchObject({ what: 'root', seq: 2 });
  });

  test('that the station still has speak for nothing before their first row', () => {
    expect(verifySession(compose(root, second)).currentKeyFrom).toBe(3);
    expect(verifySession({ ...compose(root, second), keyRows: [] }).currentKeyFrom).toBeNull();
  });
});

describe('the rows of an export', () => {
  const evidence = compose(root, second);

  test('in the wrong order are found', () => {
    expect(verifySession({ ...evidence, rows: evidence.rows.toReversed() }).damage).toMatchObject({ what: 'seq' });
  });

  test('that were doubled are found', () => {
    const rows = evidence.rows.flatMap((row) => [row, row]);
    expect(verifySession({ ...evidence, rows }).damage).toMatchObject({ what: 'seq', seq: 3 });
  });

  test('of another trail are found', () => {
    const other = compose(root, second);
    expect(verifySession({ ...evidence, rows: other.rows }).damage).toMatchObject({ what: 'root', seq: 3 });
  });

  test('without the opening row are found', () => {
    expect(verifySession({ ...evidence, rows: evidence.rows.slice(1) }).damage).toMatchObject({ what: 'session' });
  });

  test('of another person are found', () => {
    const session = { ...PERSON, patientName: 'Bob Example' };
    expect(verifySession({ ...evidence, session }).damage).toMatchObject({ what: 'session', seq: 3 });
  });

  test('of an open session are counted but not called complete', () => {
    const { summary } = verifySession(evidence);
    expect(summary).toMatchObject({ rows: 2, firstSeq: 3, lastSeq: 4, isClosed: false, lateRows: 0 });
  });
});
