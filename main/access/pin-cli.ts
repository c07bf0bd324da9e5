import { type Readable, Writable } from 'node:stream';
import { createInterface } from 'node:readline/promises';
import { hashPin, PIN_PATTERN } from './pin.ts';

/** `npm run pin`: turns a PIN into the string for the configuration file. The PIN is never shown or stored. */
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
  const pin = await askOnTerminal('New PIN (six digits or more, not shown): ');
  if ((await askOnTerminal('The same PIN again: ')) !== pin) fail('The two PINs differ. Run the command again.');
  return pin;
}

const pin = process.stdin.isTTY ? await askTwice() : await readAll(process.stdin);
if (!PIN_PATTERN.test(pin)) fail('A PIN is six digits or more and nothing but digits. Run the command again.');
process.stdout.write(`${await hashPin(pin)}\n`);
