import type { VirtualTime } from './virtual-time.ts';
import {
  fiveCharacters,
  microlitresOf,
  microlitresPerHourOf,
  packetOf,
  payloadsOf,
  type RateUnit,
  toldBy,
  type Told,
  type VolumeUnit,
} from './wire.ts';

/** What a pump does wrongly, for so many commands. */
export type PumpFault = 'mute' | 'deaf' | 'refuses' | 'alarm' | 'garbles' | 'late' | 'twice';

/** What a pump holds before the station first speaks to it: whatever somebody left in it. */
export interface Leftover {
  readonly state: 'S' | 'P' | 'I' | 'X' | 'W';
  readonly rate: number;
  readonly rateUnit: RateUnit;
  readonly volume: number;
  readonly volumeUnit: VolumeUnit;
  readonly second: string;
  readonly direction: string;
  readonly diameter: string;
  readonly counter: number;
  readonly isSafe: boolean;
}

const HOUR = 3_600_000;
/** Microlitres to which its counter shows; less than that was not reported, so nobody can have counted it. */
const SHOWN = 10;

/**
 * A pump with its registers, made from the manual and sharing no code with the simulator of the product. What it says of
 * itself is true, however badly it says it; what it holds when RUN leaves is what would flow.
 */
export class PaperPump {
  readonly #time: VirtualTime;
  readonly #answer: (bytes: Uint8Array) => void;
  readonly #latency: number;
  state: string;
  phase = '1';
  readonly functions: Record<string, string>;
  rateThousandths: number;
  rateUnit: RateUnit;
  volumeThousandths: number;
  volumeUnit: VolumeUnit;
  direction: string;
  watchdog = 0;
  #diameter: string;
  #powerFail = '1';
  #isSafe: boolean;
  #alarm: string | null = null;
  #fault: { kind: PumpFault; left: number } | null = null;
  /** Microlitres per hour times milliseconds. */
  #delivered: number;
  #ofThisRun = 0;
  #cleared = 0;
  #movedAt: number;
  #heardAt: number;

  constructor(time: VirtualTime, leftover: Leftover, latency: number, answer: (bytes: Uint8Array) => void) {
    this.#time = time;
    this.#answer = answer;
    this.#latency = latency;
    this.state = leftover.state;
    this.functions = { 1: 'RAT', 2: leftover.second };
    this.rateThousandths = leftover.rate;
    this.rateUnit = leftover.rateUnit;
    this.volumeThousandths = leftover.volume;
    this.volumeUnit = leftover.volumeUnit;
    this.direction = leftover.direction;
    this.#diameter = leftover.diameter;
    this.#isSafe = leftover.isSafe;
    this.#delivered = leftover.counter * HOUR;
    this.#movedAt = time.now();
    this.#heardAt = time.now();
  }

  get rate(): number {
    return microlitresPerHourOf(this.rateThousandths, this.rateUnit);
  }

  get volume(): number {
    return microlitresOf(this.volumeThousandths, this.volumeUnit);
  }

  /** Microlitres that it ever showed as given, whatever was cleared. */
  get shown(): number {
    this.#move();
    return Math.floor(this.#delivered / HOUR / SHOWN) * SHOWN;
  }

  fault(kind: PumpFault, times: number): void {
    this.#fault = { kind, left: times };
  }

  powerCycle(): void {
    this.#move();
    if (this.state !== 'P') this.state = 'S';
    this.#alarm = 'R';
  }

  hear(bytes: Uint8Array): void {
    const fault = this.#takeFault();
    if (fault === 'deaf') return;
    this.#move();
    this.#heardAt = this.#time.now();
    for (const payload of payloadsOf(bytes) ?? []) {
      const said = this.#obey(payload.replace(/^\d{1,2}/, ''), fault);
      if (fault !== 'mute') this.#say(`00${said}`, fault);
    }
  }

  #takeFault(): PumpFault | null {
    if (this.#fault === null) return null;
    const { kind } = this.#fault;
    this.#fault.left -= 1;
    if (this.#fault.left <= 0) this.#fault = null;
    return kind;
  }

  #say(text: string, fault: PumpFault | null): void {
    const bytes = this.#isSafe ? packetOf(text) : Uint8Array.from(Buffer.from(`\u0002${text}\u0003`, 'latin1'));
    if (fault === 'garbles') bytes[3] = (bytes[3] ?? 0) ^ 0x11;
    const wait = fault === 'late' ? this.#latency + 380 : this.#latency;
    for (let times = fault === 'twice' ? 2 : 1; times > 0; times -= 1) {
      this.#time.after(wait, () => this.#answer(bytes));
    }
  }

  /** What stands in the reply behind the address. */
  #obey(text: string, fault: PumpFault | null): string {
    const alarm = fault === 'alarm' ? 'S' : this.#alarm;
    this.#alarm = null;
    // An alarm that is told consumes the command.
    if (alarm !== null) return `A?${alarm}`;
    if (fault === 'refuses') return `${this.state}?NA`;
    const data = this.#carryOut(text, toldBy(text));
    return `${this.state}${data}`;
  }

