import { describe, expect, test } from 'vitest';
import { secretKindOf, secretProblem } from './secret-policy.ts';

describe('a new PIN', () => {
  test.each(['204816', '739105', '80417264'])('%s is taken', (pin) => {
    expect(secretProblem('clinician', pin)).toBeNull();
  });

  test.each([
    ['12345', 'too short'],
    ['12a456', 'not digits'],
    ['111111', 'one digit'],
    ['121212', 'a pair again and again'],
    ['123123', 'three digits twice'],
    ['112233', 'each digit twice'],
    ['123456', 'upwards'],
    ['987654', 'downwards'],
    ['240783', 'a day, European'],
    ['072483', 'a day, American'],
    ['830724', 'a day, ISO'],
    ['24071983', 'a full date'],
    ['19830724', 'a full ISO date'],
    ['147258', 'a pattern of the keys'],
  ])('%s is refused: %s', (pin) => {
    expect(secretProblem('technician', pin)).toMatch(/PIN/);
  });
});

describe('a new password', () => {
  test('is what a supervisor and an administrator need, however good their PIN', () => {
    expect((['supervisor', 'administrator'] as const).map(secretKindOf)).toEqual(['password', 'password']);
    expect((['clinician', 'technician'] as const).map(secretKindOf)).toEqual(['pin', 'pin']);
    expect(secretProblem('supervisor', '204816')).toContain('12 characters');
    expect(secretProblem('administrator', 'four plain words')).toBeNull();
  });

  test.each(['elevenchars', 'password123456', 'Administrator1!', 'aaaaaaaaaaaaaaaa', 'abababababababab'])(
    '"%s" is refused',
    (password) => {
      expect(secretProblem('administrator', password)).toMatch(/password/);
    },
  );
});
