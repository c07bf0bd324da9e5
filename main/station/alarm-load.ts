import { idOf } from '../../core/alarm-keys.ts';
import { ALARMS, type AlarmPriority } from '../../core/alarms.ts';
import { audible, isSounding } from '../../core/engine/sounding.ts';
import type { Effect } from '../../core/engine/effects.ts';
import type { EngineState } from '../../core/engine/state.ts';
import type { Millisecond } from '../../core/units.ts';

type AlarmEffect = Extract<Effect, { kind: 'alarm' }>;

/** Alarm load of one session, as it stands in the row that closes it: whole numbers only. */
export interface AlarmLoadFigures {
  readonly byPriority: { readonly [Priority in AlarmPriority]: number };
  /** How often each alarm was raised, by its key; only those that were. */
  readonly byAlarm: Readonly<Record<string, number>>;
  readonly escalated: number;
  readonly audioPauses: number;
  /** Time in which at least one alarm wanted to be heard. */
  readonly soundingMs: number;
  readonly overMs: number;
}

/** Counts what a session asks of the ears of those beside it. */
export class AlarmLoad {
  readonly #byPriority = { high: 0, medium: 0, low: 0 };
  readonly #byAlarm: Record<string, number> = {};
  #escalated = 0;
  #audioPauses = 0;
  #soundingMs = 0;
  #overMs = 0;
  #lastTick: Millisecond | null = null;
  #wasPaused = false;

  note({ key, change }: Pick<AlarmEffect, 'key' | 'change'>): void {
    if (change === 'escalated') this.#escalated += 1;
    if (change !== 'raised') return;
    this.#byPriority[ALARMS[idOf(key)].priority] += 1;
    this.#byAlarm[key] = (this.#byAlarm[key] ?? 0) + 1;
  }

  /** To be called at every tick of the session. */
  tick(state: Pick<EngineState, 'alarms' | 'audioPausedUntil'>, now: Millisecond): void {
    const gone = this.#lastTick === null ? 0 : Math.max(0, now - this.#lastTick);
    this.#lastTick = now;
    this.#overMs += gone;
    if (audible(state).some(isSounding)) this.#soundingMs += gone;
    const isPaused = state.audioPausedUntil !== null;
    if (isPaused && !this.#wasPaused) this.#audioPauses += 1;
    this.#wasPaused = isPaused;
  }

  figures(): AlarmLoadFigures {
    return {
      byPriority: { ...this.#byPriority },
      byAlarm: { ...this.#byAlarm },
      escalated: this.#escalated,
      audioPauses: this.#audioPauses,
      soundingMs: this.#soundingMs,
      overMs: this.#overMs,
    };
  }
}
