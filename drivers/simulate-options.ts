import { parseArgs } from 'node:util';
import type { PatientSigns } from './kit/simulator.ts';
import type { NoninFormat } from './nonin/messages.ts';

export const USAGE = `npm run simulate -- new-era|nonin [options]     runs one simulated device alone

  --pty            on a pseudo-terminal (default where there are any)
  --tcp PORT       on a loopback TCP port instead; 0 for any free one
  --link PATH      a symbolic link to the pseudo-terminal, for a name that stays
  --safe SECONDS   new-era: starts in Safe mode with this watchdog, 0 to 255
  --format 2|7|8   nonin: data format at power-up (7)
  --spo2 N         nonin: SpO2 shown, 0 to 100 (98)
  --pulse N        nonin: pulse shown, 18 to 321 (72)
  --help           this text

Prints one JSON line that says where it is. Then each line on standard input is answered with one JSON line:
  a fault          {"kind":"silence","on":true}  {"kind":"garble","everyBytes":50}  {"kind":"drop","every":3}
                   {"kind":"delay","milliseconds":500}  {"kind":"split","milliseconds":60}  {"kind":"merge","frames":2}
                   {"kind":"duplicate","every":2}  {"kind":"slow","millisecondsPerByte":4}  {"kind":"echo","on":true}
                   {"kind":"flood","on":true}  {"kind":"checksum","every":4}  {"kind":"refuse","on":true}
                   {"kind":"power-cycle"}  {"kind":"stall"}  {"kind":"panel","action":"stop"}
                   {"kind":"other-model","on":true}  {"kind":"finger-off","on":true}  {"kind":"none"}
  signs            {"signs":{"spo2":84,"pulse":110,"perfusion":"good"}}     nonin
  truth            what the pump really delivered                           new-era
  quit             ends it, as does SIGINT`;

export type PortChoice =
  | { readonly kind: 'pty'; readonly link: string | null }
  | { readonly kind: 'tcp'; readonly port: number };

export type SimulateOptions =
  | { readonly simulator: 'new-era'; readonly port: PortChoice; readonly safe: number | null }
  | {
      readonly simulator: 'nonin';
      readonly port: PortChoice;
      readonly format: NoninFormat;
      readonly signs: PatientSigns;
    };

const OPTIONS = {
  pty: { type: 'boolean' },
  tcp: { type: 'string' },
  link: { type: 'string' },
  safe: { type: 'string' },
  format: { type: 'string' },
  spo2: { type: 'string' },
  pulse: { type: 'string' },
  help: { type: 'boolean' },
} as const;

type Values = ReturnType<typeof parse>['values'];
const parse = (args: readonly string[]) => parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });

/**
 * @param hasPty whether this platform has pseudo-terminals; decides the default.
 * @returns what to run, `help`, or throws an Error whose message is one line that names the choices.
 */
export function readOptions(args: readonly string[], hasPty: boolean): SimulateOptions | 'help' {
  const { values, positionals } = parse(args);
  if (values.help) return 'help';
  const [simulator, ...rest] = positionals;
  if (rest.length > 0 || (simulator !== 'new-era' && simulator !== 'nonin')) {
    throw new Error(
      `choose one simulator: new-era or nonin${simulator === undefined ? '' : `, not "${positionals.join(' ')}"`}`,
    );
  }
  const port = portOf(values, hasPty);
  if (simulator === 'new-era') {
    refuse(values, ['format', 'spo2', 'pulse'], 'nonin');
    return { simulator, port, safe: values.safe === undefined ? null : numberIn('safe', values.safe, 0, 255) };
  }
  refuse(values, ['safe'], 'new-era');
  const signs = {
    spo2: numberIn('spo2', values.spo2 ?? '98', 0, 100),
    pulse: numberIn('pulse', values.pulse ?? '72', 18, 321),
    perfusion: 'good',
  } as const;
  return { simulator, port, format: formatOf(values.format ?? '7'), signs };
}

function portOf({ pty, tcp, link }: Values, hasPty: boolean): PortChoice {
  if (pty && tcp !== undefined) throw new Error('choose --pty or --tcp PORT, not both');
  const isTcp = tcp !== undefined || (!pty && !hasPty);
  if (isTcp && link !== undefined) throw new Error('--link goes with --pty; a TCP port has a number of its own');
  return isTcp ? { kind: 'tcp', port: numberIn('tcp', tcp ?? '0', 0, 65_535) } : { kind: 'pty', link: link ?? null };
}

function refuse(values: Values, names: readonly (keyof Values)[], simulator: string): void {
  const given = names.find((name) => values[name] !== undefined);
  if (given !== undefined) throw new Error(`--${given} belongs to the simulator ${simulator}`);
}

function numberIn(name: string, text: string, min: number, max: number): number {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= min && value <= max))
    throw new Error(`--${name} takes a whole number ${min} to ${max}, not "${text}"`);
  return value;
}

function formatOf(text: string): NoninFormat {
  if (text !== '2' && text !== '7' && text !== '8') throw new Error(`--format takes 2, 7 or 8, not "${text}"`);
  return text;
}
