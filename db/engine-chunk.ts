import { AppError } from '../drivers/kit/app-error.ts';
import { sha256 } from './hash.ts';
import type { AuditInput, EngineChunk } from './trail.ts';
import { VOUCHED } from './vouched.ts';

const NEWLINE = 0x0a;

/** The export finds the end of a chunk by counting lines, so the count must be right: a header and one line an event. */
function checkLines({ events }: EngineChunk, bytes: Buffer): void {
  const lines = bytes.reduce((count, byte) => (byte === NEWLINE ? count + 1 : count), 0);
  if (events >= 1 && lines === events + 1 && bytes.at(-1) === NEWLINE) return;
  throw new AppError('RECORD_FAILED', `A chunk of ${events} engine events must have a line for each and one before.`);
}

/** The bytes to store, and the event that vouches for them and for their place among the others of the session. */
export function composeEngineChunk(chunk: EngineChunk, patient: string | null): { bytes: Buffer; event: AuditInput } {
  const bytes = Buffer.from(chunk.text);
  checkLines(chunk, bytes);
  const event: AuditInput = {
    act: VOUCHED.engine.act,
    mono: chunk.mono,
    chair: chunk.chair,
    session: chunk.session,
    patient,
    actor: null,
    outcome: 'ok',
    new: {
      sha256: sha256(bytes).toString('hex'),
      chunk: chunk.chunk,
      firstEvent: chunk.firstEvent,
      events: chunk.events,
      engineEvent: chunk.firstEvent + chunk.events - 1,
      stateHash: chunk.stateHash,
    },
  };
  return { bytes, event };
}
