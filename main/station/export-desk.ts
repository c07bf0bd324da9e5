import { randomUUID } from 'node:crypto';
import { dirname } from 'node:path';
import type { z } from 'zod';
import { EXPORT_BEGUN } from '../../db/session-extent.ts';
import type { PersonConfiguration } from '../configuration/configuration.ts';
import type { Person } from '../../preload/contract/frames.ts';
import type { exportsGroup, ExportState } from '../../preload/contract/exports.ts';
import { siteKey } from '../export/deidentify/site-key.ts';
import { type ExportParts, runExport } from '../export/run/run-export.ts';
import { removeDeadDrafts } from '../export/write/dead-drafts.ts';
import { newDraft } from '../export/write/sink.ts';
import type { ExportOutcome, WrittenExport } from '../export/write/export-writer.ts';
import type { Chosen } from './export-choice.ts';
import type { Journal } from './journal.ts';
import { Refusal } from './refusals.ts';
import type { StationOptions } from './station-types.ts';

export type ExportRequest = z.output<typeof exportsGroup.start.input>;

const IN_SOURCES: ExportParts = { workerUrl: null, fontFolder: null };

export interface ExportDeskOptions {
  readonly station: StationOptions;
  readonly journal: Journal;
  /** Everybody whom the rows may name, also who was enrolled at the station and who has left. */
  readonly people: () => readonly Pick<PersonConfiguration, 'id' | 'name' | 'role'>[];
}

/** Something that writes into the folder of exports. */
export interface Writing {
  readonly abort: AbortController;
  /** What it is writing, until it has its name or is gone. */
  readonly draft: string;
  /** Never rejects. */
  ended: Promise<void>;
}

interface Kept extends Writing {
  readonly by: Person;
  state: ExportState;
}

/** Exports that were asked for since the station started; one is made at a time. */
export class ExportDesk {
  readonly #options: ExportDeskOptions;
  readonly #exports = new Map<string, Kept>();
  /** Beside the exports of sessions: left alone where dead drafts are removed, and cancelled by closing. */
  readonly others = new Set<Writing>();

  constructor(options: ExportDeskOptions) {
    this.#options = options;
  }

  /** Begins an export and returns its id at once. Refused with EXPORT_RUNNING while another is under way. */
  start(request: ExportRequest, chosen: Chosen, by: Person): string {
    if ([...this.#exports.values()].some(({ state }) => state.state === 'running')) {
      throw new Refusal('EXPORT_RUNNING', 'Another export is under way. Wait for it, or cancel it.');
    }
    const id = randomUUID();
    const state = { state: 'running', done: 0, sessions: chosen.sessions.length, checked: null } as const;
    const draft = newDraft(this.#options.station.exportFolder);
    const kept: Kept = { by, abort: new AbortController(), draft, state, ended: Promise.resolve() };
    this.#exports.set(id, kept);
    kept.ended = this.#carryOut(request, chosen, kept);
    return id;
  }

  /** What exports left whose station was killed; a row tells of it. Never of one that is running. Never rejects. */
  async removeDrafts(): Promise<void> {
    const running = [...this.#exports.values()].filter(({ state }) => state.state === 'running');
    const drafts = new Set([...running, ...this.others].map(({ draft }) => draft));
    const { removed, left, sheets, failure } = await removeDeadDrafts(this.#options.station.exportFolder, drafts);
    if (removed === 0 && sheets === 0 && failure === null) return;
    this.#options.journal.note('export.drafts', {
      outcome: failure === null ? 'ok' : 'failed',
      new: { removed, left, sheets },
      ...(failure !== null && { reason: failure }),
    });
  }

  /** Refused with UNKNOWN_EXPORT. */
  stateOf(id: string): ExportState {
    return this.#find(id).state;
  }

  /** Resolves when nothing of it is left. An export that is over already stays as it is. */
  async cancel(id: string): Promise<void> {
    const kept = this.#find(id);
    kept.abort.abort();
    await kept.ended;
  }

  /** Resolves with how it ended. */
  async result(id: string): Promise<ExportState> {
    const kept = this.#find(id);
    await kept.ended;
    return kept.state;
  }

  async close(): Promise<void> {
    const all = [...this.#exports.values(), ...this.others];
    for (const { abort } of all) abort.abort();
    await Promise.all(all.map(({ ended }) => ended));
  }

  #find(id: string): Kept {
    const kept = this.#exports.get(id);
    if (kept === undefined) throw new Refusal('UNKNOWN_EXPORT', 'The station knows no such export. Start it again.');
    return kept;
  }

  /** Never rejects: how it ended is in the state, and in the record before anybody is told of it. */
  async #carryOut(request: ExportRequest, chosen: Chosen, kept: Kept): Promise<void> {
    try {
      await this.removeDrafts();
      const { rootFingerprint } = await this.#options.station.trail.identity();
      const outcome = await this.#write(request, chosen, kept, rootFingerprint);
      kept.state = { state: 'done', ...outcome, root: rootFingerprint };
    } catch (error) {
      await this.#ended(request, chosen, kept, error);
    }
  }

  async #ended(request: ExportRequest, chosen: Chosen, kept: Kept, error: unknown): Promise<void> {
    const message = error instanceof Error ? error.message : String(error);
    const isCancelled = kept.abort.signal.aborted;
    kept.state = isCancelled ? { state: 'cancelled' } : { state: 'failed', message };
    const { journal } = this.#options;
    journal.note('export.ended', {
      by: kept.by.id,
      outcome: 'failed',
      reason: isCancelled ? 'cancelled' : message,
      new: this.#facts(request, chosen),
    });
  }

