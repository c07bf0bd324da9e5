import { z } from 'zod';
import type { Result } from '../../preload/contract/leaf.ts';
import { isStamped, stampSchema } from '../../preload/contract/stamp.ts';
import { refuse } from './dispatch.ts';
import type { StationContext } from './station-context.ts';

/** A command older than this was meant for a chair that may stand otherwise by now, in milliseconds. */
const OLDEST = 2000;

const ofChair = z.object({ chairId: z.string() });

type Refused = Result<never> & { readonly ok: false };

/** Judges the stamps of one seat. A sequence number counts once, whether the command was carried out or refused. */
export class StampCheck {
  #last = 0;

  /** Null: the command is new, of this session and of now. */
  refusal(leaf: string, input: unknown, stamp: unknown, station: StationContext): Refused | null {
    // STOP is none of them: nothing that a stamp says or lacks may ever hold a stop up.
    if (!isStamped(leaf)) return null;
    const parsed = stampSchema.safeParse(stamp);
    if (!parsed.success)
      return refuse('STAMP_MISSING', 'This command has no stamp. Look at the chair, then ask again.');
    const { epoch, sequence, issuedAtMs } = parsed.data;
    if (sequence <= this.#last) return refuse('COMMAND_REPEATED', 'This command was sent before. It was not repeated.');
    this.#last = sequence;
    const age = station.options.clock.now() - issuedAtMs;
    if (Math.abs(age) > OLDEST)
      return refuse('COMMAND_OLD', 'This command came too late. Look at the chair, then ask again.');
    const chair = station.chairs.get(ofChair.safeParse(input).data?.chairId ?? '');
    const isOfNow = chair === undefined || (chair.state.session?.epoch ?? 0) === epoch;
    return isOfNow
      ? null
      : refuse('OTHER_SESSION', 'Another session is at this chair now. Look at it, then ask again.');
  }
}
