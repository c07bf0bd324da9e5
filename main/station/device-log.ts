import type { PumpReading } from '../../core/pump.ts';
import type { FromDeviceHost } from '../devices/messages.ts';
import type { Journal } from './journal.ts';

/** Rejected bytes come in floods; the record gets the first and then one summary in this time (ms). */
const DISCARDED_ROW_EVERY = 60_000;

type Discarded = Extract<FromDeviceHost, { kind: 'discarded' }>;

const noneDiscarded = () => ({ rowAt: Number.NEGATIVE_INFINITY, frames: 0, bytes: 0 });

/** Writes down what the devices tell, where it differs from what they told before. */
export class DeviceLog {
  readonly #journal: Journal;
  readonly #links = new Map<string, string>();
  readonly #alarms = new Set<string>();
  #reading: PumpReading | null = null;
  readonly #discarded = { pump: noneDiscarded(), monitor: noneDiscarded() };

  constructor(journal: Journal) {
    this.#journal = journal;
  }

  observe(message: FromDeviceHost): void {
    switch (message.kind) {
      case 'link':
        return this.#observeLink(message);
      case 'identity':
        return this.#journal.note('pump.identity', { new: { ...message.identity } });
      case 'pump':
        return this.#observeReading(message.reading);
      case 'device-alarm':
        return this.#observeAlarm(message.code, message.active);
      case 'guard':
        return this.#journal.note('guard.tripped', { outcome: 'failed', reason: message.reason });
      case 'discarded':
        return this.#count(message);
      case 'vitals':
      case 'wave':
      case 'outcome':
      case 'alive':
      case 'closed':
        return;
    }
  }

  hostExited(reason: string): void {
    this.#links.clear();
    this.#alarms.clear();
    this.#journal.note('device.host.exit', { outcome: 'failed', reason });
  }

  /** A device that is away is tried again and again; each different answer is written once. */
  #observeLink({ device, state, detail }: Extract<FromDeviceHost, { kind: 'link' }>): void {
    const said = `${state} ${detail}`;
    if (this.#links.get(device) === said) return;
    this.#links.set(device, said);
    // After a lost line the monitor says anew what is wrong with it.
    if (device === 'monitor' && state !== 'up') this.#alarms.clear();
    const outcome = state === 'up' ? 'ok' : 'failed';
    this.#journal.note('link.change', { outcome, new: { device, state }, reason: detail });
  }

  #observeAlarm(code: string, active: boolean): void {
    if (this.#alarms.has(code) === active) return;
    if (active) this.#alarms.add(code);
    else this.#alarms.delete(code);
    this.#journal.note('device.alarm', { new: { code, active } });
  }

  /** The counter moves with every poll and is kept in the trends; a row is written when the pump does something else. */
  #observeReading(reading: PumpReading): void {
    const last = this.#reading;
    this.#reading = reading;
    const { state, rate, alarm } = reading;
    if (last !== null && last.state === state && last.rate === rate && last.alarm === alarm) return;
    this.#journal.note('pump.state', {
      ...(last !== null && { old: { state: last.state, rateUlPerH: last.rate, alarm: last.alarm } }),
      new: { state, rateUlPerH: rate, alarm, counterUl: reading.counter },
    });
  }

  #count({ device, reason, bytes, at }: Discarded): void {
    const counted = this.#discarded[device];
    counted.frames += 1;
    counted.bytes += bytes;
    if (at - counted.rowAt < DISCARDED_ROW_EVERY) return;
    this.#journal.note('device.discarded', {
      outcome: 'failed',
      reason,
      new: { device, frames: counted.frames, bytes: counted.bytes },
    });
    Object.assign(counted, { rowAt: at, frames: 0, bytes: 0 });
  }
}
