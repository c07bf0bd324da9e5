import { z } from 'zod';
import type { Fault, MonitorSimulator, PatientSigns, PumpSimulator, Simulator } from './kit/simulator.ts';

const on = z.boolean();
const faultSchema: z.ZodType<Fault> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('silence'), on }),
  z.strictObject({ kind: z.literal('garble'), everyBytes: z.int().positive() }),
  z.strictObject({ kind: z.literal('drop'), every: z.int().positive() }),
  z.strictObject({ kind: z.literal('delay'), milliseconds: z.int().nonnegative() }),
  z.strictObject({ kind: z.literal('split'), milliseconds: z.int().positive() }),
  z.strictObject({ kind: z.literal('merge'), frames: z.int().positive() }),
  z.strictObject({ kind: z.literal('duplicate'), every: z.int().positive() }),
  z.strictObject({ kind: z.literal('slow'), millisecondsPerByte: z.int().positive() }),
  z.strictObject({ kind: z.literal('echo'), on }),
  z.strictObject({ kind: z.literal('flood'), on }),
  z.strictObject({ kind: z.literal('checksum'), every: z.int().positive() }),
  z.strictObject({ kind: z.literal('refuse'), on }),
  z.strictObject({ kind: z.literal('power-cycle') }),
  z.strictObject({ kind: z.literal('stall') }),
  z.strictObject({ kind: z.literal('panel'), action: z.enum(['start', 'stop']) }),
  z.strictObject({
    kind: z.literal('panel-set'),
    setting: z.enum(['rate', 'volume']),
    figure: z.number().positive(),
  }),
  z.strictObject({ kind: z.literal('other-model'), on }),
  z.strictObject({ kind: z.literal('finger-off'), on }),
  z.strictObject({ kind: z.literal('none') }),
]);

const signsSchema: z.ZodType<PatientSigns> = z.strictObject({
  spo2: z.number().min(0).max(100),
  pulse: z.number().min(0).max(321),
  perfusion: z.enum(['good', 'marginal', 'low']).default('good'),
});

/** The device behind the console; only what it has can be asked of it. */
export interface ConsoleTarget {
  readonly simulator: Simulator;
  readonly pump: PumpSimulator | null;
  readonly monitor: MonitorSimulator | null;
}

/** Carries out one line of the technician and says what became of it: {"ok":true}, {"truth":...} or {"error":"..."}. */
export function answer(line: string, target: ConsoleTarget): object {
  if (line === 'truth') {
    return target.pump ? { truth: target.pump.truth() } : failure('only a pump has a truth to tell');
  }
  const input = parseJson(line);
  if (input === null) return failure('not understood: give a fault or signs as JSON, or truth, or quit');
  return 'signs' in input ? showSigns(input, target.monitor) : setFault(input, target.simulator);
}

function parseJson(line: string): object | null {
  try {
    const input: unknown = JSON.parse(line);
    return typeof input === 'object' ? input : null;
  } catch {
    return null;
  }
}

function showSigns(input: object, monitor: MonitorSimulator | null): object {
  if (!monitor) return failure('only a monitor shows signs');
  const read = z.strictObject({ signs: signsSchema }).safeParse(input);
  if (!read.success) return failure(sentence(read.error));
  monitor.show(read.data.signs);
  return { ok: true };
}

function setFault(input: object, simulator: Simulator): object {
  const read = faultSchema.safeParse(input);
  if (!read.success) return failure(sentence(read.error));
  simulator.fault(read.data);
  return { ok: true };
}

const failure = (error: string): object => ({ error });

const sentence = ({ issues }: z.ZodError): string =>
  issues.map(({ path, message }) => (path.length === 0 ? message : `${path.join('.')}: ${message}`)).join('; ');
