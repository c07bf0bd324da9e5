import { setTimeout as pause } from 'node:timers/promises';
import type { Fault } from '../../drivers/kit/simulator.ts';
import type { Scenario } from '../../drivers/virtual-patient/messages.ts';
import { MACHINE_SLACK, STOP_BOUNDS, type StopCause } from './bounds.ts';
import type { Scene } from './scene.ts';

/** One kind of fault at a chair: how it begins, what it has to lead to, and how it ends. */
export interface ChairFault {
  readonly name: string;
  /** `infusing`: only then does it matter. `rest`: only while the pump stands still. */
  readonly needs: 'infusing' | 'rest' | 'any';
  /** The pump has to stop for this reason; null: the station may stop it or bear it. */
  readonly cause: StopCause | null;
  /** Whether the reason holds until the fault is over, so that a run begun meanwhile has to end too. */
  readonly standing: boolean;
  readonly holdMs: number;
  begin(scene: Scene): void | Promise<void>;
  end(scene: Scene): void | Promise<void>;
}

const BORNE_MS = 3500;
/** Long enough for the judge to see that the bound was kept. */
const holdFor = (cause: StopCause | null): number =>
  cause === null ? BORNE_MS : STOP_BOUNDS[cause] + MACHINE_SLACK + 500;

const NONE: Fault = { kind: 'none' };

/** A fault that the simulator itself knows. */
function simulated(
  name: string,
  device: 'pump' | 'monitor',
  fault: Fault,
  cause: StopCause | null = null,
  standing = true,
): ChairFault {
  return {
    name,
    needs: cause === null ? 'any' : 'infusing',
    cause,
    standing,
    holdMs: holdFor(cause),
    begin: ({ world, chair }) => world.demonstration.fault(chair, device, fault),
    end: ({ world, chair }) => world.demonstration.fault(chair, device, NONE),
  };
}

function pumpCable(name: string, begin: ChairFault['begin'], end: ChairFault['end'], standing = true): ChairFault {
  return { name, needs: 'infusing', cause: 'watchdog', standing, holdMs: holdFor('watchdog'), begin, end };
}

/** Orders are for 18 to 34 mL/h (see `Clinician`). */
function panelRate(name: string, millilitresPerHour: number): ChairFault {
  const typed: Fault = { kind: 'panel-set', setting: 'rate', figure: millilitresPerHour };
  return {
    ...simulated(name, 'pump', typed, 'panel-rate', false),
    begin: (scene) => {
      scene.say({ kind: 'panel-rate' });
      scene.world.demonstration.fault(scene.chair, 'pump', typed);
    },
  };
}

const plugPump = ({ world, chair }: Scene): void => world.demonstration.cable({ chair, device: 'pump' }, 'in');

/** The other end of the station's pump cable is put into the oximeter, and the other way round. */
const crossCables = ({ world, chair }: Scene): void =>
  world.demonstration.exchange({ chair, device: 'pump' }, { chair, device: 'monitor' });

function episode(scenario: Scenario): ChairFault {
  return {
    name: scenario,
    needs: 'infusing',
    // Due from the moment on at which the patient really is critical.
    cause: null,
    standing: false,
    holdMs: holdFor('signs-critical'),
    begin: async (scene) => {
      scene.world.demonstration.scenario(scene.chair, scenario);
      if (await scene.untilSignsCritical(40_000)) scene.due('signs-critical', true);
    },
    end: (scene) => {
      scene.over('signs-critical');
      scene.world.demonstration.scenario(scene.chair, 'recover');
    },
  };
}

