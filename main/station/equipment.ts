import type { PumpCapability } from '../../core/pump.ts';
import { AppError } from '../../drivers/kit/app-error.ts';
import type { OnHostSilence } from '../../drivers/kit/driver.ts';
import { MONITOR_DRIVERS, PUMP_DRIVERS } from '../../drivers/registry.ts';
import type { ChairDevices } from '../devices/messages.ts';

/** What the station knows of a chair's devices before they answer, from the drivers' manifests. */
export interface ChairEquipment {
  readonly capability: PumpCapability;
  readonly onHostSilence: OnHostSilence;
  readonly monitorName: string;
  readonly waveSamplesPerSecond: number;
}

/** Throws CONFIG_INVALID when a driver or syringe does not exist or the pump's protocol is monitor-only. */
export function equipmentOf({ chairId, pump, syringe, monitor }: ChairDevices): ChairEquipment {
  const pumpManifest = PUMP_DRIVERS[pump.driver]?.manifest;
  const monitorManifest = MONITOR_DRIVERS[monitor.driver]?.manifest;
  if (pumpManifest === undefined || monitorManifest === undefined) {
    const unknown = pumpManifest === undefined ? pump.driver : monitor.driver;
    throw new AppError('CONFIG_INVALID', `${chairId}: no driver is named "${unknown}".`);
  }
  if (pumpManifest.direction !== 'control') {
    throw new AppError('CONFIG_INVALID', `${chairId}: "${pump.driver}" can watch a pump but not control one.`);
  }
  const capability = pumpManifest.syringes[syringe]?.capability;
  if (capability === undefined) {
    throw new AppError('CONFIG_INVALID', `${chairId}: "${pump.driver}" knows no syringe "${syringe}".`);
  }
  return {
    capability,
    onHostSilence: pumpManifest.onHostSilence,
    monitorName: monitorManifest.name,
    waveSamplesPerSecond: monitorManifest.waveform?.samplesPerSecond ?? 0,
  };
}
