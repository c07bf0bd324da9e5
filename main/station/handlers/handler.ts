import type { z } from 'zod';
import type { Contract } from '../../../preload/contract/contract.ts';
import type { Leaf } from '../../../preload/contract/leaf.ts';
import type { Call } from '../station-context.ts';

/** Gets checked input, returns the plain output; refuses by throwing a Refusal or an AppError. */
type Handler<L> =
  L extends Leaf<infer Input, infer Output>
    ? (input: z.output<Input>, call: Call) => z.input<Output> | Promise<z.input<Output>>
    : never;

/** One handler per leaf: a leaf of the contract without one does not compile. */
export type GroupHandlers<Group extends keyof Contract> = {
  readonly [Name in keyof Contract[Group]]: Handler<Contract[Group][Name]>;
};

export type Handlers = { readonly [Group in keyof Contract]: GroupHandlers<Group> };
