import { type AlarmKey, recordedKey } from '../../../core/alarm-keys.ts';
import type { FactRow } from './session-facts.ts';
import { wordOf } from './words.ts';

/** What a person takes on by an act: the meaning that 21 CFR 11.50 wants beside name and time. */
const MEANINGS: Readonly<Record<string, string>> = {
  'session.open': 'Authorship: ordered this dose over this time',
  'limit.override': 'Responsibility: passed a soft limit with a reason',
  'session.check': 'Review: bedside checks (identity, drug, other drugs and diseases, risks)',
  'session.arm': 'Responsibility: bound this pump to this session',
  'session.start': 'Responsibility: started the infusion',
  'session.pause': 'Responsibility: paused the infusion',
  'session.resume': 'Responsibility: resumed the infusion at the confirmed rate',
  'session.end': 'Responsibility: ended the session',
  'chair.stop': 'Responsibility: stopped the pump',
  'pump.stopped-by-hand': 'Responsibility: stopped the pump by hand and answers for it',
  'alarm.acknowledge': 'Review: saw the alarms',
  'alarm.pause-audio': 'Responsibility: paused the sound',
  'limit.patient': 'Responsibility: held this patient to own limits with a reason',
  'drug.drawn': 'Responsibility: drew the drug up',
  'drug.waste': 'Responsibility: wasted the drug, with a witness',
  'drug.return': 'Responsibility: returned the drug, with a witness',
  'drug.residual': 'Responsibility: wrote down what is left, with a witness',
  'drug.prime': 'Responsibility: filled the line by hand, with a witness',
  'drug.flush': 'Responsibility: flushed the line by hand, with a witness',
  'drug.corrected': 'Responsibility: corrected a drug entry, with a witness',
  'drug.discrepancy': 'Responsibility: declared the drug balance open',
  'drug.discrepancy.closed': 'Approval: closed a difference in the drug balance',
  'session.note': 'Authorship: wrote a note',
  'session.signed': 'Signature under the session (see Sign-off)',
};

export interface SignedAct {
  readonly row: FactRow;
  readonly actor: NonNullable<FactRow['actor']>;
  readonly meaning: string;
  /** Id of the second person, who proved to be there at this act; empty where it has none. */
  readonly witness: string;
}

/** Acts for which a person who had proved who they are answers. What was refused is not among them. */
export function signedActs(rows: readonly FactRow[]): readonly SignedAct[] {
  return rows.flatMap((row) => {
    const meaning = MEANINGS[row.act];
    if (row.actor === null || row.actor.auth.length === 0 || meaning === undefined || row.outcome !== 'ok') return [];
    return [{ row, actor: row.actor, meaning, witness: wordOf(row.new, 'witness') }];
  });
}

/** One alarm from its raising to its end, as far as the record knows. */
export interface AlarmCourse {
  /** Null where this version does not know the alarm; then only its name stands in the record. */
  readonly key: AlarmKey | null;
  readonly name: string;
  readonly raised: FactRow;
  /** Nobody came for so long that it was treated as high. */
  readonly escalated: FactRow | null;
  /** Each pause of its sound. */
  readonly paused: readonly FactRow[];
  readonly acknowledged: FactRow | null;
  readonly cleared: FactRow | null;
}

type Open = { -readonly [Name in keyof AlarmCourse]: AlarmCourse[Name] } & { readonly paused: FactRow[] };

/** Alarms in the order in which they were raised. */
export function alarmCourses(rows: readonly FactRow[]): readonly AlarmCourse[] {
  const courses: Open[] = [];
  for (const row of rows) {
    const named = nameOf(row);
    const last = courses.findLast(({ name, cleared }) => name === named.name && cleared === null);
    if (row.act === 'alarm.raised') {
      courses.push({ ...named, raised: row, escalated: null, paused: [], acknowledged: null, cleared: null });
    } else if (last !== undefined) follow(last, row);
  }
  return courses;
}

function nameOf({ new: figures }: FactRow): Pick<AlarmCourse, 'key' | 'name'> {
  const id = wordOf(figures, 'id');
  const key = recordedKey(id, wordOf(figures, 'subject') || null);
  return { key, name: key ?? id };
}

function follow(course: Open, row: FactRow): void {
  if (row.act === 'alarm.escalated') course.escalated ??= row;
  else if (row.act === 'alarm.paused') course.paused.push(row);
  else if (row.act === 'alarm.acknowledged') course.acknowledged ??= row;
  else if (row.act === 'alarm.cleared') course.cleared = row;
}
