import type { Trail } from '../../db/trail.ts';
import type { Journal } from './journal.ts';

/** After the start there is other work first (ms). */
const FIRST_AFTER = 600_000;
const EVERY = 86_400_000;

export interface BackupScheduleOptions {
  readonly trail: Pick<Trail, 'backup'>;
  readonly folder: string;
  readonly journal: Pick<Journal, 'note'>;
}

/** A checked copy of the record once a day, each with a row. A copy that fails is a concern until one succeeds. */
export class BackupSchedule {
  readonly #options: BackupScheduleOptions;
  #timer: NodeJS.Timeout;
  #concern: string | null = null;

  constructor(options: BackupScheduleOptions) {
    this.#options = options;
    this.#timer = setTimeout(() => void this.#run(), FIRST_AFTER);
  }

  get concerns(): readonly string[] {
    return this.#concern === null ? [] : [this.#concern];
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  /** Never rejects. */
  async #run(): Promise<void> {
    const { trail, folder, journal } = this.#options;
    this.#timer = setTimeout(() => void this.#run(), EVERY);
    try {
      const { path, verification } = await trail.backup(folder);
      this.#concern = null;
      journal.note('record.backup', { new: { path, rows: verification.rows, root: verification.root } });
    } catch (error) {
      this.#concern = `The daily copy of the record failed: ${String(error)}. Check the folder ${folder}.`;
      journal.note('record.backup', { outcome: 'failed', reason: String(error), new: { path: folder } });
    }
  }
}
