import { describe, expect, test } from 'vitest';
import type { Role } from '../../preload/contract/leaf.ts';
import { settle } from './chair-bench.ts';
import { SECRET, seatBench } from './seat-bench.ts';

const second = (personId: string) => ({ personId, pin: SECRET });
const SIGNED = { signature: second('ada'), second: second('clinician') };
const NIA = { name: 'Nia Nurse', role: 'clinician', secret: '739105', badge: null, ...SIGNED };
const CHANGE = { active: true, secret: null, badge: 'keep', ...SIGNED };

/** As a form sends it that was opened just now. */
async function changePerson(
  bench: Awaited<ReturnType<typeof seatBench>>,
  wish: { readonly personId: string; readonly [part: string]: unknown },
) {
  const person = bench.book.find(wish.personId);
  const seen = { name: person?.name, role: person?.role, active: person?.active };
  return bench.ask('people.change', { seen, ...wish });
}

async function fail(bench: Awaited<ReturnType<typeof seatBench>>, personId: string, times: number): Promise<void> {
  for (let count = 0; count < times; count += 1) {
    bench.time.now += 3_600_000;
    await bench.ask('access.signIn', { personId, pin: '000000' });
  }
}

describe('an administrator', { timeout: 120_000 }, () => {
  test('adds a person with a second one, who can then sign in; the row names both and no secret', async () => {
    const bench = await seatBench('administrator');
    expect(await bench.ask('people.add', NIA)).toEqual({ ok: true, value: { personId: 'nia-nurse' } });
    await settle();
    const row = bench.bench.trail.rows.find(({ act }) => act === 'access.change');
    expect(row).toMatchObject({ actor: { id: 'ada' }, new: { person: 'nia-nurse', second: 'clinician' } });
    expect(JSON.stringify(bench.bench.trail.rows)).not.toMatch(/739105|scrypt/);
    const signedIn = await bench.ask('access.signIn', { personId: 'nia-nurse', pin: '739105' });
    expect(signedIn).toMatchObject({ ok: true, value: { role: 'clinician' } });
  });

  test.each([
    ['without a second person', { second: second('ada') }, 'SECOND_PERSON_NEEDED'],
    ['with a wrong signature', { second: { personId: 'clinician', pin: '000000' } }, 'SIGN_IN_FAILED'],
    ['with a wrong signature of the own', { signature: { personId: 'ada', pin: '000000' } }, 'SIGN_IN_FAILED'],
    ['in another name than the own', { signature: second('administrator') }, 'SIGN_AS_YOURSELF'],
    ['with a technician as second', { second: second('technician') }, 'NOT_ALLOWED'],
    ['with a PIN that anybody guesses', { secret: '123456' }, 'SECRET_TOO_WEAK'],
    ['as a supervisor with a PIN', { role: 'supervisor', secret: '739105' }, 'SECRET_TOO_WEAK'],
  ])('adds nobody %s', async (_how, details, code) => {
    const bench = await seatBench('administrator');
    expect(await bench.ask('people.add', { ...NIA, ...details })).toMatchObject({ ok: false, code });
    expect(bench.book.find('nia-nurse')).toBeNull();
  });

  test('does not sign with a second account of the same person; the attempt is a row that names both', async () => {
    const bench = await seatBench('administrator');
    const clinician = bench.book.find('clinician');
    if (clinician === null) throw new Error('the bench has a clinician');
    await bench.book.change({ people: [{ ...clinician, name: ' \u200bADA ' }] }, async () => undefined);
    expect(await bench.ask('people.add', NIA)).toMatchObject({ ok: false, code: 'SECOND_PERSON_NEEDED' });
    await settle();
    expect(bench.bench.trail.rows.at(-1)).toMatchObject({
      act: 'access.denied',
      actor: { id: 'ada' },
      outcome: 'denied',
      reason: 'SECOND_PERSON_NEEDED',
      new: { leaf: 'people.add', second: 'clinician' },
    });
  });

  test.each([
    ['the second person was deactivated', 'clinician', { active: false }],
    ['the second person became a technician', 'clinician', { role: 'technician' }],
    ['the administrator was deactivated', 'ada', { active: false }],
    ['the administrator became a clinician', 'ada', { role: 'clinician' }],
  ])('signs nothing where %s while the proof was under way', async (_what, id, update) => {
    const bench = await seatBench('administrator');
    const person = bench.book.find(id);
    if (person === null) throw new Error('nobody');
    const asked = bench.ask('people.add', NIA);
    await bench.book.change({ people: [{ ...person, ...update } as typeof person] }, async () => undefined);
    expect(await asked).toMatchObject({ ok: false });
    expect(bench.book.find('nia-nurse')).toBeNull();
  });

  test('and another one at the same time lose no change of one another', async () => {
    const bench = await seatBench('administrator');
    const change = { ...CHANGE, personId: 'technician', name: 'Tess', role: 'technician' };
    const [named, badged] = await Promise.all([
      changePerson(bench, change),
      bench.ask('people.unlock', { personId: 'technician', ...SIGNED }),
      bench.ask('people.add', NIA),
      bench.ask('people.add', { ...NIA, name: 'Nia  NURSE' }),
    ]);
    expect([named, badged]).toMatchObject([{ ok: true }, { ok: false, code: 'NOT_ALLOWED' }]);
    expect(bench.book.find('technician')?.name).toBe('Tess');
    expect(bench.book.people.filter(({ name }) => /^nia +nurse$/i.test(name))).toHaveLength(1);
  });

  test('does not undo what another one changed since the form was opened', async () => {
    const bench = await seatBench('administrator');
    const form = { ...CHANGE, personId: 'technician', name: 'Tess', role: 'technician' };
    const answers = await Promise.all([
      changePerson(bench, { ...form, name: 'technician', active: false }),
      changePerson(bench, form),
    ]);
    expect(answers.map((answer) => (answer.ok ? 'changed' : answer.code)).toSorted()).toEqual([
      'CHANGED_MEANWHILE',
      'changed',
    ]);
    const stale = { ...form, seen: { name: 'technician', role: 'clinician', active: true } };
    expect(await changePerson(bench, stale)).toMatchObject({ ok: false, code: 'CHANGED_MEANWHILE' });
  });

  test.each<[Role]>([['supervisor'], ['administrator']])('cannot take both %ss away at the same time', async (role) => {
    const bench = await seatBench('administrator');
    const record = bench.book.find('supervisor');
    if (record === null) throw new Error('the bench has a supervisor');
    if (role === 'supervisor') {
      await bench.book.change({ people: [{ ...record, id: 'other', name: 'other' }] }, async () => undefined);
    }
    const gone = (personId: string) => {
      const whole = { ...CHANGE, personId, name: personId === 'ada' ? 'Ada' : personId, role, active: false };
      return changePerson(bench, whole);
    };
    const both = role === 'supervisor' ? ['supervisor', 'other'] : ['administrator', 'ada'];
    await Promise.all(both.map(gone));
    expect(bench.book.people.filter((person) => person.active && person.role === role)).toHaveLength(1);
  });

  test('changes role, PIN and badge of a person, who has the new rights from the next call on', async () => {
    const bench = await seatBench('administrator');
    const change = { ...CHANGE, personId: 'technician', name: 'Tess', role: 'clinician', badge: { number: '0004711' } };
    expect(await changePerson(bench, change)).toMatchObject({ ok: true });
    expect(bench.book.activePerson('technician')).toMatchObject({ name: 'Tess', role: 'clinician' });
    expect(await bench.ask('people.byBadge', { badge: '0004711' })).toMatchObject({
      value: { personId: 'technician' },
    });
    const other = { ...change, personId: 'clinician', name: 'clinician', second: second('supervisor') };
    expect(await changePerson(bench, other)).toMatchObject({ ok: false, code: 'BADGE_TAKEN' });
    expect(await bench.ask('people.byBadge', { badge: '9999' })).toMatchObject({ ok: false, code: 'UNKNOWN_BADGE' });
  });

  test.each<[Role]>([['supervisor']])('cannot take away the last %s', async (role) => {
    const bench = await seatBench('administrator');
    const change = { ...CHANGE, personId: role, name: 'x y', role, active: false };
    expect(await changePerson(bench, change)).toMatchObject({ ok: false, code: 'LAST_OF_ROLE' });
  });

  test('makes nobody a supervisor who has only a PIN', async () => {
    const bench = await seatBench('administrator');
    const change = { ...CHANGE, personId: 'technician', name: 'Tess', role: 'supervisor' };
    expect(await changePerson(bench, change)).toMatchObject({ ok: false, code: 'PASSWORD_NEEDED' });
  });
});

