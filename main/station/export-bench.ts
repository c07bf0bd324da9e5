import { PROPOSED_PROFILE } from '../../core/profile.ts';
import { millisecond } from '../../core/units.ts';
import type { Trail } from '../../db/trail.ts';
import { ExportDesk } from './export-desk.ts';
import { Journal } from './journal.ts';
import { Recorder, type RecorderOptions } from './recorder.ts';
import { FakeHost } from './test-kit.ts';

/** Whom the rows of the bench may name, beside who exports. */
const ENROLLED = { id: 'eve', name: 'Eve Enrolled', role: 'clinician' } as const;

/** The station's exports over a real record and a real folder, and nothing else of a station. */
export function exportBench(
  trail: Trail,
  target: string,
  written: RecorderOptions['listeners']['written'],
): ExportDesk {
  const clock = { now: () => millisecond(1) };
  const recorder = new Recorder({ trail, clock, listeners: { written, health: () => undefined } });
  const journal = new Journal({
    chairId: null,
    recorder,
    clock,
    actorOf: (id) => ({ id, role: 'supervisor', auth: [] }),
  });
  const station = {
    configuration: { stationName: 'room 1', demonstration: true, chairs: [], people: [] },
    trail,
    spawnDeviceHost: () => new FakeHost(),
    clock,
    profile: PROPOSED_PROFILE,
    host: 'browser',
    version: '0',
    exportFolder: target,
    playScenario: null,
    backupSound: null,
  } as const;
  return new ExportDesk({ station, journal, people: () => [ENROLLED] });
}
