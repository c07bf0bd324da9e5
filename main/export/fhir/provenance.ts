import type { AuditEvent, Procedure, Provenance } from '@medplum/fhirtypes';
import type { SessionFacts } from '../facts/session-facts.ts';
import { concept } from './codes.ts';
import type { Entries } from './entries.ts';

const DCM = 'http://dicom.nema.org/resources/ontology/DCM';

/** The disclosure itself, after IHE BALP, and the signature over the trail that the session is a part of. */
export function addProvenance(entries: Entries, facts: SessionFacts, checkpoint: string): void {
  entries.add('export', disclosure(entries, facts));
  entries.add('provenance', provenance(entries, facts, checkpoint));
}

function disclosure(entries: Entries, { session, context }: SessionFacts): AuditEvent {
  return {
    resourceType: 'AuditEvent',
    type: { system: DCM, code: '110106', display: 'Export' },
    subtype: [
      { system: 'http://terminology.hl7.org/CodeSystem/iso-21089-lifecycle', code: 'disclose', display: 'Disclose' },
    ],
    action: 'R',
    recorded: context.exportedAt,
    outcome: '0',
    agent: [
      { type: concept(DCM, '110153', 'Source Role ID'), who: entries.to('station', context.station), requestor: false },
      { type: concept(DCM, '110152', 'Destination Role ID'), name: 'file on this machine', requestor: false },
      { name: context.exportedBy, requestor: true },
    ],
    source: { observer: entries.to('station', context.station) },
    entity: [
      {
        what: entries.to('patient'),
        type: { system: 'http://terminology.hl7.org/CodeSystem/audit-entity-type', code: '1', display: 'Person' },
        role: { system: 'http://terminology.hl7.org/CodeSystem/object-role', code: '1', display: 'Patient' },
      },
      { what: entries.to('procedure'), description: `session ${session.id}` },
    ],
  };
}

function provenance(entries: Entries, { context: { exportedAt } }: SessionFacts, checkpoint: string): Provenance {
  return {
    resourceType: 'Provenance',
    target: [entries.to<Procedure>('procedure')],
    recorded: exportedAt,
    agent: [
      {
        type: concept('http://terminology.hl7.org/CodeSystem/provenance-participant-type', 'assembler', 'Assembler'),
        who: entries.to('station'),
      },
    ],
    signature: [
      {
        type: [
          { system: 'urn:iso-astm:E1762-95:2013', code: '1.2.840.10065.1.12.1.5', display: 'Verification Signature' },
        ],
        when: exportedAt,
        who: entries.to('station'),
        sigFormat: 'text/plain',
        data: Buffer.from(checkpoint).toString('base64'),
      },
    ],
  };
}
