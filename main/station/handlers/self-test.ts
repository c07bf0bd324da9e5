import type { PersonId } from '../../../core/engine/state.ts';
import type { ChairSupervisor } from '../chair-supervisor.ts';
import { libraryState } from '../library-state.ts';
import { Refusal } from '../refusals.ts';
import { runSelfTest } from '../self-test.ts';
import type { Call } from '../station-context.ts';
import { libraryOf } from '../station-library.ts';

/** nothing is armed unless every part of the self-test passes; the result is a row and stands on the screen. */
export async function passSelfTest({ station }: Call, chair: ChairSupervisor, by: PersonId): Promise<void> {
  const { options, soundWatch, program } = station;
  const result = await runSelfTest({
    write: () => chair.journal.durable('self-test.write', { by }),
    verify: (scope, signal, walked) => options.trail.verify(walked, signal, scope),
    library: () => libraryState(libraryOf(options), new Date()),
    sound: () => ({ proved: soundWatch.isProved, heard: soundWatch.heard }),
    now: () => options.clock.now(),
    hostSilence: () => chair.hostSilence,
    program: () => program.look(),
  });
  chair.showSelfTest(result);
  const failed = result.parts.filter(({ ok }) => !ok);
  const reason = failed.map(({ part, detail }) => `${part}: ${detail}`).join(' ');
  const parts = Object.fromEntries(result.parts.map(({ part, ok }) => [part, ok]));
  chair.journal.note('self-test', { by, outcome: failed.length === 0 ? 'ok' : 'failed', reason, new: parts });
  if (failed.length > 0) throw new Refusal('SELF_TEST_FAILED', reason);
}
