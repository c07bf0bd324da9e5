import { z } from 'zod';
import { MONITOR_DRIVERS, PUMP_DRIVERS } from '../../drivers/registry.ts';
import { ROLES } from '../../preload/contract/leaf.ts';
import { keySchema } from '../library/library-file.ts';
import { isStoredPin } from '../access/pin.ts';

const id = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'use 1 to 40 lower-case letters, digits and hyphens');
const name = z.string().trim().min(1, 'must not be empty').max(60, 'has at most 60 characters');
const choices = (names: readonly string[]): string => names.map((one) => `"${one}"`).join(', ');

function isPort(text: string): boolean {
  if (/^serial:[^\s:].*\S$|^serial:\S$/.test(text)) return true;
  const [, port] = /^tcp:[\w.-]+:(\d{1,5})$/.exec(text) ?? [];
  return port !== undefined && Number(port) >= 1 && Number(port) <= 65_535;
}

const port = z.string().refine(isPort, 'write serial:PATH (serial:/dev/ttyUSB0, serial:COM3) or tcp:HOST:PORT');
const baudRate = z
  .number()
  .int()
  .min(300, 'is at least 300')
  .max(230_400, 'is at most 230400')
  .nullable()
  .default(null);

const driverIn = (drivers: Readonly<Record<string, unknown>>) =>
  z.string().refine((driver) => Object.hasOwn(drivers, driver), {
    error: ({ input }) => `there is no driver "${String(input)}"; known: ${choices(Object.keys(drivers))}`,
  });

const pump = z.strictObject({
  driver: driverIn(PUMP_DRIVERS),
  port,
  baudRate,
  // New Era network addresses are 00 to 99.
  address: z.number().int().min(0, 'is 0 to 99').max(99, 'is 0 to 99').default(0),
  syringe: z.string(),
});

const monitor = z.strictObject({
  driver: driverIn(MONITOR_DRIVERS),
  port,
  baudRate,
  format: z
    .union([z.string(), z.number()], 'name the data format, or leave it out')
    .transform(String)
    .nullable()
    .default(null),
});

const chair = z.strictObject({ id, name, pump, monitor });

const person = z.strictObject({
  id,
  name,
  role: z.enum(ROLES, `is one of ${choices(ROLES)}`),
  pin: z.string().refine(isStoredPin, 'is not a PIN string; make one with "npm run pin"'),
});

const path = z.string().trim().min(1, 'must not be empty').max(500, 'has at most 500 characters');

const library = z.strictObject({
  file: path,
  trustedKeys: z.array(keySchema).min(2, 'needs the keys of two approvers at least'),
});

/** Where the record keeps evidence and copies beside itself. */
const record = z.strictObject({
  anchor: path.nullable().default(null),
  backup: path.nullable().default(null),
});

/** The file as a site writes it; docs/chairside.example.yaml explains each key. */
export const fileSchema = z.strictObject({
  station: name,
  record: record.default({ anchor: null, backup: null }),
  chairs: z.array(chair).min(1, 'needs at least one chair').max(16, 'has at most 16 chairs'),
  library: library.optional(),
  people: z.array(person).max(200, 'has at most 200 people').default([]),
  lockAfterMinutes: z.number().min(2, 'is 2 to 5').max(5, 'is 2 to 5').default(3),
});
export type ConfigurationFile = z.infer<typeof fileSchema>;
