import { ALARM_CONTROLS } from './controls-alarms.ts';
import { COMMAND_CONTROLS } from './controls-commands.ts';
import { DEVICE_CONTROLS } from './controls-devices.ts';
import { PROGRAM_CONTROLS } from './controls-program.ts';
import { RECORD_CONTROLS } from './controls-record.ts';
import { RESTART_CONTROLS } from './controls-restart.ts';
import { SET_UP_CONTROLS } from './controls-set-up.ts';
import { STATION_CONTROLS } from './controls-station.ts';
import { SUPERVISION_CONTROLS } from './controls-supervision.ts';

/** One control of one hazard: the exact source text that is the control, and what stands there without it. */
interface Removal {
  /** Number in docs/hazards.md. */
  readonly hazard: number;
  readonly control: string;
  readonly text: string;
  readonly without: string;
  /** Part of the full name of a test that must fail then. */
  readonly fails: string;
}

/** Controls in one file that one unit test file must notice the loss of. */
export interface ControlGroup {
  readonly file: string;
  readonly test: string;
  readonly removals: readonly Removal[];
}

export type Control = Removal & Omit<ControlGroup, 'removals'>;

/**
 * as data. A control that is changed on purpose is changed here with it; `control-removal.test.ts` says so when a
 * text no longer stands in its file exactly once.
 */
export const CONTROLS: readonly Control[] = [
  ...COMMAND_CONTROLS,
  ...SUPERVISION_CONTROLS,
  ...DEVICE_CONTROLS,
  ...RESTART_CONTROLS,
  ...SET_UP_CONTROLS,
  ...STATION_CONTROLS,
  ...PROGRAM_CONTROLS,
  ...RECORD_CONTROLS,
  ...ALARM_CONTROLS,
].flatMap(({ file, test, removals }) => removals.map((removal) => ({ ...removal, file, test })));
