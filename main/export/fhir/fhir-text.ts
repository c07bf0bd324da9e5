import type { SessionFacts } from '../facts/session-facts.ts';
import { fhirBundle } from './bundle.ts';
import { fhirProblems } from './check.ts';

/** The bundle as JSON. Throws TypeError for one that would mislead another system. */
export function fhirText(facts: SessionFacts, checkpoint: string): string {
  const bundle = fhirBundle(facts, checkpoint);
  const [problem] = fhirProblems(bundle);
  if (problem !== undefined) throw new TypeError(`The FHIR bundle of ${facts.session.id} is wrong: ${problem}.`);
  return `${JSON.stringify(bundle, null, 1)}\n`;
}
