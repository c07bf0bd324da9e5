import { writevSync } from 'node:fs';
import { openTrail } from '../../db/client.ts';
import { engineChunk, event, trend } from '../../db/test-kit.ts';
import type { AuditReceipt } from '../../db/trail.ts';
import { AppError } from '../../drivers/kit/app-error.ts';
import { isSealedWork, SEAL } from './seal.ts';

// Child process of the torture: one run of a station whose disk fails. It says which rows are durable and which were
// refused, and goes on, as a station does. Arguments: folder, seed, name of the run, rows of its session.

const [folder = '', seed = '1', run = '', rows = '1'] = process.argv.slice(2);
/** Small, and enough for the rows of a run: a full disk is answered with it once. */
const RESERVE = 256 * 1024;

/** By another call than those that are made to fail: one buffer would be a `write`, two are a `writev`. */
function say(...words: readonly (number | string)[]): void {
  writevSync(1, [Buffer.from(words.join(' ')), Buffer.from('\n')]);
}

/** A refusal is an AppError, as the contract of the record says; anything else ends the process, and fails the run. */
async function attempt(label: string, receipt: Promise<AuditReceipt>): Promise<void> {
  try {
    const { seq, hash } = await receipt;
    say('ack', seq, hash);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    say('refused', label, error.code);
  }
}

async function opened() {
  const keySeal = isSealedWork(Number(seed)) ? SEAL : null;
  try {
    return await openTrail({ folder, station: 'room 1', appVersion: '0.1.0', ballastBytes: RESERVE, keySeal });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    say('unready', error.code);
    return null;
  }
}

const trail = await opened();
if (trail !== null) {
  const session = `${run}-session`;
  const own = { session, patient: 'p' };
  const person = { chairId: '1', patientId: 'p', patientName: 'Ada Example', clinician: 'nurse-7' };
  /** The label is in the row, so that a row which was refused can be looked for. */
  const labelled = (act: string, label: string) => event(act, { ...own, reason: label });
  const change = { people: [{ id: run, role: 'technician' }] };
  await attempt(`${run}-access`, trail.putAccess(change, event('access.change', { reason: `${run}-access` })));
  await attempt(`${run}-open`, trail.openSession({ id: session, ...person }, labelled('session.open', `${run}-open`)));
  for (let row = 1; row <= Number(rows); row += 1) {
    await attempt(`${run}-${row}`, trail.append(labelled('write.on', `${run}-${row}`)));
  }
  await attempt('trend', trail.putTrend(trend(session)));
  await attempt('engine', trail.putEngineChunk(engineChunk(session)));
  await attempt(`${run}-end`, trail.closeSession(session, 'ended', labelled('session.end', `${run}-end`)));
  // Behind the change of key that the end of a session asks for.
  await attempt(`${run}-after`, trail.append(event('write.on', { reason: `${run}-after` })));
  try {
    await trail.close();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    say('unclosed', error.code);
  }
}
