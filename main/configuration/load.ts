import { readFile } from 'node:fs/promises';
import { type Document, isMap, isScalar, LineCounter, type Node, parseDocument } from 'yaml';
import type { z } from 'zod';
import { AppError } from '../../drivers/kit/app-error.ts';
import type { Configuration } from './configuration.ts';
import { crossChecks, type Problem } from './cross-checks.ts';
import { type ConfigurationFile, fileSchema } from './schema.ts';

/**
 * Reads and checks a configuration file (YAML, of which JSON is a part). Rejects with CONFIG_INVALID, whose message
 * has one line per error: file, line, where in the file, and what to do.
 */
export async function loadConfiguration(path: string): Promise<Configuration> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new AppError('CONFIG_INVALID', `${path}: the configuration cannot be read (${reason})`, { cause: error });
  }
  return parseConfiguration(text, path);
}

/** @param name what the errors call the file */
export function parseConfiguration(text: string, name: string): Configuration {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const lineAt = (offset: number): number => Math.max(1, lines.linePos(offset).line);
  if (document.errors.length > 0) {
    fail(document.errors.map(({ pos, message }) => `${name}:${lineAt(pos[0])}: ${message}`));
  }
  const data: unknown = document.toJS();
  const parsed = fileSchema.safeParse(data, { reportInput: true });
  const problems = [...(parsed.success ? [] : parsed.error.issues.flatMap(problemsOf)), ...crossChecks(data)];
  if (problems.length > 0 || !parsed.success) {
    const located = problems.map(({ path, message }) => ({ line: lineAt(offsetOf(document, path)), path, message }));
    fail(
      located
        .toSorted((one, other) => one.line - other.line)
        .map(({ line, path, message }) => `${name}:${line}: ${written(path)}: ${message}`),
    );
  }
  return toConfiguration(parsed.data);
}

function fail(errors: readonly string[]): never {
  throw new AppError('CONFIG_INVALID', errors.join('\n'));
}

function problemsOf(issue: z.core.$ZodIssue): readonly Problem[] {
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({ path: [...issue.path, key], message: 'is not a known key' }));
  if (issue.code === 'invalid_type' && issue.input === undefined) return [{ path: issue.path, message: 'is missing' }];
  return [{ path: issue.path, message: issue.message }];
}

/** `chairs[0].pump.driver`; the file as a whole is "the file". */
function written(path: Problem['path']): string {
  const text = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');
  return text === '' ? 'the file' : text.replace(/^\./, '');
}

/** Where the key stands, or the nearest thing above it that is there. */
function offsetOf(document: Document.Parsed, path: Problem['path']): number {
  for (let length = path.length; length > 0; length -= 1) {
    const key = path[length - 1];
    const parent = document.getIn(path.slice(0, length - 1), true);
    const pair = isMap(parent) ? parent.items.find((item) => isScalar(item.key) && item.key.value === key) : undefined;
    const node = (pair?.key ?? document.getIn(path.slice(0, length), true)) as Node | null | undefined;
    if (node?.range) return node.range[0];
  }
  return document.contents?.range?.[0] ?? 0;
}

function toConfiguration(file: ConfigurationFile): Configuration {
  const { station, record, chairs, people, library, lockAfterMinutes } = file;
  return {
    stationName: station,
    demonstration: false,
    record,
    lockAfterMs: lockAfterMinutes * 60_000,
    chairs: chairs.map(({ id, name, pump: { syringe, ...pump }, monitor }) => ({
      name,
      devices: {
        chairId: id,
        pump: { ...pump, format: null },
        syringe,
        monitor: { ...monitor, address: 0 },
      },
    })),
    people: people.map((person) => ({ ...person, hint: null })),
    ...(library && { library }),
  };
}
