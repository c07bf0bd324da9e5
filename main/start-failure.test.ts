import { describe, expect, test } from 'vitest';
import { AppError } from '../drivers/kit/app-error.ts';
import { startFailure } from './start-failure.ts';

describe('what a person reads when the station cannot start', () => {
  test.each([
    [new AppError('CONFIG_INVALID', 'site.yaml:3: chairs: is missing'), 'site.yaml:3: chairs: is missing'],
    [new AppError('RECORD_LOCKED', 'The record is open elsewhere.'), 'chairside: The record is open elsewhere.'],
    [Object.assign(new Error('listen EADDRINUSE'), { code: 'EADDRINUSE' }), 'chairside: this port is taken; choose'],
    [new Error('broken'), 'chairside: cannot start: broken'],
    ['odd', 'chairside: cannot start: odd'],
  ])('%s', (error, message) => {
    expect(startFailure(error)).toContain(message);
    expect(startFailure(error)).not.toContain('    at ');
  });
});
