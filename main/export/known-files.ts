import { bagDamage, type Files, PAYLOAD_MANIFEST, TAG_MANIFEST } from './bag.ts';
import { DAMAGE_FILE } from './evidence-damage.ts';
import { EVENTS, INDEX, SESSIONS } from './write/collection.ts';

const TAGS = ['bagit.txt', 'bag-info.txt', 'README.txt', 'verify.mjs', PAYLOAD_MANIFEST, TAG_MANIFEST];

const EVIDENCE = ['events', 'proofs', 'keys', 'trends', 'engine-events', 'missing'].map((name) => `${name}.jsonl`);
const TABLES = ['events.csv', 'trends.csv', 'drug.csv', 'alarm-load.json'];
const OTHERS = ['checkpoint.txt', 'extent.json', 'session.json', 'context.json', 'fhir.json', 'report.pdf'];
const PAYLOAD = [...EVIDENCE, ...TABLES, ...OTHERS].map((name) => `data/${name}`);

const OF_SESSION: ReadonlySet<string> = new Set([...TAGS, DAMAGE_FILE, ...PAYLOAD]);
const OF_COLLECTION: ReadonlySet<string> = new Set([...TAGS, INDEX, EVENTS]);

/** Of a session none of these is signed, or made again from what is signed. */
const UNSIGNED = ['bagit.txt', 'bag-info.txt', 'README.txt', 'verify.mjs', DAMAGE_FILE, 'data/context.json'];

export function unsignedIn(files: Files): string[] {
  return UNSIGNED.filter((path) => files.has(path));
}

/** What the manifests object to; where they do not, what somebody added and put into them. */
function filesDamage(files: Files, isKnown: (path: string) => boolean): string[] {
  const damage = bagDamage(files);
  if (damage.length > 0) return damage;
  const strange = [...files.keys()].filter((path) => !isKnown(path));
  return strange.map((path) => `${path} was added, and the manifests made to fit: no export has such a file there.`);
}

export function sessionFilesDamage(files: Files): string[] {
  return filesDamage(files, (path) => OF_SESSION.has(path));
}

/** Above the bags of its sessions: evidence of its own would hide theirs. */
export function collectionFilesDamage(files: Files): string[] {
  return filesDamage(files, (path) => OF_COLLECTION.has(path) || path.startsWith(SESSIONS));
}
