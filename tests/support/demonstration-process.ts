import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import type { PatientSigns, Fault } from '../../drivers/kit/simulator.ts';
import type {
  Cable,
  FromDemonstration,
  PlugPosition,
  Scenario,
  ToDemonstration,
} from '../../drivers/virtual-patient/messages.ts';
import { ROOT } from '../structure/sources.ts';

type Ready = Extract<FromDemonstration, { kind: 'ready' }>;
export type Truth = Extract<FromDemonstration, { kind: 'truth' }>;

/** Simulated chairs in a process of their own, which outlives the station under test; its truth judges. */
export class DemonstrationProcess {
  readonly #child: ChildProcess;
  readonly #ready: Promise<Ready['chairs']>;
  readonly #waiting = new Map<number, (truth: Truth) => void>();
  #requests = 0;

  /** @param firstAddress network address of the first pump; the others count on, as a station asks for */
  constructor(chairs: number, firstAddress = 0) {
    const entry = join(ROOT, 'drivers', 'virtual-patient', 'demonstration.ts');
    this.#child = fork(entry, [String(chairs), String(firstAddress)], { execArgv: [] });
    this.#ready = new Promise((resolve, reject) => {
      this.#child.once('exit', (code) => reject(new Error(`the demonstration process ended early (${code})`)));
      this.#child.on('message', (message: FromDemonstration) => {
        if (message.kind === 'ready') resolve(message.chairs);
        else this.#waiting.get(message.request)?.(message);
      });
    });
  }

  ready(): Promise<Ready['chairs']> {
    return this.#ready;
  }

  #send(message: ToDemonstration): void {
    this.#child.send(message);
  }

  scenario(chair: number, scenario: Scenario): void {
    this.#send({ kind: 'scenario', chair, scenario });
  }

  fault(chair: number, device: 'pump' | 'monitor', fault: Fault): void {
    this.#send({ kind: 'fault', chair, device, fault });
  }

  cable(cable: Cable, position: PlugPosition): void {
    this.#send({ kind: 'cable', cable, position });
  }

  exchange(one: Cable, other: Cable): void {
    this.#send({ kind: 'exchange', one, other });
  }

  signs(chair: number, signs: PatientSigns | null): void {
    this.#send({ kind: 'signs', chair, signs });
  }

  truth(chair: number): Promise<Truth> {
    const request = this.#requests++;
    return new Promise((resolve) => {
      this.#waiting.set(request, (truth) => {
        this.#waiting.delete(request);
        resolve(truth);
      });
      this.#send({ kind: 'truth', chair, request });
    });
  }

  async untilNotDelivering(chair: number, withinMs: number): Promise<Truth> {
    const deadline = performance.now() + withinMs;
    for (;;) {
      const truth = await this.truth(chair);
      if (!truth.delivering) return truth;
      if (performance.now() > deadline) throw new Error(`chair ${chair} still delivers after ${withinMs} ms`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  end(): void {
    this.#child.removeAllListeners('exit');
    this.#child.kill();
  }
}
