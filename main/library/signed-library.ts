import { readFile } from 'node:fs/promises';
import type { z } from 'zod';
import type { DrugLibrary } from '../../core/library.ts';
import { libraryFaults } from '../../core/library-lint.ts';
import { SHIPPED_LIBRARY } from '../../core/shipped-library.ts';
import { isSignedBy } from '../../db/ed25519.ts';
import { sha256 } from '../../db/hash.ts';
import { jcs } from '../../db/jcs.ts';
import {
  contentSchema,
  entryFile,
  fileSchema,
  type LibraryContent,
  type LibraryFile,
  libraryOf,
} from './library-file.ts';

/** A library as it was found, with what keeps it from being used. */
export interface LoadedLibrary {
  /** Without any entry where the file cannot be believed. */
  readonly library: DrugLibrary;
  /** SHA-256, in hex, of the canonical content; stands in the row that opens a session. */
  readonly digest: string;
  readonly approvedBy: readonly string[];
  /** Days in UTC; null: the shipped proposal, which has none, or no library. */
  readonly valid: { readonly from: string; readonly until: string } | null;
  /** Why nothing may be started by it, whatever the day, and what to do; null: nothing. */
  readonly fault: string | null;
}

const digestOf = (content: unknown): string => sha256(jcs(content)).toString('hex');

/** Bytes that an approver signs: the content in the canonical form of RFC 8785. */
export const signedBytes = (content: object): Buffer => Buffer.from(jcs(content));

/** What the program itself carries, marked as a proposal. Nobody has signed it, so it is for demonstrations alone. */
export const SHIPPED: LoadedLibrary = {
  library: SHIPPED_LIBRARY,
  digest: digestOf({ version: SHIPPED_LIBRARY.version, entries: SHIPPED_LIBRARY.entries.map(entryFile) }),
  approvedBy: [],
  valid: null,
  fault: null,
};

/** Of a station whose configuration names none. */
export const NO_LIBRARY: LoadedLibrary = withoutEntries(
  'none',
  'The configuration of this station names no drug library. Have one signed by two approvers and name it there (docs/library.md).',
);

const REMEDY = 'Have its approvers look at it.';

/** Reads and proves a library. Never rejects: what is wrong is a fault, and the station starts and shows it. */
export async function loadLibrary(path: string, trustedKeys: readonly string[]): Promise<LoadedLibrary> {
  try {
    return provedLibrary(await readFile(path, 'utf8'), trustedKeys);
  } catch (error) {
    return unusable(`The file cannot be read (${String(error)}).`);
  }
}

export function provedLibrary(text: string, trustedKeys: readonly string[]): LoadedLibrary {
  const file = parseFile(text);
  if (typeof file === 'string') return unusable(file);
  const parsed = contentSchema.safeParse(file.library);
  if (!parsed.success) return unusable(`It is malformed: ${firstIssue(parsed.error)}.`, digestOf(file.library));
  const content = parsed.data;
  const fault = signatureFault(file, content, trustedKeys) ?? libraryFaults(libraryOf(content).entries)[0] ?? null;
  if (fault !== null) return unusable(fault, digestOf(file.library));
  return {
    library: libraryOf(content),
    digest: digestOf(file.library),
    approvedBy: content.approvedBy.map(({ name }) => name),
    valid: { from: content.effectiveFrom, until: content.expiresOn },
    fault: null,
  };
}

/** Why nothing may be started by it at this moment and what to do, or null. A day begins at 00:00 UTC. */
export function libraryProblem({ fault, valid }: LoadedLibrary, now: Date): string | null {
  if (fault !== null || valid === null) return fault;
  const { from, until } = valid;
  if (now.getTime() < Date.parse(from)) return `The drug library is not effective before ${from} (UTC). ${REMEDY}`;
  return now.getTime() < Date.parse(until) ? null : `The drug library expired on ${until} (UTC). ${REMEDY}`;
}

/** Throws nothing: a text says what is wrong with the file. */
export function parseFile(text: string): LibraryFile | string {
  try {
    const parsed = fileSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : `It is malformed: ${firstIssue(parsed.error)}.`;
  } catch (error) {
    return `It is malformed: ${String(error)}.`;
  }
}

/** Both approvers must have signed exactly this content, with two trusted keys (a library change is an act of two). */
function signatureFault(file: LibraryFile, content: LibraryContent, trustedKeys: readonly string[]): string | null {
  const { approvedBy } = content;
  const isTwice = (values: readonly string[]): boolean => new Set(values).size < values.length;
  if (isTwice(approvedBy.map(({ key }) => key)) || isTwice(approvedBy.map(({ name }) => name))) {
    return 'Its approvers are not two different persons with two different keys.';
  }
  const message = signedBytes(file.library);
  for (const { name, key } of approvedBy) {
    if (!trustedKeys.includes(key)) return `The key of ${name} is not one that this station trusts.`;
    const own = file.signatures.find((one) => one.key === key);
    if (own === undefined) return `The signature of ${name} is missing.`;
    if (!isSignedBy(Buffer.from(key, 'hex'), message, Buffer.from(own.signature, 'hex'))) {
      return `The signature of ${name} does not fit: the library was changed after it was signed.`;
    }
  }
  return null;
}

function unusable(fault: string, digest = ''): LoadedLibrary {
  return withoutEntries('unusable', `The drug library cannot be used. ${fault} ${REMEDY}`, digest);
}

function withoutEntries(version: string, fault: string, digest = ''): LoadedLibrary {
  const library: DrugLibrary = { version, proposal: false, entries: [] };
  return { library, digest, approvedBy: [], valid: null, fault };
}

export function firstIssue(error: z.ZodError): string {
  const [issue] = error.issues;
  return issue === undefined ? 'not as expected' : `${issue.path.join('.') || 'the file'} ${issue.message}`;
}
