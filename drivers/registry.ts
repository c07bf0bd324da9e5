import type { MonitorDriverModule, PumpDriverModule } from './kit/driver.ts';
import { newEra } from './new-era/driver.ts';
import { nonin } from './nonin/driver.ts';

/** Every driver the station knows, by the id that the configuration names. */
export const PUMP_DRIVERS: Readonly<Record<string, PumpDriverModule>> = { 'new-era': newEra };

export const MONITOR_DRIVERS: Readonly<Record<string, MonitorDriverModule>> = { nonin };
