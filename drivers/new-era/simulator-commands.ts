import { fromWire, RATE_UNITS, toReply, VOLUME_UNITS } from './numbers.ts';
import type { Motor } from './simulator-motor.ts';
import { flow, LAST_PHASE, type Settings } from './simulator-settings.ts';

/** Name and version as `VER` gives them. */
export interface Nameplate {
  readonly model: string;
  readonly firmware: string;
}

interface Pump {
  readonly settings: Settings;
  readonly motor: Motor;
  readonly nameplate: Nameplate;
}

/** Carries out one command and returns the data of the reply, or one of the errors `?`, `?NA`, `?OOR`. */
type Handler = (pump: Pump, argument: string) => string;

const NOT_RECOGNISED = '?';
const NOT_APPLICABLE = '?NA';
const OUT_OF_RANGE = '?OOR';

const COMMANDS: Readonly<Record<string, Handler>> = {
  '': () => '',
  VER: ({ nameplate }) => `${nameplate.model}V${nameplate.firmware}`,
  DIS: ({ settings, motor }) => {
    const scale = VOLUME_UNITS[settings.volumeUnit] ?? 1;
    const text = (microlitres: number) => toReply(((microlitres * 1000) / scale) % 10_000_000);
    return `I${text(motor.infused)}W${text(motor.withdrawn)}${settings.volumeUnit}`;
  },
  DIA: atRest(
    ({ settings, motor }, argument) => {
      const diameter = fromWire(argument);
      if (diameter === null) return NOT_RECOGNISED;
      if (diameter < 100 || diameter > 50_000) return OUT_OF_RANGE;
      settings.setDiameter(diameter);
      motor.clear();
      return '';
    },
    ({ settings }) => toReply(settings.diameter),
  ),
  PHN: atRest(
    ({ settings }, argument) => {
      const phase = /^\d{1,2}$/.test(argument) ? Number(argument) : 0;
      if (phase < 1 || phase > LAST_PHASE) return OUT_OF_RANGE;
      settings.selected = phase;
      return '';
    },
    ({ settings }) => String(settings.selected).padStart(2, '0'),
  ),
  FUN: atRest(
    ({ settings }, argument) => {
      if (argument !== 'RAT' && argument !== 'STP') return NOT_RECOGNISED;
      settings.change({ function: argument });
      return '';
    },
    ({ settings }) => settings.phase(settings.selected).function,
  ),
  RAT: (pump, argument) => (argument === '' ? rate(pump) : setRate(pump, argument)),
  VOL: atRest(
    ({ settings }, argument) => {
      const volume = fromWire(argument);
      if (argument in VOLUME_UNITS) settings.volumeUnit = argument;
      else if (volume === null) return NOT_RECOGNISED;
      else settings.change({ volume });
      return '';
    },
    ({ settings }) => toReply(settings.phase(settings.selected).volume) + settings.volumeUnit,
  ),
  DIR: atRest(
    ({ settings }, argument) => {
      if (argument !== 'INF' && argument !== 'WDR') return NOT_RECOGNISED;
      settings.change({ direction: argument });
      return '';
    },
    ({ settings }) => settings.phase(settings.selected).direction,
  ),
  CLD: atRest(
    ({ motor }, argument) => {
      if (argument === 'INF') motor.infused = 0;
      else if (argument === 'WDR') motor.withdrawn = 0;
      else return NOT_RECOGNISED;
      return '';
    },
    () => NOT_RECOGNISED,
  ),
  RUN: ({ motor }, argument) => {
    const phase = argument === '' ? 1 : Number(argument);
    if (!(phase >= 1 && phase <= LAST_PHASE)) return OUT_OF_RANGE;
    if (motor.operating) return NOT_APPLICABLE;
    if (motor.activity === 'paused' && argument === '') motor.activity = 'running';
    else if (!motor.start(phase)) return NOT_APPLICABLE;
    return '';
  },
  STP: ({ motor }) => {
    if (motor.activity === 'stopped') return NOT_APPLICABLE;
    motor.activity = motor.activity === 'running' ? 'paused' : 'stopped';
    return '';
  },
  PUR: ({ motor }) => {
    if (motor.operating) return NOT_APPLICABLE;
    motor.activity = 'purging';
    return '';
  },
  SAF: ({ settings }, argument) => {
    if (argument === '') return String(settings.safeSeconds).padStart(3, '0');
    const seconds = /^\d{1,3}$/.test(argument) ? Number(argument) : Number.NaN;
    if (!(seconds <= 255)) return OUT_OF_RANGE;
    settings.safeSeconds = seconds;
    return '';
  },
  AL: toggle('AL'),
  BP: toggle('BP'),
  LOC: toggle('LOC'),
  PF: toggle('PF'),
};

/** Commands that change what the pump does even without an argument. */
const ACTIONS = new Set(['RUN', 'STP', 'PUR']);

export interface Command {
  /** One or two digits; null where the command names none, which means pump 0. */
  readonly address: number | null;
  /** True when it only asks. */
  readonly asks: boolean;
  run(pump: Pump): string;
}

/** Reads command text as the pump does: without spaces and control characters, in capitals. Null: no such command. */
export function parseCommand(text: string): Command | null {
  const bare = Array.from(text.toUpperCase())
    .filter((character) => character > ' ' && character <= '~')
    .join('');
  const [, address = '', rest = ''] = /^(\d{0,2})(.*)$/.exec(bare) ?? [];
  const name = Object.keys(COMMANDS).find((name) => name !== '' && rest.startsWith(name)) ?? '';
  const handler = COMMANDS[name];
  const argument = rest.slice(name.length);
  if (!handler || (name === '' && argument !== '')) return null;
  return {
    address: address === '' ? null : Number(address),
    asks: argument === '' && !ACTIONS.has(name),
    run: (pump) => handler(pump, argument),
  };
}

/** A setting that can be asked for at any time, and changed only while nothing moves. */
function atRest(change: Handler, ask: (pump: Pump) => string): Handler {
  return (pump, argument) => {
    if (argument === '') return ask(pump);
    return pump.motor.operating ? NOT_APPLICABLE : change(pump, argument);
  };
}

function toggle(name: string): Handler {
  return ({ settings }, argument) => {
    if (argument === '') return settings.switches.get(name) ?? '0';
    if (argument !== '0' && argument !== '1') return OUT_OF_RANGE;
    settings.switches.set(name, argument);
    return '';
  };
}

function rate({ settings, motor }: Pump): string {
  const phase = settings.phase(settings.selected);
  if (!motor.operating && phase.function !== 'RAT') return NOT_APPLICABLE;
  const { thousandths, unit } = motor.operating ? motor.rate : phase.rate;
  return toReply(thousandths) + unit;
}

function setRate({ settings, motor }: Pump, argument: string): string {
  const phase = settings.phase(settings.selected);
  if (phase.function !== 'RAT') return NOT_APPLICABLE;
  const current = motor.operating ? motor.rate : phase.rate;
  const named = argument.slice(-2) in RATE_UNITS;
  const unit = named ? argument.slice(-2) : current.unit;
  const thousandths = fromWire(named ? argument.slice(0, -2) : argument);
  if (thousandths === null) return NOT_RECOGNISED;
  if (motor.operating && unit !== current.unit) return NOT_APPLICABLE;
  const wanted = { thousandths, unit };
  const { min, max } = settings.flowRange();
  if (flow(wanted) < min || flow(wanted) > max) return OUT_OF_RANGE;
  if (motor.operating) motor.rate = wanted;
  else settings.change({ rate: wanted });
  return '';
}
