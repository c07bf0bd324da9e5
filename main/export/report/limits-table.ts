import { ALARMS, type AlarmId } from '../../../core/alarms.ts';
import { COMORBIDITIES } from '../../../core/patient-limits.ts';
import { PARAMETERS, type Parameter } from '../../../core/vitals.ts';
import type { LimitFact } from '../facts/limits.ts';
import type { SessionFacts } from '../facts/session-facts.ts';
import type { Sheet } from './sheet.ts';
import { drawTable } from './table.ts';

const OWN = '#6d28d9';

/** The limits that held, which of them are this patient's own, and why. */
export function drawLimits(sheet: Sheet, { limits, order }: SessionFacts): void {
  const [first] = limits;
  const proposal = first?.proposal === true ? ' - A PROPOSAL: a clinician of the site has to set them' : '';
  sheet.heading('Limits of the vital signs', first === undefined ? '' : `profile ${first.profile}${proposal}`);
  if (first === undefined) return sheet.paragraph('The limits of this session are not in this record.');
  if (order !== null && order.patient !== null) sheet.paragraph(ownReason(order.patient));
  const columns = [
    { title: 'Sign', share: 2 },
    { title: 'Alarm', share: 3.4 },
    { title: 'Below', share: 1, align: 'right' },
    { title: 'Above', share: 1, align: 'right' },
    { title: 'For at least', share: 1.4, align: 'right' },
    { title: 'For this patient', share: 3 },
  ] as const;
  drawTable(sheet, columns, limits.map(limitRow));
}

type Factors = NonNullable<NonNullable<SessionFacts['order']>['patient']>;

function ownReason({ comorbidities, baseline, reason }: Factors): string {
  const known = comorbidities.map((each) => COMORBIDITIES[each]).join(', ');
  const values = Object.entries(baseline)
    .map(([name, value]) => `${signOf(name)} ${value}`)
    .join(', ');
  const parts = [
    `This patient was held to own limits: ${reason === '' ? 'no reason was needed' : reason}.`,
    ...(known === '' ? [] : [`Known: ${known}.`]),
    ...(values === '' ? [] : [`Baseline: ${values}.`]),
  ];
  return parts.join(' ');
}

function limitRow({ parameter, alarm, below, above, delay, general, required }: LimitFact) {
  const own = general === null ? '' : `own limit; for everybody ${limitWords(general)}`;
  const needed = required ? 'nothing runs without this sign' : '';
  return {
    ...(general !== null && { mark: OWN }),
    cells: [
      signOf(parameter),
      messageOf(alarm),
      below === null ? '' : String(below),
      above === null ? '' : String(above),
      delay === 0 ? 'at once' : `${delay / 1000} s`,
      [own, needed].filter(Boolean).join('; '),
    ],
  };
}

function limitWords({ below, above }: { readonly below: number | null; readonly above: number | null }): string {
  return [below === null ? '' : `below ${below}`, above === null ? '' : `above ${above}`].filter(Boolean).join(', ');
}

export function signOf(parameter: string): string {
  if (!Object.hasOwn(PARAMETERS, parameter)) return parameter;
  const { label, unit } = PARAMETERS[parameter as Parameter];
  return `${label} (${unit})`;
}

export function messageOf(alarm: string): string {
  return Object.hasOwn(ALARMS, alarm) ? ALARMS[alarm as AlarmId].message : alarm;
}
