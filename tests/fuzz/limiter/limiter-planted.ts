import type { Microlitre, MicrolitrePerHour } from '../../../core/units.ts';
import type { DriverContext, PumpDriver, PumpDriverModule, PumpDriverOptions } from '../../../drivers/kit/driver.ts';
import type { ToDeviceHost } from '../../../main/devices/messages.ts';
import type { Mistake } from './run-limiter.ts';
import { packetOf, payloadsOf } from './wire.ts';

// Device host, guard and driver with one mistake each, as a hurried change could bring it in. The judge has to find every
// one of them by the bytes.

type Permit = Extract<ToDeviceHost, { readonly kind: 'permit' }>;

/** The driver with some of its calls made otherwise. */
const driving = (change: (driver: PumpDriver) => Partial<PumpDriver>): Mistake => ({
  driver: (shipped) => ({
    ...shipped,
    create: (context, options) => changed(shipped.create(context, options), change),
  }),
});

function changed(driver: PumpDriver, change: (driver: PumpDriver) => Partial<PumpDriver>): PumpDriver {
  const calls = change(driver);
  return {
    identify: () => driver.identify(),
    configure: (program) => driver.configure(program),
    start: () => driver.start(),
    stop: () => driver.stop(),
    status: () => driver.status(),
    release: () => driver.release(),
    ...calls,
  };
}

const creating = (change: (context: DriverContext, options: PumpDriverOptions) => PumpDriverOptions): Mistake => ({
  driver: (shipped: PumpDriverModule) => ({
    ...shipped,
    create: (context, options) => shipped.create(context, change(context, options)),
  }),
});

/** Other bytes leave than the driver sends. */
const writing = (change: (text: string) => string): Mistake => ({
  driver: (shipped) => ({
    ...shipped,
    create: (context, options) => {
      const { line } = context;
      const write = (bytes: Uint8Array): Promise<void> =>
        line.write(packetOf(`0${change((payloadsOf(bytes)?.[0] ?? '').slice(1))}`));
      const spoiled = {
        write,
        onData: (listener: (bytes: Uint8Array) => void) => line.onData(listener),
        onClosed: (listener: (reason: string) => void) => line.onClosed(listener),
        close: () => line.close(),
      };
      return shipped.create({ ...context, line: spoiled }, options);
    },
  }),
});

const permitting = (change: (permit: Permit) => Permit): Mistake => ({
  hears: (message) => [message.kind === 'permit' ? change(message) : message],
});

/** A guard that takes the last permit for a new one, whenever one of these comes. */
const permittedBefore = (kinds: readonly ToDeviceHost['kind'][]): Mistake => {
  let last: Permit | null = null;
  return {
    hears: (message) => {
      if (message.kind === 'permit') last = message;
      return last !== null && kinds.includes(message.kind) ? [last, message] : [message];
    },
  };
};

const roundedUp = (figure: number, step: number): number => Math.ceil(figure / step) * step;

export const PLANTED: Readonly<Record<string, () => Mistake>> = {
  'rounds a rate up': () =>
    driving((driver) => ({
      configure: (program) => driver.configure({ ...program, rate: roundedUp(program.rate, 100) as MicrolitrePerHour }),
    })),
  'rounds a volume up': () =>
    driving((driver) => ({
      configure: (program) => driver.configure({ ...program, volume: roundedUp(program.volume, 10) as Microlitre }),
    })),
  'sends millilitres per minute for millilitres per hour': () => writing((text) => text.replace(/^(RAT.*)MH$/, '$1MM')),
  'sends a rate ten times too high': () => writing((text) => text.replace(/^RAT(\d+)MH$/, 'RAT$10MH')),
  'sends microlitres for millilitres': () => writing((text) => text.replace(/^VOL(\d)$/, 'VOL$1000')),
  'leaves the second phase to the program before': () => writing((text) => text.replace(/^PHN2$/, 'PHN1')),
  'starts twice for one start': () =>
    driving((driver) => ({
      start: async () => {
        await driver.start();
        return driver.start();
      },
    })),
  'starts as soon as it is programmed': () =>
    driving((driver) => ({
      configure: async (program) => {
        const outcome = await driver.configure(program);
        await driver.start();
        return outcome;
      },
    })),
  'starts what a pump has not confirmed': () =>
    driving((driver) => ({
      configure: async (program) => {
        await driver.configure(program);
        return { kind: 'confirmed' };
      },
    })),
  'does not ask again as the bytes leave': () =>
    creating((_context, options) => ({ ...options, mayRaise: () => true })),
  'takes a ceiling of the rate for twice of it': () =>
    permitting((permit) => ({ ...permit, ceilingRate: (permit.ceilingRate * 2) as MicrolitrePerHour })),
  'forgets the ceiling of the volume': () => permitting((permit) => ({ ...permit, ceilingCounter: 1e9 as Microlitre })),
  'keeps a permit past its end': () => permittedBefore(['program', 'start']),
  'takes the permit of another epoch for its own': () => {
    let epoch = 1;
    return {
      hears: (message) => {
        if (message.kind === 'permit') ({ epoch } = message);
        return [message.kind === 'program' || message.kind === 'start' ? { ...message, epoch } : message];
      },
    };
  },
  'does not hear a stop': () => ({ hears: (message) => (message.kind === 'stop' ? [] : [message]) }),
};
