// Checks what Chairside exported, with Node 20 or newer alone: node verify.mjs FOLDER [--root FINGERPRINT]... (one for each paper)
// Exit code: 0 proven, 1 damaged, 2 no evidence or not checkable, 3 proven except for rows whose text was taken out.
//   keys          the root key's SHA-256 is the fingerprint on paper; each later one is in a row that the one before signed
//   checkpoint    size and Merkle root of the whole trail, signed by the newest key (data/checkpoint.txt, C2SP note)
//   rows          SHA-256(0x00, line) of each line of data/events.jsonl, with its RFC 6962 path to that root
//   the rest      persons, trends, engine events by the SHA-256 in a row; others by their manifest, which anybody can write
import { createHash, createPublicKey, verify } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { parseArgs } from 'node:util';

/** Ends the check at the first thing that does not fit. `row` is null where a file as a whole is wrong. */
function fail(file, row, check, why) {
  throw new Error(`First damage in ${file}${row === null ? '' : ` at row ${row}`} (${check}): ${why}.`);
}

const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();
const hashText = (...parts) => sha256(...parts).toString('hex');
const unhex = (text) => Buffer.from(text, 'hex');
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

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

const EVIDENCE = ['events', 'proofs', 'keys', 'trends', 'engine-events', 'missing'].map((name) => `data/${name}.jsonl`);
const [EVENTS, PROOFS, KEYS, TRENDS, ENGINE, MISSING] = EVIDENCE;
const [NOTE, SESSION, EXTENT] = ['data/checkpoint.txt', 'data/session.json', 'data/extent.json'];
const MANIFESTS = ['manifest-sha256.txt', 'tagmanifest-sha256.txt'];
const TAGS = [...MANIFESTS, 'README.txt', 'bag-info.txt', 'bagit.txt', 'verify.mjs'];
const MADE = ['events.csv', 'trends.csv', 'drug.csv', 'alarm-load.json', 'context.json', 'fhir.json', 'report.pdf'];
const isRead = (path) => [...EVIDENCE, NOTE, SESSION, EXTENT].includes(path);
const isMade = (path) => [...TAGS, 'damage.txt', ...MADE.map((name) => `data/${name}`)].includes(path);
const isOfMany = (path) => [...TAGS, 'data/index.csv', 'data/events.csv'].includes(path);
const NOTHING = { code: 2, text: 'NO EVIDENCE\n  - Nothing is proven: there are no proofs and no checkpoint.\n' };
const REDACTED = '{"redacted":true}'; // In the place of a row whose text was taken out; its hash and path stay.
const isHash = (value) => /^[0-9a-f]{64}$/.test(value);
const isProof = (it) => Number.isSafeInteger(it?.seq) && [it.hash, ...it.proof].every(isHash);
const textOf = (files, path) => utf8.decode(files.get(path) ?? fail(path, null, 'missing', 'it is not there'));
const linesOf = (files, path) => textOf(files, path).split('\n').slice(0, -1);
const signerOf = (keys, size) => keys.findLast(({ after }) => after < size)?.pub; // No newer key speaks for an older trail.
const plain = (fingerprint) => fingerprint.toUpperCase().replaceAll(/[\s-]/g, '');
const list = (title, facts) => [title, ...facts.filter(Boolean).map((fact) => `  - ${fact}`), ''].join('\n');

function readFolder(folder) {
  const paths = readdirSync(folder, { recursive: true }).filter((path) => statSync(join(folder, path)).isFile());
  return new Map(paths.map((path) => [path.split(sep).join('/'), readFileSync(join(folder, path))]));
}

function parse(json, path, hasForm) {
  const value = JSON.parse(json);
  return hasForm(value) ? value : fail(path, null, 'form', `no export says this: ${json.slice(0, 40)}`);
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
  const isThen = (hashes, { root }) => hashes.reduce((right, left) => sha256('\x01', left, right)).equals(root);
  if ((signed && !isThen([unhex(hash), ...before], signed)) || (lost && !isThen(before, lost)))
    fail(KEYS, seq, 'root', `the rows before row ${seq} are not those that the key of that time signed`);
}

/** Each row by itself and against the one before; between them lie rows of other chairs. Returns those with a text. */
function checkRows(rows, { id, patientId }, signed) {
  return rows.flatMap((row, at) => {
    const { seq, body } = row;
    const before = rows[at - 1] ?? { seq: -1 };
    const own = body === REDACTED ? { redacted: true, session: id, patient: null } : openRow(EVENTS, row);
    const isNext = seq - 1 === before.seq && !own.redacted;
    if (seq <= before.seq) fail(EVENTS, seq, 'seq', `row ${seq} stands after row ${before.seq}`);
    if (isNext && own.prev !== before.hash) fail(EVENTS, seq, 'chain', `row ${seq} does not follow the row before`);
    if (own.session !== id) fail(EVENTS, seq, 'seq', `row ${seq} belongs to another session`);
    if (![null, patientId].includes(own.patient)) fail(EVENTS, seq, 'session', `row ${seq} names another patient`);
    requirePath(EVENTS, row, signed);
    return own.redacted ? [] : [own];
  });
}

