import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import styles from './reason-field.module.css';

interface ReasonFieldProps {
  readonly value: string;
  readonly suggestions: readonly string[];
  readonly onText: (text: string) => void;
}

/** The reason for the record, typed or touched. */
export const ReasonField = ({ value, suggestions, onText }: ReasonFieldProps) => (
  <div className={styles['reason']}>
    <div className={styles['beside']}>
      <Field label="Reason (for the record)" value={value} onText={onText} maxLength={500} autoFocus />
      {suggestions.length > 0 && (
        <div className={styles['suggestions']}>
          {suggestions.map((suggestion) => (
            <Button key={suggestion} onClick={() => onText(suggestion)}>
              {suggestion}
            </Button>
          ))}
        </div>
      )}
    </div>
  </div>
);

/** The contract asks for at least three characters. */
export const reasonGiven = (reason: string): boolean => reason.trim().length >= 3;
