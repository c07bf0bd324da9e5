// Checks a session that was exported from Chairside: one file, Node 20 or newer, nothing to install.
//   node verify.mjs FOLDER [--root FINGERPRINT]     (the one that was written on paper when the station was set up)
// Exit code: 0 in order, 1 damaged, 2 could not be checked, 3 in order except for rows whose text was taken out.
// How the evidence hangs together, from the root key down:
//   root key      its SHA-256 is the fingerprint on paper
//   later keys    each named by a row that the key before signed (data/keys.jsonl)
//   checkpoint    size and Merkle root of the whole trail, signed by the newest key (data/checkpoint.txt, C2SP note)
//   rows          SHA-256(0x00, line) of each line of data/events.jsonl, with its RFC 6962 path to that root
//   the rest      person data, trends and engine events by the SHA-256 in a row; tables cell by cell; files by manifest
import { createHash, createPublicKey, verify } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { parseArgs } from 'node:util';

/** The first thing that does not fit. `row` is null where a file as a whole is wrong. */
function fail(file, row, check, why) {
  throw Object.assign(new Error(why), { file, row, check });
}

const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();
const hashText = (...parts) => sha256(...parts).toString('hex');
const unhex = (text) => Buffer.from(text, 'hex');

/** RFC 6962 section 2.1.1: for each hash of a path, from the leaf up, whether it stands on the left. */
function sidesOf(index, size) {
  if (size <= 1) return [];
  const half = 2 ** (31 - Math.clz32(size - 1));
  return index < half ? [...sidesOf(index, half), false] : [...sidesOf(index - half, size - half), true];
}

/** The root that leaf `index` of `size` and its path lead to; null for a path of wrong length. */
function rootFromPath(leaf, index, size, path) {
  const isLeft = sidesOf(index, size);
  if (isLeft.length !== path.length) return null;
  return path.reduce((node, beside, at) => sha256('\x01', ...(isLeft[at] ? [beside, node] : [node, beside])), leaf);
}

/** RFC 8785: members sorted by UTF-16 code units, no spaces, numbers as ECMAScript writes them. */
function canonical(value) {
  if (typeof value === 'string' && !value.isWellFormed()) return 'half a character has no canonical form';
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  const names = Object.keys(value).toSorted();
  return `{${names.map((name) => `${canonical(name)}:${canonical(value[name])}`).join(',')}}`;
}

const EVIDENCE = ['events.jsonl', 'proofs.jsonl', 'keys.jsonl', 'checkpoint.txt', 'session.json'];
const [EVENTS, PROOFS, KEYS, NOTE, SESSION] = EVIDENCE.map((name) => `data/${name}`);
const TRENDS = { check: 'trend', act: 'trend.chunk', file: 'data/trends.jsonl', name: 'trend values' };
const ENGINE = { check: 'engine', act: 'engine.chunk', file: 'data/engine-events.jsonl', name: 'engine events' };
const REDACTED = '{"redacted":true}'; // In the place of a row whose text was taken out; its hash and path stay.
const PERSON = ['id', 'chairId', 'patientId', 'patientName', 'clinician'];

const isText = (value) => typeof value === 'string';
const isHash = (value) => isText(value) && /^[0-9a-f]{64}$/.test(value);
const isSeq = (value) => Number.isSafeInteger(value) && value > 0;
const isPath = (value) => Array.isArray(value) && value.every(isHash);
const isProof = (line) => isSeq(line?.seq) && isHash(line.hash) && isPath(line.proof);
const isKeyLine = (line) => isProof(line) && isText(line.body) && line.handover !== undefined;
const isSession = (value) => PERSON.every((name) => isText(value?.[name])) && isHash(value.nonce);

function readFolder(folder) {
  const paths = readdirSync(folder, { recursive: true }).filter((path) => statSync(join(folder, path)).isFile());
  return new Map(paths.map((path) => [path.split(sep).join('/'), readFileSync(join(folder, path))]));
}

function textOf(files, path) {
  const text = files.get(path)?.toString() ?? fail(path, null, 'missing', 'the file is not there');
  return Buffer.from(text).equals(files.get(path)) ? text : fail(path, null, 'form', 'it is not UTF-8 text');
}

const linesOf = (files, path) => textOf(files, path).split('\n').slice(0, -1);

function tryParse(json) {
  try {
    return JSON.parse(json);
  } catch {
    return undefined; // No form accepts it.
  }
}

function parse(json, path, hasForm) {
  const value = tryParse(json);
  if (hasForm(value)) return value;
  return fail(path, null, 'form', `it does not have the form of an export: ${json.slice(0, 40)}`);
}

