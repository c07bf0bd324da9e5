import type { CodeableConcept, Observation } from '@medplum/fhirtypes';
import { SEDATION_LEVELS } from '../../../core/sedation.ts';
import type { Parameter } from '../../../core/vitals.ts';
import type { TrendChunk } from '../../../db/trail.ts';
import type { Reading } from '../facts/readings.ts';
import type { SessionFacts } from '../facts/session-facts.ts';
import { NO_VALUE, PRESSURE, quantity, SEDATION, SIGNS, VITAL_SIGNS } from './codes.ts';
import type { Entries } from './entries.ts';

type Sign = keyof typeof SIGNS;

const SECOND = 1000;

/** A minute of one-second values of each sign; what was measured now and then, at its moment. */
export function addObservations(entries: Entries, { trends, readings }: SessionFacts): void {
  for (const chunk of trends) {
    for (const sign of Object.keys(SIGNS) as Sign[]) {
      const values = valuesOf(chunk, sign);
      if (values !== undefined) entries.add(`${sign} ${chunk.startedAt}`, observation(entries, chunk, sign, values));
    }
  }
  const moments = Map.groupBy(readings, ({ at }) => at);
  for (const [at, taken] of moments) addReadings(entries, at, taken);
}

/** A sign that was not measured in a minute has no observation there; SpO2 and pulse rate always have one. */
function valuesOf(chunk: TrendChunk, sign: Sign): readonly (number | null)[] | undefined {
  return sign === 'spo2' || sign === 'pulse' ? chunk[sign] : chunk.signs?.[sign];
}

/** What a cuff or a person measured at one moment. */
function addReadings(entries: Entries, at: string, taken: readonly Reading[]): void {
  const value = (parameter: Parameter) => taken.find((reading) => reading.parameter === parameter)?.value;
  const common: Omit<Observation, 'code'> = {
    resourceType: 'Observation',
    status: 'final',
    subject: entries.to('patient'),
    encounter: entries.to('visit'),
    partOf: [entries.to('procedure')],
    effectiveDateTime: at,
  };
  const [systolic, diastolic, score] = [value('nibp-sys'), value('nibp-dia'), value('sedation')];
  if (systolic !== undefined || diastolic !== undefined) {
    const part = (code: CodeableConcept, figure: number | undefined) =>
      figure === undefined ? [] : [{ code, valueQuantity: quantity(figure, PRESSURE.unit) }];
    const component = [...part(PRESSURE.systolic, systolic), ...part(PRESSURE.diastolic, diastolic)];
    entries.add(`pressure ${at}`, { ...common, category: [VITAL_SIGNS], code: PRESSURE.panel, component });
  }
  if (score === undefined) return;
  const says = SEDATION_LEVELS.levels.find((level) => level.score === score)?.says ?? '';
  entries.add(`sedation ${at}`, { ...common, code: SEDATION, valueInteger: score, note: [{ text: says }] });
}

function observation(entries: Entries, chunk: TrendChunk, sign: Sign, values: readonly (number | null)[]): Observation {
  const { code, unit } = SIGNS[sign];
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