describe('a secret that somebody else chose', { timeout: 120_000 }, () => {
  async function withNia() {
    const bench = await seatBench('administrator');
    await bench.ask('people.add', NIA);
    return bench;
  }
  const nia = { personId: 'nia-nurse', pin: '739105' };

  test('opens nothing but the choice of another one, and then counts like every other', async () => {
    const { ask, bench } = await withNia();
    expect(await ask('access.signIn', nia)).toMatchObject({ ok: true });
    expect(await ask('seat.state', {})).toMatchObject({ value: { mustChangeSecret: true } });
    expect(await ask('session.list', {})).toMatchObject({ ok: false, code: 'SECRET_MUST_CHANGE' });
    expect(await ask('chair.stop', { chairId: 'chair-1' })).toMatchObject({ ok: true });
    const same = { secret: '739105', newSecret: '739105' };
    expect(await ask('people.changeOwnSecret', same)).toMatchObject({ ok: false, code: 'SECRET_SAME' });
    expect(await ask('people.changeOwnSecret', { ...same, newSecret: '852317' })).toMatchObject({ ok: true });
    expect(await ask('seat.state', {})).toMatchObject({ value: { mustChangeSecret: false } });
    expect(await ask('session.list', {})).toMatchObject({ ok: true });
    await settle();
    expect(JSON.stringify(bench.trail.rows)).not.toMatch(/739105|852317/);
  });

  test('signs for nobody: whoever chose it could sign for two', async () => {
    const { ask, book } = await withNia();
    const other = { ...NIA, name: 'Olu Other', second: nia };
    expect(await ask('people.add', other)).toMatchObject({ ok: false, code: 'SECRET_MUST_CHANGE' });
    expect(book.find('olu-other')).toBeNull();
  });

  test('is one too when an administrator sets it anew, and none when the person does', async () => {
    const bench = await seatBench('administrator');
    const anew = { ...CHANGE, personId: 'technician', name: 'technician', role: 'technician', secret: '739105' };
    await changePerson(bench, anew);
    expect(bench.book.owesSecret('technician')).toBe(true);
    await changePerson(bench, { ...anew, secret: null });
    expect(bench.book.owesSecret('technician')).toBe(true);
    const own = { ...CHANGE, personId: 'ada', name: 'Ada', role: 'administrator', secret: 'a new long password' };
    expect(await changePerson(bench, own)).toMatchObject({ ok: true });
    expect(bench.book.owesSecret('ada')).toBe(false);
  });
});

