import {
  type FoundSession,
  type SearchCursor,
  type SessionPage,
  type SessionSearch,
  SORT_COLUMNS,
} from './session-search.ts';
import type { CheckedTrail } from './session-facts.ts';
import type { SqlDatabase } from './sql.ts';

/** A session that has no facts yet has no row that could have given it any. */
const FOUND = `WITH facts AS (
    SELECT session.id AS id, chair_id AS chairId, patient_id AS patientId, patient_name AS patientName, clinician,
      opened_at AS openedAt, closed_at AS closedAt, state,
      coalesce(drug, '') AS drug, coalesce(lots, '') AS lots, coalesce(alarms, 0) AS alarms,
      coalesce(balance, 'no-drug') AS balance, coalesce(signed, 'no') AS signed,
      coalesce(break_glass, 0) AS breakGlass, coalesce(notes, 0) AS notes,
      coalesce(pumps, '') AS pumps, coalesce(pauses, 0) AS pauses, coalesce(overrides, 0) AS overrides,
      coalesce(given_ug, 0) AS givenUg, coalesce(ending, '') AS ending, coalesce(signers, '') AS signers,
      coalesce(people, '|') AS people,
      CASE WHEN checked.damaged = 1 THEN 'damaged' WHEN last_seq <= checked.upto THEN 'verified'
        ELSE 'not-verified' END AS verification
    FROM (SELECT ? AS damaged, ? AS upto) AS checked, session LEFT JOIN session_facts ON session_facts.session = session.id
  ), found AS (
    SELECT *, (state = 'interrupted' OR breakGlass = 1) AND signed <> 'yes' AS needsReview FROM facts
  )`;

const TEXTS = [
  'patientName',
  'patientId',
  'clinician',
  'chairId',
  'drug',
  'lots',
  'id',
  'state',
  'pumps',
  'ending',
  'signers',
];
const TEXT = `lower(${TEXTS.join(" || ' ' || ")})`;
const ACTED = "instr(people, '|' || ? || '|') > 0";

interface Condition {
  readonly sql: string;
  readonly values: readonly (string | number)[];
}

function when(value: string | boolean | null, sql: string): Condition[] {
  return value === null ? [] : [{ sql, values: [typeof value === 'boolean' ? Number(value) : value] }];
}

function pattern(word: string): string {
  return `%${word.toLowerCase().replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
}

/** A word in a text of the session, or part of the name of somebody who acted in it. */
function said(word: string, people: readonly string[]): Condition {
  const parts = [String.raw`${TEXT} LIKE ? ESCAPE '\'`, ...people.map(() => ACTED)];
  return { sql: `(${parts.join(' OR ')})`, values: [pattern(word), ...people] };
}

function conditions(search: SessionSearch): Condition[] {
  return [
    ...search.words.map((word) => said(word, search.peopleByWord.get(word) ?? [])),
    ...when(search.chairId, 'chairId = ?'),
    ...when(search.person, ACTED),
    ...when(search.from, 'openedAt >= ?'),
    ...when(search.to, 'openedAt < ?'),
    ...when(search.state, 'state = ?'),
    ...when(search.balance, 'balance = ?'),
    ...when(search.verification, 'verification = ?'),
    ...when(search.signed, 'signed = ?'),
    ...when(search.withAlarms, '(alarms > 0) = ?'),
    ...when(search.withPauses, '(pauses > 0) = ?'),
    ...when(search.withOverrides, '(overrides > 0) = ?'),
    ...when(search.withNotes, '(notes > 0) = ?'),
    ...when(search.breakGlass, 'breakGlass = ?'),
    ...when(search.needsReview, 'needsReview = ?'),
  ];
}

function clause(parts: readonly Condition[]): string {
  return parts.length === 0 ? '' : `WHERE ${parts.map(({ sql }) => sql).join(' AND ')}`;
}

const valuesOf = (parts: readonly Condition[]) => parts.flatMap(({ values }) => values);

type Stored = Omit<FoundSession, 'breakGlass' | 'needsReview'> & {
  readonly breakGlass: number;
  readonly needsReview: number;
  readonly people: string;
  readonly sortValue: string | number;
};

/** One page of the sessions that fit, sorted, and how many fit in all. Every value is bound: no text becomes SQL. */
export function findSessions(db: SqlDatabase, search: SessionSearch, checked: CheckedTrail): SessionPage {
  const { after, descending, limit } = search;
  const found = [Number(checked.isDamaged), checked.upTo];
  const parts = conditions(search);
  const column = SORT_COLUMNS[search.sort];
  const direction = descending ? 'DESC' : 'ASC';
  const place = {
    sql: `(${column}, id) ${descending ? '<' : '>'} (?, ?)`,
    values: [after?.value ?? '', after?.id ?? ''],
  };
  const all = after === null ? parts : [...parts, place];
  const page = db.prepare(
    `${FOUND} SELECT *, ${column} AS sortValue FROM found ${clause(all)}
     ORDER BY sortValue ${direction}, id ${direction} LIMIT ?`,
  );
  const stored = page.all(...found, ...valuesOf(all), limit + 1) as Stored[];
  const counted = db
    .prepare(`${FOUND} SELECT count(*) AS total FROM found ${clause(parts)}`)
    .get(...found, ...valuesOf(parts));
  const shown = stored.slice(0, limit);
  return {
    rows: shown.map(toFound),
    total: (counted as { readonly total: number }).total,
    next: stored.length > limit ? cursorOf(shown.at(-1)) : null,
  };
}

function cursorOf(last: Stored | undefined): SearchCursor | null {
  return last === undefined ? null : { value: last.sortValue, id: last.id };
}

function toFound({ sortValue: _sort, people: _people, breakGlass, needsReview, ...row }: Stored): FoundSession {
  return { ...row, breakGlass: breakGlass === 1, needsReview: needsReview === 1 };
}