/** Chunks of engine events follow each other: a header that says how many, then a line for each. */
function enginePieces(files) {
  const lines = linesOf(files, ENGINE.file);
  const pieces = [];
  while (lines.length > 0) {
    const { events } = parse(lines[0], ENGINE.file, (header) => isSeq(header?.events));
    pieces.push(`${lines.splice(0, events + 1).join('\n')}\n`);
  }
  return pieces;
}

/** A C2SP signed note with an Ed25519 signature of `pub`: what it states, or null. */
function openNote(note, origin, pub) {
  const [, text, name, size, root, signatures] = /^((.+)\n(0|[1-9]\d{0,15})\n(.{44})\n)\n(.*)$/s.exec(note) ?? [];
  if (pub === undefined || name !== origin || Buffer.from(root, 'base64').toString('base64') !== root) return null;
  const keyId = sha256(`${origin}\n`, '\x01', unhex(pub)).subarray(0, 4);
  const key = createPublicKey({ key: unhex(`302a300506032b6570032100${pub}`), format: 'der', type: 'spki' });
  const isSigned = signatures.split('\n').some((line) => {
    const [, signer, encoded] = /^\u2014 (\S+) ([A-Za-z0-9+/]+={0,2})$/u.exec(line) ?? [];
    const bytes = Buffer.from(encoded ?? '', 'base64');
    const isOurs = signer === origin && bytes.subarray(0, 4).equals(keyId);
    return isOurs && verify(null, Buffer.from(text), key, bytes.subarray(4));
  });
  return isSigned ? { size: Number(size), root: Buffer.from(root, 'base64') } : null;
}

/** 120 bits of the key's SHA-256 in base32, in groups of four. */
function fingerprintOf(pub) {
  const bits = [...sha256(unhex(pub)).subarray(0, 15)].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const letter = (five) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.charAt(Number(`0b${five}`));
  return bits.replaceAll(/.{5}/g, letter).replaceAll(/.{4}(?=.)/g, '$&-');
}

function requirePath(file, { seq, hash }, path, { size, root }) {
  const isProven = seq <= size && rootFromPath(unhex(hash), seq - 1, size, path.map(unhex))?.equals(root);
  if (!isProven) fail(file, seq, 'root', `row ${seq} is not proven to be in the signed trail`);
}

/** A row by itself: its hash, canonical form, members and own number. */
function openRow(file, { seq, body, hash }) {
  if (hashText('\x00', body) !== hash) fail(file, seq, 'row-hash', `row ${seq} was changed after it was written`);
  const row = tryParse(body);
  // A doubled member or another spelling would let two readers see two events.
  if (canonical(row) !== body) fail(file, seq, 'not-canonical', `row ${seq} was not written by Chairside`);
  if (row?.seq !== seq) fail(file, seq, 'seq', `another row stands in the place of row ${seq}`);
  return row;
}

/** Whose turn it was to sign a trail of that size: a newer key cannot speak for an older trail. */
const signerOf = (keys, size) => keys.findLast(({ after }) => after < size)?.pub;

/** The keys in order, each named by a row that the key before signed. Where a key was lost, a new root key begins. */
function followKeys(rows) {
  const { origin } = openRow(KEYS, rows[0] ?? fail(KEYS, 1, 'checkpoint', 'row 1 is missing')).new ?? {};
  const keys = [];
  for (const row of rows) {
    const { seq, handover } = row;
    const { act, new: named } = openRow(KEYS, row);
    // A new root key signs for itself, and repeats what the lost key signed last.
    const lost = keys.length > 0 && openNote(named?.previous?.note, origin, signerOf(keys, seq - 1));
    const isNext = keys.length === 0 ? seq === 1 : lost?.size === seq - 1;
    const isRoot = act === 'log.genesis' && isText(origin) && named?.origin === origin && isNext;
    const isKey = isHash(named?.pub) && (isRoot || (keys.length > 0 && act === 'key.rotate'));
    if (!isKey) fail(KEYS, seq, 'checkpoint', `row ${seq} names no usable key`);
    const signed = seq > 1 && openNote(handover?.checkpoint, origin, isRoot ? named.pub : signerOf(keys, seq));
    keys.push({ after: isRoot ? seq - 1 : seq, pub: named.pub, isRoot, lost, signed });
    if (seq > 1 && signed?.size !== seq) fail(KEYS, seq, 'checkpoint', `the key before did not sign row ${seq}`);
  }
  return { origin, keys };
}

