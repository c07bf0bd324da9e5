// Checks what was exported from Chairside: one file, Node 20 or newer, nothing to install.
//   node verify.mjs FOLDER [--root FINGERPRINT]     (the one that was written on paper when the station was set up)
// Exit code: 0 proven, 1 damaged, 2 no evidence or not checkable, 3 proven except for rows whose text was taken out.
//   keys          the root key's SHA-256 is the fingerprint on paper; each later one is in a row that the one before signed
//   checkpoint    size and Merkle root of the whole trail, signed by the newest key (data/checkpoint.txt, C2SP note)
//   rows          SHA-256(0x00, line) of each line of data/events.jsonl, with its RFC 6962 path to that root
//   the rest      person data, trends and engine events by the SHA-256 in a row; every other file by its manifest only
import { createHash, createPublicKey, verify } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { parseArgs } from 'node:util';

/** Ends the check at the first thing that does not fit. `row` is null where a file as a whole is wrong. */
function fail(file, row, check, why) {
  const place = row === null ? '' : ` at row ${row}`;
  throw Object.assign(new Error(`First damage in ${file}${place} (${check}): ${why}.`), { isDamage: true });
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

/** RFC 8785: members sorted by UTF-16 code units, no spaces, numbers as ECMAScript writes them. */
function canonical(value) {
  if (typeof value === 'string' && !value.isWellFormed()) return 'half a character has no canonical form';
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  const names = Object.keys(value).toSorted();
  return `{${names.map((name) => `${canonical(name)}:${canonical(value[name])}`).join(',')}}`;
}

const JSONL = ['events', 'proofs', 'keys', 'trends', 'engine-events', 'missing'].map((name) => `data/${name}.jsonl`);
const [EVENTS, PROOFS, KEYS, TRENDS, ENGINE, MISSING] = JSONL;
const [NOTE, SESSION, EXTENT] = ['data/checkpoint.txt', 'data/session.json', 'data/extent.json'];
const REDACTED = '{"redacted":true}'; // In the place of a row whose text was taken out; its hash and path stay.
const isHash = (value) => /^[0-9a-f]{64}$/.test(value);
const isProof = (it) => Number.isSafeInteger(it?.seq) && [it.hash, ...it.proof].every(isHash);
const isRow = (it) => isProof(it) && typeof it.body === 'string';
const linesOf = (files, path) => textOf(files, path).split('\n').slice(0, -1);
const list = (title, facts) => [title, ...facts.filter(Boolean).map((fact) => `  - ${fact}`), ''].join('\n');

function readFolder(folder) {
  const paths = readdirSync(folder, { recursive: true }).filter((path) => statSync(join(folder, path)).isFile());
  return new Map(paths.map((path) => [path.split(sep).join('/'), readFileSync(join(folder, path))]));
}

function textOf(files, path) {
  const text = files.get(path)?.toString() ?? fail(path, null, 'missing', 'the file is not there');
  return Buffer.from(text).equals(files.get(path)) ? text : fail(path, null, 'form', 'it is not UTF-8 text');
}

function parse(json, path, hasForm) {
  try {
    const value = JSON.parse(json);
    if (hasForm(value)) return value;
  } catch {
    // No form accepts it.
  }
  return fail(path, null, 'form', `it does not have the form of an export: ${json.slice(0, 40)}`);
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
    return signer === origin && bytes.indexOf(keyId) === 0 && verify(null, Buffer.from(text), key, bytes.subarray(4));
  });
  return isSigned ? { size: Number(size), root: Buffer.from(root, 'base64') } : null;
}

/** 120 bits of the key's SHA-256 in base32, in groups of four. */
function fingerprintOf(pub) {
  const bits = [...sha256(unhex(pub)).subarray(0, 15)].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const letter = (five) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.charAt(Number(`0b${five}`));
  return bits.replaceAll(/.{5}/g, letter).replaceAll(/.{4}(?=.)/g, '$&-');
}

