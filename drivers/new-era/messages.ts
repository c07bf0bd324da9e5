import type { PumpAlarm, PumpState } from '../../core/pump.ts';
import type { Microlitre } from '../../core/units.ts';
import type { Frame } from './frame.ts';
import { volumeFrom } from './numbers.ts';

/** One-letter prompts of a reply (NE-1000 manual p. 33). */
const PROMPTS: Readonly<Record<string, PumpState>> = {
  I: 'infusing',
  W: 'withdrawing',
  S: 'stopped',
  P: 'paused',
  T: 'waiting',
  U: 'waiting',
  X: 'purging',
};

const ALARMS: Readonly<Record<string, PumpAlarm>> = {
  R: 'power-interrupted',
  S: 'stalled',
  T: 'host-timeout',
  E: 'program-error',
  O: 'phase-out-of-range',
};

const ERRORS: Readonly<Record<string, string>> = {
  '': 'not-recognised',
  NA: 'not-applicable',
  OOR: 'out-of-range',
  COM: 'bad-packet',
  IGN: 'ignored',
};

/** A reply whose command was looked at; `error` says why it was not carried out, null when it was. */
export interface StatusReply {
  readonly kind: 'status';
  readonly address: number;
  readonly state: PumpState;
  readonly error: string | null;
  readonly data: string;
}

/** An alarm, in place of a reply (then the command was consumed, not executed) or sent by the pump by itself. */
export interface AlarmReply {
  readonly kind: 'alarm';
  readonly address: number;
  readonly alarm: PumpAlarm;
}

export type Reply = StatusReply | AlarmReply;

/** Reads the payload of a frame, or null when no New Era pump says that. */
export function parseReply(frame: Frame): Reply | null {
  const match = /^(\d\d)(?:A\?([RSTEO])|([IWSPTUX])(?:\?(|NA|OOR|COM|IGN)|([^?]*)))$/.exec(frame.payload);
  if (!match) return null;
  const address = Number(match[1]);
  const alarm = ALARMS[match[2] ?? ''];
  if (alarm) return { kind: 'alarm', address, alarm };
  const state = PROMPTS[match[3] ?? ''];
  if (!state) return null;
  const error = match[4] === undefined ? null : (ERRORS[match[4]] ?? null);
  return { kind: 'status', address, state, error, data: match[5] ?? '' };
}

/** `NE1000V3.928`, with X firmware `NE1000X2V3.928`. */
export function parseVersion(data: string): { readonly model: string; readonly firmware: string } | null {
  const match = /^(NE\d+(?:X\d*)?)V(\d+\.\d+)$/.exec(data);
  return match?.[1] && match[2] ? { model: match[1], firmware: match[2] } : null;
}

/** Infused volume of `I0.250W0.000ML`. */
export function parseInfused(data: string): Microlitre | null {
  const match = /^I(.{5})W.{5}([UM]L)$/.exec(data);
  return match ? volumeFrom(`${match[1]}${match[2]}`) : null;
}
