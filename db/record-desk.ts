import { readAccessChanges } from './access-changes.ts';
import { setTimeout } from 'node:timers/promises';
import type { MessagePort } from 'node:worker_threads';
import { AnchorWatch } from './anchor-watch.ts';
import { AppError } from '../drivers/kit/app-error.ts';
import { readBundle } from './bundle.ts';
import { readClockSteps } from './clock-steps.ts';
import { ExportPoint } from './export-point.ts';
import { readHoldRows } from './hold-rows.ts';
import { KeyFacts } from './key-facts.ts';
import { readHead } from './log-readers.ts';
import type { RecordCall } from './messages.ts';
import { RecordStore, type StoreParts } from './record-store.ts';
import { roomConcerns } from './room.ts';
import { EXPORT_BEGUN } from './session-extent.ts';
import { SessionFacts } from './session-facts.ts';
import { readSessionTip } from './session-tip.ts';
import { readLastCheck, readStationRows } from './station-rows.ts';
import { systemEvent } from './system-event.ts';
import type {
  AccessChange,
  AuditInput,
  BegunExport,
  AuditReceipt,
  CheckProgress,
  ClockWord,
  RecordStatus,
  SessionBundle,
  Trail,
  Verification,
  VerifyScope,
} from './trail.ts';
import { checkedBefore } from './verified.ts';
import { verifyRecord } from './verify-record.ts';
import { WholeCheck } from './whole-check.ts';

type Identity = Awaited<ReturnType<Trail['identity']>>;

/** How long closing waits for the last anchor (ms); a share that hangs must not keep the station from ending. */
const LAST_ANCHOR_WITHIN = 2000;

/** Stands for the id of a call where nobody called. */
const OWN = 0;

/** Takes the calls of the client to the part of the record that answers them. */
export class RecordDesk {
  readonly #parts: StoreParts;
  readonly #store: RecordStore;
  readonly #anchors: AnchorWatch;
  readonly #keys: KeyFacts;
  /** Checks that are under way, by the id of their call. */
  readonly #checks = new Map<number, AbortController>();
  #begun: Promise<void> = Promise.resolve();
  /** The anchors were compared with the trail as it was found. */
  #compared: Promise<void> = Promise.resolve();
  #damage: string | null = null;
  readonly #facts: SessionFacts;
  readonly #whole: WholeCheck;
  #isOpen = true;
  /** The newest export, and what the check before it found. */
  #export: { readonly point: ExportPoint; readonly verification: Verification } | null = null;

