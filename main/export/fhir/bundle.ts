import type { Bundle } from '@medplum/fhirtypes';
import type { SessionFacts } from '../facts/session-facts.ts';
import { addAlarms } from './alarms.ts';
import { Entries } from './entries.ts';
import { addLedger } from './ledger.ts';
import { addObservations } from './observations.ts';
import { addProvenance } from './provenance.ts';
import { addRuns } from './runs.ts';
import { addSession } from './session.ts';

/** One session as a FHIR R4 collection: what another system needs to take it in. @param checkpoint signed note of the trail */
export function fhirBundle(facts: SessionFacts, checkpoint: string): Bundle {
  const entries = new Entries(facts.session.id);
  addSession(entries, facts);
  addRuns(entries, facts);
  addObservations(entries, facts);
  addAlarms(entries, facts);
  addLedger(entries, facts);
  addProvenance(entries, facts, checkpoint);
  return {
    resourceType: 'Bundle',
    id: entries.idOf('bundle'),
    // A simulated infusion must not be taken for a patient's (HL7 v3 ActReason HTEST: test health data).
    ...(facts.context.simulated && {
      meta: {
        tag: [
          { system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason', code: 'HTEST', display: 'test health data' },
        ],
      },
    }),
    type: 'collection',
    timestamp: facts.context.exportedAt,
    entry: entries.all,
  };
}
