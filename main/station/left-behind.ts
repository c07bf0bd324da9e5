import { z } from 'zod';
import { volumeLeft } from '../../core/engine/dose.ts';
import type { SessionBinding } from '../../core/engine/state.ts';
import type { LeftBehind } from '../../core/engine/unseen.ts';
import { mayDeliver, type PumpIdentity, type PumpState } from '../../core/pump.ts';
import { microlitre } from '../../core/units.ts';
import type { DevicePort } from '../devices/messages.ts';

const whole = z.number().int().nonnegative();
const countedSchema = z.object({ deliveredUl: whole, counterUl: whole });
const boundSchema = z.object({
  pump: z.object({
    model: z.string(),
    firmware: z.string(),
    serial: z.string().nullable(),
    driver: z.string(),
    address: whole,
  }),
});
const stateSchema = z.object({
  state: z.enum([
    'infusing',
    'waiting',
    'purging',
    'withdrawing',
    'paused',
    'stopped',
    'alarm',
  ] satisfies readonly PumpState[]),
});

/** The pump a session was armed with, as its row says. `address` is all that tells apart pumps without a serial number. */
export type BoundPump = z.infer<typeof boundSchema>['pump'];

export function boundPump(identity: PumpIdentity, { driver, address }: DevicePort): BoundPump {
  return { ...identity, driver, address };
}

interface Row {
  readonly act: string;
  readonly outcome: string;
  readonly new?: unknown;
}

/**
 * What the rows of a session that was left open say of its pump; null where it never had one.
 * @param delivered volume that the record knows, in microlitres
 * @param port where the pump of the chair is now; null: there is none. At another address it is another pump
 */
export function leftBehind(
  rows: readonly Row[],
  binding: SessionBinding,
  delivered: number,
  port: DevicePort | null,
): LeftBehind | null {
  const bound = rows.flatMap(({ new: figures }) => boundSchema.safeParse(figures).data?.pump ?? []).at(-1);
  const mayRun = mayHaveRun(rows);
  if (bound === undefined && !mayRun) return null;
  const here = bound !== undefined && bound.driver === port?.driver && bound.address === port.address ? bound : null;
  return {
    identity: here && { model: here.model, firmware: here.firmware, serial: here.serial },
    counter: counterAt(rows, delivered),
    most: mayRun ? volumeLeft(binding, microlitre(delivered)) : microlitre(0),
  };
}

/** Where the pump's counter stood at the volume that the record knows; null: no row names it. */
function counterAt(rows: readonly Row[], delivered: number): LeftBehind['counter'] {
  const counted = rows.flatMap(({ new: figures }) => countedSchema.safeParse(figures).data ?? []).at(-1);
  // A trend can be ahead of the newest row; the counter went up by as much.
  return counted === undefined ? null : microlitre(counted.counterUl + Math.max(0, delivered - counted.deliveredUl));
}

/** Whether the pump may have held a program that was not read back as over: then it may have run on, unseen. */
function mayHaveRun(rows: readonly Row[]): boolean {
  let may = false;
  let wasSeen = false;
  for (const { act, outcome, new: figures } of rows) {
    if (act === 'pump.start.intent') [may, wasSeen] = [true, false];
    // A stop that only a person answers for was not read back.
    if (act === 'pump.start.withdrawn' || (act === 'pump.stop.outcome' && outcome === 'ok')) may = false;
    const state = act === 'pump.state' ? stateSchema.safeParse(figures).data?.state : undefined;
    if (state === undefined) continue;
    // At rest before it was seen to run, it may only not have begun yet.
    if (mayDeliver(state)) [may, wasSeen] = [true, true];
    else if (wasSeen) may = false;
  }
  return may;
}
