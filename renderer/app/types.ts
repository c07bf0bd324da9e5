import type { StationApi } from '../../preload/contract/api.ts';

type Answer<Call> = Call extends (...input: never[]) => Promise<infer Result>
  ? Result extends { readonly ok: true; readonly value: infer Value }
    ? Value
    : never
  : never;

export type StationInfo = Answer<StationApi['station']['info']>;
export type SignInPerson = Answer<StationApi['access']['people']>[number];
export type SeatState = Answer<StationApi['seat']['state']>;
export type KnownPerson = Answer<StationApi['people']['list']>[number];
export type EnrolmentState = Answer<StationApi['enrolment']['state']>;
export type Enrolled = Answer<StationApi['enrolment']['begin']>;
export type EmergencyRow = Answer<StationApi['emergency']['list']>[number];
export type DrugEntryView = Answer<StationApi['library']['entries']>[number];
export type OrderInput = Parameters<StationApi['library']['preview']>[0]['order'];
export type PatientFactorsInput = Exclude<Parameters<StationApi['session']['open']>[0]['patientFactors'], undefined>;
export type ReadingInput = Parameters<StationApi['vitals']['enter']>[0]['reading'];
export type Preview = Answer<StationApi['library']['preview']>;
export type SessionRow = Answer<StationApi['session']['list']>[number];
export type FoundSession = Answer<StationApi['review']['find']>['rows'][number];
export type SessionPage = Answer<StationApi['review']['find']>;
export type SessionSearch = Parameters<StationApi['review']['find']>[0];
export type ReviewFile = Answer<StationApi['review']['open']>;
export type Meaning = Parameters<StationApi['review']['sign']>[0]['meaning'];
export type Verification = Answer<StationApi['review']['verification']>;
export type StationLogAsked = Parameters<StationApi['review']['exportLog']>[0];
export type LogExportState = Answer<StationApi['review']['logExport']>;
export type Signer = Answer<StationApi['review']['signers']>[number];
export type DrugBalance = Answer<StationApi['drug']['balance']>;
export type Trend = Answer<StationApi['session']['trend']>;
export type ExportRequest = Parameters<StationApi['exports']['start']>[0];
export type Scenario = Parameters<StationApi['demonstration']['scenario']>[0]['scenario'];
