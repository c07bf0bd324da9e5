import { once } from 'node:events';
import { PROPOSED_PROFILE } from '../../core/profile.ts';
import { millisecond } from '../../core/units.ts';
import { openTrail } from '../../db/client.ts';
import { monotonicClock } from '../../drivers/kit/clock.ts';
import { hashPin } from '../../main/access/pin.ts';
import { startBrowserHost } from '../../main/browser/server.ts';
import type { Configuration } from '../../main/configuration/configuration.ts';
import { hardPart } from '../../main/configuration/hard-part.ts';
import { forkDeviceHost } from '../../main/devices/fork.ts';
import { SITE_LIBRARY } from '../../main/library/testing-library.ts';
import type { Seat } from '../../main/station/station-types.ts';
import { createStation } from '../../main/station/station.ts';
import { rightCheck } from '../../main/station/testing-check.ts';
import type { ChairFrame, StationFrame } from '../../preload/contract/frames.ts';
import type { BeginTrials, FromBenchStation, ToBenchStation } from './messages.ts';
import { playPage } from '../support/page.ts';

/** The station of the stop-latency bench, a process of its own. Limits and delays are the shipped ones; only the wait
 * before a resume is short and no repeated pause locks, so that a thousand trials end the same day. */
const PROFILE = { ...PROPOSED_PROFILE, steadyBeforeRun: millisecond(300), repeatedPauses: 1_000_000 };
const PIN = '246813';
const RATE = 26_200;

let frame: StationFrame | null = null;

function tell(message: FromBenchStation): void {
  process.send?.(message);
}

async function must(seat: Seat, leaf: string, input: object): Promise<void> {
  const result = await seat.call(leaf, input);
  if (!result.ok) throw new Error(`${leaf}: ${result.code} ${result.message}`);
}

const chairOf = (chairId: string): ChairFrame | undefined => frame?.chairs.find(({ id }) => id === chairId);

async function until(chairId: string, what: string, fits: (chair: ChairFrame) => boolean): Promise<void> {
  const deadline = performance.now() + 30_000;
  for (;;) {
    const chair = chairOf(chairId);
    if (chair && fits(chair)) return;
    if (performance.now() > deadline) throw new Error(`${chairId} never showed ${what}: ${JSON.stringify(chair)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const isSteady = (chair: ChairFrame): boolean => chair.steadyMs >= chair.steadyNeededMs;

async function prepare(seat: Seat, chairId: string): Promise<void> {
  const order = {
    entryId: 'KETAMINE-MOOD-CLINIC',
    concentrationUgPerMl: 2000,
    weightG: 70_000,
    doseUg: 35_000,
    durationMs: 2_400_000,
  };
  const patient = { patientId: `B-${chairId}`, patientName: 'Bench', drugLot: 'B' };
  await must(seat, 'session.open', { chairId, ...patient, order, overrideReason: null });
  await must(seat, 'session.check', { chairId, ...rightCheck({ ...patient, order }) });
  await until(chairId, 'its devices', ({ pump, monitor }) => pump.link === 'up' && monitor.link === 'up');
  await must(seat, 'session.arm', { chairId });
}

const isRunning = ({ phase, pump }: ChairFrame): boolean => phase === 'infusing' && pump.state === 'infusing';

/** Under a load that starves the simulators a device can fall silent: the station then refuses or pauses, and rightly. */
async function bringToRun(seat: Seat, chairId: string): Promise<void> {
  for (;;) {
    await until(chairId, 'ended conditions', ({ alarms }) => alarms.every(({ active }) => !active));
    const alarms = chairOf(chairId)?.alarms.map(({ key, raisedAtMs }) => ({ key, raisedAtMs })) ?? [];
    await must(seat, 'alarm.acknowledge', { chairId, alarms });
    await until(chairId, 'steady signs', isSteady);
    const isFirst = chairOf(chairId)?.phase === 'armed';
    const leaf = isFirst ? 'session.start' : 'session.resume';
    const confirmation = isFirst ? {} : { reason: 'next trial', confirmedRateUlPerH: RATE };
    const { ok } = await seat.call(leaf, { chairId, ...confirmation });
    if (!ok) continue;
    await until(chairId, 'an outcome', (chair) => isRunning(chair) || chair.alarms.length > 0);
    const chair = chairOf(chairId);
    if (chair !== undefined && isRunning(chair)) return;
  }
}

async function trial(seat: Seat, chairId: string, chair: number): Promise<void> {
  await bringToRun(seat, chairId);
  tell({ kind: 'cross', chair });
  await until(chairId, 'a confirmed stop', ({ phase, pump }) => phase === 'paused' && !pump.stopPending);
  tell({ kind: 'recover', chair });
}

async function run({ chairs, trials, folder, screens }: ToBenchStation): Promise<void> {
  const port = (driver: string, path: string, format: string | null) => ({
    driver,
    port: path,
    baudRate: null,
    address: 0,
    format,
  });
  const configuration: Configuration = {
    stationName: 'bench',
    demonstration: false,
    chairs: chairs.map(({ pump, monitor }, index) => ({
      name: `Chair ${index + 1}`,
      devices: {
        chairId: `chair-${index + 1}`,
        pump: port('new-era', pump, null),
        syringe: 'BD 60 mL',
        monitor: port('nonin', monitor, '7'),
      },
    })),
    people: [{ id: 'bench', name: 'Bench', role: 'clinician', pin: await hashPin(PIN), hint: null }],
  };
  const trail = await openTrail({ folder, station: 'bench', appVersion: 'bench' });
  // As if two persons had signed for it in an earlier run.
  const accepted = {
    act: 'configuration.accepted',
    mono: 0,
    chair: null,
    session: null,
    patient: null,
    actor: null,
  } as const;
  await trail.append({ ...accepted, outcome: 'ok', new: { hard: hardPart(configuration, SITE_LIBRARY) } });
  const station = await createStation({
    configuration,
    trail,
    spawnDeviceHost: forkDeviceHost,
    clock: monotonicClock,
    profile: PROFILE,
    library: SITE_LIBRARY,
    host: 'browser',
    version: 'bench',
    exportFolder: folder,
    backupSound: null,
    playScenario: null,
  });
  const host = screens === null ? null : await startBrowserHost({ station, port: 0, screens });
  const begun = once(process, 'message') as Promise<[BeginTrials]>;
  tell({ kind: 'ready', page: host?.url ?? null });
  await begun;
  const seat = station.openSeat();
  seat.subscribe('station', ({ data }) => {
    frame = data;
  });
  const endPage = playPage(
    (leaf, input) => seat.call(leaf, input),
    () => frame,
  );
  await must(seat, 'access.signIn', { personId: 'bench', pin: PIN });
  await must(seat, 'sound.heard', {});
  let left = trials;
  await Promise.all(
    chairs.map(async (_, chair) => {
      const chairId = `chair-${chair + 1}`;
      await prepare(seat, chairId);
      while (left > 0) {
        left -= 1;
        await trial(seat, chairId, chair);
      }
    }),
  );
  endPage();
  await host?.close();
  await station.close();
}

process.on('disconnect', () => process.exit(1));
process.once('message', (message: ToBenchStation) => {
  run(message).then(
    () => tell({ kind: 'done' }),
    (error: unknown) => tell({ kind: 'failed', reason: String(error) }),
  );
});
