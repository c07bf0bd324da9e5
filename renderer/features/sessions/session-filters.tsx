import { Choice } from '../../ui/choice.tsx';
import { Field } from '../../ui/field.tsx';
import { DayField } from '../days/day-field.tsx';
import type { SearchDraft } from './search-draft.ts';
import styles from './session-filters.module.css';

const STATES = [
  ['', 'Any'],
  ['open', 'Open'],
  ['ended', 'Ended'],
  ['interrupted', 'Interrupted'],
] as const;
const BALANCES = [
  ['', 'Any'],
  ['open', 'Open'],
  ['balanced', 'Balanced'],
  ['declared', 'Declared open'],
  ['closed', 'Closed by a supervisor'],
  ['no-drug', 'No drug'],
] as const;
const VERIFICATIONS = [
  ['', 'Any'],
  ['verified', 'Verified'],
  ['not-verified', 'Not verified'],
  ['damaged', 'Damaged'],
] as const;
const SIGNED = [
  ['', 'Any'],
  ['no', 'Not signed'],
  ['yes', 'Signed'],
  ['changed', 'Changed after sign-off'],
] as const;
const ALARMS = [
  ['', 'Any'],
  ['with', 'With alarms'],
  ['without', 'Without alarms'],
] as const;
const REVIEW = [
  ['', 'All sessions'],
  ['needed', 'Waiting for review'],
] as const;

interface SessionFiltersProps {
  readonly draft: SearchDraft;
  readonly onChange: (draft: SearchDraft) => void;
}

/** By what a session can be found. Words search patient, id, clinician, chair, drug, lot and session id. */
export function SessionFilters({ draft, onChange }: SessionFiltersProps) {
  const set =
    <Name extends keyof SearchDraft>(name: Name) =>
    (value: SearchDraft[Name]) =>
      onChange({ ...draft, [name]: value });
  return (
    <div>
      <div className={styles['top']}>
        <Field
          label="Search"
          type="search"
          value={draft.search}
          onText={set('search')}
          maxLength={200}
          placeholder="Patient, id, clinician, drug, lot"
        />
        <Choice label="Mandatory review" value={draft.review} options={REVIEW} onChoose={set('review')} />
      </div>
      <details className={styles['more']}>
        <summary>More filters</summary>
        <div className={styles['filters']}>
          <DayField label="From day" value={draft.fromDay} onText={set('fromDay')} />
          <DayField label="To day, included" value={draft.toDay} onText={set('toDay')} />
          <Choice label="State" value={draft.state ?? ''} options={STATES} onChoose={set('state')} />
          <Choice label="Alarms" value={draft.alarms} options={ALARMS} onChoose={set('alarms')} />
          <Choice label="Drug balance" value={draft.balance ?? ''} options={BALANCES} onChoose={set('balance')} />
          <Choice label="Signed off" value={draft.signed ?? ''} options={SIGNED} onChoose={set('signed')} />
          <Choice
            label="Record"
            value={draft.verification ?? ''}
            options={VERIFICATIONS}
            onChoose={set('verification')}
          />
        </div>
      </details>
    </div>
  );
}
