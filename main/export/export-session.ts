import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { SessionRecord, Trail } from '../../db/trail.ts';
import { bagOf, type Files } from './bag.ts';
import { payloadOf } from './payload.ts';
import { readmeText } from './readme.ts';
import { verifyFolder } from './verify-folder.ts';

export interface ExportedSession {
  /** Folder that was made; never one that was there before. */
  readonly folder: string;
  readonly rows: number;
  /** Whether the folder, read back from the disk, checks out against the root key of this station. */
  readonly verified: boolean;
  /** Fingerprint of the root key. */
  readonly root: string;
}

async function writeDurably(path: string, content: Buffer): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function writeAll(folder: string, files: Files): Promise<void> {
  for (const [path, content] of files) await writeDurably(join(folder, path), content);
}

function nameOf({ id, openedAt }: SessionRecord): string {
  return `chairside-${openedAt.slice(0, 10)}-${id.replaceAll(/[^\w-]/g, '_')}`;
}

/** A name that is still free: an export never replaces another. */
function freeFolder(target: string, name: string): string {
  for (let count = 1; ; count += 1) {
    const folder = join(target, count === 1 ? name : `${name}-${count}`);
    if (!existsSync(folder)) return folder;
  }
}

/**
 * Writes one session as a folder that proves itself. It appears under its name only when it is complete and was
 * read back. Rejects with RECORD_* from the trail, or the file system's error; nothing is left behind then.
 */
export async function exportSession(trail: Trail, sessionId: string, targetFolder: string): Promise<ExportedSession> {
  const bundle = await trail.bundle(sessionId);
  const { rootFingerprint } = await trail.identity();
  const draft = join(targetFolder, `.chairside-${randomUUID()}`);
  try {
    await writeAll(draft, bagOf(payloadOf(bundle), readmeText({ bundle, rootFingerprint }), new Date()));
    const { damage } = await verifyFolder(draft, rootFingerprint);
    const folder = freeFolder(targetFolder, nameOf(bundle.session));
    await rename(draft, folder);
    return { folder, rows: bundle.rows.length, verified: damage.length === 0, root: rootFingerprint };
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw error;
  }
}