/** What older keys signed is the beginning of what the newest one signed: a path has the rows before on its left. */
function requireKeyRow({ seq, hash, proof }, { lost, signed }, head) {
  requirePath(KEYS, { seq, hash }, proof, head);
  const isLeft = sidesOf(seq - 1, head.size);
  const before = proof.map(unhex).filter((_, at) => isLeft[at]);
  const rootOf = (hashes) => hashes.reduce((right, left) => sha256('\x01', left, right));
  const isThen = !signed || rootOf([unhex(hash), ...before]).equals(signed.root);
  if (!isThen || (lost && !rootOf(before).equals(lost.root)))
    fail(KEYS, seq, 'root', `the rows before row ${seq} are not those that the key of that time signed`);
}

/** Each row by itself and against the one before; between them lie rows of other chairs. Returns those with a text. */
function checkRows(rows, { id, patientId }, signed) {
  let before = { seq: -1 };
  return rows.flatMap((row) => {
    const { seq, body } = row;
    const own = body === REDACTED ? { redacted: true, session: id, patient: null } : openRow(EVENTS, row);
    const isNext = seq - 1 === before.seq && !own.redacted;
    if (seq <= before.seq) fail(EVENTS, seq, 'seq', `row ${seq} stands after row ${before.seq}`);
    if (isNext && own.prev !== before.hash) fail(EVENTS, seq, 'chain', `row ${seq} does not follow the row before`);
    if (own.session !== id) fail(EVENTS, seq, 'seq', `row ${seq} belongs to another session`);
    if (![null, patientId].includes(own.patient)) fail(EVENTS, seq, 'session', `row ${seq} names another patient`);
    requirePath(EVENTS, row, row.proof, signed);
    before = row;
    return own.redacted ? [] : [own];
  });
}

/** The row that opens the session holds a SHA-256 over the person data: without its nonce nobody can guess the name. */
function checkPerson(open, session, redacted) {
  const person = Object.fromEntries(PERSON.map((name) => [name, session[name]]));
  const opening = open.find(({ seal }) => seal !== undefined);
  if (opening === undefined && redacted === 0) fail(EVENTS, open[0]?.seq ?? 0, 'session', 'its opening row is missing');
  if (opening === undefined || opening.seal === hashText(unhex(session.nonce), canonical(person))) return;
  fail(SESSION, opening.seq, 'session', `row ${opening.seq} opened it for another person`);
}

function checkPieces({ check, act, file, name }, pieces, open) {
  const vouching = open.filter((row) => row.act === act);
  const wrong = vouching.find((row, index) => hashText(pieces[index] ?? '') !== row.new?.sha256);
  if (wrong !== undefined) fail(file, wrong.seq, check, `the ${name} of row ${wrong.seq} were changed or are missing`);
  if (pieces.length > vouching.length) fail(file, open.at(-1)?.seq ?? 0, check, `${name} that no row vouches for`);
}

/** The closing row states the first and last row and their number: a row left out of the export shows. */
function checkSpan(rows, open) {
  const { seq, span } = open.find(({ span }) => span !== undefined) ?? {};
  if (span === undefined) return false;
  const here = `${rows.findIndex((row) => row.seq === seq) + 1} rows from ${rows[0].seq} to ${seq}`;
  const stated = `${span.rows} rows from ${span.first} to ${span.last}`;
  return here === stated || fail(EVENTS, seq, 'seq', `the session had ${stated}; here are ${here}`);
}

/** RFC 8493: every file is in a manifest and has the SHA-256 that stands there. */
function bagDamage(files) {
  const manifests = ['tagmanifest-sha256.txt', 'manifest-sha256.txt'];
  const texts = manifests.map((path) => files.get(path)?.toString() ?? '').join('');
  const listed = new Map([...texts.matchAll(/^([0-9a-f]{64}) {2}(\S.*)$/gm)].map(([, hash, path]) => [path, hash]));
  return [...new Set([...manifests, ...listed.keys(), ...files.keys()])].flatMap((path) => {
    if (!files.has(path)) return [`${path} is missing.`];
    if (path === manifests[0] || hashText(files.get(path)) === listed.get(path)) return [];
    return [listed.has(path) ? `${path} was changed: it does not fit its manifest.` : `${path} is in no manifest.`];
  });
}

