import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { ElectronDouble } from '../parity/electron-double.ts';
import { callChannel, SUBSCRIBE_CHANNEL, UNSUBSCRIBE_CHANNEL } from '../../preload/channels.ts';
import type { StationApi } from '../../preload/contract/api.ts';
import { contract, topics } from '../../preload/contract/contract.ts';
import type { Leaf } from '../../preload/contract/leaf.ts';
import { deriveApi, leafNames } from '../../preload/derive-api.ts';
import { createElectronApi } from '../../preload/electron-carrier.ts';

const leaves: readonly (readonly [string, Leaf<z.ZodType, z.ZodType>])[] = Object.entries(contract).flatMap(
  ([group, members]) => Object.entries(members).map(([name, leaf]) => [`${group}.${name}`, leaf] as const),
);

function members(api: StationApi): readonly string[] {
  return Object.entries(api).flatMap(([group, calls]) =>
    typeof calls === 'function' ? [group] : Object.keys(calls).map((name) => `${group}.${name}`),
  );
}

describe('what is derived from the contract', () => {
  const carried: unknown[] = [];
  const carry = deriveApi(
    async (leaf, input) => {
      carried.push([leaf, input]);
      return { ok: true, value: null };
    },
    () => () => undefined,
    () => () => undefined,
  );
  const double = new ElectronDouble({
    openSeat: () => ({
      call: async (leaf) => ({ ok: true, value: leaf }),
      subscribe: () => ({ ok: true, value: () => undefined }),
      close: () => undefined,
    }),
  });
  const electron = createElectronApi(double.page());
  const everything = [...leaves.map(([name]) => name), 'subscribe', 'onConnection'].toSorted();

  test('both APIs have every leaf and nothing more', () => {
    expect(members(carry).toSorted()).toEqual(everything);
    expect(members(electron).toSorted()).toEqual(everything);
    expect([...leafNames()].toSorted()).toEqual(leaves.map(([name]) => name).toSorted());
  });

  test('Electron listens on one channel per leaf and two for topics', () => {
    expect(double.channels.toSorted()).toEqual(
      [...leaves.map(([name]) => callChannel(name)), SUBSCRIBE_CHANNEL, UNSUBSCRIBE_CHANNEL].toSorted(),
    );
  });

  test.each(leaves.map(([name]) => name))('%s carries its own name and its input', async (name) => {
    const [group = '', leaf = ''] = name.split('.');
    const call = (api: StationApi) => {
      const calls = Reflect.get(api, group) as Record<string, (input: unknown) => Promise<unknown>>;
      return calls[leaf]?.({ probe: name });
    };
    await call(carry);
    expect(carried.at(-1)).toEqual([name, { probe: name }]);
    expect(await call(electron)).toEqual({ ok: true, value: name });
  });

  test('a page cannot replace a call', () => {
    expect(Object.isFrozen(carry)).toBe(true);
    expect(Object.isFrozen(carry.chair)).toBe(true);
  });
});

describe('the schemas of the contract', () => {
  /** Fails for anything that JSON would lose or change on its way: dates, maps, undefined, transforms, big integers. */
  const asJson = (schema: z.ZodType, io: 'input' | 'output') =>
    z.toJSONSchema(schema, { unrepresentable: 'throw', io });

  test.each(leaves)('%s crosses as JSON unchanged', (_name, { input, output }) => {
    expect(asJson(input, 'input')).toEqual(asJson(input, 'output'));
    expect(asJson(output, 'input')).toEqual(asJson(output, 'output'));
  });

  test.each(Object.entries(topics))('%s crosses as JSON unchanged', (_name, { data }) => {
    expect(asJson(data, 'input')).toEqual(asJson(data, 'output'));
  });

  test.each(leaves)('%s refuses a key that it does not name', (_name, { input }) => {
    expect(asJson(input, 'input')).toMatchObject({ type: 'object', additionalProperties: false });
  });

  test('STOP needs nobody signed in; whatever raises delivery needs a clinician', () => {
    expect(contract.chair.stop.right).toBe('anyone');
    for (const name of ['open', 'check', 'arm', 'start', 'resume'] as const)
      expect(contract.session[name].right).toEqual(['clinician']);
  });
});
