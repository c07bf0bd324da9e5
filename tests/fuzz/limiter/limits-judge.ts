import type { FromDeviceHost, ToDeviceHost } from '../../../main/devices/messages.ts';
import type { PaperPump } from './paper-pump.ts';
import type { VirtualTime } from './virtual-time.ts';
import { microlitresOf, microlitresPerHourOf, payloadsOf, toldBy, type Told } from './wire.ts';

type Program = Extract<ToDeviceHost, { readonly kind: 'program' }>;
type Start = Extract<ToDeviceHost, { readonly kind: 'start' }>;

/** Leave to run as this judge understands the messages of main. */
interface Leave {
  readonly epoch: number;
  readonly rate: number;
  readonly until: number;
  readonly ceiling: number;
  /** What the pump had shown as given when its counter last told main where the ceiling is; null: it was not heard yet. */
  readonly from: { readonly shown: number; readonly counter: number } | null;
}

/** */
const LONGEST = 10_000;

const isFigure = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;

export interface Counts {
  frames: number;
  rates: number;
  volumes: number;
  runs: number;
}

/**
 * judges every packet that leaves for a pump by its bytes, by what main had said until then and by what the pump
 * holds. Knows nothing of guard and driver: only the messages, the manual of the pump, and the pump on paper.
 */
export class LimitsJudge {
  /** Claims that were broken, in the order of being found. */
  readonly broken: string[] = [];
  readonly #time: VirtualTime;
  readonly #pump: PaperPump;
  readonly #counts: Counts;
  #leave: Leave | null = null;
  /** The pump's counter as main last heard of it. */
  #counter: number | null = null;
  #arriving: Program | Start | null = null;
  #wasAnswered = false;
  /** Let in and not answered yet. */
  #working: Program | Start | null = null;
  /** The last one that was confirmed, until a run, a stop, a lost line or the next one. */
  #program: Program | null = null;

  constructor(time: VirtualTime, pump: PaperPump, counts: Counts) {
    this.#time = time;
    this.#pump = pump;
    this.#counts = counts;
  }

  /** @param tell gives the message to the station part under test */
  told(message: ToDeviceHost, tell: () => void): void {
    if (message.kind === 'stop') this.#forgetAll();
    if (message.kind === 'permit') this.#leave = this.#leaveBy(message);
    const isCommand = message.kind === 'program' || message.kind === 'start';
    this.#arriving = isCommand ? message : null;
    this.#wasAnswered = false;
    tell();
    if (isCommand && !this.#wasAnswered) this.#letIn(message);
    this.#arriving = null;
  }

  mainGone(): void {
    this.#forgetAll();
  }

  lineLost(): void {
    this.#program = null;
    this.#counter = null;
  }

  heard(message: FromDeviceHost): void {
    if (message.kind === 'guard') this.#forgetAll();
    if (message.kind === 'pump') this.#read(message.reading.counter);
    if (message.kind !== 'outcome') return;
    if (this.#arriving !== null) {
      this.#wasAnswered = true;
      return;
    }
    const { kind } = message.outcome;
    if (this.#working?.kind === 'program' && kind === 'confirmed') this.#program = this.#working;
    this.#working = null;
  }

  wrote(bytes: Uint8Array): void {
    const payloads = payloadsOf(bytes);
    if (payloads === null) this.#claim(false, `bytes that are no packet: ${Buffer.from(bytes).toString('hex')}`);
    for (const payload of payloads ?? []) {
      this.#counts.frames += 1;
      this.#judge(payload, toldBy(payload.replace(/^\d{1,2}/, '')));
    }
  }

  #leaveBy(message: Extract<ToDeviceHost, { readonly kind: 'permit' }>): Leave | null {
    const { epoch, ceilingRate, ceilingCounter, lifetime } = message;
    if (![epoch, ceilingRate, ceilingCounter, lifetime].every(isFigure)) return null;
    const until = this.#time.now() + Math.min(lifetime, LONGEST);
    const from = this.#counter === null ? null : { shown: this.#pump.shown, counter: this.#counter };
    return { epoch, rate: ceilingRate, until, ceiling: ceilingCounter, from };
  }

  /** A ceiling is a figure of the counter as it stood: one that is cleared later gives nothing back. */
  #read(counter: number): void {
    this.#counter = counter;
    if (this.#leave !== null)
      this.#leave = { ...this.#leave, from: this.#leave.from ?? { shown: this.#pump.shown, counter } };
  }

  #letIn(command: Program | Start): void {
    this.#claim(this.#working === null, 'two commands are carried out at once');
    this.#working = command;
    if (command.kind === 'program') this.#program = null;
  }