describe('a badge', { timeout: 120_000 }, () => {
  test('signs nobody in by itself; each sign-in and each failure says by what somebody came', async () => {
    const bench = await seatBench('administrator');
    const badge = { number: '0004711' };
    await changePerson(bench, { ...CHANGE, personId: 'technician', name: 'Tess', role: 'technician', badge });
    const come = { personId: 'technician', pin: SECRET };
    bench.bench.trail.rows.length = 0;
    await bench.ask('people.byBadge', { badge: '0004711' });
    expect(await bench.ask('access.me', {})).toMatchObject({ value: { id: 'ada' } });
    await bench.ask('access.signIn', { ...come, pin: '000000' });
    await bench.ask('access.signIn', come);
    await bench.ask('access.signIn', come);
    await bench.ask('people.byBadge', { badge: '9999' });
    await settle();
    const rows = bench.bench.trail.rows.map(({ act, new: facts }) => [act, facts]);
    expect(rows).toMatchObject([
      ['access.sign-in.failed', { personId: 'technician', method: ['badge', 'pin'] }],
      ['access.switch', { method: ['badge', 'pin'] }],
      ['access.unlock', { method: ['pin'] }],
      ['access.sign-in.failed', { method: ['badge'] }],
    ]);
  });

  test('that was read a minute ago, or of somebody else, is not by what one comes', async () => {
    const bench = await seatBench('administrator');
    const badge = { number: '0004711' };
    await changePerson(bench, { ...CHANGE, personId: 'technician', name: 'Tess', role: 'technician', badge });
    await bench.ask('people.byBadge', { badge: '0004711' });
    await bench.ask('access.signIn', { personId: 'supervisor', pin: SECRET });
    await bench.ask('people.byBadge', { badge: '0004711' });
    bench.time.now += 60_001;
    await bench.ask('access.signIn', { personId: 'technician', pin: SECRET });
    await settle();
    const switches = bench.bench.trail.rows.filter(({ act }) => act === 'access.switch');
    expect(switches.map(({ new: facts }) => facts)).toEqual([{ method: ['pin'] }, { method: ['pin'] }]);
  });
});

