import { type ChildProcess, fork } from 'node:child_process';
import { EventEmitter } from 'node:events';
import disk from 'node:fs/promises';
import type { ElectronParts } from '../../main/electron/boot.ts';
import type { InvokeEvent, IpcMainPart } from '../../main/electron/ipc.ts';
import type { windowOptions } from '../../main/electron/window-options.ts';

type Handler = Parameters<IpcMainPart['handle']>[1];
type WindowOptions = ReturnType<typeof windowOptions>;
type PageHandler = (request: Request) => Promise<Response>;

/** Electron's utilityProcess.fork over a plain fork: the built process runs for real. */
function forkUtility(modulePath: string, args: string[]): ChildProcess & { postMessage(message: object): void } {
  const child = fork(modulePath, args, { execArgv: [], serialization: 'advanced' });
  return Object.assign(child, { postMessage: (message: object) => void child.send(message, () => undefined) });
}

/** What the desktop program asked of Electron, in order, and the handles with which a test plays the user. */
export class ElectronRecorder {
  readonly log: string[] = [];
  readonly handlers = new Map<string, Handler>();
  readonly children: ChildProcess[] = [];
  readonly app = new EventEmitter();
  readonly contents = new EventEmitter();
  readonly window = new EventEmitter();
  readonly exited = Promise.withResolvers<number>();
  readonly updates: unknown[] = [];
  page: PageHandler = async () => new Response();
  options: WindowOptions = {};
  isFirst = true;

  call(channel: string, input: unknown): Promise<unknown> {
    const event: InvokeEvent = {
      sender: { id: 1, isDestroyed: () => false, send: (_channel, message) => void this.updates.push(message) },
      senderFrame: { origin: 'app://chairside', parent: null },
    };
    return this.handlers.get(channel)?.(event, input) ?? Promise.reject(new Error(`no handler of ${channel}`));
  }

  /** The double covers what boot.ts uses; the cast is the one place where it stands for the whole of Electron. */
  parts(): ElectronParts {
    const { log } = this;
    const open = (options: WindowOptions) => this.#open(options);
    const note = (what: string) => (): void => void log.push(what);
    const parts = {
      app: Object.assign(this.app, {
        isPackaged: false,
        setPath: note('setPath'),
        requestSingleInstanceLock: () => {
          log.push('lock');
          return this.isFirst;
        },
        enableSandbox: note('sandbox'),
        commandLine: { appendSwitch: (name: string, value: string) => log.push(`${name} ${value}`) },
        whenReady: async () => void log.push('ready'),
        getVersion: () => '0.0.0',
        getPath: (name: string) => name,
        quit: () => this.app.emit('before-quit', { preventDefault: () => undefined }),
        exit: (code: number) => {
          log.push(`exit ${code}`);
          this.exited.resolve(code);
        },
      }),
      protocol: {
        registerSchemesAsPrivileged: (schemes: { scheme: string }[]) => log.push(`scheme ${schemes[0]?.scheme}`),
        handle: (scheme: string, handler: PageHandler) => {
          log.push(`handle ${scheme}`);
          this.page = handler;
        },
      },
      session: {
        defaultSession: {
          setPermissionRequestHandler: note('permission request'),
          setPermissionCheckHandler: note('permission check'),
          setDevicePermissionHandler: note('device permission'),
          webRequest: { onBeforeRequest: note('requests') },
        },
      },
      ipcMain: { handle: (channel: string, handler: Handler) => void this.handlers.set(channel, handler) },
      dialog: { showErrorBox: note('error box') },
      shell: { beep: note('beep') },
      originalFs: disk,
      powerSaveBlocker: { start: (kind: string) => log.push(kind) },
      safeStorage: {
        isAsyncEncryptionAvailable: () => Promise.resolve(true),
        getSelectedStorageBackend: () => 'gnome_libsecret',
        encryptStringAsync: (text: string) => Promise.resolve(Buffer.from(`sealed ${text}`)),
        decryptStringAsync: (bytes: Buffer) =>
          Promise.resolve({ shouldReEncrypt: false, result: bytes.toString().replace('sealed ', '') }),
      },
      utilityProcess: {
        fork: (modulePath: string, args: string[]) => {
          const child = forkUtility(modulePath, args);
          this.children.push(child);
          return child;
        },
      },
      BrowserWindow: function BrowserWindow(options: WindowOptions) {
        return open(options);
      },
    };
    return parts as unknown as ElectronParts;
  }

  #open(options: WindowOptions): object {
    this.log.push('window');
    this.options = options;
    const webContents = Object.assign(this.contents, {
      id: 1,
      forcefullyCrashRenderer: () => this.log.push('crash renderer'),
    });
    return Object.assign(this.window, {
      webContents,
      isDestroyed: () => false,
      loadURL: async (url: string) => void this.log.push(`load ${url}`),
    });
  }
}
