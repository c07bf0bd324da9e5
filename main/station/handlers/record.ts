import type { Role } from '../../../preload/contract/leaf.ts';
import { Refusal } from '../refusals.ts';
import { personOf } from '../station-context.ts';
import type { GroupHandlers } from './handler.ts';
import { signTogether } from './sign-together.ts';

/** Who may compare the paper beside an administrator: whoever answers for patients. */
const SECOND_ROLES: readonly Role[] = ['clinician', 'supervisor'];

/** A fingerprint as it is typed from paper: case, blanks and dashes carry nothing. */
const plain = (fingerprint: string): string => fingerprint.replaceAll(/[\s-]/g, '').toUpperCase();

export const record: GroupHandlers<'record'> = {
  enrolKey: async ({ fingerprint, ...signatures }, call) => {
    const { options, journal } = call.station;
    const { by: administrator, second } = await signTogether(signatures, SECOND_ROLES, call);
    // After the slow proof: a pair before may have enrolled it, and the key of now is what counts.
    const { rootFingerprint, enrolled } = await options.trail.status();
    if (enrolled)
      throw new Refusal('KEY_ENROLLED', 'The key of this record is enrolled already. Nothing is to be done.');
    const facts = { rootFingerprint, second: second.id };
    const by = administrator.id;
    if (plain(fingerprint) !== plain(rootFingerprint)) {
      await journal.durable('key.enrolled', {
        by,
        outcome: 'denied',
        reason: 'the paper says something else',
        new: facts,
      });
      throw new Refusal(
        'FINGERPRINT_DIFFERS',
        'The paper does not say what the record says. Read it again; if it stays so, keep the record and tell who installed it.',
      );
    }
    await journal.durable('key.enrolled', { by, new: facts });
    return {};
  },

  backup: async (_input, call) => {
    const { backups } = call.station;
    if (backups === null) {
      throw new Refusal('NO_BACKUP_FOLDER', 'The configuration names no folder for copies (record: backup:). Add one.');
    }
    const { path, verification } = await backups.make(personOf(call).id);
    return { path, rows: verification.rows };
  },
};
