import { Select } from '@base-ui/react/select';
import type { OrderDraft } from '../../app/app-store.ts';
import type { DrugEntryView } from '../../app/types.ts';
import { concentration } from '../../ui/format.ts';
import { RadioButtons } from '../../ui/radio-buttons.tsx';
import styles from './drug-choice.module.css';

interface DrugChoiceProps {
  readonly entries: readonly DrugEntryView[];
  readonly draft: OrderDraft;
  readonly onChange: (change: Partial<OrderDraft>) => void;
}

/** Library entry and concentration: both are chosen, neither is typed or chosen in advance. */
export function DrugChoice({ entries, draft, onChange }: DrugChoiceProps) {
  const entry = entries.find((candidate) => candidate.id === draft.entryId);
  return (
    <>
      <div className={styles['group']}>
        <span id="drug-entry" className={styles['label']}>
          Drug entry of the library
        </span>
        <Select.Root
          value={draft.entryId === '' ? null : draft.entryId}
          onValueChange={(entryId) => onChange({ entryId: entryId ?? '', concentrationUgPerMl: null })}
          modal={false}
        >
          <Select.Trigger className={styles['trigger']} aria-labelledby="drug-entry">
            <Select.Value>{() => (entry ? `${entry.drug} - ${entry.careArea}` : 'Choose ...')}</Select.Value>
            <Select.Icon className={styles['icon']}>▾</Select.Icon>
          </Select.Trigger>
          <Select.Portal>
            <Select.Positioner className={styles['positioner']} alignItemWithTrigger={false} sideOffset={4}>
              <Select.Popup className={styles['popup']}>
                {entries.map((each) => (
                  <Select.Item key={each.id} value={each.id} className={styles['item']}>
                    <Select.ItemText>
                      {each.drug} - {each.careArea}
                    </Select.ItemText>
                    {each.proposal && <span className={styles['proposal']}>proposal</span>}
                  </Select.Item>
                ))}
              </Select.Popup>
            </Select.Positioner>
          </Select.Portal>
        </Select.Root>
      </div>
      {entry === undefined ? (
        <div className={styles['group']}>
          <span className={styles['label']}>Concentration</span>
          <span className={styles['first']}>Choose the drug entry first</span>
        </div>
      ) : (
        <RadioButtons
          legend="Concentration"
          options={entry.concentrationsUgPerMl.map((each) => ({ id: each, says: `${concentration(each)} mg/mL` }))}
          chosen={draft.concentrationUgPerMl}
          onChoose={(concentrationUgPerMl) => onChange({ concentrationUgPerMl })}
        />
      )}
    </>
  );
}
