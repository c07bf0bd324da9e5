import { z } from 'zod';

export const ROLES = ['clinician', 'supervisor', 'technician', 'administrator'] as const;
export type Role = (typeof ROLES)[number];

/** Who may call a leaf: named roles, any signed-in person, or whoever stands at the chair. */
export type Right = 'anyone' | 'signed-in' | readonly Role[];

export interface Leaf<Input extends z.ZodType, Output extends z.ZodType> {
  readonly kind: 'command' | 'query';
  readonly right: Right;
  readonly input: Input;
  readonly output: Output;
}

export function command<Input extends z.ZodType, Output extends z.ZodType>(
  right: Right,
  input: Input,
  output: Output,
): Leaf<Input, Output> {
  return { kind: 'command', right, input, output };
}

export function query<Input extends z.ZodType, Output extends z.ZodType>(
  right: Right,
  input: Input,
  output: Output,
): Leaf<Input, Output> {
  return { kind: 'query', right, input, output };
}

/** A stream of full values: one snapshot on subscribing, then numbered updates. */
export interface Topic<Data extends z.ZodType> {
  readonly right: Right;
  readonly data: Data;
}

export function topic<Data extends z.ZodType>(right: Right, data: Data): Topic<Data> {
  return { right, data };
}

export const nothing = z.strictObject({});

/** Errors lose their class across a boundary; a refusal is an answer, not an exception. */
export type Result<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly code: string; readonly message: string };
