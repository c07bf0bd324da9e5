import { describe, expect, test } from 'vitest';
import { SECRET, seatBench } from '../seat-bench.ts';

const second = { personId: 'supervisor', pin: SECRET };
const signature = { personId: 'ada', pin: SECRET };

async function withoutEnrolment() {
  const bench = await seatBench('administrator');
  bench.bench.trail.enrolled = false;
  return bench;
}

describe('the root fingerprint', () => {
  test('is enrolled by two persons who read it from paper, in a row that names it', async () => {
    const { ask, bench } = await withoutEnrolment();
    expect(await ask('record.enrolKey', { fingerprint: 'r-o-o-t -', signature, second })).toEqual({
      ok: true,
      value: {},
    });
    expect(bench.trail.rows.at(-1)).toMatchObject({
      act: 'key.enrolled',
      outcome: 'ok',
      actor: { id: 'ada' },
      new: { rootFingerprint: 'ROOT', second: 'supervisor' },
    });
  });

  test('is refused where the paper says something else, and the row says so', async () => {
    const { ask, bench } = await withoutEnrolment();
    const answer = await ask('record.enrolKey', { fingerprint: 'ANOTHER-KEY', signature, second });
    expect(answer).toMatchObject({ ok: false, code: 'FINGERPRINT_DIFFERS' });
    expect(bench.trail.rows.at(-1)).toMatchObject({ act: 'key.enrolled', outcome: 'denied' });
  });

  test('needs another person than the one who asks, with their own secret', async () => {
    const { ask, bench } = await withoutEnrolment();
    const fingerprint = 'R-O-O-T-';
    const alone = await ask('record.enrolKey', { fingerprint, signature, second: signature });
    expect(alone).toMatchObject({ ok: false, code: 'SECOND_PERSON_NEEDED' });
    const wrong = await ask('record.enrolKey', { fingerprint, signature, second: { ...second, pin: '111111' } });
    const notProven = await ask('record.enrolKey', { fingerprint, signature: { ...signature, pin: '111111' }, second });
    expect(notProven).toMatchObject({ ok: false, code: 'SIGN_IN_FAILED' });
    expect(wrong).toMatchObject({ ok: false, code: 'SIGN_IN_FAILED' });
    expect(bench.trail.acts()).not.toContain('key.enrolled');
  });

  test('is not enrolled twice', async () => {
    const { ask } = await seatBench('administrator');
    expect(await ask('record.enrolKey', { fingerprint: 'R-O-O-T-', signature, second })).toMatchObject({
      code: 'KEY_ENROLLED',
    });
  });
});

test('a copy on demand needs a folder in the configuration', async () => {
  const { ask } = await seatBench('supervisor');
  expect(await ask('record.backup', {})).toMatchObject({ ok: false, code: 'NO_BACKUP_FOLDER' });
});
