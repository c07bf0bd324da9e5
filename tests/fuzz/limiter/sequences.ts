import type { ChairDevices, ToDeviceHost } from '../../../main/devices/messages.ts';
import { Random } from '../../chaos/random.ts';
import type { Leftover, PumpFault } from './paper-pump.ts';

/** What can come over one chair's device host; `counter` is the pump's as main last heard of it. */
export type Letter =
  | { readonly kind: 'tell'; readonly message: (counter: number) => ToDeviceHost }
  /** A message of before comes once more. */
  | { readonly kind: 'again'; readonly back: number }
  | { readonly kind: 'pass'; readonly milliseconds: number }
  | { readonly kind: 'fault'; readonly fault: PumpFault; readonly times: number }
  | { readonly kind: 'main-gone' | 'host-fault' | 'unplug' | 'power-cycle' };

export interface Sequence {
  readonly devices: ChairDevices;
  readonly leftover: Leftover;
  /** Milliseconds from a command to its reply. */
  readonly latency: number;
  readonly letters: readonly Letter[];
}

/** An odd constant, so that every index of a run has a generator of its own. */
const SPREAD = 0x9e3779b1;

/** No figure of a quantity; as they come over a channel that checks no types. */
const HOSTILE: readonly unknown[] = [
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  -1,
  -0,
  0.5,
  5e-324,
  Number.MAX_VALUE,
  Number.MAX_SAFE_INTEGER,
  2 ** 53,
  2 ** 32,
  '20000',
  '1e9',
  null,
  undefined,
  [20_000],
  {},
  true,
];
const SYRINGES = ['BD 10 mL', 'BD 20 mL', 'BD 30 mL', 'BD 60 mL', 'BD 60 mL', 'none'] as const;
const RATES = [100, 5_000, 20_000, 123_400, 400_000, 500_500, 872_300, 999_900] as const;
const VOLUMES = [10, 500, 1_000, 5_000, 9_990, 10_000, 20_000, 59_990] as const;
const LIFETIMES = [1, 60, 400, 1_500, 3_000, 10_000, 60_000] as const;
const WAITS = [0, 1, 5, 20, 49, 51, 99, 101, 249, 251, 600, 1_500] as const;
const FAULTS: readonly PumpFault[] = ['mute', 'deaf', 'refuses', 'alarm', 'garbles', 'late', 'twice'];
const STATES = ['S', 'S', 'S', 'S', 'S', 'P', 'P', 'I', 'X', 'W'] as const;

/** The sequence of a number: any one can be made again without those before it. */
export function sequenceOf(seed: number, index: number): Sequence {
  return new Maker(new Random((seed ^ Math.imul(index + 1, SPREAD)) >>> 0)).sequence();
}

class Maker {
  readonly #random: Random;
  readonly #rate: number;
  readonly #volume: number;
  #epoch = 1;
  #id = 0;

  constructor(random: Random) {
    this.#random = random;
    this.#rate = this.#pick(RATES);
    this.#volume = this.#pick(VOLUMES);
  }

