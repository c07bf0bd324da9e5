import { stringify } from 'csv-stringify/sync';
import { type Files, type ListedFile, listed, tagFilesOf } from '../bag.ts';
import { SPREADSHEET } from '../csv.ts';
import { WITHOUT_PROOF } from '../readme.ts';
import { givenIn, type SessionFacts } from '../facts/session-facts.ts';
import { verifierFile } from '../verifier.ts';
import type { Sink } from './sink.ts';

/** Below it lies one complete bag for each session. */
export const SESSIONS = 'data/sessions/';
export const INDEX = 'data/index.csv';

/** Of each session, and below it of all. */
export const EVENTS = 'data/events.csv';

/** Whether these are the files of many sessions, so that what lies beside them is no evidence. */
export function isCollection(files: Files): boolean {
  return files.has(INDEX) || [...files.keys()].some((path) => path.startsWith(SESSIONS));
}

/** The bags of a collection, by the name of their folder. */
export function bagsIn(files: Files): ReadonlyMap<string, Files> {
  const inner = Map.groupBy(
    [...files].filter(([path]) => path.startsWith(SESSIONS)),
    ([path]) => path.split('/')[2] ?? '',
  );
  return new Map(
    [...inner].map(([folder, own]) => [
      folder,
      new Map(own.map(([path, content]) => [path.slice(`${SESSIONS}${folder}/`.length), content])),
    ]),
  );
}

export interface CollectionNotes {
  /** What it is a collection of, in words. */
  readonly subject: string;
  readonly notice: string | null;
  readonly exportedAt: Date | null;
}

export interface CollectedSession {
  readonly name: string;
  readonly files: Files;
  readonly facts: SessionFacts;
  /** How the moment of its opening may be told. */
  readonly opened: string;
}

/** Many sessions as one bag: a bag for each, an index of them, and the events of all in one table. */
export class Collection {
  readonly #sink: Sink;
  readonly #files: ListedFile[] = [];
  readonly #index: IndexLine[] = [];
  readonly #events: string[] = [];

  constructor(sink: Sink) {
    this.#sink = sink;
  }

  async add({ name, files, facts, opened }: CollectedSession): Promise<void> {
    const place = this.#free(name);
    for (const [path, content] of files) await this.#put(`${SESSIONS}${place}/${path}`, content);
    this.#events.push(files.get(EVENTS)?.toString('utf8') ?? '');
    this.#index.push({ folder: place, ...indexLine(facts, opened) });
  }

  /** @returns tag files by path */
  async finish({ subject, notice, exportedAt }: CollectionNotes): Promise<Files> {
    await this.#put(INDEX, Buffer.from(indexTable(this.#index)));
    await this.#put(EVENTS, Buffer.from(joinedTables(this.#events)));
    const readme = readmeOf(subject, this.#index.length, notice);
    const tags = tagFilesOf(this.#files, {
      readme,
      exportedAt,
      description: `Chairside infusion sessions: ${subject}`,
      tools: verifierFile(),
    });
    for (const [path, content] of tags) await this.#sink.put(path, content);
    return tags;
  }

  async #put(path: string, content: Buffer): Promise<void> {
    await this.#sink.put(path, content);
    this.#files.push(listed(path, content));
  }

  #free(name: string): string {
    const taken = this.#index.filter(({ folder }) => folder === name || String(folder).startsWith(`${name}-`)).length;
    return taken === 0 ? name : `${name}-${taken + 1}`;
  }
}

export type IndexLine = Readonly<Record<string, string | number>>;

export function indexTable(lines: readonly IndexLine[]): string {
  return stringify([...lines], SPREADSHEET);
}

/** One heading for all: the tables of one export have the same columns. */
export function joinedTables(tables: readonly string[]): string {
  return tables.map((table, index) => (index === 0 ? table : table.slice(table.indexOf('\r\n') + 2))).join('');
}

/** Of one session, without its folder. @param opened how the moment of its opening may be told */
export function indexLine(facts: SessionFacts, opened: string): IndexLine {
  const { session, order, rows, context } = facts;
  const { volumeUl, doseUg } = givenIn(facts);
  return {
    session: session.id,
    patient: session.patientId,
    chair: session.chairId,
    opened,
    state: session.state,
    drug: order?.drug ?? '',
    'ordered (mg)': order === null ? '' : order.doseUg / 1000,
    'given (mg)': doseUg / 1000,
    'given (mL)': volumeUl / 1000,
    rows: rows.length,
    simulated: context.simulated ? 'SIMULATED' : '',
  };
}

const CHECKS = `With Node 20:          node verify.mjs . --root FINGERPRINT    (one file, nothing to install)
With Chairside:        npm run verify -- FOLDER --root FINGERPRINT
FINGERPRINT is on the paper of the station; where its signing key was lost, give --root for each of its papers.
`;

function readmeOf(subject: string, sessions: number, notice: string | null): string {
  return `Chairside: ${sessions} infusion sessions, ${subject}
${notice === null ? "\nTHIS FOLDER CONTAINS PATIENTS' NAMES. Handle it as a health record.\n" : `\n${notice}\n`}
  data/index.csv       one line a session: which folder, what was given
  data/events.csv      the events of all sessions, for spreadsheets
  data/sessions/       each session as a complete export of its own, with its own README

Files only:            sha256sum -c manifest-sha256.txt
${notice === null ? CHECKS : WITHOUT_PROOF}Only sessions that were closed are in here. Chairside is not a cleared medical device.
`;
}
