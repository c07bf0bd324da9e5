import type { FactClock } from '../facts/clock.ts';
import type { OpenRow } from '../../station/open-row.ts';
import { type SessionFacts, givenIn } from '../facts/session-facts.ts';
import { drawFacts, type Fact } from './facts-grid.ts';
import { drawLimits } from './limits-table.ts';
import { INK, PAGE, type Sheet } from './sheet.ts';
import { infusingOf } from './trend-pages.ts';

const mL = (microlitres: number): string => `${microlitres / 1000} mL`;
const mg = (micrograms: number): string => `${micrograms / 1000} mg`;

export function minutes(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/**
 * First page: who, where, when; what was ordered and what was given; the limits that held.
 * @param warnings what has to be known before anything else is read; empty ones are left out
 */
export function drawCover(sheet: Sheet, facts: SessionFacts, clock: FactClock, warnings: readonly string[]): void {
  sheet.element('H1', () => {
    sheet.text('Infusion session report', PAGE.left, sheet.y, { font: 'bold', size: 20 });
  });
  sheet.y += 30;
  sheet.paragraph(`All times: ${clock.label}. Figures are as recorded by the station and read back from the devices.`, {
    color: INK.soft,
  });
  for (const warning of warnings.filter(Boolean)) sheet.paragraph(warning, { font: 'bold' });
  sheet.heading('Patient and session');
  drawFacts(sheet, identity(facts, clock));
  sheet.heading('Order and plan', planNote(facts));
  drawFacts(sheet, plan(facts));
  sheet.heading('Dose given', 'by the pump\u2019s own counter');
  drawFacts(sheet, given(facts));
  drawLimits(sheet, facts);
}

function identity({ session, context }: SessionFacts, clock: FactClock): readonly Fact[] {
  const { openedAt, closedAt } = session;
  const lasted = closedAt === null ? 'still open' : minutes(Date.parse(closedAt) - Date.parse(openedAt));
  return [
    ['Patient', session.patientName],
    ['Patient id', session.patientId],
    ['Session', session.id],
    ['State', session.state],
    ['Opened', clock.moment(openedAt)],
    ['Closed', closedAt === null ? 'still open' : clock.moment(closedAt)],
    ['Duration', lasted],
    ['Clinician', session.clinician],
    ['Chair', session.chairId],
    ['Station', `${context.station}, Chairside ${context.version}`],
  ];
}

function planNote({ order }: SessionFacts): string {
  if (order === null) return '';
  const proposal = order.libraryVersion.startsWith('proposal')
    ? ' - A PROPOSAL: a clinician of the site has to set its limits'
    : '';
  return `drug library ${order.libraryVersion}${proposal}`;
}

function plan({ order }: SessionFacts): readonly Fact[] {
  if (order === null) return [['Order', 'not known to this version']];
  return [
    ['Drug', `${order.drug} (${order.careArea})`],
    ['Concentration', `${order.concentrationUgPerMl / 1000} mg/mL`],
    ['Lot', order.drugLot],
    ['Body weight', `${order.weightG / 1000} kg`],
    ['Ordered dose', mg(order.doseUg)],
    ['Ordered duration', minutes(order.durationMs)],
    ['Rate', `${order.rateUlPerH / 1000} mL/h`],
    ['Volume to be infused (VTBI)', mL(order.volumeUl)],
    ['Running time at that rate', minutes(order.runningTimeMs)],
    ['Dose ceiling', mg(order.doseCeilingUg)],
    ...ceiling(order),
    ['Drug library', `version ${order.libraryVersion}`],
    ['Signed by', order.libraryApprovedBy.length === 0 ? 'nobody' : order.libraryApprovedBy.join(', ')],
    ...(order.libraryDigest === '' ? [] : [['Library SHA-256', order.libraryDigest] as const]),
  ];
}

function ceiling({ predictionCeilingNgPerMl: ceilingNgPerMl }: OpenRow): readonly Fact[] {
  return ceilingNgPerMl === null ? [] : [['Ceiling of the prediction', `${ceilingNgPerMl} ng/mL`]];
}

function given(facts: SessionFacts): readonly Fact[] {
  const { order, rows } = facts;
  const { volumeUl, doseUg } = givenIn(facts);
  const infusing = infusingOf(facts).reduce((sum, span) => sum + span.to - span.from, 0);
  const count = (act: string): string => String(rows.filter((row) => row.act === act).length);
  const share =
    order === null || order.doseUg === 0 ? '' : ` (${Math.round((doseUg / order.doseUg) * 100)} % of the order)`;
  return [
    ['Drug given', `${mg(doseUg)}${share}`],
    ['Volume given', mL(volumeUl)],
    ['Time infusing', minutes(infusing)],
    ['Alarms raised', count('alarm.raised')],
    ['Stops sent to the pump', count('pump.stop.intent')],
    ['Soft limits passed with a reason', count('limit.override')],
    ['Acts under break-glass', String(rows.filter(({ actor }) => actor?.auth.includes('break-glass')).length)],
  ];
}
