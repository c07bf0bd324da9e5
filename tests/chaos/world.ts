import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { monotonicClock } from '../../drivers/kit/clock.ts';
import type { StationFrame } from '../../preload/contract/frames.ts';
import { DemonstrationProcess } from '../support/demonstration-process.ts';
import { type Answer, StationClient } from '../support/station-client.ts';
import { acceptConfiguration } from '../support/accept-configuration.ts';
import { CLINICIAN, StationProcess, writeConfiguration } from '../support/station-process.ts';
import { SmallDisk } from './disk.ts';

export type ChairView = StationFrame['chairs'][number];

const MOVED_CLOCK = new URL('./moved-clock.ts', import.meta.url).href;
const ANSWER_WITHIN = 5000;
const NO_ANSWER: Answer = { ok: false, code: 'NO_ANSWER', message: 'the station did not answer' };

export const now = (): number => monotonicClock.now();

/** The real processes of a run: simulators, main with its device hosts, and one client of the station. */
export class World {
  readonly demonstration: DemonstrationProcess;
  readonly disk: SmallDisk;
  readonly chairs: number;
  readonly #folder = mkdtempSync(join(tmpdir(), 'chairside-chaos-'));
  #args: readonly string[] = [];
  #station: StationProcess | null = null;
  #client: StationClient | null = null;
  readonly #hung = new Map<number, number>();
  #atNextAnswer: (() => void) | null = null;
  #frames: (views: readonly ChairView[]) => void = () => {};

  constructor(chairs: number) {
    this.chairs = chairs;
    this.disk = new SmallDisk(this.#folder);
    // Each pump has a network address of its own, without which two of a kind cannot be told apart.
    this.demonstration = new DemonstrationProcess(chairs, 1);
  }

  get #clock(): string {
    return join(this.#folder, 'clock');
  }

  get dataFolder(): string {
    return join(this.disk.path, 'data');
  }

  get stationOutput(): string {
    return this.#station?.output ?? '';
  }

  onFrames(listener: (views: readonly ChairView[]) => void): void {
    this.#frames = listener;
  }

  async open(): Promise<void> {
    const ports = (await this.demonstration.ready()).map((chair, index) => ({ ...chair, address: index + 1 }));
    this.moveClock(0);
    this.#args = ['--config', await writeConfiguration(this.#folder, ports), '--data', this.dataFolder];
    await this.startMain();
  }

  /** Puts the wall clock of main so many milliseconds beside the true one, also of a main that starts later. */
  moveClock(offset: number): void {
    writeFileSync(this.#clock, String(offset));
  }

  async startMain(): Promise<void> {
    this.#station = new StationProcess(this.#args, {
      NODE_OPTIONS: `--import=${MOVED_CLOCK}`,
      CHAOS_CLOCK_FILE: this.#clock,
    });
    await this.#connect(this.#station);
  }

  /** Calls a leaf; a station that is gone, hung or cut off answers with NO_ANSWER. */
  async call(leaf: string, input: object): Promise<Answer> {
    const client = this.#client;
    if (client === null) return NO_ANSWER;
    const answer = await Promise.race([client.call(leaf, input), pause(ANSWER_WITHIN, NO_ANSWER)]);
    if (answer.ok && leaf.startsWith('session.')) this.#atNextAnswer?.();
    if (answer.code === 'CLOSED') await this.#reconnect(client);
    if (answer.code === 'NOT_SIGNED_IN' || answer.code === 'SEAT_LOCKED') await client.call('access.signIn', CLINICIAN);
    return answer;
  }

  signalMain(signal: 'SIGSTOP' | 'SIGCONT'): void {
    this.#station?.child.kill(signal);
  }

  async killMain(): Promise<void> {
    const client = this.#client;
    this.#client = null;
    await this.#station?.end('SIGKILL');
    client?.close();
  }

  /** Kills main in the very turn in which a client hears that its request was carried out. */
  async killMainAtAnswer(withinMs: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, withinMs);
      this.#atNextAnswer = () => {
        clearTimeout(timer);
        this.#station?.child.kill('SIGKILL');
        resolve();
      };
    });
    this.#atNextAnswer = null;
    await this.killMain();
  }

  killHost(chair: number): void {
    process.kill(this.#hostOf(chair), 'SIGKILL');
  }

  hangHost(chair: number): void {
    const pid = this.#hostOf(chair);
    process.kill(pid, 'SIGSTOP');
    this.#hung.set(chair, pid);
  }

  /** Lets a hung host go on, if main has not put another in its place by now. */
  wakeHost(chair: number): void {
    const pid = this.#hung.get(chair);
    this.#hung.delete(chair);
    if (pid !== undefined && existsSync(`/proc/${pid}`)) process.kill(pid, 'SIGCONT');
  }

  /** Ends the station politely; resolves with its exit code. */
  async endStation(): Promise<number | null> {
    const code = (await this.#station?.end()) ?? null;
    this.#client?.close();
    this.#client = null;
    return code;
  }

  dispose(): void {
    for (const chair of this.#hung.keys()) this.wakeHost(chair);
    this.#station?.child.kill('SIGKILL');
    this.#client?.close();
    this.demonstration.end();
    this.disk.unmount();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #connect(station: StationProcess): Promise<void> {
    const client = await StationClient.connect(await station.address());
    await acceptConfiguration(client);
    client.onFrame((frame) => this.#frames(frame.chairs));
    await client.signIn(CLINICIAN);
    this.#client = client;
  }

  async #reconnect(lost: StationClient): Promise<void> {
    if (this.#client !== lost || this.#station === null) return;
    this.#client = null;
    await this.#connect(this.#station);
  }

  /** Throws when that chair has no device host just now: a fault that did not happen must not be counted. */
  #hostOf(chair: number): number {
    const table = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' });
    for (const line of table.split('\n')) {
      const [pid, ppid, ...args] = line.trim().split(/\s+/);
      const isHost = args.some((arg) => arg.endsWith('device-host-process.ts')) && args.at(-1) === `chair-${chair + 1}`;
      if (Number(ppid) === this.#station?.child.pid && isHost) return Number(pid);
    }
    throw new Error(`chair ${chair + 1} has no device host`);
  }
}
