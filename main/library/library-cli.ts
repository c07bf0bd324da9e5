import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { libraryFaults } from '../../core/library-lint.ts';
import { SHIPPED_LIBRARY } from '../../core/shipped-library.ts';
import { publicKeyOf, signBytes } from '../../db/ed25519.ts';
import { entryLimits } from '../station/limit-text.ts';
import { contentSchema, entryFile, LIBRARY_FORMAT, libraryOf } from './library-file.ts';
import { firstIssue, libraryProblem, loadLibrary, parseFile, signedBytes } from './signed-library.ts';

/** `npm run library`: what the approvers of a drug library need; docs/library.md says in which order. */
const USAGE = `usage: npm run library -- keygen KEYFILE
       npm run library -- new FILE
       npm run library -- sign FILE --key KEYFILE
       npm run library -- show FILE
       npm run library -- check FILE --trust PUBLICKEY --trust PUBLICKEY`;

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { key: { type: 'string' }, trust: { type: 'string', multiple: true } },
});

function fail(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

const say = (text: string): boolean => process.stdout.write(`${text}\n`);

/** The private half stays with its owner: it is written once, readable by nobody else, and never shown. */
async function keygen(path: string): Promise<void> {
  const seed = randomBytes(32);
  await writeFile(path, `${seed.toString('hex')}\n`, { mode: 0o600, flag: 'wx' });
  say(`public key: ${publicKeyOf(seed).toString('hex')}`);
}

/** The shipped proposal as a file to begin with. It has no approver and no signature, so that no station uses it. */
async function begin(path: string): Promise<void> {
  const library = {
    format: LIBRARY_FORMAT,
    version: 'draft',
    approvedBy: [],
    effectiveFrom: '',
    expiresOn: '',
    entries: SHIPPED_LIBRARY.entries.map(entryFile),
  };
  await writeFile(path, `${JSON.stringify({ library, signatures: [] }, null, 2)}\n`, { flag: 'wx' });
  say(`${path}: set every figure, approvers with their keys, and both days; then both sign.`);
}

async function opened(path: string) {
  const file = parseFile(await readFile(path, 'utf8'));
  if (typeof file === 'string') fail(`${path}: ${file}`);
  const content = contentSchema.safeParse(file.library);
  if (!content.success) fail(`${path}: ${firstIssue(content.error)}`);
  return { file, content: content.data };
}

async function sign(path: string, keyFile: string | undefined): Promise<void> {
  if (keyFile === undefined) fail(USAGE);
  const { file, content } = await opened(path);
  const faults = libraryFaults(libraryOf(content).entries);
  if (faults.length > 0) fail(faults.join('\n'));
  const seed = Buffer.from((await readFile(keyFile, 'utf8')).trim(), 'hex');
  const key = publicKeyOf(seed).toString('hex');
  const approver = content.approvedBy.find((one) => one.key === key);
  if (approver === undefined) fail(`${path}: approvedBy names nobody with the key ${key}.`);
  const signature = signBytes(seed, signedBytes(file.library)).toString('hex');
  const signatures = [...file.signatures.filter((one) => one.key !== key), { key, signature }];
  await writeFile(path, `${JSON.stringify({ library: file.library, signatures }, null, 2)}\n`);
  say(`${path}: signed by ${approver.name}; ${signatures.length} of ${content.approvedBy.length} signatures.`);
}

/** Every limit in words, so that an approver reads what is signed and not the figures of a file. */
async function show(path: string): Promise<void> {
  const { content } = await opened(path);
  say(`Drug library ${content.version}, from ${content.effectiveFrom} until ${content.expiresOn} (UTC)`);
  for (const { name, key } of content.approvedBy) say(`approver ${name}, key ${key}`);
  for (const entry of libraryOf(content).entries) {
    say(`\n${entry.id}: ${entry.drug}, ${entry.careArea}`);
    for (const limit of entryLimits(entry)) say(`  ${limit}`);
  }
}

async function check(path: string, trusted: readonly string[]): Promise<void> {
  const loaded = await loadLibrary(path, trusted);
  const problem = libraryProblem(loaded, new Date());
  if (problem !== null) fail(problem);
  say(`usable: version ${loaded.library.version}, approved by ${loaded.approvedBy.join(' and ')}`);
  say(`digest: ${loaded.digest}`);
}

const [what = '', path] = positionals;
if (path === undefined) fail(USAGE);
try {
  if (what === 'keygen') await keygen(path);
  else if (what === 'new') await begin(path);
  else if (what === 'sign') await sign(path, values.key);
  else if (what === 'show') await show(path);
  else if (what === 'check') await check(path, values.trust ?? []);
  else fail(USAGE);
} catch (error) {
  fail(error instanceof Error ? error.message : String(error));
}
