import type { AlarmKey } from '../alarm-keys.ts';
import { PROPOSED_PROFILE, type SafetyProfile } from '../profile.ts';
import type { PumpIdentity, PumpReading, PumpState } from '../pump.ts';
import type { Microgram, MicrogramPerMillilitre, Microlitre, MicrolitrePerHour, Millisecond } from '../units.ts';
import { PARAMETER_NAMES, type Parameter, type Quality, type VitalSample } from '../vitals.ts';
import type { Effect } from './effects.ts';
import type { DrawnAlarm, EngineEvent } from './events.ts';
import { presentAlarms, priorityOf } from './facts.ts';
import { initialState } from './initial.ts';
import type { EngineState, SessionBinding } from './state.ts';
import { step } from './step.ts';

// A chair for tests, not part of the product: events in, states and effects out, with a clock that only the test moves.

type WithoutTime<Event> = Event extends unknown ? Omit<Event, 'at'> : never;
export type TestEvent = WithoutTime<EngineEvent>;

export const IDENTITY: PumpIdentity = { model: 'NE-1000', firmware: '3.928', serial: null };

/** 35 mg of 2 mg/mL over 40 min: 17.5 mL at 26.2 mL/h. */
export const BINDING: SessionBinding = {
  sessionId: 's-1',
  epoch: 7,
  patientId: 'p-1',
  plan: {
    order: {
      entryId: 'KETAMINE-MOOD-CLINIC',
      concentration: 2000 as MicrogramPerMillilitre,
      weight: 70_000 as SessionBinding['plan']['order']['weight'],
      dose: 35_000 as Microgram,
      duration: 2_400_000 as Millisecond,
    },
    rate: 26_200 as MicrolitrePerHour,
    volume: 17_500 as Microlitre,
    runningTime: 2_404_581 as Millisecond,
  },
  drugLot: 'LOT',
  libraryVersion: 'proposal-1',
  patient: null,
  doseCeiling: 35_000 as Microgram,
  predictionCeiling: 500,
};

export class Chair {
  state: EngineState;
  now = 1000;
  /** Effects of the newest event. */
  effects: readonly Effect[] = [];
  /** Effects of all events so far. */
  readonly history: Effect[] = [];
  counter = 0;
  spo2: number | null = 98;
  pulse: number | null = 70;
  quality: Quality = 'good';
  /** What the monitor gives beside SpO2 and pulse. */
  others: Partial<Record<Parameter, number | null>> = {};
  pumpState: PumpState = 'stopped';
  rate = 26_200;

  constructor(profile: SafetyProfile = PROPOSED_PROFILE) {
    this.state = initialState(profile);
  }

  /** One event at the present time. */
  send(event: TestEvent): readonly Effect[] {
    const next = step(this.state, { ...event, at: this.now as Millisecond });
    this.state = next.state;
    this.effects = next.effects;
    this.history.push(...next.effects);
    return next.effects;
  }

  tick(): readonly Effect[] {
    return this.send({ kind: 'tick' });
  }

  sample(parameter: Parameter, value: number | null, quality: Quality = 'good'): VitalSample {
    return { parameter, value, quality, at: this.now as Millisecond };
  }

  vitals(): readonly Effect[] {
    const samples = [this.sample('spo2', this.spo2, this.quality), this.sample('pulse', this.pulse, this.quality)];
    const others = PARAMETER_NAMES.flatMap((parameter) => {
      const value = this.others[parameter];
      return value === undefined ? [] : [this.sample(parameter, value)];
    });
    return this.send({ kind: 'vitals', samples: [...samples, ...others] });
  }

  /** One reading of one parameter at the present time. */
  measure(parameter: Parameter, value: number | null, quality: Quality = 'good'): readonly Effect[] {
    return this.send({ kind: 'vitals', samples: [this.sample(parameter, value, quality)] });
  }

  /** The pump as it is at the present time, asked after every stop of before; `part` overrides. */
  read(part: Partial<PumpReading> = {}): readonly Effect[] {
    const reading: PumpReading = {
      state: this.pumpState,
      rate: this.rate as MicrolitrePerHour,
      counter: this.counter as Microlitre,
      alarm: null,
      at: this.now as Millisecond,
      ...part,
    };
    return this.send({ kind: 'pump-read', reading, afterStop: justBefore(reading.at) });
  }

