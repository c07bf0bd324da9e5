import { readFileSync } from 'node:fs';
import { sha256 } from '../../db/hash.ts';

/** Content by path, with forward slashes. */
export type Files = ReadonlyMap<string, Buffer>;

export const PAYLOAD_MANIFEST = 'manifest-sha256.txt';
export const TAG_MANIFEST = 'tagmanifest-sha256.txt';

/** The check for a stranger, who has Node and nothing of ours: goes into every bag. */
const VERIFIER = 'verify.mjs';

/** RFC 8493 section 2.1.1. */
const DECLARATION = 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n';

function manifestOf(files: Files): Buffer {
  const lines = [...files].map(([path, content]) => `${sha256(content).toString('hex')}  ${path}\n`);
  return Buffer.from(lines.join(''));
}

/** RFC 8493 section 2.2.2: bytes and number of payload files. */
function payloadOxum(payload: Files): string {
  const bytes = [...payload.values()].reduce((sum, { length }) => sum + length, 0);
  return `${bytes}.${payload.size}`;
}

/** Puts payload files (below `data/`), a README and the stand-alone verifier into a BagIt bag, so that `sha256sum -c` alone finds an altered file. */
export function bagOf(payload: Files, readme: string, exportedAt: Date): Files {
  const info = [
    `Bagging-Date: ${exportedAt.toISOString().slice(0, 10)}`,
    'Bag-Software-Agent: Chairside',
    `Payload-Oxum: ${payloadOxum(payload)}`,
  ];
  const tags = new Map([
    ['bagit.txt', Buffer.from(DECLARATION)],
    ['bag-info.txt', Buffer.from(`${info.join('\n')}\n`)],
    ['README.txt', Buffer.from(readme)],
    [VERIFIER, readFileSync(new URL(VERIFIER, import.meta.url))],
    [PAYLOAD_MANIFEST, manifestOf(payload)],
  ]);
  return new Map([...payload, ...tags, [TAG_MANIFEST, manifestOf(tags)]]);
}

/** Path and hash of each line. */
function parseManifest(text: string): [path: string, hash: string][] {
  return text.split('\n').flatMap((line): [string, string][] => {
    const [, hash, path] = /^([0-9a-f]{64}) {2}(\S.*)$/.exec(line) ?? [];
    return hash === undefined || path === undefined ? [] : [[path, hash]];
  });
}

function checkFile(path: string, hash: string, files: Files): string[] {
  const content = files.get(path);
  if (content === undefined) return [`${path} is missing.`];
  return sha256(content).toString('hex') === hash ? [] : [`${path} was changed: it does not fit its manifest.`];
}

/** What is wrong with the files of a bag, one sentence each; empty where every file is as it was written. */
export function bagDamage(files: Files): string[] {
  const manifests = [TAG_MANIFEST, PAYLOAD_MANIFEST].map((path) => ({ path, content: files.get(path) }));
  const missing = manifests.flatMap(({ path, content }) => (content === undefined ? [`${path} is missing.`] : []));
  const listed = new Map(manifests.flatMap(({ content }) => parseManifest(content?.toString('utf8') ?? '')));
  const changed = [...listed].flatMap(([path, hash]) => checkFile(path, hash, files));
  const strange = [...files.keys()]
    .filter((path) => path !== TAG_MANIFEST && !listed.has(path))
    .map((path) => `${path} is in no manifest: it was added, or its line was removed.`);
  return [...missing, ...changed, ...strange];
}
