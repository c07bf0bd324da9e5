import type { StationApi } from '../../preload/contract/api.ts';

type Answer<Call> = Call extends (...input: never[]) => Promise<infer Result>
  ? Result extends { readonly ok: true; readonly value: infer Value }
    ? Value
    : never
  : never;

export type StationInfo = Answer<StationApi['station']['info']>;
export type SignInPerson = Answer<StationApi['access']['people']>[number];
export type DrugEntryView = Answer<StationApi['library']['entries']>[number];
export type OrderInput = Parameters<StationApi['library']['preview']>[0]['order'];
export type PatientFactorsInput = Exclude<Parameters<StationApi['session']['open']>[0]['patientFactors'], undefined>;
export type ReadingInput = Parameters<StationApi['vitals']['enter']>[0]['reading'];
export type Preview = Answer<StationApi['library']['preview']>;
export type SessionRow = Answer<StationApi['session']['list']>[number];
export type Trend = Answer<StationApi['session']['trend']>;
export type ExportAnswer = Answer<StationApi['session']['export']>;
export type Scenario = Parameters<StationApi['demonstration']['scenario']>[0]['scenario'];
