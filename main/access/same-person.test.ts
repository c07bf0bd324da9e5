import { describe, expect, test } from 'vitest';
import { isSamePerson } from './same-person.ts';

const dana = { id: 'dana', name: 'Dana Straße' };

describe('one person under two names', () => {
  test.each([
    ['in another case', 'DANA STRASSE'],
    ['with spaces around and between', '  Dana   Straße '],
    ['with a space that does not break', 'Dana\u00a0Straße'],
    ['with a letter joiner inside', 'Da\u200dna Straße'],
    ['with a mark of direction', '\u202eDana Straße'],
    ['with a soft hyphen', 'Da\u00adna Straße'],
    ['with a filler that shows nothing', 'Dana\u3164 Straße'],
    ['in full-width letters', 'Ｄａｎａ Straße'],
  ])('is the same %s', (_how, name) => {
    expect(isSamePerson(dana, { id: 'other', name })).toBe(true);
  });

  test('a composed and a decomposed letter are one', () => {
    expect(isSamePerson({ id: 'a', name: 'Zoe\u0308' }, { id: 'b', name: 'Zo\u00eb' })).toBe(true);
  });

  test('two names, and one id under two names, are told apart by what they are', () => {
    expect(isSamePerson(dana, { id: 'other', name: 'Dana Strauss' })).toBe(false);
    expect(isSamePerson(dana, { id: 'dana', name: 'Dana Married' })).toBe(true);
  });
});
