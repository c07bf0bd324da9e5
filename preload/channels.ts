/** Names of the Electron IPC channels; main and the preload script both take them from here. */
export const callChannel = (leaf: string): string => `chairside:call:${leaf}`;
export const SUBSCRIBE_CHANNEL = 'chairside:subscribe';
export const UNSUBSCRIBE_CHANNEL = 'chairside:unsubscribe';
export const UPDATE_CHANNEL = 'chairside:update';

/** What main sends for a subscription. The page chose its number, so that no update can come before it is known. */
export interface SubscriptionUpdate {
  readonly subscription: number;
  readonly number: number;
  readonly data: unknown;
}
