import type { PumpCapability } from '../../core/pump.ts';
import { microlitre, microlitrePerHour, SECOND } from '../../core/units.ts';
import type { PumpManifest } from '../kit/driver.ts';

/** Seconds without a valid packet after which the pump halts by itself: `SAF 4` (NE-1000 manual p. 34; ). */
export const WATCHDOG_SECONDS = 4;

/**
 * The clinical steps of 0.1 mL/h and 10 uL. Every multiple up to the maxima below fits into the four digits of a pump
 * number; that is why no rate goes beyond 999.9 mL/h although the two largest syringes could.
 */
function capability(maxRate: number, maxVolume: number): PumpCapability {
  return {
    minRate: microlitrePerHour(100),
    maxRate: microlitrePerHour(maxRate),
    rateStep: microlitrePerHour(100),
    volumeStep: microlitre(10),
    maxVolume: microlitre(maxVolume),
  };
}

export const manifest: PumpManifest = {
  id: 'new-era',
  name: 'New Era NE-1000 family',
  role: 'pump',
  direction: 'control',
  // 19,200 baud is the factory setting.
  line: { baudRate: 19_200, dataBits: 8, stopBits: 1, parity: 'none', rtscts: false },
  evidence: 'manual',
  testedOnHardware: false,
  // One second more than armed: the manual does not say how finely the pump counts its watchdog.
  onHostSilence: { kind: 'stops', after: ((WATCHDOG_SECONDS + 1) * SECOND) as typeof SECOND },
  // The protocol reports model and firmware, no serial number (manual section 10.4.5).
  toldApartBy: 'address',
  // Rates from the plunger speed (manual section 12.5) and the inside diameter of each syringe.
  syringes: {
    'BD 10 mL': { diameterMm: '14.43', capability: capability(500_500, 10_000) },
    'BD 20 mL': { diameterMm: '19.05', capability: capability(872_300, 20_000) },
    'BD 30 mL': { diameterMm: '21.59', capability: capability(999_900, 30_000) },
    'BD 60 mL': { diameterMm: '26.59', capability: capability(999_900, 60_000) },
  },
};