  #forgetAll(): void {
    this.#leave = null;
    this.#program = null;
  }

  #judge(payload: string, told: Told): void {
    const of = (text: string): string => `${payload}: ${text}`;
    switch (told.kind) {
      case 'ask':
      case 'stop':
        return;
      case 'foreign':
        return this.#claim(false, of('nothing that an infusion needs'));
      case 'watchdog':
        return this.#claim(
          told.seconds > 0 || this.#pump.state !== 'I',
          of('the watchdog of a running pump is switched off'),
        );
      case 'rate':
        this.#counts.rates += 1;
        return this.#rate(microlitresPerHourOf(told.thousandths, told.unit), of);
      case 'volume':
        this.#counts.volumes += 1;
        // As if of the larger unit: what a pump that missed VOLML holds is never more.
        return this.#volume(microlitresOf(told.thousandths, 'ML'), of);
      case 'volume-unit':
      case 'set':
        return this.#claim(this.#working?.kind === 'program', of('no program was asked for'));
      case 'run':
        this.#counts.runs += 1;
        return this.#run(of);
    }
  }

  #rate(rate: number, of: (text: string) => string): void {
    const program = this.#working?.kind === 'program' ? this.#working : null;
    this.#claim(program !== null, of('no program was asked for'));
    this.#claim(rate > 0 && rate <= (program?.rate ?? 0), of('is not at most the rate that was asked for'));
    this.#claim(rate <= (this.#leaveFor(program)?.rate ?? -1), of('above the hard limit of the rate'));
  }

  #volume(volume: number, of: (text: string) => string): void {
    const program = this.#working?.kind === 'program' ? this.#working : null;
    this.#claim(program !== null, of('no program was asked for'));
    this.#claim(volume > 0 && volume <= (program?.volume ?? 0), of('is not at most the volume that was asked for'));
    this.#claim(volume <= this.#left(program), of('above what is left'));
  }

  /** What flows from here on is what the pump holds. */
  #run(of: (text: string) => string): void {
    const start = this.#working?.kind === 'start' ? this.#working : null;
    const program = this.#program;
    this.#program = null;
    const { rate, volume, functions, phase, direction, watchdog } = this.#pump;
    this.#claim(start !== null, of('no start was asked for'));
    this.#claim(this.#leaveFor(start) !== null, of('no permit of its epoch'));
    this.#claim(program !== null && program.epoch === start?.epoch, of('no confirmed program of its epoch'));
    const isProgrammed = rate > 0 && rate <= (program?.rate ?? 0) && volume > 0 && volume <= (program?.volume ?? 0);
    this.#claim(isProgrammed, of(`the pump holds ${rate} uL/h and ${volume} uL, which is not what was asked for`));
    this.#claim(rate <= (this.#leaveFor(start)?.rate ?? -1), of('above the hard limit of the rate'));
    this.#claim(volume <= this.#left(start), of('above what is left'));
    const ends = phase === '1' && functions['1'] === 'RAT' && functions['2'] === 'STP' && direction === 'INF';
    this.#claim(ends && watchdog > 0, of('does not end at its volume, or without a watchdog'));
    // One start, one run.
    this.#working = start === null ? this.#working : { ...start, epoch: Number.NaN };
  }

  #leaveFor(command: Program | Start | null): Leave | null {
    const leave = this.#leave;
    return leave !== null && leave.epoch === command?.epoch && this.#time.now() < leave.until ? leave : null;
  }

  #left(command: Program | Start | null): number {
    const leave = this.#leaveFor(command);
    if (leave === null || leave.from === null) return -1;
    return leave.ceiling - leave.from.counter - (this.#pump.shown - leave.from.shown);
  }

  #claim(holds: boolean, text: string): void {
    if (!holds) this.broken.push(text);
  }
}
