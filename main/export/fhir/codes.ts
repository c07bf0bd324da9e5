import type { CodeableConcept, Quantity } from '@medplum/fhirtypes';

export const UCUM = 'http://unitsofmeasure.org';
const LOINC = 'http://loinc.org';
const SNOMED = 'http://snomed.info/sct';
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
} as const;

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
