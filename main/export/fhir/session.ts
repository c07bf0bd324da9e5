import type { Encounter, Procedure } from '@medplum/fhirtypes';
import type { SessionFacts } from '../facts/session-facts.ts';
import { putBackSentence } from '../facts/clock.ts';
import { wordOf } from '../facts/words.ts';
import { drugConcept, INFUSION } from './codes.ts';
import type { Entries } from './entries.ts';

/** Who, where and with what: patient, persons, devices, the visit and the procedure. */
export function addSession(entries: Entries, facts: SessionFacts): void {
  const { session, context } = facts;
  entries.add('patient', {
    resourceType: 'Patient',
    identifier: [{ system: 'urn:chairside:patient', value: session.patientId }],
    name: [{ text: session.patientName }],
  });
  for (const id of personsOf(facts)) {
    const name = context.people.find((person) => person.id === id)?.name ?? id;
    entries.add(`person ${id}`, {
      resourceType: 'Practitioner',
      identifier: [{ system: 'urn:chairside:person', value: id }],
      name: [{ text: name }],
    });
  }
  addDevices(entries, facts);
  entries.add('visit', visit(entries, facts));
  entries.add('procedure', procedure(entries, facts));
}

/** Who acted and who witnessed. */
function personsOf({ rows }: SessionFacts): readonly string[] {
  const ids = rows.flatMap(({ actor, new: figures }) => [actor?.id ?? '', wordOf(figures, 'witness')]);
  return [...new Set(ids.filter(Boolean))];
}

function addDevices(entries: Entries, { rows, session, context }: SessionFacts): void {
  const identity = rows.findLast(({ act }) => act === 'pump.identity')?.new;
  const [model, firmware, serial] = ['model', 'firmware', 'serial'].map((name) => wordOf(identity, name));
  entries.add('pump', {
    resourceType: 'Device',
    status: 'active',
    type: { text: 'Infusion pump' },
    ...(model !== '' &&
      model !== undefined && { deviceName: [{ name: model, type: 'model-name' }], modelNumber: model }),
    ...(serial !== '' && serial !== undefined && { serialNumber: serial }),
    ...(firmware !== '' && firmware !== undefined && { version: [{ value: firmware }] }),
  });
  entries.add('monitor', {
    resourceType: 'Device',
    status: 'active',
    type: { text: 'Pulse oximeter' },
    note: [{ text: `at ${session.chairId}` }],
  });
  entries.add('station', {
    resourceType: 'Device',
    status: 'active',
    type: { text: 'Infusion control station' },
    deviceName: [{ name: context.station, type: 'user-friendly-name' }],
    version: [{ value: context.version }],
    note: [{ text: 'Chairside is not a cleared medical device.' }],
  });
}

function visit(entries: Entries, { session }: SessionFacts): Encounter {
  return {
    resourceType: 'Encounter',
    status: session.closedAt === null ? 'in-progress' : 'finished',
    class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB', display: 'ambulatory' },
    subject: entries.to('patient'),
    period: periodOf(session.openedAt, session.closedAt),
  };
}

const STATUS = { open: 'in-progress', ended: 'completed', interrupted: 'stopped' } as const;

function procedure(entries: Entries, { session, order, rows, clockPutBackAt }: SessionFacts): Procedure {
  const opener = rows.find(({ act }) => act === 'session.open')?.actor;
  const ordered = order === null ? '' : `${drugConcept(order.drug).text ?? order.drug}, ${order.careArea}`;
  const notes = [ordered, putBackSentence(clockPutBackAt)].filter(Boolean).map((text) => ({ text }));
  return {
    resourceType: 'Procedure',
    identifier: [{ system: 'urn:chairside:session', value: session.id }],
    status: STATUS[session.state],
    code: INFUSION,
    subject: entries.to('patient'),
    encounter: entries.to('visit'),
    performedPeriod: periodOf(session.openedAt, session.closedAt),
    ...(opener && { performer: [{ actor: entries.to(`person ${opener.id}`, session.clinician) }] }),
    usedReference: [entries.to('pump'), entries.to('monitor')],
    ...(notes.length > 0 && { note: notes }),
  };
}

/** A clock that was set right by less than a second may show an end before its beginning. */
export function periodOf(start: string, end: string | null): { start: string; end?: string } {
  if (end === null) return { start };
  return { start, end: Date.parse(end) < Date.parse(start) ? start : end };
}