  sequence(): Sequence {
    const random = this.#random;
    const port = { baudRate: null, address: 0, format: null };
    const monitor = { ...port, driver: 'none', port: 'none' };
    const pump = { ...port, driver: 'new-era', port: 'pump' };
    const devices: ChairDevices = { chairId: 'chair-1', pump, syringe: this.#pick(SYRINGES), monitor };
    const letters: Letter[] = [tell({ kind: 'open', devices }), { kind: 'pass', milliseconds: 400 }];
    if (random.chance(0.03)) letters.reverse();
    for (let left = random.between(2, 9); left > 0; left -= 1) letters.push(...this.#letters(devices));
    letters.push({ kind: 'pass', milliseconds: 400 });
    return { devices, leftover: this.#leftover(), latency: this.#pick([1, 1, 4, 12, 25]), letters };
  }

  #letters(devices: ChairDevices): readonly Letter[] {
    switch (this.#random.between(0, 15)) {
      case 0:
      case 1:
      case 2:
        return this.#run();
      case 3:
      case 4:
        return [this.#permit()];
      case 5:
        return [this.#program()];
      case 6:
        return [this.#start()];
      case 7:
      case 8:
        return [{ kind: 'pass', milliseconds: this.#pick(WAITS) }];
      case 9:
        return [
          tell({ kind: 'stop', reason: 'operator', at: null }),
          { kind: 'pass', milliseconds: this.#pick(WAITS) },
        ];
      case 10:
      case 11:
        return [{ kind: 'fault', fault: this.#pick(FAULTS), times: this.#random.between(1, 6) }];
      case 12:
        return [{ kind: 'again', back: this.#random.between(0, 6) }];
      case 13:
        return [{ kind: this.#pick(['unplug', 'power-cycle']) }, { kind: 'pass', milliseconds: this.#pick([1, 700]) }];
      case 14:
        this.#epoch += 1;
        return [];
      default:
        return [this.#rare(devices)];
    }
  }

  /** As main does it, with time and mishaps in between. */
  #run(): readonly Letter[] {
    const random = this.#random;
    const wait = this.#pick([50, 400, 700]);
    const mishap: readonly Letter[] = random.chance(0.25)
      ? [{ kind: 'fault', fault: this.#pick(FAULTS), times: random.between(1, 3) }]
      : [];
    const meanwhile = random.chance(0.2) ? [this.#permit()] : [];
    const start = random.chance(0.9) ? [this.#start(), ...mishap] : [];
    const program: readonly Letter[] = [this.#permit(), this.#program(), { kind: 'pass', milliseconds: wait }];
    const renewed = random.chance(0.7) ? [this.#permit()] : [];
    return [...program, ...meanwhile, ...renewed, ...start, { kind: 'pass', milliseconds: this.#pick([2, 60, 300]) }];
  }

  #permit(): Letter {
    const [epoch, rate, volume] = [this.#anEpoch(), this.#around(this.#rate), this.#around(this.#volume)];
    const lifetime = this.#maybeHostile(this.#random.chance(0.7) ? 10_000 : this.#pick(LIFETIMES));
    const isHostile = typeof volume !== 'number' || this.#random.chance(0.02);
    return {
      kind: 'tell',
      message: (counter) => {
        const ceilingCounter = isHostile ? volume : counter + volume;
        return hostile({ kind: 'permit', epoch, ceilingRate: rate, ceilingCounter, lifetime });
      },
    };
  }

  #program(): Letter {
    const [rate, volume] = [this.#around(this.#rate), this.#around(this.#volume)];
    return tell(hostile({ kind: 'program', id: this.#anId(), epoch: this.#anEpoch(), rate, volume }));
  }

  #start(): Letter {
    return tell(hostile({ kind: 'start', id: this.#anId(), epoch: this.#anEpoch() }));
  }

  #rare(devices: ChairDevices): Letter {
    const junk: readonly unknown[] = [{ kind: 'poll' }, { kind: 'feed' }, { kind: 'resume' }, {}, { kind: 'RUN' }];
    switch (this.#random.between(0, 5)) {
      case 0:
        return { kind: 'main-gone' };
      case 1:
        return { kind: 'host-fault' };
      case 2:
        return tell({ kind: 'close' });
      case 3:
        return tell({ kind: 'open', devices });
      default:
        return tell(hostile(this.#pick(junk)));
    }
  }

  /** At a figure, beside it, at the edges of rounding, in another unit, or none at all. */
  #around(figure: number): unknown {
    const random = this.#random;
    if (random.chance(0.8)) return figure;
    const beside = this.#pick([1, 9, 10, 49, 50, 51, 99, 100, 101]);
    const others = [figure + beside, figure - beside, figure * 10, figure * 60, figure * 1000, figure / 1000, 0];
    return this.#maybeHostile(random.chance(0.3) ? random.between(0, 1_000_000) : this.#pick(others));
  }

  #maybeHostile(figure: number): unknown {
    return this.#random.chance(0.04) ? this.#pick(HOSTILE) : figure;
  }

  #anEpoch(): unknown {
    const random = this.#random;
    return this.#maybeHostile(random.chance(0.93) ? this.#epoch : this.#epoch + random.between(-1, 1));
  }

  /** Now and then one of before. */
  #anId(): unknown {
    if (this.#random.chance(0.95)) this.#id += 1;
    return this.#id;
  }

  #leftover(): Leftover {
    const random = this.#random;
    return {
      state: this.#pick(STATES),
      rate: this.#pick([999_000, 9_999_000, 20_000, 1_000]),
      rateUnit: this.#pick(['MH', 'MH', 'MM', 'UH', 'UM']),
      volume: this.#pick([0, 60_000, 9_999_000, 1_000]),
      volumeUnit: this.#pick(['ML', 'UL']),
      second: this.#pick(['STP', 'RAT']),
      direction: this.#pick(['INF', 'INF', 'WDR']),
      diameter: this.#pick(['14.43', '19.05', '21.59', '26.59', '4.699']),
      counter: random.chance(0.5) ? 0 : random.between(0, 9_800) * 10,
      isSafe: random.chance(0.5),
    };
  }

  #pick<Item>(items: readonly [Item, ...Item[]] | readonly Item[]): Item {
    return items[this.#random.between(0, items.length - 1)] as Item;
  }
}

const tell = (message: ToDeviceHost): Letter => ({ kind: 'tell', message: () => message });

/** A channel carries what it is given. */
const hostile = (message: unknown): ToDeviceHost => message as ToDeviceHost;
