import './no-eval.ts';
import type { StationApi, Update } from './contract/api.ts';
import { contract, type TopicName } from './contract/contract.ts';
import type { StationFrame } from './contract/frames.ts';
import type { Result } from './contract/leaf.ts';
import type { Stamp } from './contract/stamp.ts';
import { Stamps } from './stamps.ts';

/** Carries one call of a leaf, named "group.leaf", to main. Resolves, never rejects. */
export type CarryCall = (leaf: string, input: unknown, stamp: Stamp | null) => Promise<Result<unknown>>;
/** Subscribes at main; returns the function that ends it. */
export type CarrySubscribe = (topic: TopicName, listener: (update: Update<unknown>) => void) => () => void;
export type CarryConnection = StationApi['onConnection'];

/**
 * Makes the API of the contract over one way of carrying. Both hosts use this one function, so neither can offer a
 * leaf that the other lacks. The result is frozen and holds functions only.
 */
export function deriveApi(call: CarryCall, subscribe: CarrySubscribe, onConnection: CarryConnection): StationApi {
  const stamps = new Stamps();
  const groups = Object.entries(contract).map(([group, leaves]) => {
    const calls = Object.keys(leaves).map((name) => [
      name,
      (input: unknown) => call(`${group}.${name}`, input, stamps.of(`${group}.${name}`, input)),
    ]);
    return [group, Object.freeze(Object.fromEntries(calls))];
  });
  // The mapped type of the contract and this loop over the same object say the same; TypeScript cannot see it.
  const stamping: CarrySubscribe = (topic, listener) =>
    subscribe(topic, (update) => {
      if (topic === 'station') stamps.see(update.data as StationFrame);
      listener(update);
    });
  const forgetting: CarryConnection = (listener) =>
    onConnection((connected) => {
      if (!connected) stamps.forget();
      listener(connected);
    });
  return Object.freeze({
    ...Object.fromEntries(groups),
    subscribe: stamping,
    onConnection: forgetting,
  }) as StationApi;
}

/** "group.leaf" of everything that can be called. */
export function leafNames(): readonly string[] {
  return Object.entries(contract).flatMap(([group, leaves]) => Object.keys(leaves).map((name) => `${group}.${name}`));
}
