import { type ComponentProps, useId } from 'react';
import { cx } from './cx.ts';
import styles from './field.module.css';

type FieldProps = Omit<ComponentProps<'input'>, 'onChange' | 'value' | 'id'> & {
  readonly label: string;
  readonly unit?: string;
  readonly value: string;
  readonly error?: string | null;
  readonly onText: (text: string) => void;
};

/** A labelled text input. What was typed stays as it was typed; an error says why it is not accepted. */
export function Field({ label, unit, value, error = null, onText, className, ...rest }: FieldProps) {
  const id = useId();
  return (
    <div className={cx(styles['field'], className)}>
      <label className={styles['label']} htmlFor={id}>
        {label}
      </label>
      <span className={cx(styles['box'], error !== null && styles['wrong'])}>
        <input
          {...rest}
          id={id}
          className={styles['input']}
          value={value}
          autoComplete="off"
          spellCheck={false}
          aria-invalid={error !== null}
          aria-describedby={`${id}-error`}
          onChange={(event) => onText(event.target.value)}
        />
        {unit !== undefined && <span className={styles['unit']}>{unit}</span>}
      </span>
      <span id={`${id}-error`} className={styles['error']}>
        {error}
      </span>
    </div>
  );
}
