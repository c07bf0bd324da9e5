import type { KetamineModelName } from './ketamine-models.ts';

/** A stretch of infusion: from and to in minutes, micrograms in all. */
type Infusion = readonly [from: number, to: number, micrograms: number];

export interface ReferenceRun {
  readonly what: string;
  readonly weightKg: number;
  readonly infusions: readonly Infusion[];
  readonly minutes: readonly number[];
  /** ng/mL at each of the minutes. */
  readonly predicted: Readonly<Record<KetamineModelName, readonly number[]>>;
}

// For tests, not part of the product: solved once outside of this project, by matrix exponential and by Runge-Kutta steps
// of 0.005 min, which agreed to 5e-14, and rounded to 0.01 ng/mL.
export const STEADY_RUNS: readonly ReferenceRun[] = [
  {
    what: '0.5 mg/kg over 40 min at 50 kg',
    weightKg: 50,
    infusions: [[0, 40, 25000]],
    minutes: [0, 5, 10, 20, 30, 40, 50, 60, 90, 120],
    predicted: {
      clements: [0, 33.2, 62.03, 109.48, 146.88, 177.31, 140.82, 115.42, 75.4, 58.83],
      domino: [0, 155.34, 181.81, 209.58, 226.47, 240.33, 71.12, 55.11, 43, 35.83],
      kamp: [0, 105.56, 146.93, 187.54, 216.01, 239.98, 113.79, 91.4, 62.07, 46.66],
      herd: [0, 82.01, 127.17, 178.02, 212.66, 242.1, 141.36, 114.5, 83.8, 63.22],
    },
  },
  {
    what: '0.5 mg/kg over 40 min at 70 kg',
    weightKg: 70,
    infusions: [[0, 40, 35000]],
    minutes: [0, 5, 10, 20, 30, 40, 50, 60, 90, 120],
    predicted: {
      clements: [0, 33.2, 62.03, 109.48, 146.88, 177.31, 140.82, 115.42, 75.4, 58.83],
      domino: [0, 155.34, 181.81, 209.58, 226.47, 240.33, 71.12, 55.11, 43, 35.83],
      kamp: [0, 109.32, 154.53, 198.27, 228.01, 253.05, 120.34, 95.86, 65.98, 49.91],
      herd: [0, 83.95, 131.97, 186.55, 222.9, 253.42, 148.87, 119.32, 88.3, 68.13],
    },
  },
  {
    what: '0.5 mg/kg over 40 min at 100 kg',
    weightKg: 100,
    infusions: [[0, 40, 50000]],
    minutes: [0, 5, 10, 20, 30, 40, 50, 60, 90, 120],
    predicted: {
      clements: [0, 33.2, 62.03, 109.48, 146.88, 177.31, 140.82, 115.42, 75.4, 58.83],
      domino: [0, 155.34, 181.81, 209.58, 226.47, 240.33, 71.12, 55.11, 43, 35.83],
      kamp: [0, 113.21, 162.74, 210.34, 241.57, 267.75, 127.97, 100.76, 70.25, 53.54],
      herd: [0, 85.9, 137, 195.9, 234.36, 266.13, 157.6, 124.79, 92.94, 73.28],
    },
  },
  {
    what: '0.5 mg/kg over 40 min at 150 kg',
    weightKg: 150,
    infusions: [[0, 40, 75000]],
    minutes: [0, 5, 10, 20, 30, 40, 50, 60, 90, 120],
    predicted: {
      clements: [0, 33.2, 62.03, 109.48, 146.88, 177.31, 140.82, 115.42, 75.4, 58.83],
      domino: [0, 155.34, 181.81, 209.58, 226.47, 240.33, 71.12, 55.11, 43, 35.83],
      kamp: [0, 117.49, 172.2, 224.92, 258.09, 285.63, 137.67, 106.63, 75.23, 57.9],
      herd: [0, 88.02, 142.62, 206.88, 248.13, 281.5, 168.59, 131.61, 98.06, 79.01],
    },
  },
  {
    what: '1 mg/kg over 60 min',
    weightKg: 70,
    infusions: [[0, 60, 70000]],
    minutes: [0, 10, 20, 40, 60, 70, 90, 120, 180],
    predicted: {
      clements: [0, 82.71, 145.97, 236.42, 299.86, 243.17, 175.15, 127.98, 91.53],
      domino: [0, 242.41, 279.45, 320.44, 352.92, 125.25, 92.61, 76.37, 53.12],
      kamp: [0, 206.04, 264.36, 337.4, 392.17, 209.04, 150.45, 110.08, 71.84],
      herd: [0, 175.96, 248.73, 337.9, 407.83, 262.45, 194.98, 149.48, 89.08],
    },
  },
  {
    what: '0.3 mg/kg over 15 min',
    weightKg: 70,
    infusions: [[0, 15, 21000]],
    minutes: [0, 5, 10, 15, 20, 30, 45, 60],
    predicted: {
      clements: [0, 53.12, 99.25, 139.61, 122.05, 95.41, 69.93, 54.88],
      domino: [0, 248.54, 290.89, 317.01, 86.8, 45.34, 32.45, 28.71],
      kamp: [0, 174.92, 247.25, 287.68, 142.31, 77.14, 58.08, 47.7],
      herd: [0, 134.31, 211.15, 261.21, 164.16, 95.43, 71.29, 61.46],
    },
  },
  {
    what: '0.35 mg/kg/h for 4 h',
    weightKg: 70,
    infusions: [[0, 240, 98000]],
    minutes: [0, 30, 60, 120, 180, 240, 250, 270, 300],
    predicted: {
      clements: [0, 68.55, 104.95, 149.74, 181.78, 206.96, 181.67, 149, 122.04],
      domino: [0, 105.69, 123.52, 150.25, 168.85, 181.78, 98.67, 81, 67.26],
      kamp: [0, 106.41, 137.26, 175.79, 200.94, 219.7, 150.28, 121.06, 97.1],
      herd: [0, 104.02, 142.74, 195.06, 226.23, 244.81, 185.49, 147.04, 113.15],
    },
  },
  {
    what: '80 mg over 2 h',
    weightKg: 70,
    infusions: [[0, 120, 80000]],
    minutes: [0, 15, 30, 60, 90, 120, 130, 150, 180],
    predicted: {
      clements: [0, 66.48, 111.91, 171.35, 212, 244.48, 206.92, 160.4, 125.44],
      domino: [0, 150.96, 172.55, 201.67, 225.47, 245.31, 112.64, 89.31, 74],
      kamp: [0, 136.99, 173.73, 224.1, 259.7, 287, 177.14, 135.51, 103.96],
      herd: [0, 124.39, 169.83, 233.04, 281.25, 318.46, 228.32, 177.35, 136.32],
    },
  },
];
