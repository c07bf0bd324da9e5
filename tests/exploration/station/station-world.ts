import { mock } from 'node:test';
import { MINUTE, millisecond, SECOND } from '../../../core/units.ts';
import type { Trail } from '../../../db/trail.ts';
import type { ToDeviceHost } from '../../../main/devices/messages.ts';
import { GhostPump, type Moved } from './ghost-pump.ts';
import { GuardedLine } from './guarded-line.ts';
import { KeptRecord } from './kept-record.ts';
import { Owners } from './owners.ts';
import { CHAIRS, OFF_FOR } from './small-clinic.ts';
import { StationRun } from './station-run.ts';
import { TrueDose } from './true-dose.ts';

/** The pace of guard, devices and main while anything moves. */
const STEP = SECOND;
/** The pace of the pumps alone, while nobody looks. */
const LONG_STEP = 10 * MINUTE;
const BEGIN = Date.UTC(2026, 0, 1);
/** Longer than a stop that is not read back keeps its session open. */
const UNTIL_CALM = 15 * SECOND;

/** A mistake as a change of main could bring it in; shipped code where it says nothing. */
export interface Mistake {
  /** What main sees of the record. */
  readonly view?: (record: Trail) => Trail;
  /** What main sends out. */
  readonly send?: (message: ToDeviceHost) => ToDeviceHost;
}

/** A station over all its runs, in true time. Takes the wall clock of this process: one world at a time. */
export class StationWorld {
  readonly record = new KeptRecord();
  readonly pumps = new Map(CHAIRS.map((id) => [id as string, new GhostPump()]));
  /** Claims that were broken, in the order of being found. */
  readonly broken: string[] = [];
  readonly #mistake: Mistake;
  readonly #dose = new TrueDose();
  readonly #owners = new Owners(this.record, ({ patientId, weight }) => this.#dose.ordered(patientId, weight));
  readonly #past: StationRun[] = [];
  #lines = new Map<string, GuardedLine>();
  /** True time since the beginning, which no clock shows. */
  #now = 0;
  #machineStartedAt = -OFF_FOR;
  #wallAhead = 0;
  #run: StationRun | null = null;

  private constructor(mistake: Mistake) {
    this.#mistake = mistake;
  }

  static async play(mistake: Mistake, history: (world: StationWorld) => Promise<void>): Promise<readonly string[]> {
    const world = new StationWorld(mistake);
    mock.timers.enable({ apis: ['Date'], now: BEGIN });
    try {
      await world.#start();
      await history(world);
      await Promise.all(world.#past.map((run) => run.discard()));
    } finally {
      mock.timers.reset();
    }
    return world.broken;
  }

  get run(): StationRun {
    if (this.#run === null) throw new Error('the station is not on');
    return this.#run;
  }

  get clock() {
    return { now: () => millisecond(this.#now - this.#machineStartedAt) };
  }

  pump(chairId: string): GhostPump {
    const pump = this.pumps.get(chairId);
    if (pump === undefined) throw new Error(`no pump at "${chairId}"`);
    return pump;
  }

  /** Everything goes on at its pace. */
  async pass(milliseconds: number): Promise<void> {
    for (let passed = 0; passed < milliseconds; passed += STEP) {
      this.#advance(STEP);
      for (const line of this.#lines.values()) line.look();
      for (const line of this.#lines.values()) line.speak();
      this.run.tick();
      await this.settle();
    }
  }

  /** What is being stopped is waited for; then main stands still, and only guards and pumps go on. */
  async hoursPass(milliseconds: number): Promise<void> {
    for (let waited = 0; waited < UNTIL_CALM && this.run.isBusy; waited += SECOND) await this.pass(SECOND);
    for (let passed = 0; passed < UNTIL_CALM; passed += STEP) {
      this.#advance(STEP);
      for (const line of this.#lines.values()) line.look();
    }
    this.#alone(milliseconds);
    await this.pass(SECOND);
  }

  wallPutForward(milliseconds: number): Promise<void> {
    this.#wallAhead += milliseconds;
    this.#showWall();
    return this.pass(STEP);
  }

  /** Main is killed and started anew; the guards see to their pumps. */
  async stationRestarts(): Promise<void> {
    for (const line of this.#lines.values()) line.mainGone();
    await this.#start();
  }

  /** The power of the machine fails: nobody is left who could stop a pump. */
  async machineRestarts(offFor: number): Promise<void> {
    for (const line of this.#lines.values()) line.kill();
    this.#alone(offFor);
    this.#machineStartedAt = this.#now;
    this.record.machineStarts();
    await this.#start();
  }

  /** Lets everything that is ready run, and judges who owns what then. */
  async settle(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    this.broken.push(...this.#owners.brokenIn(this.run));
  }

  async #start(): Promise<void> {
    this.#lines = new Map();
    const { view = (record) => record } = this.#mistake;
    const spawn = (chairId: string) => this.#spawn(chairId);
    this.#run = await StationRun.start({ record: view(this.record), clock: this.clock, spawn });
    this.#past.push(this.#run);
    await this.settle();
  }

  #spawn(chairId: string): GuardedLine {
    const { send = (message) => message } = this.#mistake;
    const clock = { now: this.clock.now };
    const line = new GuardedLine(this.pump(chairId), clock, (command) => {
      const broken = this.#owners.brokenBy(command, chairId, this.run);
      if (broken !== null) this.broken.push(broken);
    });
    this.#lines.set(chairId, line);
    const sent = line.send.bind(line);
    line.send = (message) => sent(send(message));
    return line;
  }

  #alone(milliseconds: number): void {
    for (let passed = 0; passed < milliseconds; passed += LONG_STEP) {
      this.#advance(Math.min(LONG_STEP, milliseconds - passed));
    }
  }

  #advance(milliseconds: number): void {
    const from = this.#now;
    this.#now += milliseconds;
    this.#showWall();
    for (const pump of this.pumps.values()) {
      const moved = pump.pass(from, this.#now);
      if (moved !== null) this.#give(moved);
    }
  }

  #give({ from, to, volume, epoch }: Moved): void {
    const { patientId, concentration } = this.#owners.of(epoch);
    const broken = this.#dose.give(patientId, { from, to, dose: (volume * concentration) / 1000 });
    if (broken !== null) this.broken.push(broken);
  }

  #showWall(): void {
    mock.timers.setTime(BEGIN + this.#now + this.#wallAhead);
  }
}
