import type { Files } from './bag.ts';
import { exportContextSchema } from './facts/context.ts';
import { sessionFacts } from './facts/session-facts.ts';
import type { Payload } from './read-payload.ts';
import { EVENTS, INDEX, indexLine, indexTable, joinedTables } from './write/collection.ts';

/** A session of a collection whose own evidence and tables are in order. */
export interface ProvenSession {
  readonly folder: string;
  readonly files: Files;
  readonly payload: Payload;
}

/** The tables over all sessions, made again from what each session proves, must be those that are here. */
export function collectionTableDamage(files: Files, sessions: readonly ProvenSession[]): string[] {
  const expected = [
    { path: INDEX, text: indexOf(sessions) },
    { path: EVENTS, text: joinedTables(sessions.map((session) => session.files.get(EVENTS)?.toString('utf8') ?? '')) },
  ];
  return expected
    .filter(({ path, text }) => text === null || files.get(path)?.equals(Buffer.from(text)) !== true)
    .map(({ path }) => `${path} does not say what the signed events of its sessions say.`);
}

/** Null where a session does not tell in which context it was exported. */
function indexOf(sessions: readonly ProvenSession[]): string | null {
  const lines = sessions.flatMap(({ folder, files, payload }) => {
    const context = exportContextSchema.safeParse(
      JSON.parse(files.get('data/context.json')?.toString('utf8') ?? 'null'),
    );
    if (!context.success) return [];
    return [{ folder, ...indexLine(sessionFacts(payload, context.data), payload.session.openedAt) }];
  });
  return lines.length === sessions.length ? indexTable(lines) : null;
}
