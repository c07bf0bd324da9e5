import { AppError } from '../app-error.ts';
import type { LineSettings, TransportFactory } from '../transport.ts';
import { openSerial } from './serial.ts';
import { openTcp } from './tcp.ts';

/**
 * Turns a port of the configuration into a factory of lines.
 * @param port `serial:PATH` or `tcp:HOST:PORT`
 * @throws AppError CONFIG_INVALID
 */
export function openLine(port: string, settings: LineSettings): TransportFactory {
  const serial = /^serial:(?<path>.+)$/.exec(port);
  const path = serial?.groups?.['path'];
  if (path) return () => openSerial(path, settings);
  const tcp = /^tcp:(?<host>[^:]+|\[[0-9a-f:]+\]):(?<number>\d{1,5})$/i.exec(port);
  const host = tcp?.groups?.['host']?.replace(/^\[|\]$/g, '');
  const number = Number(tcp?.groups?.['number']);
  if (host && number >= 1 && number <= 65_535) return () => openTcp(host, number);
  throw new AppError('CONFIG_INVALID', `"${port}" is not a port: write serial:PATH or tcp:HOST:PORT.`);
}