/** The row and its path lead to the signed root. */
function requirePath(file, { seq, hash, proof }, { size, root }) {
  const left = sidesOf(seq - 1, size);
  const up = (node, beside, at) => sha256('\x01', ...(left[at] ? [beside, node] : [node, beside]));
  const isProven = seq <= size && proof.length === left.length && proof.map(unhex).reduce(up, unhex(hash)).equals(root);
  if (!isProven) fail(file, seq, 'root', `row ${seq} is not proven to be in the signed trail`);
}

/** A row by itself. A doubled member or another spelling would let two readers see two events. */
function openRow(file, { seq, body, hash }) {
  if (hashText('\x00', body) !== hash) fail(file, seq, 'row-hash', `row ${seq} was changed after it was written`);
  const row = parse(body, file, Boolean);
  if (canonical(row) !== body) fail(file, seq, 'not-canonical', `row ${seq} was not written by Chairside`);
  if (row?.seq !== seq) fail(file, seq, 'seq', `another row stands in the place of row ${seq}`);
  return row;
}

/** Whose turn it was to sign a trail of that size: a newer key cannot speak for an older trail. With `heads` it signs the row that names it. */
const signerOf = (keys, size) => keys.findLast(({ after }) => after < size)?.pub;

/** Each key is named by a row that the one before signed; a new root key after a loss repeats what that signed last. */
function followKeys(rows) {
  const { origin } = openRow(KEYS, rows[0] ?? fail(KEYS, 1, 'checkpoint', 'row 1 is missing')).new ?? {};
  const keys = [];
  for (const row of rows) {
    const { seq, act, new: named } = openRow(KEYS, row);
    const lost = keys.length > 0 && openNote(named?.previous?.note, origin, signerOf(keys, seq - 1));
    const isNext = keys.length === 0 ? seq === 1 : lost?.size === seq - 1;
    const isRoot = act === 'log.genesis' && typeof origin === 'string' && named?.origin === origin && isNext;
    const isKey = isHash(named?.pub) && (isRoot || (keys.length > 0 && act === 'key.rotate'));
    if (!isKey) fail(KEYS, seq, 'checkpoint', `row ${seq} names no usable key`);
    const signed = seq > 1 && openNote(row.handover?.checkpoint, origin, isRoot ? named.pub : signerOf(keys, seq));
    keys.push({ after: isRoot || named.heads === true ? seq - 1 : seq, pub: named.pub, isRoot, lost, signed });
    if (seq > 1 && signed?.size !== seq) fail(KEYS, seq, 'checkpoint', `the key before did not sign row ${seq}`);
  }
  return { origin, keys };
}

/** What older keys signed is the beginning of what the newest one signed: a path has the rows before on its left. */
function requireKeyRow({ seq, hash, proof }, { lost, signed }, head) {
  requirePath(KEYS, { seq, hash, proof }, head);
  const before = proof.map(unhex).filter((_, at) => sidesOf(seq - 1, head.size)[at]);
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
    requirePath(EVENTS, row, signed);
    before = row;
    return own.redacted ? [] : [own];
  });
}

/** The row that opens the session holds a SHA-256 over the person data: without its nonce nobody can guess the name. */
function checkPerson(open, { id, chairId, patientId, patientName, clinician, nonce }, redacted) {
  const seal = hashText(unhex(nonce), canonical({ id, chairId, patientId, patientName, clinician }));
  const opening = open.find((row) => row.seal !== undefined);
  if (opening?.seal === seal || (opening === undefined && redacted > 0)) return;
  fail(SESSION, opening?.seq ?? open[0]?.seq ?? 0, 'session', 'the session was not opened for this person here');
}

/** A row for each piece holds its SHA-256: a line of trends, or a header and the lines of so many engine events. */
function checkPieces(kind, file, files, open) {
  const lines = linesOf(files, file);
  for (const { seq, new: stated } of open.filter(({ act }) => act === `${kind}.chunk`)) {
    const piece = file === ENGINE ? lines.splice(0, stated?.events + 1).map((line) => `${line}\n`) : lines.splice(0, 1);
    if (hashText(piece.join('')) !== stated?.sha256) fail(file, seq, kind, `${kind} lines of row ${seq} were changed`);
  }
  if (lines.length > 0) fail(file, open.at(-1)?.seq ?? 0, kind, `there are ${kind} lines that no row vouches for`);
}

