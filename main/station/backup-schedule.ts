import type { PersonId } from '../../core/engine/state.ts';
import type { Backup } from '../../db/backup.ts';
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

  /** A copy now, wanted by `by` or by nobody but the day. Rejects with RECORD_* or the file system's error. */
  async make(by: PersonId | null = null): Promise<Backup> {
    const { trail, folder, journal } = this.#options;
    try {
      const backup = await trail.backup(folder);
      const { path, verification } = backup;
      this.#concern = null;
      journal.note('record.backup', { by, new: { path, rows: verification.rows, root: verification.root } });
      return backup;
    } catch (error) {
      this.#concern = `The copy of the record failed: ${String(error)}. Check the folder ${folder}.`;
      journal.note('record.backup', { by, outcome: 'failed', reason: String(error), new: { path: folder } });
      throw error;
    }
  }

  /** Never rejects. */
  async #run(): Promise<void> {
    this.#timer = setTimeout(() => void this.#run(), EVERY);
    try {
      await this.make();
    } catch {
      // It is a concern and a row; tomorrow is another day.
    }
  }
}
