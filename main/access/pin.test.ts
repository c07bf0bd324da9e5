import { describe, expect, test } from 'vitest';
import { hashPin, isStoredPin, PIN_PATTERN, verifyPin } from './pin.ts';

describe('PIN', { timeout: 120_000 }, () => {
  test('is stored with its parameters and matches only itself', async () => {
    const stored = await hashPin('204816');
    expect(stored).toMatch(/^scrypt\$ln=15,r=8,p=3\$/);
    expect(isStoredPin(stored)).toBe(true);
    expect(await verifyPin('204816', stored)).toBe(true);
    expect(await verifyPin('204817', stored)).toBe(false);
  });

  test('has a salt of its own, so two equal PINs do not look equal', async () => {
    expect(await hashPin('204816')).not.toBe(await hashPin('204816'));
  });

  test('keeps the parameters it was made with, so they may rise', async () => {
    const stored = await hashPin('204816');
    expect(await verifyPin('204816', stored.replace('ln=15', 'ln=14'))).toBe(false);
  });

  test.each([
    '',
    '204816',
    'scrypt$ln=15,r=8,p=3$$',
    'argon2id$v=19$aaaa$bbbb',
    'scrypt$ln=15,r=8,p=3$YWJj$YWJj',
    `scrypt$ln=24,r=8,p=3$${'A'.repeat(22)}$${'A'.repeat(43)}`,
  ])('a damaged string (%s) matches nothing', async (stored) => {
    expect(isStoredPin(stored)).toBe(false);
    expect(await verifyPin('204816', stored)).toBe(false);
  });

  test.each(['12345', '12345a', '', '１２３４５６'])('"%s" is not accepted as a PIN', (pin) => {
    expect(PIN_PATTERN.test(pin)).toBe(false);
  });
});
