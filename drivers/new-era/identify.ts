import type { PumpIdentity } from '../../core/pump.ts';
import { AppError } from '../kit/app-error.ts';
import type { Answer, Exchange, Request } from './exchange.ts';
import { WATCHDOG_SECONDS } from './manifest.ts';
import { parseVersion } from './messages.ts';
import { command, persist, query } from './requests.ts';

/**
 * Opens with a Safe-framed `SAF 4`, which the pump takes in either mode. Not with `SAF 0` first, as is usual: should
 * the pump be infusing, that would switch its watchdog off, and if we died then, nothing would stop it.
 */
export async function identify(exchange: Exchange, alive: Request['alive']): Promise<PumpIdentity> {
  const patience = { silences: 2 };
  const opening = { ...command(`SAF${WATCHDOG_SECONDS}`, alive), acceptsBasic: true };
  const opened = await persist(exchange, opening, patience);
  answered(opened, exchange);
  if (opened.mode === 'basic') {
    throw new AppError('DEVICE_WRONG', 'A New Era pump answers, but stays in Basic mode, which has no watchdog.');
  }
  const named = await persist(exchange, query('VER', alive), patience);
  answered(named, exchange);
  const version = named.reply.kind === 'status' ? parseVersion(named.reply.data) : null;
  if (!version) throw new AppError('DEVICE_WRONG', 'The device on this line does not name itself as a New Era pump.');
  // The protocol has no serial number.
  return { ...version, serial: null };
}

function answered(answer: Answer, exchange: Exchange): asserts answer is Extract<Answer, { kind: 'reply' }> {
  if (answer.kind !== 'reply') throw noReply(answer, exchange);
  if (answer.reply.kind === 'alarm') {
    throw new AppError('LINE_BAD_REPLY', `The pump keeps answering with its alarm (${answer.reply.alarm}).`);
  }
  if (answer.reply.error !== null) {
    throw new AppError('LINE_BAD_REPLY', `The pump refuses to be identified (${answer.reply.error}).`);
  }
}

function noReply(answer: Answer, exchange: Exchange): AppError {
  if (exchange.closed) return new AppError('LINE_CLOSED', 'The line was closed.');
  if (answer.kind === 'dropped') return new AppError('LINE_NO_REPLY', 'A stop came before the pump was identified.');
  if (exchange.heard.pump) return new AppError('LINE_NO_REPLY', 'The pump stopped answering. Check the cable.');
  if (exchange.heard.echo) {
    const message = 'The pump echoes: the cable is in its "To Network" socket. Put it into "To Computer".';
    return new AppError('DEVICE_WRONG', message);
  }
  if (exchange.heard.anything) return new AppError('DEVICE_WRONG', 'What answers on this line is not a New Era pump.');
  return new AppError('LINE_NO_REPLY', 'No pump answers. Check power, cable, baud rate and address of the pump.');
}
