import type { MonitorManifest } from '../kit/driver.ts';

/** Pulse waveform samples per second in formats 2 and 7: one in every frame (Nonin 6470-000-01). */
export const FRAMES_PER_SECOND = 75;

/** Nonin oximeters with serial formats 2, 7 and 8: Nonin specification 6470-000-01 and real frames. */
export const manifest: MonitorManifest = {
  role: 'monitor',
  id: 'nonin',
  name: 'Nonin oximeter (data formats 2, 7, 8)',
  line: { baudRate: 9600, dataBits: 8, stopBits: 1, parity: 'none', rtscts: false },
  evidence: 'manual',
  testedOnHardware: false,
  waveform: { label: 'Pleth', samplesPerSecond: FRAMES_PER_SECOND },
};