  #carryOut(text: string, told: Told): string {
    const isRunning = this.state === 'I';
    switch (told.kind) {
      case 'ask':
        return this.#asked(text);
      case 'run':
        if (!isRunning && this.state !== 'P') this.#ofThisRun = 0;
        this.state = 'I';
        return '';
      case 'stop':
        this.state = this.state === 'S' || this.state === 'P' ? 'S' : 'P';
        return '';
      case 'watchdog':
        this.watchdog = told.seconds;
        this.#isSafe = told.seconds > 0;
        return '';
      case 'rate':
        if (this.functions[this.phase] !== 'RAT') return '?NA';
        [this.rateThousandths, this.rateUnit] = [told.thousandths, told.unit];
        return '';
      case 'volume':
        if (!isRunning) this.volumeThousandths = told.thousandths;
        return isRunning ? '?NA' : '';
      case 'volume-unit':
        if (!isRunning) this.volumeUnit = told.unit;
        return isRunning ? '?NA' : '';
      case 'set':
        return isRunning ? '?NA' : this.#set(told.name, told.value);
      case 'foreign':
        return '?';
    }
  }

  #set(name: string, value: string): string {
    if (name === 'PHN') this.phase = value;
    if (name === 'FUN') this.functions[this.phase] = value;
    if (name === 'DIR') this.direction = value;
    if (name === 'PF') this.#powerFail = value;
    if (name === 'DIA') [this.#diameter, this.volumeUnit] = [value, 'ML'];
    if (name === 'DIA' || name === 'CLD') this.#cleared = this.#delivered;
    return '';
  }

  #asked(text: string): string {
    const hasRate = this.functions[this.phase] === 'RAT';
    switch (text) {
      case 'VER':
        return 'NE1000V3.928';
      case 'RAT':
        return hasRate ? `${fiveCharacters(this.rateThousandths)}${this.rateUnit}` : '?NA';
      case 'VOL':
        return `${fiveCharacters(this.volumeThousandths)}${this.volumeUnit}`;
      case 'DIS':
        return `I${fiveCharacters(Math.floor((this.#delivered - this.#cleared) / HOUR / SHOWN) * SHOWN)}W0.000ML`;
      case 'DIA':
        return fiveCharacters(Number(this.#diameter) * 1000);
      case 'DIR':
        return this.direction;
      case 'FUN':
        return this.functions[this.phase] ?? '';
      case 'PF':
        return this.#powerFail;
      default:
        return '';
    }
  }

  #move(): void {
    const now = this.#time.now();
    const end = this.watchdog > 0 ? Math.min(now, this.#heardAt + this.watchdog * 1000) : now;
    if (this.state === 'I') this.#deliver(Math.max(end - this.#movedAt, 0));
    if (this.state === 'I' && end < now) [this.state, this.#alarm] = ['S', 'T'];
    this.#movedAt = now;
  }

  #deliver(milliseconds: number): void {
    const most = this.volume === 0 ? Number.POSITIVE_INFINITY : this.volume * HOUR - this.#ofThisRun;
    const moved = Math.min(this.rate * milliseconds, most);
    this.#delivered += moved;
    this.#ofThisRun += moved;
    if (moved === most && this.functions['2'] === 'STP') this.state = 'S';
  }
}
