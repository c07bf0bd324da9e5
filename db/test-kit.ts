import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openTrail } from './client.ts';
import type { KeySeal } from './key-seal.ts';
import type { AuditInput, EngineChunk, Trail, TrendChunk } from './trail.ts';

// For tests of the record: events, sessions and folders that differ only in what a test is about.

export const NURSE = { id: 'nurse-7', role: 'clinician', auth: ['pin'] } as const;

export function event(act: string, details: Partial<AuditInput> = {}): AuditInput {
  return { act, mono: 1000, chair: '1', session: null, patient: null, actor: NURSE, outcome: 'ok', ...details };
}

export function trend(session: string, details: Partial<TrendChunk> = {}): TrendChunk {
  return {
    session,
    chair: '1',
    startedAt: '2026-11-22T10:00:00.000Z',
    mono: 5000,
    spo2: [98, null, 97],
    pulse: [71, null, 72],
    rateUlPerH: [12_000, 12_000, 0],
    deliveredUl: [10, 13, 13],
    ...details,
  };
}

/** Two engine events in a chunk, as text that only looks like them: the record does not read it. */
export function engineChunk(session: string, details: Partial<EngineChunk> = {}): EngineChunk {
  const place = { chunk: 1, firstEvent: 1, events: 2 };
  const text = `${JSON.stringify(place)}\n{"kind":"tick","at":1000}\n{"kind":"tick","at":1100.5}\n`;
  return { session, chair: '1', mono: 1000, ...place, stateHash: null, text, ...details };
}

/** A folder that goes away with `using`. */
export function temporaryFolder(parent = tmpdir()): { readonly path: string } & Disposable {
  const path = mkdtempSync(join(parent, 'chairside-record-'));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

export function open(folder: string, ballastBytes = 0): Promise<Trail> {
  return openTrail({ folder, station: 'room 1', appVersion: '0.1.0', ballastBytes });
}

/** A whole session of patient `p-<id>` with one trend chunk and, if given, engine chunks, and rows of another chair in between. */
export async function recordSession(trail: Trail, id: string, chunks: readonly EngineChunk[] = []): Promise<void> {
  const own = { session: id, patient: `p-${id}` };
  const person = { patientId: `p-${id}`, patientName: 'Ada Example', clinician: 'nurse-7' };
  await trail.openSession({ id, chairId: '1', ...person }, event('session.open', own));
  await trail.append(event('pump.start.intent', { ...own, new: { rateUlPerH: 12_000 } }));
  await trail.append(event('chair.idle', { chair: '2' }));
  await trail.append(event('pump.start.result', { ...own, old: { rateUlPerH: 0 }, new: { rateUlPerH: 12_000 } }));
  await trail.putTrend(trend(id));
  for (const chunk of chunks) await trail.putEngineChunk(chunk);
  await trail.append(event('note.added', { ...own, reason: '=HYPERLINK("http://x")' }));
  await trail.closeSession(id, 'ended', event('session.end', { ...own, new: { state: 'ended' } }));
}

/** A key store whose content can get lost. */
export class MemorySeal implements KeySeal {
  secret = 0x5a;
  sealed = true;

  isSealed(): Promise<boolean> {
    return Promise.resolve(this.sealed);
  }

  seal(text: string): Promise<Uint8Array> {
    return Promise.resolve(Buffer.concat([Buffer.from([this.secret]), Buffer.from(text)]));
  }

  open(sealed: Uint8Array): Promise<string> {
    if (sealed[0] !== this.secret) return Promise.reject(new Error('not sealed here'));
    return Promise.resolve(Buffer.from(sealed.subarray(1)).toString());
  }
}
