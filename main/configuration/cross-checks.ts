import { z } from 'zod';
import type { PumpDriverModule } from '../../drivers/kit/driver.ts';
import { PUMP_DRIVERS } from '../../drivers/registry.ts';
import { ROLES } from '../../preload/contract/leaf.ts';

/** Something wrong in the file, at a path in it. */
export interface Problem {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** What the checks between entries look at. Anything missing or misshapen is another check's business, so it is ''. */
const text = z.string().catch('');
const device = z.object({ driver: text, port: text, syringe: text }).catch({ driver: '', port: '', syringe: '' });
const addressed = device.and(z.object({ address: z.number().catch(0) }).catch({ address: 0 }));
const looseFile = z.object({
  chairs: z.array(z.object({ id: text, pump: addressed, monitor: device }).nullable().catch(null)).catch([]),
  people: z.array(z.object({ id: text, role: text }).nullable().catch(null)).catch([]),
});

const KNOWN_ROLES: ReadonlySet<string> = new Set(ROLES);

interface Named {
  readonly path: readonly PropertyKey[];
  readonly value: string;
}

function repeated(what: string, entries: readonly Named[]): readonly Problem[] {
  return entries.flatMap(({ path, value }, index) => {
    const isRepeated = value !== '' && entries.findIndex((other) => other.value === value) < index;
    return isRepeated ? [{ path, message: `the ${what} "${value}" is used twice` }] : [];
  });
}

/** Checks between entries. It works on any data, so that its findings come together with those of the schema. */
export function crossChecks(data: unknown): readonly Problem[] {
  const file = looseFile.safeParse(data);
  if (!file.success) return [];
  const chairs = file.data.chairs.flatMap((chair, index) => (chair ? [{ ...chair, path: ['chairs', index] }] : []));
  const people = file.data.people.flatMap((person, index) => (person ? [{ ...person, path: ['people', index] }] : []));
  return [
    ...repeated(
      'chair id',
      chairs.map(({ id, path }) => ({ path: [...path, 'id'], value: id })),
    ),
    ...repeated(
      'person id',
      people.map(({ id, path }) => ({ path: [...path, 'id'], value: id })),
    ),
    // one owner per line; two drivers on one port would garble each other's commands.
    ...repeated(
      'port',
      chairs.flatMap(({ path, pump, monitor }) => [
        { path: [...path, 'pump', 'port'], value: pump.port },
        { path: [...path, 'monitor', 'port'], value: monitor.port },
      ]),
    ),
    // pumps that report no serial number are told apart by their address alone, or not at all.
    ...repeated(
      'pump address',
      chairs
        .filter(({ pump }) => driverOf(pump)?.manifest.toldApartBy === 'address')
        .map(({ path, pump }) => ({ path: [...path, 'pump', 'address'], value: `${pump.address}` })),
    ),
    ...chairs.flatMap(({ path, pump }) => syringeProblems([...path, 'pump', 'syringe'], pump)),
    ...signerProblems(people.map(({ role }) => role)),
  ];
}

/** Nothing starts before an administrator and a second person signed for the file, and nobody else can enrol them later. */
function signerProblems(roles: readonly string[]): readonly Problem[] {
  const signers = roles.filter((role) => role === 'administrator' || role === 'supervisor');
  const isEnough = roles.length === 0 || (signers.length > 1 && signers.includes('administrator'));
  // A role that is none is an error of its own, and could have been any of them.
  if (isEnough || roles.some((role) => !KNOWN_ROLES.has(role))) return [];
  const message =
    'name an administrator and a supervisor or second administrator, who have to sign for this file, or leave this part out';
  return [{ path: ['people'], message }];
}

const driverOf = ({ driver }: z.infer<typeof device>): PumpDriverModule | undefined =>
  Object.hasOwn(PUMP_DRIVERS, driver) ? PUMP_DRIVERS[driver] : undefined;

function syringeProblems(path: Named['path'], pump: z.infer<typeof device>): readonly Problem[] {
  const { driver, syringe } = pump;
  const syringes = driverOf(pump)?.manifest.syringes;
  if (syringes === undefined || syringe === '' || Object.hasOwn(syringes, syringe)) return [];
  const known = Object.keys(syringes)
    .map((name) => `"${name}"`)
    .join(', ');
  return [{ path, message: `the driver "${driver}" does not know the syringe "${syringe}"; it knows ${known}` }];
}
