import { describe, expect, test } from 'vitest';
import { settle } from './chair-bench.ts';
import { seatBench } from './seat-bench.ts';

const PAIR = {
  administrator: { name: 'Ada Admin', password: 'four plain words' },
  supervisor: { name: 'Sam Supervisor', password: 'another long sentence' },
};
const NEXT = {
  administrator: { name: 'Bea Admin', password: 'four other words' },
  supervisor: { name: 'Tom Supervisor', password: 'yet another sentence' },
};
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
