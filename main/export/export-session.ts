import type { Trail } from '../../db/trail.ts';
import { identifiedBag, identifiedName } from './write/session-bag.ts';
import { publish, removeDraft } from './write/publish.ts';
import { newDraft, openSink } from './write/sink.ts';
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

/**
 * Writes the evidence of one session as a folder that proves itself. It appears under its name only when it is complete
 * and was read back. Rejects with RECORD_* from the trail, or the file system's error; nothing is left behind then.
 */
export async function exportSession(trail: Trail, sessionId: string, targetFolder: string): Promise<ExportedSession> {
  const bundle = await trail.bundle(sessionId);
  const { rootFingerprint } = await trail.identity();
  const draft = newDraft(targetFolder);
  try {
    const files = await identifiedBag(bundle, rootFingerprint, null);
    const sink = await openSink({ form: 'folder', target: targetFolder, draft }, identifiedName(bundle, files));
    for (const [path, content] of files) await sink.put(path, content);
    await sink.close();
    const { damage } = await verifyFolder(sink.draft, rootFingerprint);
    const folder = await publish(sink);
    return { folder, rows: bundle.rows.length, verified: damage.length === 0, root: rootFingerprint };
  } catch (error) {
    await removeDraft(draft);
    throw error;
  }
}
