import type {
  AuditEvent,
  AuditEventAgent,
  Medication,
  MedicationAdministration,
  Observation,
} from '@medplum/fhirtypes';
import { type DrugAct, type DrugEntryRow, witnessOf } from '../../../db/drug-rows.ts';
import { personIn } from '../facts/people.ts';
import type { SessionFacts } from '../facts/session-facts.ts';
import { drugConcept, INTRAVENOUS, NDC, quantity } from './codes.ts';
import type { Entries } from './entries.ts';

const RESULTS: Readonly<Record<DrugAct, string>> = {
  'drug.drawn': 'Drug drawn up',
  'drug.waste': 'Drug wasted',
  'drug.return': 'Drug returned',
  'drug.residual': 'Drug left over',
  'drug.prime': 'Drug put into the line by hand',
  'drug.flush': 'Drug flushed out of the line into the patient',
};

type Drawn = Extract<DrugEntryRow, { act: 'drug.drawn' }>;

const UNKNOWN_DRUG = 'not known to this version';

/**
 * What was flushed out of the line is an administration by hand, beside those of the pump. What did not get into the
 * patient is none, also none "not done": an Observation says how much. An AuditEvent says who did it and who witnessed.
 */
export function addLedger(entries: Entries, facts: SessionFacts): void {
  for (const entry of facts.drug.entries) {
    const name = `drug ${entry.seq}`;
    if (entry.act === 'drug.drawn') entries.add(`${name} container`, container(entry));
    entries.add(name, entry.act === 'drug.flush' ? byHand(entries, facts, entry) : amount(entries, facts, entry));
    entries.add(`${name} act`, act(entries, facts, entry));
  }
}

/** What was opened: the product by its number, its strength, lot and expiry. */
function container({ figures }: Drawn): Medication {
  const { drug, ndc, lot, expiry, containerConcentrationUgPerMl, containerVolumeUl } = figures;
  return {
    resourceType: 'Medication',
    code: { coding: [{ system: NDC, code: ndc }], text: drug },
    amount: { numerator: quantity(containerVolumeUl / 1000, 'mL'), denominator: quantity(1, '1') },
    ingredient: [
      {
        itemCodeableConcept: drugConcept(drug),
        strength: { numerator: quantity(containerConcentrationUgPerMl / 1000, 'mg'), denominator: quantity(1, 'mL') },
      },
    ],
    batch: { lotNumber: lot, expirationDate: expiry },
  };
}

/** One that was corrected to nothing never was. */
function byHand(
  entries: Entries,
  { order }: SessionFacts,
  { figures, time, by }: DrugEntryRow,
): MedicationAdministration {
  return {
    resourceType: 'MedicationAdministration',
    status: figures.volumeUl === 0 ? 'entered-in-error' : 'completed',
    medicationCodeableConcept: drugConcept(order?.drug ?? UNKNOWN_DRUG),
    subject: entries.to('patient'),
    context: entries.to('visit'),
    partOf: [entries.to('procedure')],
    effectiveDateTime: time,
    ...(by !== null && { performer: [{ actor: entries.to(`person ${by}`) }] }),
    dosage: {
      text: `flushed out of the line by hand, ${figures.volumeUl / 1000} mL; not in what the pump counted`,
      route: INTRAVENOUS,
      dose: quantity(figures.massUg / 1000, 'mg'),
    },
  };
}

function amount(entries: Entries, { order }: SessionFacts, entry: DrugEntryRow): Observation {
  const { seq, act: what, figures, time, by } = entry;
  const drawn = entry.act === 'drug.drawn' ? madeUpOf(entry) : [];
  return {
    resourceType: 'Observation',
    status: 'final',
    code: { text: `${RESULTS[what]}: ${order?.drug ?? UNKNOWN_DRUG}` },
    subject: entries.to('patient'),
    ...(what === 'drug.drawn' && { focus: [entries.to<Medication>(`drug ${seq} container`)] }),
    encounter: entries.to('visit'),
    partOf: [entries.to('procedure')],
    effectiveDateTime: time,
    ...(by !== null && { performer: [entries.to(`person ${by}`)] }),
    valueQuantity: quantity(figures.massUg / 1000, 'mg'),
    component: [component('Volume', figures.volumeUl / 1000, 'mL'), ...drawn],
    ...(witnessOf(entry) !== null && { note: [{ text: 'Two persons signed; see the AuditEvent.' }] }),
  };
}

const component = (text: string, value: number, unit: string) => ({
  code: { text },
  valueQuantity: quantity(value, unit),
});

const madeUpOf = ({ figures: { afterAdditionUl, containers } }: Drawn) => [
  component('Made up to', afterAdditionUl / 1000, 'mL'),
  component('Containers opened', containers, '1'),
];

function act(entries: Entries, facts: SessionFacts, entry: DrugEntryRow): AuditEvent {
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
