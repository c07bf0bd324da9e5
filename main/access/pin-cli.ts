import { type Readable, Writable } from 'node:stream';
import { createInterface } from 'node:readline/promises';
import { hashSecret, PIN_PATTERN } from './pin.ts';

/** `npm run pin`: turns a PIN or password into the string for the configuration file. It is never shown or stored. */
const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });

async function askOnTerminal(question: string): Promise<string> {
  process.stderr.write(question);
  // With its output going nowhere, readline echoes nothing of what is typed.
  const line = createInterface({ input: process.stdin, output: nowhere, terminal: true });
  line.on('SIGINT', () => process.exit(130));
  const answer = await line.question('');
  line.close();
  process.stderr.write('\n');
  return answer.trim();
}

async function readAll(input: Readable): Promise<string> {
  let text = '';
  for await (const chunk of input) text += String(chunk);
  return text.trim();
}

function fail(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

async function askTwice(): Promise<string> {
  const pin = await askOnTerminal('New PIN (six digits or more) or password (12 characters or more), not shown: ');
  if ((await askOnTerminal('The same again: ')) !== pin) fail('The two differ. Run the command again.');
  return pin;
}

const pin = process.stdin.isTTY ? await askTwice() : await readAll(process.stdin);
const isPin = PIN_PATTERN.test(pin);
if (!isPin && pin.length < 12) {
  fail('A PIN is six digits or more and nothing but digits, a password 12 characters or more. Run the command again.');
}
process.stdout.write(`${await hashSecret(pin, isPin ? 'pin' : 'password', null)}\n`);
