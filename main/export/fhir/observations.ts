import type { Observation } from '@medplum/fhirtypes';
import type { TrendChunk } from '../../../db/trail.ts';
import type { SessionFacts } from '../facts/session-facts.ts';
import { NO_VALUE, quantity, SIGNS, VITAL_SIGNS } from './codes.ts';
import type { Entries } from './entries.ts';

type Sign = keyof typeof SIGNS;

const SECOND = 1000;

/** A minute of one-second values of each sign. */
export function addObservations(entries: Entries, { trends }: SessionFacts): void {
  for (const chunk of trends) {
    for (const sign of ['spo2', 'pulse'] as const) {
      entries.add(`${sign} ${chunk.startedAt}`, observation(entries, chunk, sign));
    }
  }
}

function observation(entries: Entries, chunk: TrendChunk, sign: Sign): Observation {
  const { code, unit } = SIGNS[sign];
  const values = chunk[sign];
  const start = Date.parse(chunk.startedAt);
  return {
    resourceType: 'Observation',
    status: 'final',
    category: [VITAL_SIGNS],
    code,
    subject: entries.to('patient'),
    encounter: entries.to('visit'),
    device: entries.to('monitor'),
    partOf: [entries.to('procedure')],
    effectivePeriod: { start: chunk.startedAt, end: new Date(start + values.length * SECOND).toISOString() },
    ...(values.every((value) => value === null)
      ? { dataAbsentReason: NO_VALUE }
      : {
          valueSampledData: {
            origin: quantity(0, unit),
            period: SECOND,
            dimensions: 1,
            // FHIR R4 SampledData: E stands where there is no valid value. A gap stays a gap.
            data: values.map((value) => (value === null ? 'E' : String(value))).join(' '),
          },
        }),
  };
}
