import { hashSecret, PIN_PATTERN } from '../access/pin.ts';
import type { DemonstrationPorts } from '../demonstration-process.ts';
import type { ChairConfiguration, Configuration, PersonConfiguration } from './configuration.ts';

/** Invented people. Their PINs are shown on the sign-in tiles, so they protect nothing and must not. */
const PEOPLE = [
  { id: 'mara-lindqvist', name: 'Mara Lindqvist', role: 'clinician', hint: '112233' },
  { id: 'tomas-okafor', name: 'Tomas Okafor', role: 'clinician', hint: '445566' },
  { id: 'ines-castellan', name: 'Ines Castellan', role: 'supervisor', hint: '778899' },
  { id: 'jonah-reyes', name: 'Jonah Reyes', role: 'technician', hint: '135790' },
  { id: 'ruth-adeyemi', name: 'Ruth Adeyemi', role: 'administrator', hint: 'plain demonstration' },
] as const;

const SYRINGE = 'BD 60 mL';

const kindOf = (hint: string) => (PIN_PATTERN.test(hint) ? 'pin' : 'password');

/** The configuration of the built-in demonstration, over the ports on which the simulators listen. */
export async function demonstrationConfiguration(ports: DemonstrationPorts): Promise<Configuration> {
  return {
    stationName: 'Demonstration station',
    demonstration: true,
    chairs: ports.map(chairOn),
    people: await Promise.all(
      PEOPLE.map(
        async (person): Promise<PersonConfiguration> => ({
          ...person,
          pin: await hashSecret(person.hint, kindOf(person.hint), null),
        }),
      ),
    ),
  };
}

function chairOn({ pump, monitor }: DemonstrationPorts[number], index: number): ChairConfiguration {
  return {
    name: `Chair ${index + 1}`,
    devices: {
      chairId: `chair-${index + 1}`,
      pump: { driver: 'new-era', port: pump, baudRate: null, address: 0, format: null },
      syringe: SYRINGE,
      monitor: { driver: 'nonin', port: monitor, baudRate: null, address: 0, format: null },
    },
  };
}
