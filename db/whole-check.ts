import type { CheckProgress, RecordCheck, Verification } from './trail.ts';
import { toRecordError } from './sql-errors.ts';

export interface WholeCheckParts {
  /** From the first row on. Rejects where the record is closed meanwhile. */
  readonly verify: (onProgress: CheckProgress) => Promise<Verification>;
  /** Reads anew what of the list of sessions is not what its rows say; a sentence on the first such session, or null. */
  readonly correctFacts: () => Promise<string | null>;
  /** Writes the row about it. */
  readonly report: (act: string, details: { outcome: 'ok' | 'failed'; reason?: string; new?: CheckFigures }) => void;
}

type CheckFigures = {
  readonly rows: number;
  readonly root: string;
  readonly whole: boolean;
  readonly pagesUnchecked?: string;
};

/** How far a check is, for whoever shows it. */
export const shownProgress = (
  ...[done, total, part]: Parameters<CheckProgress>
): Partial<Pick<RecordCheck, 'rowsDone' | 'rowsTotal' | 'pages'>> =>
  part === 'rows' ? { rowsDone: done, rowsTotal: total } : { pages: { part, done, total } };

/** What a row tells of a check. */
export const figuresOf = ({ rows, root, damage, pagesUnchecked }: Verification): CheckFigures => ({
  rows,
  root,
  whole: damage === null,
  ...(pagesUnchecked !== undefined && { pagesUnchecked }),
});

const NEVER: RecordCheck = {
  state: 'never',
  rowsDone: 0,
  rowsTotal: 0,
  pages: null,
  root: null,
  detail: null,
  at: null,
};

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
      const found = await this.#parts.verify((...progress) => {
        this.#state = { ...this.#state, ...shownProgress(...progress) };
      });
      this.#found(found, at());
      const wrong = await this.#parts.correctFacts();
      if (wrong !== null) this.#parts.report('log.facts.corrected', { outcome: 'failed', reason: wrong });
    } catch (error) {
      this.#state = { ...this.#state, state: 'failed', pages: null, detail: toRecordError(error).message, at: at() };
    }
  }

  #found(found: Verification, at: string): void {
    const { root, damage, pagesUnchecked = null } = found;
    const whole = damage === null;
    const detail = whole ? pagesUnchecked : `Row ${damage.seq}: ${damage.detail}.`;
    this.#state = { ...this.#state, state: whole ? 'whole' : 'damaged', pages: null, root, detail, at };
    this.#parts.report('record.verified', {
      outcome: whole ? 'ok' : 'failed',
      new: figuresOf(found),
      ...(!whole && { reason: damage.detail }),
    });
  }
}
