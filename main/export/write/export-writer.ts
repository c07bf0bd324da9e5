import { createHash } from 'node:crypto';
import type { SessionBundle } from '../../../db/trail.ts';
import { anchorSheet } from '../anchor-sheet.ts';
import { type Files, TAG_MANIFEST } from '../bag.ts';
import type { DeidentificationKeys } from '../deidentify/deidentify.ts';
import { clockFor } from '../deidentify/tables.ts';
import { type ExportContent, NOTICES } from '../deidentify/variant.ts';
import { DAMAGE_FILE, NOT_WHOLE } from '../evidence-damage.ts';
import { verifyFolder } from '../verify-folder.ts';
import { Collection, type CollectedSession } from './collection.ts';
import { deidentifiedBag, identifiedSession, type ReportParts } from './session-bag.ts';
import { publish, publishWithSheet } from './publish.ts';
import { openSink, type Sink, type SinkOptions } from './sink.ts';

export interface ExportPlan extends SinkOptions {
  readonly content: ExportContent;
  /** Null for one session by itself; else what is collected. */
  readonly collection: { readonly name: string; readonly subject: string } | null;
  readonly rootFingerprint: string;
  readonly keys: DeidentificationKeys;
}

/** An export that is complete, and has not its name yet. */
export interface WrittenExport {
  readonly sessions: number;
  readonly rows: number;
  /** Whether the export, read back from the disk, checks out. */
  readonly verified: boolean;
  /** Hex SHA-256 of its last manifest: it stands for every byte of the export. */
  readonly manifest: string;
}

export interface NamedExport {
  /** Folder or zip that was made; never one that was there before. */
  readonly path: string;
  /** Sheet beside it with the anchor that it must not carry; null where it carries it. */
  readonly anchorSheet: string | null;
}

export type ExportOutcome = WrittenExport & NamedExport;

/** Writes one export, session by session, and reads it back. */
export class ExportWriter {
  readonly #plan: ExportPlan;
  readonly #report: ReportParts;
  #sink: Sink | null = null;
  #collection: Collection | null = null;
  #tags: Files = new Map();
  /** The same in every session: the head over the row with which the export began. */
  #checkpoint = '';
  #isWhole = true;
  #sessions = 0;
  #rows = 0;

  constructor(plan: ExportPlan, report: ReportParts) {
    this.#plan = plan;
    this.#report = report;
  }

  async add(bundle: SessionBundle): Promise<void> {
    const bag = await this.#bag(bundle);
    const { collection } = this.#plan;
    this.#sink ??= await openSink(this.#plan, collection?.name ?? bag.name);
    if (collection === null) {
      for (const [path, content] of bag.files) await this.#sink.put(path, content);
      this.#tags = bag.files;
    } else {
      this.#collection ??= new Collection(this.#sink);
      await this.#collection.add(bag);
    }
    this.#checkpoint = bundle.checkpoint;
    this.#sessions += 1;
    this.#rows += bundle.rows.length;
  }

  /** Rejects with TypeError where no session was added. */
  async finish(): Promise<WrittenExport> {
    const sink = this.#begun();
    const { collection, content, rootFingerprint } = this.#plan;
    if (this.#collection !== null && collection !== null) {
      const isIdentified = content === 'identified';
      this.#tags = await this.#collection.finish({
        subject: collection.subject,
        notice: isIdentified ? null : NOTICES[content],
        exportedAt: isIdentified ? new Date(this.#report.context.exportedAt) : null,
      });
    }
    await sink.close();
    const { damage, hasEvidence } = await verifyFolder(sink.draft, rootFingerprint);
    const verified = this.#isWhole && damage.length === 0 && hasEvidence === (content === 'identified');
    return { sessions: this.#sessions, rows: this.#rows, verified, manifest: this.#manifest() };
  }

  /**
   * Gives the finished export its name, once the record tells of it, and its anchor sheet where it must not carry an anchor:
   * what proves it names the station.
   */
  async publish(): Promise<NamedExport> {
    // One session by itself has it in its own name.
    const more = this.#isWhole || this.#plan.collection === null ? '' : NOT_WHOLE;
    const sink = this.#begun();
    if (this.#plan.content === 'identified') return { path: await publish(sink, more), anchorSheet: null };
    return publishWithSheet(sink, (name) => this.#sheet(name), more);
  }

  #manifest(): string {
    const content = this.#tags.get(TAG_MANIFEST) ?? '';
    return createHash('sha256').update(content).digest('hex');
  }

  #sheet(name: string): string {
    const { station, exportedAt: at, timeZone } = this.#report.context;
    const { rootFingerprint } = this.#plan;
    const exported = { of: 'unnamed-export', name, sha256: this.#manifest() } as const;
    return anchorSheet({ ...exported, station, at, timeZone, rootFingerprint, checkpoint: this.#checkpoint });
  }

  #begun(): Sink {
    if (this.#sink === null) throw new TypeError('An export needs at least one session.');
    return this.#sink;
  }

  async #bag(bundle: SessionBundle): Promise<CollectedSession> {
    const { content, rootFingerprint, keys } = this.#plan;
    if (content !== 'identified') {
      const bag = await deidentifiedBag(bundle, content, keys, this.#report);
      const { openedAt } = bag.facts.session;
      if (bag.files.has(DAMAGE_FILE)) this.#isWhole = false;
      const opened = content === 'safe-harbor' ? openedAt.slice(0, 4) : clockFor(content, openedAt).moment(openedAt);
      return { ...bag, opened };
    }
    const bag = await identifiedSession(bundle, rootFingerprint, this.#report);
    if (bag.files.has(DAMAGE_FILE)) this.#isWhole = false;
    return { ...bag, opened: bundle.session.openedAt };
  }
}