  /** The last row of an export. Before it is durable, nothing has the export's name. */
  async #note(
    request: ExportRequest,
    chosen: Chosen,
    { by }: Kept,
    { rows, verified, manifest }: WrittenExport,
    root: string,
  ): Promise<void> {
    const figures = { ...this.#facts(request, chosen), rows, verified, manifest, root };
    const outcome = verified ? 'ok' : 'failed';
    await this.#options.journal.durable(chosen.act, { by: by.id, outcome, new: figures });
  }

  /** Who and what, for the record: ids and pseudonyms, never a name. */
  #facts({ subject, form, content }: ExportRequest, { sessions, label }: Chosen) {
    const own = subject.kind === 'session' ? { session: subject.sessionId } : {};
    return { ...own, of: subject.kind, what: label, sessions: sessions.length, form, content };
  }

  /** Where it was lost the dates of a patient differ from those of earlier exports: a row says so, and why. */
  async #siteKey(): Promise<Buffer> {
    const { exportFolder, keySeal = null } = this.#options.station;
    const { key, isLost, reason } = await siteKey(dirname(exportFolder), keySeal);
    if (isLost || reason !== null) {
      const details = { ...(reason !== null && { reason }), new: { of: 'date-shift', isLost } };
      this.#options.journal.note('key.store', { outcome: 'failed', ...details });
    }
    return key;
  }

  async #write(request: ExportRequest, chosen: Chosen, kept: Kept, rootFingerprint: string): Promise<ExportOutcome> {
    const { form, content } = request;
    const { sessions, collection } = chosen;
    const { draft } = kept;
    const { configuration, trail, version, exportFolder: target } = this.#options.station;
    const { exportParts = IN_SOURCES } = this.#options.station;
    const plan = { form, content, target, draft, collection, rootFingerprint };
    const context = {
      station: configuration.stationName,
      version,
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      simulated: configuration.demonstration,
      exportedAt: new Date().toISOString(),
      exportedBy: kept.by.name,
      people: this.#options.people().map(({ id, name, role }) => ({ id, name, role })),
    };
    return runExport({
      order: { plan, context, siteKey: await this.#siteKey(), fontFolder: exportParts.fontFolder },
      sessions,
      trail,
      begin: this.#options.journal.row(EXPORT_BEGUN, { by: kept.by.id, new: this.#facts(request, chosen) }, null),
      record: (written) => this.#note(request, chosen, kept, written, rootFingerprint),
      workerUrl: exportParts.workerUrl,
      onChecked: (rows, of) => {
        kept.state = { state: 'running', done: 0, sessions: sessions.length, checked: { rows, of } };
      },
      onProgress: (done) => {
        kept.state = { state: 'running', done, sessions: sessions.length, checked: null };
      },
      signal: kept.abort.signal,
    });
  }
}
