import { z } from 'zod';
import { fromRecordText } from '../../../core/engine/record-text.ts';
import { PARAMETERS, type Parameter } from '../../../core/vitals.ts';

/** What a cuff or a person measured at one moment; between two of them nothing is known. */
export interface Reading {
  readonly parameter: Parameter;
  readonly value: number;
  /** When it was taken, ISO 8601, UTC. */
  readonly at: string;
}

const known = z.custom<Parameter>((name) => typeof name === 'string' && Object.hasOwn(PARAMETERS, name));
const eventSchema = z.object({
  kind: z.literal('vitals'),
  samples: z.array(z.object({ parameter: known, value: z.number().nullable(), at: z.number() })),
});
const clockSchema = z.object({ boot: z.string(), ts: z.iso.datetime(), mono: z.number(), act: z.string() });

const isReading = (parameter: Parameter): boolean =>
  PARAMETERS[parameter].source === 'cuff' || PARAMETERS[parameter].source === 'observer';

/**
 * Cuff pressures and sedation scores as the engine was given them. The trend holds each of them for as long as it
 * counts, so that it does not show when it was taken. Their monotonic times are told by the clock of the first row of
 * the same run of the station. @param bodies of the session's rows @param engineChunks in the order of their rows
 */
export function readingsOf(bodies: readonly string[], engineChunks: readonly string[]): readonly Reading[] {
  const rows = bodies.map((body) => clockSchema.parse(JSON.parse(body)));
  const firsts = new Map(rows.toReversed().map((row) => [row.boot, Date.parse(row.ts) - row.mono]));
  const vouching = rows.filter(({ act }) => act === 'engine.chunk');
  return engineChunks.flatMap((text, index) => {
    const offset = firsts.get(vouching[index]?.boot ?? '');
    return offset === undefined ? [] : readingsIn(text, offset);
  });
}

function readingsIn(chunk: string, offset: number): Reading[] {
  return chunk.split('\n').flatMap((line) => {
    if (!line.includes('"vitals"')) return [];
    const event = eventSchema.safeParse(fromRecordText(line)).data;
    return (event?.samples ?? []).flatMap(({ parameter, value, at }) =>
      value === null || !isReading(parameter)
        ? []
        : [{ parameter, value, at: new Date(Math.round(offset + at)).toISOString() }],
    );
  });
}
