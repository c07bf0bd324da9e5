import type { RateConstants } from './compartments.ts';

/**
 * The models of the predicted band for adults. They differ by a third and more, and none of them is right everywhere:
 * what they give is a prediction, never a measurement. All are for racemic ketamine given into a vein.
 */
export type KetamineModelName = 'clements' | 'domino' | 'kamp' | 'herd';

/** Whether the models describe a drug of the library, by its name there: not esketamine, and no other drug. */
export const isModelled = (drug: string): boolean => drug.trim().toLowerCase() === 'ketamine';

/** A compartment as population models give it, for 70 kg: volume in L, clearance out of or into it in L/h. */
export interface CompartmentSize {
  readonly volume: number;
  readonly clearance: number;
}

/** How a paper states its model. */
export type ModelParameters =
  /** The same rate constants for everyone; only the central volume grows with the weight. */
  | { readonly kind: 'rate-constants'; readonly centralLitresPerKg: number; readonly perMinute: RateConstants }
  /** V1 and CL, V2 and Q2, V3 and Q3 at 70 kg. Volumes grow with W/70, clearances with (W/70)^0.75 (allometry). */
  | {
      readonly kind: 'clearances';
      readonly central: CompartmentSize;
      readonly fast: CompartmentSize;
      /** Null in a model of two compartments. */
      readonly slow: CompartmentSize | null;
    };

export interface KetamineModel {
  /** Name to print beside every number that rests on the model. */
  readonly label: string;
  /** Whom it describes, for the user to judge how far it carries over. */
  readonly basis: string;
  readonly source: string;
  readonly parameters: ModelParameters;
}

export const KETAMINE_MODELS: Readonly<Record<KetamineModelName, KetamineModel>> = {
  clements: {
    label: 'Clements 1981',
    basis: 'Adults, bolus of 0.25 mg/kg. Two compartments: does not resolve the first minutes.',
    source: 'Clements JA, Nimmo WS. Br J Anaesth 1981;53:27-30, doi 10.1093/bja/53.1.27; constants as in opentiva',
    parameters: {
      kind: 'rate-constants',
      centralLitresPerKg: 1.7522,
      perMinute: { k10: 0.0109, k12: 0.0186, k21: 0.0137, k13: 0, k31: 0 },
    },
  },
  domino: {
    label: 'Domino 1984',
    basis: 'Adults, with and without diazepam. Three compartments. Low in infusions of many hours.',
    source: 'Domino EF et al. Clin Pharmacol Ther 1984;36:645-653; constants as in stanpumpR and opentiva',
    parameters: {
      kind: 'rate-constants',
      centralLitresPerKg: 0.063,
      perMinute: { k10: 0.4381, k12: 0.5921, k21: 0.247, k13: 0.59, k31: 0.0146 },
    },
  },
  kamp: {
    label: 'Kamp 2020',
    basis: 'Fourteen raw data sets, arterial concentration. Three compartments.',
    source: 'Kamp J et al. Anesthesiology 2020;133:1192-1213, doi 10.1097/ALN.0000000000003577; values as in SimTIVA',
    parameters: {
      kind: 'clearances',
      central: { volume: 25, clearance: 84 },
      fast: { volume: 56, clearance: 161 },
      slow: { volume: 157, clearance: 79 },
    },
  },
  herd: {
    label: 'Herd 2007',
    basis: '54 children of 1-14 years, standardised to 70 kg. Two compartments: does not resolve the first minutes.',
    source: 'Herd D, Anderson BJ. Paediatr Anaesth 2007;17:622-629, doi 10.1111/j.1460-9592.2006.02145.x',
    parameters: {
      kind: 'clearances',
      central: { volume: 38.7, clearance: 90 },
      fast: { volume: 102, clearance: 215 },
      slow: null,
    },
  },
};
