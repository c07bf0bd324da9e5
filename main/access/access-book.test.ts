import { describe, expect, test } from 'vitest';
import type { AccessChange } from '../../db/trail.ts';
import { AppError } from '../../drivers/kit/app-error.ts';
import { AccessBook } from './access-book.ts';
import { personRecord } from './test-people.ts';

const dana = personRecord({ id: 'dana', role: 'clinician', secret: 's' });
const written = (people: object[], recovery: string | null = null) =>
  ({ people, emergencies: [], recovery }) as unknown as AccessChange;

describe('the book of people', () => {
  test('is what the changes of the record make of it, the last one counts', async () => {
    const changes = [written([dana], 'code 1'), written([{ ...dana, role: 'technician' }]), written([], 'code 2')];
    const book = await AccessBook.open(async () => changes, null);
    expect(book.activePerson('dana')?.role).toBe('technician');
    expect(book.recovery).toBe('code 2');
  });

  test('a change that cannot be written down does not count', async () => {
    const book = await AccessBook.open(async () => [written([dana])], null);
    const full = book.change({ people: [{ ...dana, role: 'administrator' }] }, () => Promise.reject(new Error('full')));
    await expect(full).rejects.toThrow('full');
    expect(book.find('dana')?.role).toBe('clinician');
  });

  test('of a record that was tampered with knows nobody and offers no enrolment', async () => {
    const book = await AccessBook.open(() => Promise.reject(new AppError('RECORD_DAMAGED', 'changed')), null);
    expect([book.people.length, book.needsEnrolment]).toEqual([0, false]);
    const broken = await AccessBook.open(async () => [{ people: 'nonsense' }], null);
    expect([broken.people.length, broken.needsEnrolment]).toEqual([0, false]);
  });

  test('a record that cannot be read at all is another matter', async () => {
    const open = AccessBook.open(() => Promise.reject(new AppError('RECORD_FAILED', 'gone')), null);
    await expect(open).rejects.toThrow('gone');
  });

  test('a badge is kept as a keyed hash and finds active people only', async () => {
    const pepper = Buffer.alloc(32, 7);
    const book = await AccessBook.open(async () => [], pepper);
    const badge = book.badgeHash('0004711');
    expect(badge).not.toContain('4711');
    await book.change({ people: [{ ...dana, badge }] }, async () => undefined);
    expect(book.findByBadge('0004711')?.id).toBe('dana');
    await book.change({ people: [{ ...dana, badge, active: false }] }, async () => undefined);
    expect(book.findByBadge('0004711')).toBeNull();
  });

  test('gives an id that nobody had', async () => {
    const book = await AccessBook.open(async () => [written([dana])], null);
    expect(book.newId('Ánna-Lena  Öz')).toBe('a-nna-lena-o-z');
    expect(book.newId('Dana')).toMatch(/^dana-[0-9a-f]{8}$/);
    expect(book.newId('李')).toBe('person');
    expect(book.newId('Eve', 'eve')).toMatch(/^eve-/);
  });
});
