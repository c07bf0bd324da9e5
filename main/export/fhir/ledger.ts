import type { AuditEvent, AuditEventAgent, Observation } from '@medplum/fhirtypes';
import { type DrugEntryRow, witnessOf } from '../../../db/drug-rows.ts';
import { personIn } from '../facts/people.ts';
import type { SessionFacts } from '../facts/session-facts.ts';
import { quantity } from './codes.ts';
import type { Entries } from './entries.ts';

const RESULTS = {
  'drug.waste': 'Drug wasted',
  'drug.return': 'Drug returned',
  'drug.residual': 'Drug left over',
} as const;

type Disposed = Extract<DrugEntryRow, { act: keyof typeof RESULTS }>;

/**
 * What was not given to the patient is no administration, also none "not done": an Observation says how much, and an
 * AuditEvent who did it and who witnessed.
 */
export function addLedger(entries: Entries, facts: SessionFacts): void {
  for (const entry of facts.drug.entries) {
    if (entry.act !== 'drug.waste' && entry.act !== 'drug.return' && entry.act !== 'drug.residual') continue;
    entries.add(`drug ${entry.seq}`, amount(entries, facts, entry));
    entries.add(`drug ${entry.seq} act`, act(entries, facts, entry));
  }
}

function amount(entries: Entries, { order }: SessionFacts, entry: Disposed): Observation {
  const { act: what, figures, time, by } = entry;
  return {
    resourceType: 'Observation',
    status: 'final',
    code: { text: `${RESULTS[what]}: ${order?.drug ?? 'not known to this version'}` },
    subject: entries.to('patient'),
    encounter: entries.to('visit'),
    partOf: [entries.to('procedure')],
    effectiveDateTime: time,
    ...(by !== null && { performer: [entries.to(`person ${by}`)] }),
    valueQuantity: quantity(figures.massUg / 1000, 'mg'),
    component: [{ code: { text: 'Volume' }, valueQuantity: quantity(figures.volumeUl / 1000, 'mL') }],
    ...(witnessOf(entry) !== null && { note: [{ text: 'Two persons signed; see the AuditEvent.' }] }),
  };
}

function act(entries: Entries, facts: SessionFacts, entry: Disposed): AuditEvent {
  const { seq, time, act: what, by, reason } = entry;
  const agent = (id: string, requestor: boolean, role: string): AuditEventAgent => ({
    role: [{ text: role }],
    who: entries.to(`person ${id}`),
    name: personIn(facts, id),
    requestor,
  });
  const second = witnessOf(entry);
  const witness = second === null ? [] : [agent(second, false, 'witness')];
  const actor: AuditEventAgent =
    by === null ? { who: entries.to('station'), requestor: true } : agent(by, true, 'giver');
  return {
    resourceType: 'AuditEvent',
    type: { system: 'http://dicom.nema.org/resources/ontology/DCM', code: '110110', display: 'Patient Record' },
    subtype: [{ system: 'urn:chairside:act', code: what, display: RESULTS[what] }],
    action: 'C',
    recorded: time,
    outcome: '0',
    ...(reason !== null && { outcomeDesc: reason }),
    agent: [actor, ...witness],
    source: { observer: entries.to('station') },
    entity: [{ what: entries.to(`drug ${seq}`), description: `row ${seq} of the record` }],
  };
}
