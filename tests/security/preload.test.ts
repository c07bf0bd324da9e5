import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { ROOT } from '../structure/sources.ts';

const bundle = readFileSync(join(ROOT, 'out', 'preload', 'index.cjs'), 'utf8');

/** Runs the built preload script as the sandbox does: CommonJS with nothing to require but `electron`. */
function runPreload() {
  const exposed: Record<string, unknown> = {};
  const required: string[] = [];
  const compiled: string[] = [];
  const electron = {
    contextBridge: { exposeInMainWorld: (name: string, api: unknown) => (exposed[name] = api) },
    ipcRenderer: { on: () => undefined, invoke: async () => ({ ok: true, value: null }) },
  };
  const context = createContext(
    {
      module: { exports: {} },
      exports: {},
      require: (name: string) => {
        required.push(name);
        if (name !== 'electron') throw new Error(`the sandbox has no ${name}`);
        return electron;
      },
    },
    { codeGeneration: { strings: false, wasm: false } },
  );
  context['note'] = (source: string) => compiled.push(source);
  runInContext(
    'globalThis.Function = new Proxy(Function, { construct(_, [source]) { note(source); throw new EvalError(); } });',
    context,
  );
  runInContext(bundle, context);
  return { exposed, required, compiled };
}

describe('the built preload script', () => {
  const { exposed, required, compiled } = runPreload();

  test('is one CommonJS file that needs nothing but electron', () => {
    expect(new Set(required)).toEqual(new Set(['electron']));
    expect(bundle).not.toMatch(/^\s*(import|export)\s/m);
  });

  test('does not try to compile text, which the page policy would report', () => {
    expect(compiled).toEqual([]);
  });

  test('exposes one frozen object with functions and nothing else', () => {
    expect(Object.keys(exposed)).toEqual(['chairside']);
    const api = exposed['chairside'] as Record<string, unknown>;
    expect(Object.isFrozen(api)).toBe(true);
    for (const member of Object.values(api)) {
      if (typeof member === 'function') continue;
      expect(Object.isFrozen(member)).toBe(true);
      expect(Object.values(member as object).every((leaf) => typeof leaf === 'function')).toBe(true);
    }
  });
});