describe('after ten wrong tries', { timeout: 120_000 }, () => {
  test('a person is locked, also for the right PIN, until a supervisor and a second person unlock', async () => {
    const bench = await seatBench('supervisor');
    await fail(bench, 'clinician', 10);
    expect(bench.book.find('clinician')?.locked).toBe(true);
    bench.time.now += 3_600_000;
    const right = { personId: 'clinician', pin: SECRET };
    expect(await bench.ask('access.signIn', right)).toMatchObject({ ok: false, code: 'PERSON_LOCKED' });
    await bench.ask('access.signIn', { personId: 'ada', pin: SECRET });
    const unlock = { personId: 'clinician', signature: second('ada'), second: second('administrator') };
    expect(await bench.ask('people.unlock', unlock)).toMatchObject({ ok: true });
    expect(await bench.ask('access.signIn', right)).toMatchObject({ ok: true });
  });

  test('nobody unlocks themselves: not as a supervisor, nor as an administrator with a new secret', async () => {
    for (const role of ['supervisor', 'administrator'] as const) {
      const bench = await seatBench(role);
      const ada = bench.book.find('ada');
      if (ada === null) throw new Error('the bench has Ada');
      await bench.book.change({ people: [{ ...ada, locked: true }] }, async () => undefined);
      const both = { signature: second('ada'), second: second('clinician') };
      const own = { ...CHANGE, ...both, personId: 'ada', name: 'Ada', role, secret: 'a new long password' };
      const unlock = { personId: 'ada', ...both };
      await (role === 'supervisor' ? bench.ask('people.unlock', unlock) : changePerson(bench, own));
      expect(bench.book.find('ada')?.locked, role).toBe(true);
    }
  });

  test('nine wrong tries lock nobody, and the tenth is a row of its own', async () => {
    const bench = await seatBench(null);
    await fail(bench, 'clinician', 9);
    expect(bench.book.find('clinician')?.locked).toBe(false);
    await fail(bench, 'clinician', 1);
    expect(bench.bench.trail.rows.find(({ act }) => act === 'access.change')).toMatchObject({
      new: { what: 'locked after ten wrong tries', person: 'clinician' },
    });
  });

  test('the lock holds while the record cannot be written', async () => {
    const bench = await seatBench(null);
    bench.bench.trail.refuse = ({ act }) => act === 'access.change';
    await fail(bench, 'clinician', 10);
    bench.time.now += 3_600_000;
    const right = { personId: 'clinician', pin: SECRET };
    expect(await bench.ask('access.signIn', right)).toMatchObject({ ok: false, code: 'PERSON_LOCKED' });
  });
});

test("one's own PIN changes with the old one only, and the old one is worth nothing then", async () => {
  const bench = await seatBench('clinician');
  const wrong = { secret: '000000', newSecret: '739105' };
  expect(await bench.ask('people.changeOwnSecret', wrong)).toMatchObject({ ok: false, code: 'SIGN_IN_FAILED' });
  const weak = { secret: SECRET, newSecret: '111111' };
  expect(await bench.ask('people.changeOwnSecret', weak)).toMatchObject({ ok: false, code: 'SECRET_TOO_WEAK' });
  expect(await bench.ask('people.changeOwnSecret', { ...wrong, secret: SECRET })).toMatchObject({ ok: true });
  expect(await bench.ask('access.signIn', { personId: 'ada', pin: SECRET })).toMatchObject({ ok: false });
  expect(await bench.ask('access.signIn', { personId: 'ada', pin: '739105' })).toMatchObject({ ok: true });
}, 60_000);