  /** Lets time pass with ticks and read-backs every 250 ms and vitals every second, the pump delivering as it reads back. */
  pass(milliseconds: number, without: { vitals?: boolean; pump?: boolean; ticks?: boolean } = {}): readonly Effect[] {
    const from = this.history.length;
    let volume = this.counter;
    for (let gone = 250; gone <= milliseconds; gone += 250) {
      this.now += 250;
      if (this.pumpState === 'infusing') volume += (this.rate * 250) / 3_600_000;
      this.counter = Math.floor(volume);
      if (gone % 1000 === 0 && without.vitals !== true) this.vitals();
      if (without.pump !== true) this.read();
      if (without.ticks !== true) this.tick();
    }
    return this.history.slice(from);
  }

  connect(): this {
    this.send({ kind: 'link', device: 'pump', state: 'up', detail: '' });
    this.send({ kind: 'pump-identified', identity: IDENTITY });
    this.send({ kind: 'link', device: 'monitor', state: 'up', detail: '' });
    this.send({ kind: 'sound', proved: true });
    this.pass(1000);
    return this;
  }

  /** Connected, with a session that may be started: armed and steady for long enough. */
  arm(binding: SessionBinding = BINDING): this {
    this.connect();
    this.send({ kind: 'plan', by: 'anna', binding });
    this.send({ kind: 'check', by: 'anna' });
    this.send({ kind: 'arm', by: 'anna' });
    this.pass(31_000);
    return this;
  }

  /** Carries the chain through from the request that was just accepted. */
  runChain(): this {
    this.confirm();
    this.confirm();
    this.pumpState = 'infusing';
    this.read();
    return this;
  }

  /** The newest command was written down, sent and confirmed. */
  confirm(): readonly Effect[] {
    this.written();
    return this.send({ kind: 'outcome', commandId: this.state.nextCommandId - 1, outcome: { kind: 'confirmed' } });
  }

  written(): readonly Effect[] {
    return this.send({ kind: 'written', commandId: this.state.nextCommandId - 1 });
  }

  start(): readonly Effect[] {
    return this.send({ kind: 'start', by: 'anna' });
  }

  infuse(): this {
    this.arm();
    this.start();
    return this.runChain();
  }

  /** The pump obeys a stop and is read back. */
  rest(): readonly Effect[] {
    this.pumpState = 'stopped';
    return this.pass(250);
  }

  resume(second?: string): readonly Effect[] {
    const signed = second === undefined ? {} : { second };
    return this.send({ kind: 'resume', by: 'anna', reason: 'patient well', confirmedRate: 26_200, ...signed });
  }

  acknowledge(): readonly Effect[] {
    return this.send({ kind: 'acknowledge', by: 'anna', alarms: drawnIn(this.state) });
  }
}

/** Whatever was decided in an instant had not gone out yet when a question left in it. */
export const justBefore = (at: Millisecond): Millisecond => (at - 1) as Millisecond;

/** What a screen answers that draws every alarm, or those of `keys`. */
export const drawnIn = (state: EngineState, keys?: readonly AlarmKey[]): readonly DrawnAlarm[] =>
  presentAlarms(state)
    .filter(([key]) => keys?.includes(key) ?? true)
    .map(([key, alarm]) => ({ key, raisedAt: alarm.raisedAt, priority: priorityOf(key, alarm) }));

/** Effects in short: `stop`, `program`, `raised:spo2-low`, `infusing->paused`, `accepted`, `refused:no-pump`. */
export function brief(effects: readonly Effect[]): readonly string[] {
  return effects.map((effect) => {
    if (effect.kind === 'alarm') return `${effect.change}:${effect.key}`;
    if (effect.kind === 'phase') return `${effect.from}->${effect.to}`;
    if (effect.kind === 'answer') return effect.accepted ? 'accepted' : `refused:${effect.code}`;
    return effect.kind;
  });
}
