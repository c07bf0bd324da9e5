import { z } from 'zod';

/** Where an export keeps the engine chunks, one after the other. */
export const ENGINE_EVENTS = 'data/engine-events.jsonl';

const place = z.object({ chunk: z.int().positive(), firstEvent: z.int().positive(), events: z.int().positive() });

/** First line of each chunk; the first chunk of a recording also has the state before its first event. */
export const engineHeader = place.extend({ state: z.unknown().optional() });

/** Text of a chunk: its header line and a line for each event. */
export function engineChunks(text: string): string[] {
  const lines = text.split('\n').slice(0, -1);
  const chunks: string[] = [];
  for (let at = 0; at < lines.length; ) {
    const end = at + 1 + eventsAfter(lines[at] ?? '', at);
    chunks.push(
      lines
        .slice(at, end)
        .map((line) => `${line}\n`)
        .join(''),
    );
    at = end;
  }
  return chunks;
}

function eventsAfter(header: string, at: number): number {
  try {
    return place.parse(JSON.parse(header)).events;
  } catch (error) {
    throw new TypeError(`${ENGINE_EVENTS} line ${at + 1} does not begin a chunk of engine events.`, { cause: error });
  }
}
