import { type InvokeEvent, type IpcMainPart, type SenderPart, StationIpc } from '../../main/electron/ipc.ts';
import { ORIGIN } from '../../main/electron/origin.ts';
import type { Station } from '../../main/station/station-types.ts';
import { UPDATE_CHANNEL, type SubscriptionUpdate } from '../../preload/channels.ts';
import type { IpcRendererPart } from '../../preload/electron-carrier.ts';

type Handler = Parameters<IpcMainPart['handle']>[1];
type Frame = InvokeEvent['senderFrame'];

const OWN_FRAME: Frame = { origin: ORIGIN, parent: null };

/** Both ends of Electron's IPC in one process: what crosses is cloned, as it is between real processes. */
export class ElectronDouble {
  readonly ipc: StationIpc;
  readonly #handlers = new Map<string, Handler>();
  #pages = 0;

  constructor(station: Pick<Station, 'openSeat'>) {
    const ipcMain: IpcMainPart = { handle: (channel, handler) => void this.#handlers.set(channel, handler) };
    this.ipc = new StationIpc(ipcMain, station);
  }

  get channels(): readonly string[] {
    return [...this.#handlers.keys()];
  }

  /** One more window, whose page is in the given frame. */
  page(frame: Frame = OWN_FRAME): IpcRendererPart & { readonly id: number } {
    const id = ++this.#pages;
    let listener: (event: unknown, update: SubscriptionUpdate) => void = () => undefined;
    const sender: SenderPart = {
      id,
      isDestroyed: () => false,
      send: (channel, message) => {
        if (channel === UPDATE_CHANNEL) listener({}, structuredClone(message) as SubscriptionUpdate);
      },
    };
    return {
      id,
      on: (_channel, given) => {
        listener = given;
      },
      invoke: async (channel, ...args) => {
        const handler = this.#handlers.get(channel);
        if (!handler) throw new Error(`No handler registered for '${channel}'`);
        return structuredClone(await handler({ sender, senderFrame: frame }, ...structuredClone(args)));
      },
    };
  }
}
