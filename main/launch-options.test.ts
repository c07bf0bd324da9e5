import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseLaunchOptions } from './launch-options.ts';

const parse = (...args: string[]) => parseLaunchOptions(args, 'linux', { XDG_DATA_HOME: '/xdg' });

describe('command line', () => {
  test('without options: a demonstration on whichever host there is', () => {
    expect(parse()).toEqual({
      kind: 'run',
      options: { data: resolve('/xdg/chairside'), config: null, host: null, port: 0 },
    });
  });

  test.each([
    ['--colour', 'blue'],
    ['--host', 'cloud'],
    ['--port', '70000'],
    ['--port', 'eighty'],
    ['--host', 'electron', '--port', '80'],
    ['--config', ''],
    ['--data'],
    ['stray'],
  ])('refuses %s %s in one line that names it', (...args) => {
    const answer = parse(...args.filter((arg) => arg !== undefined));
    expect(answer.kind).toBe('refused');
    if (answer.kind !== 'refused') return;
    expect(answer.message).toContain(args[0]);
    expect(answer.message).not.toContain('\n');
  });

  test('paths become absolute, so that a child started elsewhere finds them', () => {
    const answer = parse('--config', 'site.yaml', '--data', 'records');
    expect(answer).toMatchObject({ options: { config: resolve('site.yaml'), data: resolve('records') } });
  });

  test('a port is for the browser host', () => {
    expect(parse('--port', '4711')).toMatchObject({ options: { host: 'browser', port: 4711 } });
  });

  test('every system keeps the data where its applications keep theirs', () => {
    const data = (platform: NodeJS.Platform, environment: NodeJS.ProcessEnv) => {
      const answer = parseLaunchOptions([], platform, environment);
      return answer.kind === 'run' ? answer.options.data : '';
    };
    expect(data('linux', {})).toMatch(/\.local\/share\/chairside$/);
    expect(data('darwin', {})).toMatch(/Library\/Application Support\/Chairside$/);
    expect(data('win32', { APPDATA: '/roaming' })).toBe(resolve(join('/roaming', 'Chairside')));
  });
});
