import { useShownChairs } from '../../app/context.tsx';
import { Button } from '../../ui/button.tsx';
import { Choice } from '../../ui/choice.tsx';
import { Field } from '../../ui/field.tsx';
import { DayField } from '../days/day-field.tsx';
import { useSigners } from '../signature/use-signers.ts';
import { cleared, filtersSet, type SearchDraft } from './search-draft.ts';
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
const YES_NO = [
  ['', 'Any'],
  ['with', 'With'],
  ['without', 'Without'],
] as const;
const ANY = ['', 'Any'] as const;
const REVIEW = [
  ['', 'All sessions'],
  ['needed', 'Waiting for review'],
] as const;

interface SessionFiltersProps {
  readonly draft: SearchDraft;
  readonly onChange: (draft: SearchDraft) => void;
}

/** By what a session can be found. Words search every text of a session and the names of those who acted in it. */
export function SessionFilters({ draft, onChange }: SessionFiltersProps) {
  const set =
    <Name extends keyof SearchDraft>(name: Name) =>
    (value: SearchDraft[Name]) =>
      onChange({ ...draft, [name]: value });
  const chairs = useShownChairs().map(({ id, name }) => [id, name] as const);
  const people = useSigners().signers.map(({ id, name }) => [id, name] as const);
  const filters = filtersSet(draft);
  return (
    <div>
      <div className={styles['top']}>
        <Field
          label="Search"
          type="search"
          value={draft.search}
          onText={set('search')}
          maxLength={200}
          placeholder="Patient, person, chair, drug, lot, pump, reason"
        />
        <Choice label="Mandatory review" value={draft.review} options={REVIEW} onChoose={set('review')} />
        <Button
          className={styles['clear']}
          disabled={filters === 0 && draft.search === ''}
          onClick={() => onChange(cleared(draft))}
        >
          Clear
        </Button>
      </div>
      <details className={styles['more']}>
        <summary>More filters{filters > 0 && `, ${filters} set`}</summary>
        <div className={styles['filters']}>
          <DayField label="From day" value={draft.fromDay} onText={set('fromDay')} />
          <DayField label="To day, included" value={draft.toDay} onText={set('toDay')} />
          <Choice label="State" value={draft.state ?? ''} options={STATES} onChoose={set('state')} />
          <Choice label="Chair" value={draft.chair} options={[ANY, ...chairs]} onChoose={set('chair')} />
          <Choice label="Person who acted" value={draft.person} options={[ANY, ...people]} onChoose={set('person')} />
          <Choice label="Alarms" value={draft.alarms} options={YES_NO} onChoose={set('alarms')} />
          <Choice label="Pauses" value={draft.pauses} options={YES_NO} onChoose={set('pauses')} />
          <Choice label="Soft limit overridden" value={draft.overrides} options={YES_NO} onChoose={set('overrides')} />
          <Choice label="Break-glass" value={draft.breakGlass} options={YES_NO} onChoose={set('breakGlass')} />
          <Choice label="Notes" value={draft.notes} options={YES_NO} onChoose={set('notes')} />
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
