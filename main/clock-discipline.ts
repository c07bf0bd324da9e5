import { execFile } from 'node:child_process';
import type { ClockWord, Trail } from '../db/trail.ts';
import { scrubbedEnvironment } from './scrubbed-environment.ts';

/** ms. Nothing is lost by it: after the last word of its time source the kernel itself vouches for its clock for hours. */
const ASK_EVERY = 60_000;
/** A tool that has not answered by then is ended, and knows nothing (ms). */
const PATIENCE = 5_000;
/** Of an answer nothing more than this is read (bytes). */
const LONGEST_ANSWER = 1024;

/**
 * Says what the kernel says of its clock, so that it covers systemd-timesyncd, chrony and ntpd. By its whole path: a program
 * of the same name earlier on the path of this account must not vouch for the clock. Null on systems for which nobody
 * has shown an answer, whose clock counts as not disciplined.
 */
const TOOL = process.platform === 'linux' ? '/usr/bin/timedatectl' : null;
const QUESTION = ['show', '--property=NTPSynchronized', '--value'];
const YES = 'yes\n';

interface Asking {
  /** Absolute path of the program that answers; null: none. @default timedatectl on Linux */
  readonly tool?: string | null;
  /** From one answer to the next question (ms). @default 60,000 */
  readonly askEvery?: number;
  /** @default 5,000 ms */
  readonly patience?: number;
}

/**
 * asks now and once a minute whether the wall clock is disciplined, and tells the record where that changes. Whatever
 * is not a plain yes in time is a no. Nothing is decided by it and nothing waits for the answer; but to begin another
 * process holds this one up, the longer the more memory it has and the busier the machine is. So a minute is left out in
 * which that may not be, and the last answer stays.
 */
export class ClockDiscipline {
  readonly #record: Pick<Trail, 'clockIs'>;
  readonly #mayAsk: () => boolean;
  readonly #tool: string | null;
  readonly #askEvery: number;
  readonly #patience: number;
  readonly #over = new AbortController();
  #told: ClockWord = 'unsynced';
  #next: NodeJS.Timeout | null = null;

  constructor(
    record: Pick<Trail, 'clockIs'>,
    mayAsk: () => boolean,
    { tool = TOOL, askEvery = ASK_EVERY, patience = PATIENCE }: Asking = {},
  ) {
    this.#record = record;
    this.#mayAsk = mayAsk;
    this.#tool = tool;
    this.#askEvery = askEvery;
    this.#patience = patience;
    void this.#ask();
  }

  /** Ends a question that is under way, too. */
  stop(): void {
    this.#over.abort();
    if (this.#next !== null) clearTimeout(this.#next);
  }

  async #ask(): Promise<void> {
    if (this.#tool === null) return;
    const word = this.#mayAsk() ? await this.#answer(this.#tool).catch((): ClockWord => 'unsynced') : this.#told;
    if (this.#over.signal.aborted) return;
    this.#next = setTimeout(() => void this.#ask(), this.#askEvery);
    if (word === this.#told) return;
    this.#told = word;
    // A record that is gone has said so itself.
    await this.#record.clockIs(word).catch(() => undefined);
  }

  /** Rejects where no such program can be started. */
  #answer(tool: string): Promise<ClockWord> {
    const options = {
      signal: this.#over.signal,
      timeout: this.#patience,
      killSignal: 'SIGKILL',
      maxBuffer: LONGEST_ANSWER,
      // Nothing of this account says whom the tool asks.
      env: scrubbedEnvironment(),
    } as const;
    return new Promise((resolve) => {
      execFile(tool, QUESTION, options, (error, said) => resolve(error === null && said === YES ? 'ntp' : 'unsynced'));
    });
  }
}
