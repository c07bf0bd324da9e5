import { type ChildProcess, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { hashPin, hashSecret } from '../../main/access/pin.ts';
import { SITE_FILE, TRUSTED } from '../../main/library/testing-library.ts';
import { ROOT } from '../structure/sources.ts';

export const CLINICIAN = { personId: 'dana', pin: '246813' };
export const SUPERVISOR = { personId: 'sam', pin: '975310' };
export const ADMINISTRATOR = { personId: 'ada', pin: 'four plain words' };

interface ChairPorts {
  readonly pump: string;
  readonly monitor: string;
  /** Network address of the pump. @default the place of the chair, from 0 */
  readonly address?: number;
}

/** Writes a configuration file for chairs on the given ports, with a signed drug library and one person of each role that signs. */
export async function writeConfiguration(folder: string, chairs: readonly ChairPorts[]): Promise<string> {
  const path = join(folder, 'chairside.yaml');
  const people = [
    { id: CLINICIAN.personId, name: 'Dana Clinician', role: 'clinician', pin: await hashPin(CLINICIAN.pin) },
    { id: SUPERVISOR.personId, name: 'Sam Supervisor', role: 'supervisor', pin: await hashPin(SUPERVISOR.pin) },
    {
      id: ADMINISTRATOR.personId,
      name: 'Ada Administrator',
      role: 'administrator',
      pin: await hashSecret(ADMINISTRATOR.pin, 'password', null),
    },
  ];
  const described = chairs.map(({ pump, monitor, address }, index) => ({
    id: `chair-${index + 1}`,
    name: `Chair ${index + 1}`,
    pump: { driver: 'new-era', port: pump, address: address ?? index, syringe: 'BD 60 mL' },
    monitor: { driver: 'nonin', port: monitor, format: '7' },
  }));
  const library = { file: 'drug-library.json', trustedKeys: TRUSTED };
  writeFileSync(join(folder, library.file), SITE_FILE);
  writeFileSync(path, stringify({ station: 'Test station', chairs: described, library, people }));
  return path;
}

/** The real main process, as `npm start` runs it, with what it printed. */
export class StationProcess {
  readonly child: ChildProcess;
  #output = '';

  /** @param root where the program lies */
  constructor(args: readonly string[], environment: Readonly<Record<string, string>> = {}, root = ROOT) {
    this.child = spawn(process.execPath, [join(root, 'main', 'launch.ts'), '--host', 'browser', ...args], {
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const collect = (data: Buffer): void => {
      this.#output += data.toString();
    };
    this.child.stdout?.on('data', collect);
    this.child.stderr?.on('data', collect);
  }

  get output(): string {
    return this.#output;
  }

  /** Resolves with the address that the station prints. */
  async address(withinMs = 30_000): Promise<string> {
    const deadline = performance.now() + withinMs;
    for (;;) {
      const found = /Chairside is at (http:\/\/127\.0\.0\.1:\d+\/#token=\S+)/.exec(this.#output)?.[1];
      if (found) return found;
      if (this.child.exitCode !== null || performance.now() > deadline) throw new Error(`no address: ${this.#output}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  exited(): Promise<number | null> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return Promise.resolve(this.child.exitCode);
    return new Promise((resolve) => this.child.once('exit', (code) => resolve(code)));
  }

  async end(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    const exit = this.exited();
    this.child.kill(signal);
    return exit;
  }
}