/** The row that opens the session holds a SHA-256 over the person data: without its nonce nobody can guess the name. */
function checkPerson({ id, chairId, patientId, patientName, clinician, nonce }, opening, open, redacted) {
  const seal = hashText(unhex(nonce), canonical({ id, chairId, patientId, patientName, clinician }));
  if (opening?.seal === seal || (opening === undefined && redacted > 0)) return;
  fail(SESSION, opening?.seq ?? open[0]?.seq ?? 0, 'session', 'the session was not opened for this person here');
}

/** Its times and state are those of the rows that open and close it. Before there was an extent the clock was read twice. */
function checkCourse({ openedAt, closedAt, state }, opening, closing, redacted, slack) {
  const isAt = (time, { ts }) => Math.abs(Date.parse(time) - Date.parse(ts)) <= slack;
  const isEnd = closing && isAt(closedAt, closing) && [state, undefined].includes(closing.new?.state);
  const isOpen = !closing && (redacted > 0 || (closedAt === null && state === 'open'));
  if (opening && !isAt(openedAt, opening)) fail(SESSION, opening.seq, 'session', 'it was opened at another time');
  if (!isEnd && !isOpen) fail(SESSION, (closing ?? opening).seq, 'session', 'it ended otherwise, or at another time');
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
  const row = parse(textOf(files, EXTENT), EXTENT, isProof);
  const { act, new: stated } = openRow(EXTENT, row);
  requirePath(EXTENT, row, head);
  const own = act === 'export.begun' && stated.sessions.find((one) => one.id === id);
  if (!own || head.size !== row.seq) fail(EXTENT, row.seq, 'extent', 'that row did not begin this export');
  requireExtent('extent', row.seq, rows, own);
  return { seq: row.seq, hash: row.hash, ids: stated.sessions.map((one) => one.id) };
}

/** RFC 8493: every file is in a manifest and has the SHA-256 that stands there. A stranger's file is not hidden by that. */
function bagDamage(files, isKnown) {
  const texts = MANIFESTS.map((path) => files.get(path)?.toString() ?? '').join('');
  const listed = new Map([...texts.matchAll(/^([0-9a-f]{64}) {2}(\S.*)$/gm)].map(([, hash, path]) => [path, hash]));
  return [...new Set([...MANIFESTS, ...listed.keys(), ...files.keys()])].flatMap((path) => {
    if (!files.has(path)) return [`${path} is missing.`];
    if (!isKnown(path)) return [`${path} was added: no export has such a file.`];
    if (path === MANIFESTS[1] || hashText(files.get(path)) === listed.get(path)) return [];
    return [listed.has(path) ? `${path} was changed: it does not fit its manifest.` : `${path} is in no manifest.`];
  });
}

function checkSession(files, papers) {
  const lost = files.has(MISSING) && parse(linesOf(files, MISSING)[0] ?? '', MISSING, (it) => it?.[0] > 0)[0];
  if (lost) fail(MISSING, lost, 'seq', `row ${lost} is missing: the record had lost it when this was exported`);
  const bodies = linesOf(files, EVENTS);
  const rows = linesOf(files, PROOFS).map((line, at) => ({ ...parse(line, PROOFS, isProof), body: bodies[at] }));
  if (rows.length !== bodies.length) fail(PROOFS, null, 'form', 'it does not have one line for each event');
  const session = parse(textOf(files, SESSION), SESSION, (it) => isHash(it?.nonce));
  const keyRows = linesOf(files, KEYS).map((line) => parse(line, KEYS, isProof));
  const { origin, keys } = followKeys(keyRows);
  const size = Number(textOf(files, NOTE).split('\n')[1]) || 0;
  const signed = openNote(textOf(files, NOTE), origin, signerOf(keys, size) ?? keys[0].pub);
  if (signed === null) fail(NOTE, size, 'checkpoint', 'the checkpoint is not signed by the key of the trail');
  for (const [index, row] of keyRows.entries()) requireKeyRow(row, keys[index], signed);
  const open = checkRows(rows, session, signed);
  const redacted = rows.length - open.length;
  const [opening, closing] = ['seal', 'span'].map((name) => open.find((row) => row[name] !== undefined));
  checkPerson(session, opening, open, redacted);
  for (const [kind, file] of Object.entries({ trend: TRENDS, engine: ENGINE })) checkPieces(kind, file, files, open);
  const untilClosed = rows.filter(({ seq }) => seq <= closing?.seq);
  if (closing) requireExtent('seq', closing.seq, untilClosed, closing.span);
  const extent = checkExtent(files, rows, keyRows, session, signed);
  checkCourse(session, opening, closing, redacted, extent.seq ? 0 : 60_000);
  const roots = keys.filter(({ isRoot }) => isRoot).map(({ pub, after }) => ({ root: fingerprintOf(pub), after }));
  const unknown = roots.filter(({ root }) => !papers.includes(plain(root)));
  if (papers.length > 0 && unknown.length === roots.length) fail(KEYS, 1, 'root', `another station: ${roots[0].root}`);
  return { id: session.id, extent, rows, redacted, closing, size, roots, unknown, from: keys.at(-1).after + 1 };
}

