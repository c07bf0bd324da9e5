import type { Bundle } from '@medplum/fhirtypes';
import { UCUM } from './codes.ts';

// What neither of the two validators of the tests finds: two values of a choice, a period that ends before it begins,
// dangling and wrong references, units that are not UCUM, ids that are not FHIR's.

type Json = unknown;
type Node = Readonly<Record<string, Json>>;

const isNode = (value: Json): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value);
const textOf = (value: Json): string => (typeof value === 'string' ? value : '');

/** What a reference at this place may point to. Places that are not named may point to anything. */
const TARGETS: Readonly<Record<string, readonly string[]>> = {
  subject: ['Patient'],
  encounter: ['Encounter'],
  context: ['Encounter'],
  device: ['Device'],
  usedReference: ['Device'],
  partOf: ['Procedure', 'MedicationAdministration'],
  actor: ['Practitioner'],
  observer: ['Device', 'Practitioner'],
  who: ['Device', 'Practitioner'],
  performer: ['Practitioner'],
  patient: ['Patient'],
  author: ['Device', 'Practitioner'],
  implicated: ['Procedure'],
  what: ['Patient', 'Procedure', 'Observation', 'MedicationAdministration'],
  focus: ['Medication'],
  target: ['Procedure', 'MedicationAdministration', 'Observation'],
};

interface Found {
  readonly node: Node;
  /** Name of the member that holds it. */
  readonly name: string;
  readonly path: string;
}

/** Sentences; empty where all six checks pass. */
export function fhirProblems(bundle: Bundle): readonly string[] {
  const types = new Map(bundle.entry?.map(({ fullUrl, resource }) => [fullUrl ?? '', resource?.resourceType ?? '']));
  return nodesIn(bundle, 'Bundle', '').flatMap((found) => [
    ...choiceProblems(found),
    ...periodProblems(found),
    ...referenceProblems(found, types),
    ...unitProblems(found),
    ...idProblems(found),
  ]);
}

function nodesIn(value: Json, path: string, name: string): Found[] {
  if (Array.isArray(value)) return value.flatMap((each, index) => nodesIn(each, `${path}[${index}]`, name));
  if (!isNode(value)) return [];
  const below = Object.entries(value).flatMap(([member, each]) => nodesIn(each, `${path}.${member}`, member));
  return [{ node: value, name, path }, ...below];
}

const CHOICES = ['value', 'effective', 'performed', 'medication', 'onset', 'occurred'];

function choiceProblems({ node, path }: Found): string[] {
  return CHOICES.flatMap((choice) => {
    const members = Object.keys(node).filter((member) => new RegExp(`^${choice}[A-Z]`).test(member));
    return members.length > 1 ? [`${path} has ${members.join(' and ')}; it may have one of them`] : [];
  });
}

function periodProblems({ node, path }: Found): string[] {
  const [start, end] = [Date.parse(textOf(node['start'])), Date.parse(textOf(node['end']))];
  return end < start ? [`${path} ends before it begins`] : [];
}

function referenceProblems({ node, name, path }: Found, types: ReadonlyMap<string, string>): string[] {
  const { reference } = node as { reference?: Json };
  if (reference === undefined) return [];
  const type = types.get(textOf(reference));
  if (type === undefined) return [`${path} points to ${textOf(reference)}, which is not in the bundle`];
  const allowed = TARGETS[name];
  return allowed === undefined || allowed.includes(type)
    ? []
    : [`${path} points to a ${type}, not to ${allowed.join(' or ')}`];
}

/** Of UCUM, what an infusion needs: metric prefixes on gram, litre and second; time; percent; mmHg; one per. */
const TERM = '(?:[kmun]?(?:g|L|s)|h|min|d|%|1|mm\\[Hg\\])';
const UNIT = new RegExp(`^(?:${TERM})?(?:[./]${TERM})*$`);

function unitProblems({ node, path }: Found): string[] {
  if (!('value' in node) || !('unit' in node)) return [];
  if (node['system'] !== UCUM) return [`${path} has no UCUM unit`];
  const code = textOf(node['code']);
  return code !== '' && UNIT.test(code) ? [] : [`${path} has the unit "${code}", which is not UCUM`];
}

function idProblems({ node, path }: Found): string[] {
  if (!('resourceType' in node)) return [];
  return /^[A-Za-z0-9\-.]{1,64}$/.test(textOf(node['id'])) ? [] : [`${path} has no proper id`];
}
