import type { Answer, Exchange, Fits, Request } from './exchange.ts';

type Alive = Request['alive'];

/** A command whose reply carries nothing but the prompt. */
export const command = (text: string, alive: Alive): Request => ({ text, fits: (data) => data === '', alive });

/** The shape of the reply to each query; a late reply to another query does not fit. */
const SHAPES = {
  VER: /^[A-Z]+\d.*V\d/,
  DIS: /^I.{5}W.{5}[UM]L$/,
  DIA: /^[\d.]{5}$/,
  RAT: /^[\d.]{5}[UM][MH]$/,
  VOL: /^[\d.]{5}[UM]L$/,
  DIR: /^(INF|WDR|REV)$/,
  FUN: /^[A-Z]{2,3}\d*$/,
  PF: /^[01]$/,
} as const;

export type QueryName = keyof typeof SHAPES;

export function query(name: QueryName, alive: Alive): Request {
  const fits: Fits = (data) => SHAPES[name].test(data);
  return { text: name, fits, alive };
}

/** How many lost replies one operation may make up for by asking again. */
export interface Patience {
  silences: number;
}

/** An alarm in place of the reply, or a damaged packet, means that the pump did not carry the command out. */
const MAX_CONSUMED = 2;

/**
 * Asks until the pump has really dealt with the command. Only for what may be repeated without harm: queries and
 * settings, never RUN.
 */
export async function persist(exchange: Exchange, request: Request, patience: Patience): Promise<Answer> {
  for (let consumed = 0; ; ) {
    const answer = await exchange.ask(request);
    if (answer.kind === 'silent' && patience.silences > 0) patience.silences -= 1;
    else if (wasConsumed(answer) && consumed < MAX_CONSUMED) consumed += 1;
    else return answer;
  }
}

function wasConsumed(answer: Answer): boolean {
  if (answer.kind !== 'reply') return false;
  return answer.reply.kind === 'alarm' || answer.reply.error === 'bad-packet';
}
