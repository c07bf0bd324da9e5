import { mayDeliver } from '../../../core/pump.ts';
import type { PumpView } from '../../../preload/contract/frames.ts';
import type { ShownChair, ShownPump } from '../../app/shown.ts';
import { age, rate } from '../../ui/format.ts';

/** A read-back older than this is told as the past (R-3.3: a silent pump is noticed within 2 s). */
const OLD_MS = 2000;

const STATE_WORDS = {
  infusing: 'Infusing',
  waiting: 'Waiting in a program',
  purging: 'Purging',
  withdrawing: 'Withdrawing',
  paused: 'Paused',
  stopped: 'Stopped',
  alarm: 'Pump alarm',
  unknown: 'Unknown',
} as const satisfies Record<PumpView['state'], string>;

export interface PumpDisplay {
  readonly state: string;
  readonly tone: 'running' | 'still' | 'trouble';
  /** Flow that the state implies at the rate read back, uL/h; null: not known now. */
  readonly flowUlPerH: number | null;
  readonly readBack: string;
  /** Set when what was commanded is not what the pump reports. Both are told. */
  readonly mismatch: string | null;
}

function flow(pump: ShownPump): number | null {
  if (pump.link !== 'up' || pump.state === 'unknown') return null;
  if (pump.ageMs === null || pump.ageMs > OLD_MS) return null;
  return mayDeliver(pump.state) ? pump.rateUlPerH : 0;
}

function stateWords(pump: ShownPump): string {
  if (pump.link === 'down') return 'Not connected';
  if (pump.link === 'wrong-device') return 'Wrong device';
  return pump.alarm !== null && pump.state === 'alarm' ? `Pump alarm: ${pump.alarm}` : STATE_WORDS[pump.state];
}

function tone(pump: ShownPump, flowUlPerH: number | null): PumpDisplay['tone'] {
  if (flowUlPerH === null || pump.state === 'alarm') return 'trouble';
  return flowUlPerH > 0 ? 'running' : 'still';
}

function readBack(pump: ShownPump): string {
  if (pump.ageMs === null) return 'no read-back';
  const ago = `read back ${age(pump.ageMs)} ago`;
  return pump.ageMs > OLD_MS ? `OLD: ${STATE_WORDS[pump.state]}, ${rate(pump.rateUlPerH)} mL/h, ${ago}` : ago;
}

/** The pump as it was read back, never as wished. */
export function pumpView(chair: Pick<ShownChair, 'phase' | 'pump'>): PumpDisplay {
  const { pump, phase } = chair;
  const flowUlPerH = flow(pump);
  const compared = phase === 'infusing' || pump.commandPending || pump.stopPending || flowUlPerH !== 0;
  const differs = compared && pump.commandedRateUlPerH !== null && pump.commandedRateUlPerH !== flowUlPerH;
  const reported = flowUlPerH === null ? 'pump reports nothing' : `pump reports ${rate(flowUlPerH)} mL/h`;
  return {
    state: stateWords(pump),
    tone: tone(pump, flowUlPerH),
    flowUlPerH,
    readBack: readBack(pump),
    mismatch: differs ? `commanded ${rate(pump.commandedRateUlPerH)} mL/h, ${reported}` : null,
  };
}
