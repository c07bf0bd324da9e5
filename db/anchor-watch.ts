import { type Contradiction, contradictionsIn } from './anchor-check.ts';
import type { AnchorListener, PlaceState } from './anchor-keeper.ts';
import { Anchors, type HeldAnchors } from './anchors.ts';
import type { AnchorPlace } from './anchor-places.ts';
import { type Anchored, readAnchored } from './anchored.ts';
import { OwnSegments, rootsIn } from './own-segments.ts';
import type { SqlDatabase } from './sql.ts';
import type { AuditInput } from './trail.ts';
import type { Segment } from './verify-keys.ts';

/**
 * The only rows that wait up to a minute for their anchor: they come many times a minute, and what they say is said again. After every
 * other one the anchors are renewed at once, so that a kind of row nobody thought of here is on the safe side.
 */
export const ROUTINE: ReadonlySet<string> = new Set([
  'pump.progress',
  'trend.chunk',
  'engine.chunk',
  'device.discarded',
]);

const NOT_COMPARED =
  ': what it proves could not be compared, and an older record may have been put back. Keep a copy of its folder and tell the supervisor.';

export interface AnchorWatchParts {
  readonly db: SqlDatabase;
  readonly places: readonly AnchorPlace[];
  /** Of the trail. */
  readonly origin: () => string;
  /** Newest signed head that this run wrote; null before. */
  readonly head: () => string | null;
  /** Of the trail, oldest first. */
  readonly segments: () => readonly Segment[];
  /** Whether this run began the newest of them. */
  readonly beganSegment: () => boolean;
  /** Writes a row about the record itself. */
  readonly report: (act: string, details: Pick<AuditInput, 'new' | 'reason' | 'outcome'>) => void;
}

/** Compares the trail with its anchors when it is opened, then keeps them up to date. */
export class AnchorWatch {
  readonly #parts: AnchorWatchParts;
  readonly #anchors: Anchors;
  /** Sentences by the place that holds the anchor. */
  readonly #contradictions = new Map<AnchorPlace, string[]>();
  /** Sentences about anchors that are gone or cannot be opened. */
  readonly #lost: string[] = [];
  readonly #own = new OwnSegments();
  #isUrgent = false;

  constructor(parts: AnchorWatchParts) {
    this.#parts = parts;
    const changed: AnchorListener['changed'] = (name, failure) =>
      parts.report(failure === null ? 'log.anchor.back' : 'log.anchor.failed', {
        outcome: failure === null ? 'ok' : 'failed',
        new: { place: name },
        ...(failure !== null && { reason: failure }),
      });
    this.#anchors = new Anchors(parts.places, { changed }, () => this.#own.roots);
  }

  /** Places that hold an anchor of this run, for the row of the next change of key. */
  get anchored(): readonly Anchored[] {
    return this.states.flatMap(({ name, size }) => (size === 0 ? [] : [{ place: name, size }]));
  }

  get states(): readonly PlaceState[] {
    return this.#anchors.states;
  }

  /** Sentences about anchors that prove something else than the trail, or that fail. */
  get concerns(): readonly string[] {
    const failures = this.states.flatMap(({ name, failure }) =>
      failure === null
        ? []
        : [`An anchor of the record cannot be kept (${name}): ${failure}. Connect the medium again.`],
    );
    return [...[...this.#contradictions.values()].flat(), ...this.#own.concerns, ...this.#lost, ...failures];
  }

  /** Rows go on meanwhile; nothing that was found is overwritten before it was compared. */
  async begin(): Promise<void> {
    const held = await this.#anchors.read();
    const contradictions = await contradictionsIn(this.#parts.db, this.#parts.origin(), held);
    this.#judgeSegments(held, contradictions);
    for (const { place, anchor, detail } of contradictions) {
      const sentence = `The record does not fit its anchor (${place.name}): ${detail}. Keep a copy of its folder and tell the supervisor.`;
      this.#contradictions.set(place, [...(this.#contradictions.get(place) ?? []), sentence]);
      const { size, root, note } = anchor;
      this.#parts.report('log.rollback', {
        outcome: 'failed',
        reason: detail,
        new: { place: place.name, size, root, note },
      });
      await place.setAside(anchor);
    }
    const anchored = readAnchored(this.#parts.db);
    for (const { place, unreadable, anchors } of held) {
      if (anchors.length > 0) continue;
      if (unreadable === 0) {
        this.#missing(place, anchored);
        continue;
      }
      this.#parts.report('log.anchor.unreadable', { outcome: 'failed', new: { place: place.name } });
      this.#lost.push(`The anchor of the record cannot be opened (${place.name})${NOT_COMPARED}`);
      await place.setAside(null);
    }
    this.#anchors.release();
  }

  #judgeSegments(held: readonly HeldAnchors[], contradictions: readonly Contradiction[]): void {
    const segments = this.#parts.segments();
    this.#own.judge(segments, rootsIn(segments, held, contradictions), this.#parts.beganSegment());
    for (const { seq, rootFingerprint } of this.#own.foreign) {
      this.#parts.report('log.segment.foreign', { outcome: 'failed', new: { seq, rootFingerprint } });
    }
  }

  /** Whether some segment is not known to be of this station. */
  get isForeign(): boolean {
    return this.#own.foreign.length > 0;
  }

  /** Two persons compared the newest root fingerprint with their paper. */
  adoptSegments(): void {
    this.#own.adopt(this.#parts.segments());
  }

  /** No anchor where the record says that there was one is no fresh start. */
  #missing({ name }: AnchorPlace, anchored: readonly Anchored[]): void {
    const size = anchored.find(({ place }) => place === name)?.size;
    if (size === undefined) return;
    this.#parts.report('log.anchor.missing', { outcome: 'failed', new: { place: name, size } });
    this.#lost.push(`The record was anchored (${name}), and no anchor is there any more${NOT_COMPARED}`);
  }

  /** See AnchorPlace.retire. Rejects with the file system's error; what was retired by then stays so. */
  async retire(): Promise<void> {
    for (const place of this.#contradictions.keys()) {
      await place.retire();
      this.#contradictions.delete(place);
    }
  }

  /** What the places hold now, for a verification. */
  read(): Promise<readonly HeldAnchors[]> {
    return this.#anchors.read();
  }

  /** A row was written. */
  saw(act: string): void {
    this.#isUrgent ||= !ROUTINE.has(act);
  }

  /** Between two calls, and once a while without any. `now` is monotonic milliseconds. */
  tidy(now: number): void {
    const note = this.#parts.head();
    if (note === null) return;
    this.#anchors.offer(note, this.#isUrgent, now);
    this.#isUrgent = false;
  }

  /** The last anchor covers the last row. Takes no longer than `patience` milliseconds. */
  async end(patience: number): Promise<void> {
    this.#isUrgent = true;
    this.tidy(0);
    await this.#anchors.settled(patience);
  }
}
