/** Who an export may speak of, and how. */
export const CONTENTS = ['identified', 'safe-harbor', 'date-shifted'] as const;
export type ExportContent = (typeof CONTENTS)[number];
export type DeidentifiedContent = Exclude<ExportContent, 'identified'>;

/** What each variant is, in words that do not promise more than it does. */
export const NOTICES: Readonly<Record<DeidentifiedContent, string>> = {
  'safe-harbor':
    'DE-IDENTIFIED by removal of the identifiers of 45 CFR 164.514(b)(2) (Safe Harbor): times count from the opening of the ' +
    'session, of dates only the year is told, staff are roles with a pseudonym of this export, free text, lots and device ' +
    'identifiers are left out. The rule also demands that whoever passes this on does not know how to find the person again.',
  'date-shifted':
    'LIMITED DATA SET WITH SHIFTED DATES - NOT de-identified by Safe Harbor: all dates of a patient are moved by the same ' +
    'number of days, intervals and times of day are kept. Names, ids, free text, lots and device identifiers are left out. ' +
    'Use only under a data use agreement or after an expert determination (45 CFR 164.514(b)(1), (e)).',
};
