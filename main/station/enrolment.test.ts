import { describe, expect, test } from 'vitest';
import { settle } from './chair-bench.ts';
import { SECRET, seatBench } from './seat-bench.ts';

const PAIR = {
  administrator: { name: 'Ada Admin', password: 'four plain words' },
  supervisor: { name: 'Sam Supervisor', password: 'another long sentence' },
};
const NEXT = {
  administrator: { name: 'Bea Admin', password: 'four other words' },
  supervisor: { name: 'Tom Supervisor', password: 'yet another sentence' },
};
const SIGNED = { signature: { personId: 'ada', pin: SECRET }, second: { personId: 'clinician', pin: SECRET } };
type Enrolled = { readonly value: { readonly recoveryCode: string } };

describe('a station without people', { timeout: 120_000 }, () => {
  test('enrols its first administrator and supervisor once, together with a recovery code', async () => {
    const bench = await seatBench(null, { people: false });
    expect(await bench.ask('enrolment.state', {})).toMatchObject({ value: { needed: true } });
    const answers = await Promise.all([bench.ask('enrolment.begin', PAIR), bench.ask('enrolment.begin', NEXT)]);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(bench.book.people.map(({ role }) => role)).toEqual(['administrator', 'supervisor']);
    expect(await bench.ask('enrolment.begin', NEXT)).toMatchObject({ ok: false, code: 'ALREADY_ENROLLED' });
    await settle();
    const changes = bench.bench.trail.rows.filter(({ act }) => act === 'access.change');
    expect(changes).toHaveLength(1);
    expect(JSON.stringify(bench.bench.trail.rows)).not.toMatch(/plain words|[A-Z2-9]{4}-[A-Z2-9]{4}-/);
  });

  test.each([
    ['one person twice', { ...PAIR, supervisor: { ...PAIR.supervisor, name: 'ada admin' } }, 'TWO_PERSONS_NEEDED'],
    [
      'one password for both',
      { ...PAIR, supervisor: { ...PAIR.supervisor, password: 'four plain words' } },
      'TWO_PERSONS_NEEDED',
    ],
    ['a PIN', { ...PAIR, administrator: { name: 'Ada Admin', password: '204816' } }, 'SECRET_TOO_WEAK'],
  ])('refuses %s', async (_what, pair, code) => {
    const bench = await seatBench(null, { people: false });
    expect(await bench.ask('enrolment.begin', pair)).toMatchObject({ ok: false, code });
    expect(bench.book.people).toEqual([]);
  });
});

describe('the recovery code', { timeout: 120_000 }, () => {
  test('enrols two new persons once, however it is typed, and the answer has the next code', async () => {
    const bench = await seatBench(null, { people: false });
    const { value } = (await bench.ask('enrolment.begin', PAIR)) as Enrolled;
    expect(value.recoveryCode).toMatch(/^([A-Z2-9]{4}-){4}[A-Z2-9]{4}$/);
    const typed = value.recoveryCode.toLowerCase().replaceAll('-', ' ');
    const recovered = await bench.ask('enrolment.recover', { code: typed, ...NEXT });
    expect(recovered).toMatchObject({ ok: true, value: { administrator: { id: 'bea-admin' } } });
    expect((recovered as Enrolled).value.recoveryCode).not.toBe(value.recoveryCode);
    const again = await bench.ask('enrolment.recover', { code: typed, ...NEXT });
    expect(again).toMatchObject({ ok: false, code: 'SIGN_IN_FAILED' });
    const signIn = { personId: 'bea-admin', pin: 'four other words' };
    expect(await bench.ask('access.signIn', signIn)).toMatchObject({ ok: true, value: { role: 'administrator' } });
  });

  test('is given anew by an administrator and a second person, also where people came from a file', async () => {
    const { ask, bench } = await seatBench('administrator');
    const given = (await ask('enrolment.newCode', SIGNED)) as Enrolled;
    const again = (await ask('enrolment.newCode', SIGNED)) as Enrolled;
    expect(await ask('enrolment.recover', { code: given.value.recoveryCode, ...NEXT })).toMatchObject({ ok: false });
    expect(await ask('enrolment.recover', { code: again.value.recoveryCode, ...NEXT })).toMatchObject({ ok: true });
    const facts = bench.trail.rows.filter(({ act }) => act === 'access.change').map(({ new: fact }) => fact);
    expect(facts[0]).toMatchObject({ what: 'new recovery code', second: 'clinician' });
    expect(JSON.stringify(bench.trail.rows)).not.toMatch(/[A-Z2-9]{4}-[A-Z2-9]{4}-/);
  });

  test('brings an administrator back into a record that has none, and else no supervisor gives it', async () => {
    const { ask, book } = await seatBench('supervisor');
    expect(await ask('enrolment.newCode', SIGNED)).toMatchObject({ ok: false, code: 'NOT_ALLOWED' });
    const gone = book.people.filter(({ role }) => role === 'administrator');
    await book.change({ people: gone.map((person) => ({ ...person, active: false })) }, async () => undefined);
    const { value } = (await ask('enrolment.newCode', SIGNED)) as Enrolled;
    expect(await ask('enrolment.recover', { code: value.recoveryCode, ...NEXT })).toMatchObject({ ok: true });
    expect(book.people.filter(({ role, active }) => active && role === 'administrator')).toHaveLength(1);
  });

  test.each([
    ['alone', { second: { personId: 'ada', pin: SECRET } }, 'SECOND_PERSON_NEEDED'],
    ['without the own secret', { signature: { personId: 'ada', pin: '000000' } }, 'SIGN_IN_FAILED'],
  ])('is not given by an administrator %s', async (_how, part, code) => {
    const { ask, book } = await seatBench('administrator');
    expect(await ask('enrolment.newCode', { ...SIGNED, ...part })).toMatchObject({ ok: false, code });
    expect(book.recovery).toBeNull();
  });

  test('is guessed no faster than a PIN, and was never given out by a station from a file', async () => {
    const bench = await seatBench(null, { people: false });
    await bench.ask('enrolment.begin', PAIR);
    const guess = { code: 'AAAA-AAAA-AAAA-AAAA-AAAA', ...NEXT };
    for (let count = 0; count < 5; count += 1) await bench.ask('enrolment.recover', guess);
    expect(await bench.ask('enrolment.recover', guess)).toMatchObject({ ok: false, code: 'SIGN_IN_DELAYED' });
    const imported = await seatBench(null);
    expect(await imported.ask('enrolment.recover', guess)).toMatchObject({ ok: false, code: 'NO_RECOVERY_CODE' });
  });
});
