import { SEDATION_LEVELS } from '../../../core/sedation.ts';
import type { CodeableConcept, Quantity } from '@medplum/fhirtypes';

export const UCUM = 'http://unitsofmeasure.org';
const LOINC = 'http://loinc.org';
const SNOMED = 'http://snomed.info/sct';
export const NDC = 'http://hl7.org/fhir/sid/ndc';
const RXNORM = 'http://www.nlm.nih.gov/research/umls/rxnorm';

export function concept(system: string, code: string, display: string): CodeableConcept {
  return { coding: [{ system, code, display }], text: display };
}

/** @param code UCUM, which is also shown */
export function quantity(value: number, code: string): Quantity {
  return { value, unit: code, system: UCUM, code };
}

export const SIGNS = {
  spo2: { code: concept(LOINC, '59408-5', 'Oxygen saturation in Arterial blood by Pulse oximetry'), unit: '%' },
  pulse: { code: concept(LOINC, '8889-8', 'Heart rate by Pulse oximetry'), unit: '/min' },
  hr: { code: concept(LOINC, '8867-4', 'Heart rate'), unit: '/min' },
  rr: { code: concept(LOINC, '9279-1', 'Respiratory rate'), unit: '/min' },
  etco2: {
    code: concept(LOINC, '19891-1', 'Carbon dioxide [Partial pressure] in Exhaled gas --at end expiration'),
    unit: 'mm[Hg]',
  },
} as const;

export const PRESSURE = {
  panel: concept(LOINC, '85354-9', 'Blood pressure panel with all children optional'),
  systolic: concept(LOINC, '8480-6', 'Systolic blood pressure'),
  diastolic: concept(LOINC, '8462-4', 'Diastolic blood pressure'),
  unit: 'mm[Hg]',
} as const;

/** No code was found for this scale: its name, and the version that was scored. */
export const SEDATION: CodeableConcept = { text: `${SEDATION_LEVELS.name}, version ${SEDATION_LEVELS.id}` };

export const VITAL_SIGNS = concept(
  'http://terminology.hl7.org/CodeSystem/observation-category',
  'vital-signs',
  'Vital Signs',
);
export const NO_VALUE = concept('http://terminology.hl7.org/CodeSystem/data-absent-reason', 'unknown', 'Unknown');
export const INTRAVENOUS = concept(SNOMED, '47625008', 'Intravenous route');
export const INFUSION = concept(SNOMED, '14152002', 'Intravenous infusion');

/** A drug of the library that RxNorm knows; others by their name alone. */
export function drugConcept(drug: string): CodeableConcept {
  return drug === 'ketamine' ? concept(RXNORM, '6130', 'ketamine') : { text: drug };
}
