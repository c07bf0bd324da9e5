import { sha256 } from '../../db/hash.ts';

/** Content by path, with forward slashes. */
export type Files = ReadonlyMap<string, Buffer>;

export const PAYLOAD_MANIFEST = 'manifest-sha256.txt';
export const TAG_MANIFEST = 'tagmanifest-sha256.txt';

/** RFC 8493 section 2.1.1. */
const DECLARATION = 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n';

/** What a manifest says of one file. */
export interface ListedFile {
  readonly path: string;
  /** Hex SHA-256. */
  readonly hash: string;
  readonly bytes: number;
}

export function listed(path: string, content: Buffer): ListedFile {
  return { path, hash: sha256(content).toString('hex'), bytes: content.length };
}

function manifestOf(files: readonly ListedFile[]): Buffer {
  return Buffer.from(files.map(({ path, hash }) => `${hash}  ${path}\n`).join(''));
}

export interface BagNotes {
  readonly readme: string;
  /** Null where the date of the export must not be told. */
  readonly exportedAt: Date | null;
  /** One line, for bag-info.txt. */
  readonly description: string;
  /** Further files beside the payload. @default none */
  readonly tools?: Files;
}

/** Everything of a bag but its payload, which is listed here (RFC 8493 section 2). */
export function tagFilesOf(payload: readonly ListedFile[], notes: BagNotes): Files {
  const { readme, exportedAt, description, tools = [] } = notes;
  const info = [
    `External-Description: ${description}`,
    ...(exportedAt === null ? [] : [`Bagging-Date: ${exportedAt.toISOString().slice(0, 10)}`]),
    'Bag-Software-Agent: Chairside',
    // RFC 8493 section 2.2.2: bytes and number of payload files.
    `Payload-Oxum: ${payload.reduce((sum, { bytes }) => sum + bytes, 0)}.${payload.length}`,
  ];
  const tags = new Map([
    ['bagit.txt', Buffer.from(DECLARATION)],
    ['bag-info.txt', Buffer.from(`${info.join('\n')}\n`)],
    ['README.txt', Buffer.from(readme)],
    ...tools,
    [PAYLOAD_MANIFEST, manifestOf(payload)],
  ]);
  return new Map([...tags, [TAG_MANIFEST, manifestOf([...tags].map(([path, content]) => listed(path, content)))]]);
}

/** Puts payload files (below `data/`) and a README into a BagIt bag, so that `sha256sum -c` alone finds an altered file. */
export function bagOf(payload: Files, notes: BagNotes): Files {
  const files = [...payload].map(([path, content]) => listed(path, content));
  return new Map([...payload, ...tagFilesOf(files, notes)]);
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
  const known = new Map(manifests.flatMap(({ content }) => parseManifest(content?.toString('utf8') ?? '')));
  const changed = [...known].flatMap(([path, hash]) => checkFile(path, hash, files));
  const strange = [...files.keys()]
    .filter((path) => path !== TAG_MANIFEST && !known.has(path))
    .map((path) => `${path} is in no manifest: it was added, or its line was removed.`);
  return [...missing, ...changed, ...strange];
}
