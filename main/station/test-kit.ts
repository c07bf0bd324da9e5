import type { ClockStepRow } from '../../db/clock-steps.ts';
import type { HoldAct, HoldRow } from '../../db/hold-rows.ts';
import type {
  AccessChange,
  AuditInput,
  AuditReceipt,
  AuditRow,
  EngineChunk,
  RecordStatus,
  SessionRecord,
  Trail,
  TrendChunk,
} from '../../db/trail.ts';
import { AppError } from '../../drivers/kit/app-error.ts';
import type { FromDeviceHost, ToDeviceHost } from '../devices/messages.ts';
import type { DeviceHostProcess } from '../devices/process.ts';

/** The record as a boundary that a test can break; the real one is used in tests/story. */
export class FakeTrail implements Trail {
  readonly rows: AuditInput[] = [];
  readonly trends: TrendChunk[] = [];
  readonly engineChunks: EngineChunk[] = [];
  readonly changes: AccessChange[] = [];
  readonly records = new Map<string, SessionRecord>();
  /** When set, every write is refused with it. */
  failure: AppError | null = null;
  /** When set, writes wait for it. */
  hold: Promise<void> | null = null;
  /** Rows for which this says true are refused. */
  refuse: (event: AuditInput) => boolean = () => false;

  acts(): readonly string[] {
    return this.rows.map(({ act }) => act);
  }

  async append(event: AuditInput): Promise<AuditReceipt> {
    await this.hold;
    if (this.failure !== null) throw this.failure;
    if (this.refuse(event)) throw new AppError('RECORD_FAILED', `${event.act} refused`);
    if (!wholeOnly(event.old) || !wholeOnly(event.new)) throw new AppError('RECORD_FAILED', `${event.act}: fraction`);
    this.rows.push(event);
    return { seq: this.rows.length, hash: '' };
  }

  async openSession(
    session: Omit<SessionRecord, 'openedAt' | 'closedAt' | 'state'>,
    event: AuditInput,
  ): Promise<AuditReceipt> {
    const receipt = await this.append(event);
    const openedAt = new Date(0).toISOString();
    this.records.set(session.id, { ...session, openedAt, closedAt: null, state: 'open' });
    return receipt;
  }

  async closeSession(id: string, state: 'ended' | 'interrupted', event: AuditInput): Promise<AuditReceipt> {
    const receipt = await this.append(event);
    const record = this.records.get(id);
    if (record !== undefined) this.records.set(id, { ...record, state, closedAt: new Date(0).toISOString() });
    return receipt;
  }

  async putTrend(chunk: TrendChunk): Promise<AuditReceipt> {
    this.trends.push(chunk);
    return { seq: this.rows.length, hash: '' };
  }

  async putEngineChunk(chunk: EngineChunk): Promise<AuditReceipt> {
    await this.hold;
    if (this.failure !== null) throw this.failure;
    this.engineChunks.push(chunk);
    return { seq: this.rows.length, hash: '' };
  }

  async putAccess(change: AccessChange, event: AuditInput): Promise<AuditReceipt> {
    const receipt = await this.append(event);
    this.changes.push(change);
    return receipt;
  }

  async accessChanges(): Promise<readonly AccessChange[]> {
    return this.changes;
  }

  async holdRows(): Promise<readonly HoldRow[]> {
    return this.rows.flatMap(({ act, new: facts = null }, index) =>
      isHoldAct(act) ? [{ seq: index + 1, act, facts }] : [],
    );
  }

  async clockSteps(): Promise<readonly ClockStepRow[]> {
    return this.rows.flatMap(({ act, new: facts }, index) =>
      act === 'clock.step' ? [{ seq: index + 1, stepMs: (facts as { readonly stepMs: number }).stepMs }] : [],
    );
  }

  async sessions(): Promise<readonly SessionRecord[]> {
    return [...this.records.values()];
  }

  findSessions(): Promise<never> {
    return Promise.reject(new AppError('RECORD_FAILED', 'not in this fake'));
  }

  sessionTip(): Promise<never> {
    return Promise.reject(new AppError('RECORD_FAILED', 'not in this fake'));
  }

  async sessionRows(sessionId: string): Promise<readonly AuditRow[]> {
    return this.rows.flatMap((row, index) =>
      row.session === sessionId
        ? [
            {
              seq: index + 1,
              hash: '',
              body: JSON.stringify({ ...row, seq: index + 1, ts: new Date().toISOString() }),
            },
          ]
        : [],
    );
  }

  async stationRows(): Promise<readonly AuditRow[]> {
    return [];
  }

  async lastCheck() {
    return { rows: this.rows.length, check: null };
  }

  async head() {
    return { note: '', rootFingerprint: 'ROOT' };
  }

  async sessionTrends(sessionId: string): Promise<readonly TrendChunk[]> {
    return this.trends.filter(({ session }) => session === sessionId);
  }

  bundle(): Promise<never> {
    return Promise.reject(new AppError('RECORD_FAILED', 'not in this fake'));
  }

  beginExport(): Promise<never> {
    return Promise.reject(new AppError('RECORD_FAILED', 'not in this fake'));
  }

  sendBundle(): Promise<never> {
    return Promise.reject(new AppError('RECORD_FAILED', 'not in this fake'));
  }

  verify(): Promise<never> {
    return Promise.reject(new AppError('RECORD_FAILED', 'not in this fake'));
  }

  async clockIs(): Promise<void> {}

  concerns: readonly string[] = [];
  enrolled = true;

  backup(): Promise<never> {
    return Promise.reject(new AppError('RECORD_FAILED', 'not in this fake'));
  }

  async status(): Promise<RecordStatus> {
    const { concerns, enrolled } = this;
    const check = {
      state: 'never',
      rowsDone: 0,
      rowsTotal: 0,
      pages: null,
      root: null,
      detail: null,
      at: null,
    } as const;
    return { sealed: false, segment: 1, rootFingerprint: 'ROOT', enrolled, anchors: [], check, concerns };
  }

  async identity() {
    return { origin: 'fake', rootFingerprint: '', sealed: false };
  }

  async close(): Promise<void> {}
}

const HOLD_ACTS = new Set(['configuration.accepted', 'record.restored', 'record.restore-accepted']);
const isHoldAct = (act: string): act is HoldAct => HOLD_ACTS.has(act);

function wholeOnly(value: unknown): boolean {
  if (typeof value === 'number') return Number.isInteger(value);
  if (typeof value !== 'object' || value === null) return true;
  return Object.values(value).every(wholeOnly);
}

/** A device host as main sees one, with its two ends in the test's hands. */
export class FakeHost implements DeviceHostProcess {
  readonly sent: ToDeviceHost[] = [];
  killed = false;
  /** A host that does not leave when asked to close. */
  stubborn = false;
  #message: (message: FromDeviceHost) => void = () => undefined;
  #exit: (reason: string) => void = () => undefined;

  send(message: ToDeviceHost): void {
    this.sent.push(message);
    if (message.kind === 'close' && !this.stubborn) queueMicrotask(() => this.#exit('closed'));
  }

  onMessage(listener: (message: FromDeviceHost) => void): void {
    this.#message = listener;
  }

  onExit(listener: (reason: string) => void): void {
    this.#exit = listener;
  }

  kill(): void {
    this.killed = true;
  }

  kinds(): readonly string[] {
    return this.sent.map(({ kind }) => kind);
  }

  say(message: FromDeviceHost): void {
    this.#message(message);
  }

  die(reason: string): void {
    this.#exit(reason);
  }
}
