import { AppError } from '../drivers/kit/app-error.ts';
import type { FromDemonstration, Scenario, ToDemonstration } from '../drivers/virtual-patient/messages.ts';
import type { ChildChannel } from './channel.ts';

export type DemonstrationChannel = ChildChannel<ToDemonstration, FromDemonstration>;
export type SpawnDemonstration = (chairs: number) => DemonstrationChannel;
export type DemonstrationPorts = Extract<FromDemonstration, { kind: 'ready' }>['chairs'];

/** Simulated chairs in a process of their own, reached over lines like real ones. */
export interface Demonstration {
  readonly chairs: DemonstrationPorts;
  /** @param chair counts from 0 */
  play(chair: number, scenario: Scenario): void;
  end(): void;
}

const CHAIRS = 2;
/** Milliseconds within which the simulators must say where they are. */
const PATIENCE = 20_000;

/** Rejects with HOST_GONE when the simulators end or stay silent instead of getting ready. */
export async function startDemonstration(spawn: SpawnDemonstration): Promise<Demonstration> {
  const child = spawn(CHAIRS);
  const { promise: chairs, resolve, reject } = Promise.withResolvers<DemonstrationPorts>();
  const timer = setTimeout(() => reject(gone('they did not get ready')), PATIENCE);
  child.onMessage((message) => {
    if (message.kind === 'ready') resolve(message.chairs);
  });
  child.onExit((reason) => reject(gone(reason)));
  try {
    return {
      chairs: await chairs,
      play: (chair, scenario) => child.send({ kind: 'scenario', chair, scenario }),
      end: () => child.kill(),
    };
  } catch (error) {
    child.kill();
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

function gone(reason: string): AppError {
  return new AppError('HOST_GONE', `The simulators of the demonstration could not be started: ${reason}.`);
}
