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
};

export interface SignedAct {
  readonly row: FactRow;
  readonly actor: NonNullable<FactRow['actor']>;
  readonly meaning: string;
}

/** Acts for which a person who had proved who they are answers. What was refused is not among them. */
export function signedActs(rows: readonly FactRow[]): readonly SignedAct[] {
  return rows.flatMap((row) => {
    const meaning = MEANINGS[row.act];
    if (row.actor === null || row.actor.auth.length === 0 || meaning === undefined || row.outcome !== 'ok') return [];
    return [{ row, actor: row.actor, meaning }];
  });
}

/** One alarm from its raising to its end, as far as the record knows. */
export interface AlarmCourse {
  readonly id: string;
  readonly raised: FactRow;
  readonly acknowledged: FactRow | null;
  readonly cleared: FactRow | null;
}

/** Alarms in the order in which they were raised. */
export function alarmCourses(rows: readonly FactRow[]): readonly AlarmCourse[] {
  const courses: { id: string; raised: FactRow; acknowledged: FactRow | null; cleared: FactRow | null }[] = [];
  for (const row of rows) {
    if (!row.act.startsWith('alarm.')) continue;
    const id = wordOf(row.new, 'id');
    const last = courses.findLast((course) => course.id === id && course.cleared === null);
    if (row.act === 'alarm.raised') courses.push({ id, raised: row, acknowledged: null, cleared: null });
    else if (row.act === 'alarm.acknowledged' && last !== undefined) last.acknowledged ??= row;
    else if (row.act === 'alarm.cleared' && last !== undefined) last.cleared = row;
  }
  return courses;
}