/** Faults at pump, cable and device host: signs stay steady, so the chair infuses again soon. */
export const PUMP_FAULTS: readonly ChairFault[] = [
  simulated('drop', 'pump', { kind: 'drop', every: 4 }),
  simulated('garble', 'pump', { kind: 'garble', everyBytes: 97 }),
  simulated('garble-all', 'pump', { kind: 'garble', everyBytes: 3 }, 'pump-unreadable'),
  simulated('split', 'pump', { kind: 'split', milliseconds: 60 }),
  simulated('merge', 'pump', { kind: 'merge', frames: 2 }),
  simulated('delay', 'pump', { kind: 'delay', milliseconds: 200 }),
  simulated('delay-beyond-patience', 'pump', { kind: 'delay', milliseconds: 1500 }, 'pump-unreadable'),
  simulated('duplicate', 'pump', { kind: 'duplicate', every: 2 }),
  simulated('echo', 'pump', { kind: 'echo', on: true }),
  simulated('flood', 'pump', { kind: 'flood', on: true }),
  simulated('slow-bytes', 'pump', { kind: 'slow', millisecondsPerByte: 4 }),
  simulated('wrong-checksum', 'pump', { kind: 'checksum', every: 4 }),
  simulated('wrong-checksum-all', 'pump', { kind: 'checksum', every: 1 }, 'pump-unreadable'),
  simulated('refuse', 'pump', { kind: 'refuse', on: true }),
  simulated('silence', 'pump', { kind: 'silence', on: true }, 'watchdog'),
  simulated('stall', 'pump', { kind: 'stall' }, 'pump-itself', false),
  simulated('panel-stop', 'pump', { kind: 'panel', action: 'stop' }, 'pump-itself', false),
  {
    ...simulated('power-cycle', 'pump', { kind: 'power-cycle' }, 'pump-itself', false),
    begin: (scene) => {
      scene.say({ kind: 'counter-lost' });
      scene.world.demonstration.fault(scene.chair, 'pump', { kind: 'power-cycle' });
    },
  },
  {
    ...simulated('panel-start', 'pump', { kind: 'panel', action: 'start' }),
    needs: 'rest',
    holdMs: holdFor('panel-start'),
    begin: (scene) => {
      scene.say({ kind: 'panel-start' });
      scene.world.demonstration.fault(scene.chair, 'pump', { kind: 'panel', action: 'start' });
    },
  },
  panelRate('panel-rate-up', 60),
  panelRate('panel-rate-down', 5),
  // The next run has to put it right before it starts, or it gives more than was ordered.
  { ...simulated('panel-volume', 'pump', { kind: 'panel-set', setting: 'volume', figure: 50 }), needs: 'rest' },
  {
    ...simulated('refuse-stop', 'pump', { kind: 'refuse', on: true }),
    needs: 'infusing',
    holdMs: 6000,
    begin: async ({ world, chair }) => {
      world.demonstration.fault(chair, 'pump', { kind: 'refuse', on: true });
      await pause(200);
      await world.call('chair.stop', { chairId: `chair-${chair + 1}` });
    },
    end: async (scene) => {
      scene.due('refusal-over', false);
      scene.world.demonstration.fault(scene.chair, 'pump', NONE);
      await pause(holdFor('refusal-over'));
    },
  },
  pumpCable('unplug', ({ world, chair }) => world.demonstration.cable({ chair, device: 'pump' }, 'out'), plugPump),
  pumpCable(
    'replug',
    ({ world, chair }) => {
      world.demonstration.cable({ chair, device: 'pump' }, 'out');
      world.demonstration.cable({ chair, device: 'pump' }, 'in');
    },
    () => {},
    false,
  ),
  pumpCable(
    'replug-elsewhere',
    ({ world, chair }) => world.demonstration.cable({ chair, device: 'pump' }, 'elsewhere'),
    ({ world, chair }) => {
      world.demonstration.cable({ chair, device: 'pump' }, 'out');
      world.demonstration.cable({ chair, device: 'pump' }, 'in');
    },
  ),
  pumpCable('wrong-device', crossCables, crossCables),
  pumpCable(
    'wrong-model',
    (scene) => {
      scene.say({ kind: 'counter-lost' });
      scene.world.demonstration.fault(scene.chair, 'pump', { kind: 'other-model', on: true });
      scene.world.demonstration.cable({ chair: scene.chair, device: 'pump' }, 'out');
      plugPump(scene);
    },
    (scene) => {
      scene.world.demonstration.fault(scene.chair, 'pump', NONE);
      scene.world.demonstration.cable({ chair: scene.chair, device: 'pump' }, 'out');
      plugPump(scene);
    },
  ),
  pumpCable(
    'host-hung',
    ({ world, chair }) => world.hangHost(chair),
    ({ world, chair }) => world.wakeHost(chair),
    false,
  ),
  pumpCable(
    'host-killed',
    ({ world, chair }) => world.killHost(chair),
    () => {},
    false,
  ),
];

/** Faults at the patient and the monitor: afterwards the signs have to be steady anew. */
export const MONITOR_FAULTS: readonly ChairFault[] = [
  simulated('finger-off', 'monitor', { kind: 'finger-off', on: true }, 'signs-lost'),
  simulated('monitor-silence', 'monitor', { kind: 'silence', on: true }, 'monitor-gone'),
  simulated('monitor-garble', 'monitor', { kind: 'garble', everyBytes: 3 }, 'signs-lost'),
  simulated('monitor-power-cycle', 'monitor', { kind: 'power-cycle' }),
  {
    name: 'monitor-unplug',
    needs: 'infusing',
    cause: 'monitor-gone',
    standing: true,
    holdMs: holdFor('monitor-gone'),
    begin: ({ world, chair }) => world.demonstration.cable({ chair, device: 'monitor' }, 'out'),
    end: ({ world, chair }) => world.demonstration.cable({ chair, device: 'monitor' }, 'in'),
  },
  {
    name: 'signs-critical',
    needs: 'infusing',
    cause: 'signs-critical',
    standing: true,
    holdMs: holdFor('signs-critical'),
    begin: ({ world, chair }) => world.demonstration.signs(chair, { spo2: 80, pulse: 70, perfusion: 'good' }),
    end: ({ world, chair }) => world.demonstration.signs(chair, null),
  },
  episode('desaturate'),
  episode('apnoea'),
  episode('bradycardia'),
];
