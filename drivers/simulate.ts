import { createInterface } from 'node:readline';
import type { Simulator } from './kit/simulator.ts';
import { isPtyAvailable } from './kit/transports/pty.ts';
import { createNewEraSimulator } from './new-era/simulator.ts';
import { createNoninSimulator } from './nonin/simulator.ts';
import { answer, type ConsoleTarget } from './simulate-console.ts';
import { type PortChoice, readOptions, type SimulateOptions, USAGE } from './simulate-options.ts';
import { plugIntoPty, plugIntoTcp, type SimulatedPort } from './virtual-patient/simulated-port.ts';

/** `npm run simulate`: one simulated device alone, for a technician or another program. */
const say = (message: object): void => void process.stdout.write(`${JSON.stringify(message)}\n`);

function fail(error: unknown, code: number): never {
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`simulate: ${message.split(/\.\s|\n/)[0]} (see --help)\n`);
  process.exit(code);
}

function options(): SimulateOptions | 'help' {
  try {
    return readOptions(process.argv.slice(2), isPtyAvailable());
  } catch (error) {
    return fail(error, 2);
  }
}

function build(chosen: SimulateOptions): ConsoleTarget {
  if (chosen.simulator === 'new-era') {
    const pump = createNewEraSimulator(chosen.safe === null ? {} : { safe: chosen.safe });
    return { simulator: pump, pump, monitor: null };
  }
  const monitor = createNoninSimulator({ format: chosen.format });
  monitor.show(chosen.signs);
  return { simulator: monitor, pump: null, monitor };
}

const plug = (simulator: Simulator, choice: PortChoice): Promise<SimulatedPort> =>
  choice.kind === 'pty' ? plugIntoPty(simulator, choice.link) : plugIntoTcp(simulator, choice.port);

/** `serial:PATH` or `tcp:HOST:PORT` as the field of the JSON line that a program wants. */
function place(port: string): object {
  const [, ...rest] = port.split(':');
  return port.startsWith('serial:') ? { path: rest.join(':') } : { port: Number(rest.at(-1)) };
}

async function run(chosen: SimulateOptions): Promise<void> {
  const target = build(chosen);
  const port = await plug(target.simulator, chosen.port).catch((error: unknown) => fail(error, 1));
  const end = async (): Promise<void> => {
    await port.unplug();
    target.simulator.dispose();
    process.exit(0);
  };
  process.once('SIGINT', () => void end());
  process.once('SIGTERM', () => void end());
  say({ simulator: chosen.simulator, ...place(port.port) });
  // The end of standard input ends nothing: a simulator in the background has none.
  createInterface({ input: process.stdin }).on('line', (line) => {
    const command = line.trim();
    if (command === 'quit') void end();
    else if (command !== '') say(answer(command, target));
  });
}

const chosen = options();
if (chosen === 'help') process.stdout.write(`${USAGE}\n`);
else await run(chosen);
