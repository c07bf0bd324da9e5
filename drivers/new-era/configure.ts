import { mayDeliver, type Outcome } from '../../core/pump.ts';
import type { PumpProgram } from '../kit/driver.ts';
import type { Answer, Exchange, Request } from './exchange.ts';
import { type Step, stepsFor } from './program.ts';
import { command, type Patience, persist, query } from './requests.ts';

/** What one step or command came to: the data of its reply, or the outcome that ends the whole configuration. */
type Result = { readonly kind: 'data'; readonly data: string } | { readonly kind: 'end'; readonly outcome: Outcome };

/** Of a request that was dropped, so that nothing of it was sent. */
export const HELD_BACK = 'a stop came first, the permission ended, or the line is closed';

/** Brings the program into a pump at rest and reads every part of it back. */
export async function configure(exchange: Exchange, program: PumpProgram, alive: Request['alive']): Promise<Outcome> {
  const plan = stepsFor(program);
  if (plan.kind === 'refused') return plan.outcome;
  const work = new Configuration(exchange, alive);
  return (await work.rest()) ?? (await work.apply(plan.steps));
}

class Configuration {
  readonly #exchange: Exchange;
  readonly #alive: Request['alive'];
  /** Lost replies are made up for three times in all: a bad line ends in `unknown` soon, not in a long struggle. */
  readonly #patience: Patience = { silences: 3 };

  constructor(exchange: Exchange, alive: Request['alive']) {
    this.#exchange = exchange;
    this.#alive = alive;
  }

  /** Null when the pump is at rest. A paused program is reset: it would resume in the middle of the old volume. */
  async rest(): Promise<Outcome | null> {
    const seen = await persist(this.#exchange, query('DIS', this.#alive), this.#patience);
    const result = judge(seen, 'DIS');
    if (result.kind === 'end') return result.outcome;
    const state = seen.kind === 'reply' && seen.reply.kind === 'status' ? seen.reply.state : 'alarm';
    if (mayDeliver(state)) return { kind: 'refused', code: `pump-${state}` };
    if (state !== 'paused') return null;
    const reset = await this.#command('STP');
    return reset.kind === 'end' ? reset.outcome : null;
  }

  async apply(steps: readonly Step[]): Promise<Outcome> {
    for (const step of steps) {
      const outcome = step.kind === 'do' ? await this.#do(step.text) : await this.#hold(step);
      if (outcome) return outcome;
    }
    return { kind: 'confirmed' };
  }

  async #do(text: string): Promise<Outcome | null> {
    const result = await this.#command(text);
    return result.kind === 'end' ? result.outcome : null;
  }

  async #hold(step: Extract<Step, { kind: 'hold' }>): Promise<Outcome | null> {
    const before = await this.#query(step.query);
    if (before.kind === 'data' && step.holds(before.data)) return null;
    if (before.kind === 'end' && before.outcome.kind === 'unknown') return before.outcome;
    for (const text of step.set) {
      const outcome = await this.#do(text);
      if (outcome) return outcome;
    }
    const after = await this.#query(step.query);
    if (after.kind === 'end') return after.outcome;
    return step.holds(after.data) ? null : { kind: 'refused', code: `read-back-${step.query}` };
  }

  async #query(name: Extract<Step, { kind: 'hold' }>['query']): Promise<Result> {
    return judge(await persist(this.#exchange, query(name, this.#alive), this.#patience), name);
  }

  async #command(text: string): Promise<Result> {
    return judge(await persist(this.#exchange, command(text, this.#alive), this.#patience), text);
  }
}

function judge(answer: Answer, text: string): Result {
  if (answer.kind === 'dropped') return end({ kind: 'unknown', detail: HELD_BACK });
  if (answer.kind === 'silent') return end({ kind: 'unknown', detail: `no reply to ${text}` });
  if (answer.reply.kind === 'alarm') return end({ kind: 'refused', code: `alarm-${answer.reply.alarm}` });
  if (answer.reply.error !== null) return end({ kind: 'refused', code: answer.reply.error });
  return { kind: 'data', data: answer.reply.data };
}

const end = (outcome: Outcome): Result => ({ kind: 'end', outcome });
