import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { verifyPin } from './pin.ts';

const script = fileURLToPath(new URL('pin-cli.ts', import.meta.url));
const run = (input: string) => spawnSync(process.execPath, [script], { input, encoding: 'utf8' });

describe('npm run pin', { timeout: 120_000 }, () => {
  test('prints the string that the PIN matches, and nothing of the PIN', async () => {
    const { status, stdout, stderr } = run('204816\n');
    expect(status).toBe(0);
    expect(await verifyPin('204816', stdout.trim())).toBe(true);
    expect(stdout + stderr).not.toContain('204816');
  });

  test('takes a password for those who need one', async () => {
    const { status, stdout } = run('four plain words\n');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^scrypt\$ln=17,/);
    expect(await verifyPin('four plain words', stdout.trim())).toBe(true);
  });

  test.each(['12345', 'abcdef', ''])('refuses "%s" and says what a PIN is', (pin) => {
    const { status, stdout, stderr } = run(pin);
    expect(status).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toContain('six digits');
  });
});