/** Whoever counted the rows of the session says how many there are, and which: a row that was left out shows. */
function requireExtent(check, seq, rows, { first, last, rows: count, hash = rows.at(-1)?.hash }) {
  const here = `${rows.length} rows from ${rows[0]?.seq} to ${rows.at(-1)?.seq}`;
  const stated = `${count} rows from ${first} to ${last}`;
  if (here !== stated || hash !== rows.at(-1)?.hash) fail(EVENTS, seq, check, `it had ${stated}; here are ${here}`);
}

/** Before it was written, the export began with a row that states what it holds. Rows before version 2 know of none. */
function checkExtent(files, rows, keyRows, { id }, head) {
  const isOlder = [...rows, ...keyRows].every(({ body }) => !(JSON.parse(body).v > 1));
  if (!files.has(EXTENT)) return isOlder || fail(EXTENT, rows.at(-1)?.seq ?? 0, 'extent', 'the file is not there');
  const row = parse(textOf(files, EXTENT), EXTENT, isRow);
  const { act, new: stated } = openRow(EXTENT, row);
  requirePath(EXTENT, row, head);
  const own = act === 'export.begun' && stated.sessions.find((one) => one.id === id);
  if (!own || head.size !== row.seq) fail(EXTENT, row.seq, 'extent', 'that row did not begin this export');
  requireExtent('extent', row.seq, rows, own);
  return { seq: row.seq, hash: row.hash, ids: stated.sessions.map((one) => one.id) };
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

function checkSession(files, enrolled) {
  const lost = files.has(MISSING) && parse(linesOf(files, MISSING)[0] ?? '', MISSING, (it) => it?.[0] > 0)[0];
  if (lost) fail(MISSING, lost, 'seq', `row ${lost} is missing: the record had lost it when this was exported`);
  const bodies = linesOf(files, EVENTS);
  const rows = linesOf(files, PROOFS).map((line, at) => ({ ...parse(line, PROOFS, isProof), body: bodies[at] }));
  if (rows.length !== bodies.length) fail(PROOFS, null, 'form', 'it does not have one line for each event');
  const session = parse(textOf(files, SESSION), SESSION, (it) => isHash(it?.nonce));
  const keyRows = linesOf(files, KEYS).map((line) => parse(line, KEYS, isRow));
  const { origin, keys } = followKeys(keyRows);
  const size = Number(textOf(files, NOTE).split('\n')[1]) || 0;
  const signed = openNote(textOf(files, NOTE), origin, signerOf(keys, size) ?? keys[0].pub);
  if (signed === null) fail(NOTE, size, 'checkpoint', 'the checkpoint is not signed by the key of the trail');
  for (const [index, row] of keyRows.entries()) requireKeyRow(row, keys[index], signed);
  const open = checkRows(rows, session, signed);
  const redacted = rows.length - open.length;
  checkPerson(open, session, redacted);
  for (const [kind, file] of Object.entries({ trend: TRENDS, engine: ENGINE })) checkPieces(kind, file, files, open);
  const { seq: closed, span } = open.find((row) => row.span !== undefined) ?? {};
  if (span) requireExtent('seq', closed, rows.slice(0, rows.findIndex(({ seq }) => seq === closed) + 1), span);
  const extent = checkExtent(files, rows, keyRows, session, signed);
  const roots = keys.filter(({ isRoot }) => isRoot).map(({ pub }) => fingerprintOf(pub));
  const plain = (fingerprint) => fingerprint?.toUpperCase().replaceAll(/[\s-]/g, '');
  const isOurs = [undefined, ...roots.map(plain)].includes(plain(enrolled));
  if (!isOurs) fail(KEYS, 1, 'root', `it is the record of another station: root key ${roots.join()}`);
  return { id: session.id, extent, rows, redacted, span, size, roots, from: keys.at(-1).after + 1 };
}

function reportOf({ extent, rows, redacted, span, size, roots, from }, files, enrolled) {
  const unread = [...files.keys()].filter((path) => ![...JSONL, NOTE, SESSION, EXTENT].includes(path));
  const proven = list(redacted === 0 ? 'IN ORDER' : `${redacted} REDACTED, the rest in order`, [
    `${rows.length} events (rows ${rows[0]?.seq} to ${rows.at(-1)?.seq}) are as written, in order, in the signed trail.`,
    redacted > 0 && `${redacted} of them are redacted: that they were written is proven, what they said is not.`,
    span && redacted === 0 && 'No event is missing between the opening and the closing of the session.',
    extent.seq && `They are all that the session had when row ${extent.seq} began this export.`,
    redacted === 0 && 'The patient and the clinician are those the session was opened with.',
    'The trend values and the engine events are the recorded ones.',
    `All signatures, up to the checkpoint at row ${size}, lead back to the root key ${roots.join(', and as the signing key was lost in between, to ')}.`,
  ]);
  const notProven = list('NOT PROVEN', [
    (!enrolled || roots.length > 1) && 'That it is your station: compare the root key with the paper (--root).',
    !extent.seq && 'That no event is missing at its end: an export of this version did not state its extent.',
    extent.ids?.length > 1 && `Anything of the other sessions of this export: ${extent.ids.length} in all.`,
    `What came after row ${size}, and that no old copy of the whole disk was put back: compare with what lies elsewhere.`,
    rows.at(-1)?.seq >= from && `That the holder of the newest signing key did not rewrite rows from ${from} on.`,
    'That the clock of the station was right, and that the devices told the truth.',
    `That these say what the events say, for only their manifests were checked: ${unread.join(', ')}.`,
    'That this program is the genuine one, if it came with the folder: take it from a place that you trust.',
  ]);
  return `${proven}\n${notProven}`;
}

function judge(files, enrolled) {
  const damage = bagDamage(files);
  if (damage.length === 0 && !files.has(PROOFS) && !files.has(NOTE))
    return { code: 2, text: list('NO EVIDENCE', ['Nothing is proven: there are no proofs and no checkpoint.']) };
  try {
    const found = checkSession(files, enrolled);
    if (damage.length === 0) return { code: found.redacted > 0 ? 3 : 0, text: reportOf(found, files, enrolled), found };
  } catch (error) {
    if (!error.isDamage) throw error;
    damage.unshift(error.message);
  }
  return { code: 1, text: list('DAMAGED', damage) };
}

/** A collection holds an export of each session, of all with which it began: the worst of them is its own. */
function judgeAll(files, enrolled) {
  const places = [...new Set([...files.keys()].flatMap((path) => /^data\/sessions\/[^/]+\//.exec(path)?.[0] ?? []))];
  if (places.length === 0) return judge(files, enrolled);
  const reports = places.map((place) => {
    const own = [...files].filter(([path]) => path.startsWith(place));
    return judge(new Map(own.map(([path, bytes]) => [path.slice(place.length), bytes])), enrolled);
  });
  const found = reports.flatMap((report) => report.found ?? []);
  const { hash, ids = [] } = found.find(({ extent }) => extent.seq)?.extent ?? {};
  const here = found.map(({ id, extent }) => (extent.hash === hash ? id : 'one of another export'));
  const isWhole = !hash || (here.length === ids.length && ids.every((id) => here.includes(id)));
  const damage = bagDamage(files);
  if (!isWhole) damage.push(`The export began with the sessions ${ids.join()}; here are ${here.join()}.`);
  const title = damage.length > 0 ? 'DAMAGED' : 'NOT PROVEN: data/index.csv, data/events.csv of all';
  reports.push({ code: Math.min(damage.length, 1), text: list(title, damage) });
  const code = [1, 2, 3, 0].find((one) => reports.some((report) => report.code === one));
  return { code, text: reports.map(({ text }, at) => `${places[at] ?? 'The whole'}: ${text}`).join('\n') };
}

try {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { root: { type: 'string' } } });
  if (positionals.length !== 1) throw new TypeError('usage: node verify.mjs FOLDER [--root FINGERPRINT]');
  const { code, text } = judgeAll(readFolder(positionals[0]), values.root);
  console.log(text);
  process.exitCode = code;
} catch (error) {
  console.error(error.message);
  process.exitCode = 2;
}
