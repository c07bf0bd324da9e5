import { describe, expect, test } from 'vitest';
import { composeBody, NO_ROW } from './body.ts';
import { originOf, signCheckpoint } from './checkpoint.ts';
import { publicKeyOf } from './ed25519.ts';
import { leafHash } from './hash.ts';
import { jcs } from './jcs.ts';
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

interface Variant {
  /** The root that the key before signed over the rotation. */
  readonly signedThen?: (tree: MerkleTree) => Buffer;
  /** Version of the rows; before 2, exports did not begin with a row. */
  readonly v?: number;
  /** What the row says with which the export began. */
  readonly stated?: Readonly<Record<string, unknown>>;
}

/** A trail in memory: the root key, a rotation to `second`, two rows of session `s`, and the row that begins an export. */
function compose(handoverSigner: Buffer, checkpointSigner: Buffer, variant: Variant = {}): SessionEvidence {
  const { signedThen = (tree) => tree.root(2), v = 2, stated = {} } = variant;
  const tree = new MerkleTree();
  const rows: { seq: number; body: string; hash: Buffer }[] = [];
  const add = (input: AuditInput): void => {
    const place = { seq: rows.length + 1, prev: rows.at(-1)?.hash.toString('hex') ?? NO_ROW };
    const extra = input.act === 'session.open' ? { seal: sealOf(PERSON, NONCE) } : {};
    const body = jcs({ ...(JSON.parse(composeBody(input, place, RUN, extra)) as object), v });
    const hash = leafHash(body);
    tree.append(hash);
    rows.push({ seq: place.seq, body, hash });
  };
  add(event('log.genesis', { new: { origin, pub: hex(root) } }));
  add(event('key.rotate', { new: { pub: hex(second) } }));
  add(event('session.open', { session: 's' }));
  add(event('session.note', { session: 's' }));
  const extent = { id: 's', rows: 2, first: 3, last: 4, hash: rows[3]?.hash.toString('hex') ?? '', ...stated };
  add(event('export.begun', { new: { sessions: [extent] } }));
  const proven = rows.map((row) => ({ ...row, proof: tree.proof(row.seq - 1, 5) }));
  const handover = { checkpoint: signCheckpoint({ origin, size: 2, root: signedThen(tree) }, handoverSigner) };
  return {
    session: PERSON,
    nonce: NONCE,
    rows: proven.slice(2, 4),
    keyRows: proven.slice(0, 2).map((row): KeyRow => ({ ...row, handover: row.seq === 1 ? null : handover })),
    checkpoint: signCheckpoint({ origin, size: 5, root: tree.root(5) }, checkpointSigner),
    begun: proven[4] ?? null,
    missing: [],
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
    expect(verifySession(compose(root, root)).damage).toMatchObject({ what: 'checkpoint', seq: 5 });
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
    const evidence = compose(root, second, { signedThen: () => Buffer.alloc(32, 1) });
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

describe('the extent of an export', () => {
  const whole = compose(root, second);
  const found = (evidence: SessionEvidence) => verifySession(evidence).damage;

  test('is that of the row with which it began', () => {
    const { damage, begun } = verifySession(whole);
    expect(damage).toBeNull();
    expect(begun).toEqual({
      seq: 5,
      hash: whole.begun?.hash && Buffer.from(whole.begun.hash).toString('hex'),
      sessions: ['s'],
    });
  });

  test('a tail that was cut off is found, with the row that counted it and without', () => {
    const cut = { ...whole, rows: whole.rows.slice(0, 1) };
    expect(found(cut)).toMatchObject({ what: 'extent', seq: 5 });
    expect(found({ ...cut, begun: null })).toMatchObject({ what: 'extent', seq: 3 });
  });

  test.each([{ rows: 3 }, { first: 2 }, { last: 5 }, { hash: 'ab' }, { id: 'other' }, { rows: '2' }])(
    'other rows than stated are found: %j',
    (stated) => {
      expect(found(compose(root, second, { stated }))).toMatchObject({ what: 'extent', seq: 5 });
    },
  );

  test('a row from another place, or of another act, states nothing', () => {
    const [open, note] = whole.rows;
    expect(found({ ...whole, begun: note ?? null })).toMatchObject({ what: 'extent', seq: 4 });
    expect(found({ ...whole, begun: whole.begun && { ...whole.begun, proof: open?.proof ?? [] } })).toMatchObject({
      what: 'root',
      seq: 5,
    });
  });

  test('exports of versions that stated none stay checkable', () => {
    const older = { ...compose(root, second, { v: 1 }), begun: null };
    expect(verifySession(older)).toMatchObject({ damage: null, begun: null, summary: { rows: 2 } });
  });
});
