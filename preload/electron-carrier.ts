import type { StationApi, Update } from './contract/api.ts';
import type { Result } from './contract/leaf.ts';
import {
  callChannel,
  SUBSCRIBE_CHANNEL,
  type SubscriptionUpdate,
  UNSUBSCRIBE_CHANNEL,
  UPDATE_CHANNEL,
} from './channels.ts';
import { deriveApi } from './derive-api.ts';

/** The two of Electron's ipcRenderer functions that are used here. */
export interface IpcRendererPart {
  invoke(channel: string, ...args: unknown[]): Promise<unknown>;
  on(channel: string, listener: (event: unknown, update: SubscriptionUpdate) => void): unknown;
}

/** The contract's API over Electron IPC. */
export function createElectronApi(ipc: IpcRendererPart): StationApi {
  const listeners = new Map<number, (update: Update<unknown>) => void>();
  let lastSubscription = 0;

  ipc.on(UPDATE_CHANNEL, (_event, { subscription, number, data }) => listeners.get(subscription)?.({ number, data }));

  const invoke = async (channel: string, ...args: readonly unknown[]): Promise<Result<unknown>> => {
    try {
      return (await ipc.invoke(channel, ...args)) as Result<unknown>;
    } catch (error) {
      return { ok: false, code: 'NOT_CONNECTED', message: `The station did not answer: ${String(error)}` };
    }
  };

  return deriveApi(
    (leaf, input, stamp) => invoke(callChannel(leaf), input, stamp),
    (topic, listener) => {
      const subscription = ++lastSubscription;
      listeners.set(subscription, listener);
      void invoke(SUBSCRIBE_CHANNEL, { subscription, topic });
      return () => {
        if (listeners.delete(subscription)) void invoke(UNSUBSCRIBE_CHANNEL, { subscription });
      };
    },
    // A window does not outlive main, so there is no connection to lose.
    () => () => undefined,
  );
}
