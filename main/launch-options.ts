import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

export interface LaunchOptions {
  /** Absolute folder for records and exports; the demonstration uses a folder inside it. */
  readonly data: string;
  /** Absolute path of the configuration file; null starts the demonstration. */
  readonly config: string | null;
  /** Null: the desktop program where its binary is present, else the browser. */
  readonly host: 'electron' | 'browser' | null;
  /** TCP port of the browser host, 0 for any. */
  readonly port: number;
}

export type ParsedOptions =
  | { readonly kind: 'run'; readonly options: LaunchOptions }
  | { readonly kind: 'help' }
  | { readonly kind: 'refused'; readonly message: string };

export const USAGE = `npm start -- [options]     starts Chairside; without --config, a demonstration with simulated devices

  --config FILE    the station's configuration (docs/chairside.example.yaml)
  --data DIR       folder for records and exports (default: the application data folder of your account)
  --host HOST      electron or browser (default: electron where its binary is present)
  --port N         port of the browser host on 127.0.0.1 (default: any free one); implies --host browser
  --help           this text`;

const refused = (message: string): ParsedOptions => ({ kind: 'refused', message });

/** Where the operating system keeps the data of applications. */
function applicationData(platform: NodeJS.Platform, environment: NodeJS.ProcessEnv): string {
  if (platform === 'win32') return join(environment['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming'), 'Chairside');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Chairside');
  return join(environment['XDG_DATA_HOME'] || join(homedir(), '.local', 'share'), 'chairside');
}

function parse(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    options: {
      data: { type: 'string' },
      config: { type: 'string' },
      host: { type: 'string' },
      port: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
}

/** Reads the command line; every refusal is one sentence that names the option. */
export function parseLaunchOptions(
  args: readonly string[],
  platform: NodeJS.Platform = process.platform,
  environment: NodeJS.ProcessEnv = process.env,
): ParsedOptions {
  let values: ReturnType<typeof parse>['values'];
  try {
    ({ values } = parse(args));
  } catch (error) {
    return refused(error instanceof Error ? (error.message.split('. ')[0] ?? '') : String(error));
  }
  if (values.help) return { kind: 'help' };
  const { host, port } = values;
  if (host !== undefined && host !== 'electron' && host !== 'browser')
    return refused(`--host is "electron" or "browser", not "${host}"`);
  if (port !== undefined && (!/^\d{1,5}$/.test(port) || Number(port) > 65_535))
    return refused(`--port is a number from 0 to 65535, not "${port}"`);
  if (port !== undefined && host === 'electron') return refused('--port is only for --host browser');
  if (values.data === '' || values.config === '') return refused('--data and --config need a path');
  return {
    kind: 'run',
    options: {
      data: resolve(values.data ?? applicationData(platform, environment)),
      config: values.config === undefined ? null : resolve(values.config),
      host: host ?? (port === undefined ? null : 'browser'),
      port: Number(port ?? 0),
    },
  };
}