/** Everything an export claims, from the root key down. Throws the first Damage. */
function checkSession(files) {
  const bodies = linesOf(files, EVENTS);
  const proofs = linesOf(files, PROOFS).map((line) => parse(line, PROOFS, isProof));
  if (proofs.length !== bodies.length) fail(PROOFS, null, 'form', 'it does not have one line for each event');
  const rows = proofs.map((proof, index) => ({ ...proof, body: bodies[index] }));
  const session = parse(textOf(files, SESSION), SESSION, isSession);
  const keyRows = linesOf(files, KEYS).map((line) => parse(line, KEYS, isKeyLine));
  const { origin, keys } = followKeys(keyRows);
  const size = Number(textOf(files, NOTE).split('\n')[1]) || 0;
  const signed = openNote(textOf(files, NOTE), origin, signerOf(keys, size) ?? keys[0].pub);
  if (signed === null) fail(NOTE, size, 'checkpoint', 'the checkpoint is not signed by the key of the trail');
  for (const [index, row] of keyRows.entries()) requireKeyRow(row, keys[index], signed);
  const open = checkRows(rows, session, signed);
  const redacted = rows.length - open.length;
  checkPerson(open, session, redacted);
  checkPieces(TRENDS, linesOf(files, TRENDS.file), open);
  checkPieces(ENGINE, enginePieces(files), open);
  const roots = keys.filter(({ isRoot }) => isRoot).map(({ pub }) => fingerprintOf(pub));
  return { rows, redacted, isClosed: checkSpan(rows, open), size, roots, from: keys.at(-1).after + 1 };
}

function proven({ rows, redacted, isClosed, size, roots }) {
  return [
    `${rows.length} events (rows ${rows[0]?.seq} to ${rows.at(-1)?.seq}) are as written, in order, in the signed trail.`,
    redacted > 0 && `${redacted} of them are redacted: that they were written is proven, what they said is not.`,
    isClosed && redacted === 0 && 'No event is missing between the opening and the closing of the session.',
    redacted === 0 && 'The patient and the clinician are those the session was opened with.',
    'The trend values and the engine events are the recorded ones.',
    `All signatures, up to the checkpoint at row ${size}, lead back to the root key ${roots.join(', then ')}.`,
  ];
}

function notProven({ rows, redacted, isClosed, size, roots, from }, enrolled) {
  return [
    enrolled === undefined && 'That this is the record of your station: compare the root key with the paper (--root).',
    roots.length > 1 && "That each root key is the station's: the signing key was lost in between. Compare all.",
    redacted > 0 && 'That the redacted rows belong to this session.',
    !isClosed && 'That no event is missing: the row that closes the session is not here.',
    `What came after row ${size}: rows behind the last checkpoint that is kept elsewhere can be cut off unseen.`,
    rows.at(-1)?.seq >= from && `That the holder of the newest signing key did not rewrite rows from ${from} on.`,
    'That nobody put back an old copy of the whole disk: compare with an older export, a print or a second medium.',
    'That the clock of the station was right, and that the devices told the truth.',
    'That tables (.csv) and other papers say what the events say: only their manifests were checked.',
    'That this program is the genuine one, if it came with the folder: take it from a place that you trust.',
  ];
}

const say = (title, facts) => console.log([title, ...facts.filter(Boolean).map((one) => `  - ${one}`), ''].join('\n'));

function examine(files, enrolled) {
  const plain = (fingerprint) => fingerprint?.toUpperCase().replaceAll(/[\s-]/g, '');
  try {
    const found = checkSession(files);
    const isOurs = [undefined, ...found.roots.map(plain)].includes(plain(enrolled));
    const other = `It is the record of another station: root key ${found.roots.join()}, not ${enrolled}.`;
    return { found, damage: isOurs ? bagDamage(files) : [other] };
  } catch (error) {
    if (error.check === undefined) throw error;
    const place = error.row === null ? error.file : `${error.file} at row ${error.row}`;
    return { damage: [`First damage in ${place} (${error.check}): ${error.message}.`, ...bagDamage(files)] };
  }
}

try {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { root: { type: 'string' } } });
  if (positionals.length !== 1) throw new TypeError('usage: node verify.mjs FOLDER [--root FINGERPRINT]');
  const { found, damage } = examine(readFolder(positionals[0]), values.root);
  const order = found?.redacted > 0 ? `${found.redacted} REDACTED, the rest in order` : 'IN ORDER';
  say(damage.length > 0 ? 'DAMAGED' : order, damage.length > 0 ? damage : proven(found));
  if (damage.length === 0) say('NOT PROVEN', notProven(found, values.root));
  process.exitCode = damage.length > 0 ? 1 : found.redacted > 0 ? 3 : 0;
} catch (error) {
  console.error(error.message);
  process.exitCode = 2;
}
