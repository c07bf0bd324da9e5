import type { StationFrame } from '../../preload/contract/frames.ts';
import type { StationClient } from './station-client.ts';
import { ADMINISTRATOR, SUPERVISOR } from './station-process.ts';

/** What the next frame says that waits for two signatures. */
export const held = (client: StationClient): Promise<StationFrame['holds']> =>
  new Promise((resolve) => client.onFrame(({ holds }) => resolve(holds)));

/** The two persons of `writeConfiguration` sign for everything that waits; the seat is left to whoever signs in next. */
export async function acceptConfiguration(client: StationClient): Promise<void> {
  const holds = await held(client);
  if (holds.length === 0) return;
  await client.must('access.signIn', ADMINISTRATOR);
  for (const { id } of holds) {
    await client.must('station.liftHold', { holdId: id, signature: ADMINISTRATOR, second: SUPERVISOR });
  }
}
