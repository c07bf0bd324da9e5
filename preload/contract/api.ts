import type { z } from 'zod';
import type { Contract, TopicName, Topics } from './contract.ts';
import type { Leaf, Result } from './leaf.ts';

type Call<L> =
  L extends Leaf<infer Input, infer Output> ? (input: z.input<Input>) => Promise<Result<z.output<Output>>> : never;

export type TopicData<Name extends TopicName> = z.infer<Topics[Name]['data']>;

/** One update: `number` grows by one per topic and connection, so a gap is visible. Number 0 is the snapshot. */
export interface Update<Data> {
  readonly number: number;
  readonly data: Data;
}

/** What a screen or another program can do, the same over Electron IPC and over the loopback WebSocket. */
export type StationApi = {
  readonly [Group in keyof Contract]: { readonly [Name in keyof Contract[Group]]: Call<Contract[Group][Name]> };
} & {
  /** Subscribes; the topic's present state arrives first where it has one. Returns a function that ends it. */
  subscribe<Name extends TopicName>(name: Name, listener: (update: Update<TopicData<Name>>) => void): () => void;
  /** Tells when the connection to main is lost (false) and found again (true). */
  onConnection(listener: (connected: boolean) => void): () => void;
};
