import type { RecordCheck, Verification } from './trail.ts';
import { toRecordError } from './sql-errors.ts';

type Progress = (done: number, total: number) => void;

export interface WholeCheckParts {
  /** From the first row on. Rejects where the record is closed meanwhile. */
  readonly verify: (onProgress: Progress) => Promise<Verification>;
  /** Reads anew what of the list of sessions is not what its rows say; a sentence on the first such session, or null. */
  readonly correctFacts: () => Promise<string | null>;
  /** Writes the row about it. */
  readonly report: (
    act: string,
    details: { outcome: 'ok' | 'failed'; reason?: string; new?: WholeCheckFigures },
  ) => void;
}

type WholeCheckFigures = { readonly rows: number; readonly root: string; readonly whole: boolean };

const NEVER: RecordCheck = { state: 'never', rowsDone: 0, rowsTotal: 0, root: null, detail: null, at: null };

/** The check that nobody has to ask for: everything, at each start and once a day, with a row of what it found. */
export class WholeCheck {
  readonly #parts: WholeCheckParts;
  #state: RecordCheck = NEVER;

  constructor(parts: WholeCheckParts) {
    this.#parts = parts;
  }

  get state(): RecordCheck {
    return this.#state;
  }

  /** Never rejects. One at a time. */
  async run(): Promise<void> {
    if (this.#state.state === 'running') return;
    this.#state = { ...NEVER, state: 'running' };
    const at = (): string => new Date().toISOString();
    try {
      const found = await this.#parts.verify((rowsDone, rowsTotal) => {
        this.#state = { ...this.#state, rowsDone, rowsTotal };
      });
      this.#found(found, at());
      const wrong = await this.#parts.correctFacts();
      if (wrong !== null) this.#parts.report('log.facts.corrected', { outcome: 'failed', reason: wrong });
    } catch (error) {
      this.#state = { ...this.#state, state: 'failed', detail: toRecordError(error).message, at: at() };
    }
  }

  #found({ rows, root, damage }: Verification, at: string): void {
    const whole = damage === null;
    const detail = whole ? null : `Row ${damage.seq}: ${damage.detail}.`;
    this.#state = { ...this.#state, state: whole ? 'whole' : 'damaged', root, detail, at };
    this.#parts.report('record.verified', {
      outcome: whole ? 'ok' : 'failed',
      new: { rows, root, whole },
      ...(!whole && { reason: damage.detail }),
    });
  }
}