  constructor(parts: StoreParts) {
    this.#parts = parts;
    this.#keys = new KeyFacts(parts.db, parts.run.station);
    this.#anchors = new AnchorWatch({
      db: parts.db,
      places: parts.places,
      origin: () => this.#keys.now.origin,
      head: () => this.#store.note,
      segments: () => this.#keys.now.segments,
      beganSegment: () => this.#store.beganSegment,
      report: (act, details) => this.#report(act, details),
    });
    this.#store = new RecordStore(parts, {
      wrote: (act) => {
        this.#keys.saw(act);
        this.#anchors.saw(act);
      },
      anchored: () => this.#anchors.anchored,
    });
    this.#facts = new SessionFacts(parts.db);
    this.#whole = new WholeCheck({
      verify: (onProgress) => this.#verify(OWN, onProgress, 'file'),
      correctFacts: () => this.#facts.correct(() => !this.#isOpen),
      report: (act, details) => this.#report(act, details),
    });
  }

  /** Checks the trail against its anchors, and what was added since the last check; calls are served meanwhile. */
  begin(): void {
    for (const { of, reason } of this.#parts.keyProblems ?? [])
      this.#report('key.store', { outcome: 'failed', reason, new: { of } });
    this.#compared = this.#anchors.begin().catch((error: unknown) => this.noteProblem(error));
    this.#begun = this.#checkAtStart().catch((error: unknown) => this.noteProblem(error));
  }

  /** The answer; a promise for the calls that read much of the trail and for the last one, a value for the others. */
  serve(call: RecordCall, onProgress: CheckProgress): object | Promise<object | null> | null {
    const { sessions } = this.#store;
    switch (call.name) {
      case 'append':
        return this.#append(...call.args);
      case 'openSession':
        return this.#store.openSession(...call.args);
      case 'closeSession':
        return this.#store.closeSession(...call.args);
      case 'putTrend':
        return this.#store.putTrend(...call.args);
      case 'putEngineChunk':
        return this.#store.putEngineChunk(...call.args);
      case 'putAccess':
        return this.#store.putAccess(...call.args);
      case 'accessChanges':
        return this.#accessChanges();
      case 'holdRows':
        return readHoldRows(this.#parts.db);
      case 'clockSteps':
        return readClockSteps(this.#parts.db);
      case 'sessions':
        return sessions.all();
      case 'findSessions':
        return this.#facts.find(...call.args);
      case 'sessionTip':
        return readSessionTip(this.#parts.db, ...call.args);
      case 'sessionRows':
        return sessions.rows(...call.args);
      case 'stationRows':
        return readStationRows(this.#parts.db, ...call.args);
      case 'lastCheck':
        return readLastCheck(this.#parts.db);
      case 'sessionTrends':
        return sessions.trends(...call.args);
      case 'bundle':
        return this.#bundle(call.id, ...call.args);
      case 'beginExport':
        return this.#beginExport(call.id, ...call.args, onProgress);
      case 'sendBundle':
        return this.#sendBundle(...call.args);
      case 'verify':
        return this.#verify(call.id, onProgress, ...call.args);
      case 'clockIs':
        return this.#clockIs(...call.args);
      case 'status':
        return this.#status();
      case 'backup':
        return this.#parts.copyTo(...call.args);
      case 'identity':
        return this.#identity();
      case 'head':
        return this.#head();
      case 'close':
        break;
    }
    return this.#close();
  }

  /** Something went wrong that is no failure of a call. */
  noteProblem(error: unknown): void {
    this.#store.upkeep.note(error);
  }

  /** Ends a check that is under way. */
  cancel(id: number): void {
    this.#checks.get(id)?.abort();
  }

  /** Between two calls, and once a while without any. */
  tidy(): void {
    if (!this.#isOpen) return;
    this.#store.upkeep.run();
    this.#anchors.tidy(performance.now());
  }

  /** From the first row on, and what lies beside the rows. Never rejects. */
  checkWhole(): Promise<void> {
    return this.#whole.run();
  }

  #append(event: AuditInput): AuditReceipt | Promise<AuditReceipt> {
    if (event.act === 'record.restore-accepted') return this.#acceptRestore(event);
    return event.act === 'key.enrolled' && event.outcome === 'ok' ? this.#enrol(event) : this.#store.append(event);
  }

  /** People are believed from a file that is made as ours only: a redefined column hides from whom a role was taken. */
  #accessChanges(): AccessChange[] {
    const made = this.#parts.schemaDamage?.() ?? null;
    if (made !== null) throw new AppError('RECORD_DAMAGED', `The record is damaged: ${made.detail}.`);
    return readAccessChanges(this.#parts.db);
  }

  /** Anchors first: a row without them would leave a record that passes no check, and nothing to sign for. */
  async #acceptRestore(event: AuditInput): Promise<AuditReceipt> {
    await this.#compared;
    await this.#anchors.retire();
    return this.#store.append(event);
  }

  /** Only what two persons do in this run counts: a row may have been written by whoever wrote the segment. */
  async #enrol(event: AuditInput): Promise<AuditReceipt> {
    await this.#compared;
    const receipt = this.#store.append(event);
    this.#anchors.adoptSegments();
    return receipt;
  }

  async #checkAtStart(): Promise<void> {
    await this.#compared;
    const { db } = this.#parts;
    this.#take(this.#withFile(await verifyRecord(db, { from: checkedBefore(db), isCancelled: () => !this.#isOpen })));
  }

  async #verify(id: number, onProgress: CheckProgress, scope: VerifyScope = 'whole'): Promise<Verification> {
    const { db } = this.#parts;
    const check = new AbortController();
    this.#checks.set(id, check);
    const isCancelled = (): boolean => check.signal.aborted || !this.#isOpen;
    try {
      const held = await this.#anchors.read();
      const from = scope === 'newest' ? checkedBefore(db) : null;
      const onRows = (done: number, total: number): void => onProgress(done, total, 'rows');
      const rows = await verifyRecord(db, { held, onProgress: onRows, isCancelled, from });
      const isRest = scope === 'file' && rows.damage === null;
      const unchecked = isRest ? await this.#parts.pages?.run(onProgress, check.signal) : null;
      return this.#take(this.#withFile({ ...rows, ...(unchecked && { pagesUnchecked: unchecked }) }));
    } finally {
      this.#checks.delete(id);
    }
  }

  /** Damage of a row says more; of the pages counts what the newest check of them found. */
  #withFile(found: Verification): Verification {
    const { pages, schemaDamage } = this.#parts;
    return { ...found, damage: found.damage ?? pages?.found ?? schemaDamage?.() ?? null };
  }

  /** What leaves the station was checked just before; damage is said with it, and does not keep evidence in. */
  async #beginExport(
    id: number,
    sessionIds: readonly string[],
    event: AuditInput,
    onProgress: CheckProgress,
  ): Promise<BegunExport> {
    const verification = await this.#verify(id, onProgress);
    const point = this.#beginExportOf(sessionIds, event, verification.damage !== null);
    this.#export = { point, verification };
    return { seq: point.seq, verification, problem: this.#store.problem };
  }

  /** What is left of a damaged record is evidence, also where its rows cannot be counted, or it takes none any more. */
  #beginExportOf(sessionIds: readonly string[], event: AuditInput, isDamaged: boolean): ExportPoint {
    try {
      return this.#store.beginExport(sessionIds, event);
    } catch (error) {
      if (!isDamaged) throw error;
      this.noteProblem(error);
      return ExportPoint.unstated(this.#parts.db);
    }
  }

  async #bundle(id: number, sessionId: string): Promise<SessionBundle> {
    const { seq } = await this.#beginExport(id, [sessionId], systemEvent(EXPORT_BEGUN), () => undefined);
    return this.#bundleOf(sessionId, seq);
  }

  async #bundleOf(sessionId: string, begun: number): Promise<SessionBundle> {
    const found = this.#export;
    if (found?.point.seq !== begun) throw new AppError('RECORD_FAILED', 'This export is over. Start it again.');
    const { point, verification } = found;
    const bundle = await readBundle(this.#parts.db, sessionId, point, verification.damage !== null);
    return { ...bundle, verification };
  }

  async #sendBundle(sessionId: string, begun: number, to: MessagePort): Promise<null> {
    try {
      to.postMessage(await this.#bundleOf(sessionId, begun));
    } finally {
      to.close();
    }
    return null;
  }

  /** Damage stays a concern until a check finds none; each finding is a row. */
  #take(found: Verification): Verification {
    const { damage } = found;
    // What was not walked again may still be damaged.
    if (damage === null && found.after !== undefined) return found;
    if (damage === null) this.#damage = null;
    else {
      this.#damage = `The record is damaged at row ${damage.seq}: ${damage.detail}. Keep a copy of its folder and tell the supervisor.`;
      const { seq, what, detail } = damage;
      this.#report('log.damage', { outcome: 'failed', reason: detail, new: { seq, what } });
    }
    return found;
  }

  #report(act: string, details: Pick<AuditInput, 'new' | 'reason' | 'outcome'>): void {
    try {
      if (this.#isOpen) this.#store.append(systemEvent(act, details));
    } catch (error) {
      this.noteProblem(error);
    }
  }

  #clockIs(clk: ClockWord): null {
    this.#parts.run.clk = clk;
    return null;
  }

  #status(): RecordStatus {
    const { segment, rootFingerprint, enrolled } = this.#keys.now;
    return {
      sealed: this.#parts.keyStore.isSealed,
      segment,
      rootFingerprint,
      enrolled: enrolled && !this.#anchors.isForeign,
      anchors: this.#anchors.states.map(({ name, size, failure }) => ({ place: name, size, failure })),
      check: this.#whole.state,
      concerns: [
        ...(segment > 1 && !enrolled
          ? [
              `The signing key was lost${this.#why()}: enrol the new root fingerprint ${rootFingerprint} with two persons.`,
            ]
          : []),
        ...(this.#store.problem === null ? [] : [`Nothing more can be recorded: ${this.#store.problem}`]),
        ...(this.#damage === null ? [] : [this.#damage]),
        ...roomConcerns(this.#parts.room()),
        ...this.#anchors.concerns,
      ],
    };
  }

  /** As far as this start knows. */
  #why(): string {
    const { problem } = this.#parts.keyStore;
    return problem === null ? '' : ` (${problem})`;
  }

  #identity(): Identity {
    const { origin, rootFingerprint } = this.#keys.now;
    return { origin, rootFingerprint, sealed: this.#parts.keyStore.isSealed };
  }

  #head(): Awaited<ReturnType<Trail['head']>> {
    return { note: readHead(this.#parts.db)?.note ?? '', rootFingerprint: this.#keys.now.rootFingerprint };
  }

  async #close(): Promise<null> {
    await Promise.race([this.#begun, setTimeout(LAST_ANCHOR_WITHIN, null, { ref: false })]);
    await this.#anchors.end(LAST_ANCHOR_WITHIN);
    this.#isOpen = false;
    for (const check of this.#checks.values()) check.abort();
    this.#parts.db.close();
    return null;
  }
}
