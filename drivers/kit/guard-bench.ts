import type { PumpReading, PumpState } from '../../core/pump.ts';
import { microlitre, microlitrePerHour, millisecond } from '../../core/units.ts';
import { Guard, type GuardTrip, type Permit } from './guard.ts';

export const permitOf = (epoch: number, lifetime = 3_000): Permit => ({
  epoch,
  ceilingRate: microlitrePerHour(10_000),
  ceilingCounter: microlitre(5_000),
  lifetime: millisecond(lifetime),
});

/** A guard with its pump and clock in the hands of a test. */
export class GuardBench {
  time = 1_000;
  connected = true;
  stops = 0;
  readonly trips: GuardTrip[] = [];
  readonly guard = new Guard(
    { now: () => millisecond(this.time) },
    {
      stop: () => {
        if (this.connected) this.stops += 1;
        return this.connected;
      },
      tripped: (reason) => this.trips.push(reason),
    },
  );

  /** A question asked and answered a moment later. */
  read(state: PumpState, figures: { rate?: number; counter?: number; askedAt?: number } = {}): void {
    this.time += 10;
    const askedAt = millisecond(figures.askedAt ?? this.time);
    this.time += 10;
    const reading: PumpReading = {
      state,
      rate: microlitrePerHour(figures.rate ?? 10_000),
      counter: microlitre(figures.counter ?? 0),
      alarm: null,
      at: millisecond(this.time),
    };
    this.guard.read(reading, askedAt);
  }

  pass(milliseconds: number): void {
    for (const until = this.time + milliseconds; this.time < until; ) {
      this.time += 100;
      this.guard.tick();
    }
  }

  /** A program that the pump takes and reads back at once, where it is let through. */
  program(epoch: number, rate = 10_000, volume = 5_000) {
    const refusal = this.guard.mayProgram(epoch, microlitrePerHour(rate), microlitre(volume));
    if (refusal === null) this.guard.programmed();
    return refusal;
  }

  running(): this {
    this.read('stopped');
    this.guard.permit(permitOf(1));
    this.program(1);
    this.guard.mayStart(1);
    this.read('infusing');
    return this;
  }
}
