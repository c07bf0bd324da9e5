import './no-eval.ts';
import { z } from 'zod';
import type { Result } from './contract/leaf.ts';

/** The words of the WebSocket dialect (docs/station-api.md), for the browser host and its client alike. */
export const DIALECT = 'chairside.v1';
export const TOKEN_PREFIX = 'token.';
export const STATION_PATH = '/station';
/** Longest message a client may send, in bytes. */
export const MAX_CLIENT_MESSAGE = 64 * 1024;

const id = z.number().int().nonnegative();
const name = z.string().max(100);

export const clientMessageSchema = z.union([
  z.strictObject({ id, call: name, input: z.unknown(), stamp: z.unknown().optional() }),
  z.strictObject({ id, subscribe: name }),
  z.strictObject({ id, unsubscribe: z.number().int() }),
]);
export type ClientMessage = z.infer<typeof clientMessageSchema>;

/** `id` is null where the client's message could not be read. */
export interface AnswerMessage {
  readonly id: number | null;
  readonly result: Result<unknown>;
}

export interface UpdateMessage {
  readonly subscription: number;
  readonly number: number;
  readonly data: unknown;
}
export type ServerMessage = AnswerMessage | UpdateMessage;