/** Whoever has the disk can go on with a root key of their own: older papers say nothing of what the newest one signed. */
function reportOf({ extent, rows, redacted, closing, size, roots, unknown, from }, files, papers) {
  const proven = list(redacted === 0 ? 'IN ORDER' : `${redacted} REDACTED, the rest in order`, [
    `${rows.length} events (rows ${rows[0]?.seq} to ${rows.at(-1)?.seq}) are as written, in order, in the signed trail.`,
    redacted > 0 && `${redacted} of them are redacted: that they were written is proven, what they said is not.`,
    closing && redacted === 0 && 'No event is missing between the opening and the closing of the session.',
    extent.seq && `They are all that the session had when row ${extent.seq} began this export.`,
    redacted === 0 && 'Patient, clinician, times and state are those of the rows that open and close the session.',
    'The trend values and the engine events are the recorded ones.',
    `All signatures, up to the checkpoint at row ${size}, lead back to the root key ${roots.map(({ root }) => root).join(', and as the signing key was lost in between, to ')}.`,
  ]);
  const notProven = list('NOT PROVEN', [
    ...unknown.map((it) => `Row ${it.after + 1} on: compare the root key with the paper, ${it.root} was not given.`),
    !extent.seq && 'That no event is missing at its end: an export of this version did not state its extent.',
    extent.ids?.length > 1 && `Anything of the other sessions of this export: ${extent.ids.length} in all.`,
    `What came after row ${size}, and that no old copy of the whole disk was put back: compare with what lies elsewhere.`,
    rows.at(-1)?.seq >= from && `That the holder of the newest signing key did not rewrite rows from ${from} on.`,
    'That the clock of the station was right, and that the devices told the truth.',
    `That these say what the events say, for only their manifests were checked: ${[...files.keys()].filter(isMade).join(', ')}, the notice in ${SESSION}.`,
    'That this program is the genuine one, if it came with the folder: take it from a place that you trust.',
  ]);
  if (papers.length > 0 && unknown.includes(roots.at(-1))) return { code: 2, text: `NO EVIDENCE\n${notProven}` };
  return { code: redacted > 0 ? 3 : 0, text: `${proven}\n${notProven}` };
}

function judge(files, papers) {
  const isBare = !files.has(PROOFS) && !files.has(NOTE);
  const damage = bagDamage(files, (path) => isBare || isRead(path) || isMade(path));
  try {
    const found = isBare || checkSession(files, papers);
    if (damage.length === 0) return isBare ? NOTHING : { found, ...reportOf(found, files, papers) };
  } catch (error) {
    damage.unshift(error.message); // What cannot be checked, for whatever reason, is not in order.
  }
  return { code: 1, text: list('DAMAGED', damage) };
}

/** A collection holds an export of each session, of all with which it began: the worst of them is its own. */
function judgeAll(folder, papers) {
  const files = readFolder(folder);
  const placeOf = (path) => /^data\/sessions\/[^/]+\//.exec(path)?.[0];
  const places = [...new Set([...files.keys()].map(placeOf))].filter(Boolean);
  if (places.length === 0) return judge(files, papers);
  const reports = places.map((place) => judge(readFolder(join(folder, place)), papers));
  const found = reports.flatMap((report) => report.found ?? []);
  const { hash, ids = [] } = found.find(({ extent }) => extent.seq)?.extent ?? {};
  const here = found.map(({ id, extent }) => (extent.hash === hash ? id : 'one of another export'));
  const isWhole = !hash || (here.length === ids.length && ids.every((id) => here.includes(id)));
  const damage = bagDamage(files, (path) => isOfMany(path) || placeOf(path));
  if (!isWhole) damage.push(`The export began with the sessions ${ids.join()}; here are ${here.join()}.`);
  const title = damage.length > 0 ? 'DAMAGED' : 'NOT PROVEN: data/index.csv, data/events.csv of all';
  reports.push({ code: Math.min(damage.length, 1), text: list(title, damage) });
  const code = [1, 2, 3, 0].find((one) => reports.some((report) => report.code === one));
  return { code, text: reports.map(({ text }, at) => `${places[at] ?? 'The whole'}: ${text}`).join('\n') };
}

try {
  const given = parseArgs({ allowPositionals: true, options: { root: { type: 'string', multiple: true } } });
  if (given.positionals.length !== 1) throw new TypeError('usage: node verify.mjs FOLDER [--root FINGERPRINT]...');
  const { code, text } = judgeAll(given.positionals[0], (given.values.root ?? []).map(plain));
  console.log(text);
  process.exitCode = code;
} catch (error) {
  console.error(error.message);
  process.exitCode = 2;
}
