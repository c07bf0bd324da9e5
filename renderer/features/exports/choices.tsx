import { useId } from 'react';
import styles from './choices.module.css';
import type { Option } from './export-options.ts';

interface ChoicesProps<Value extends string> {
  readonly legend: string;
  readonly options: readonly Option<Value>[];
  readonly value: Value;
  readonly disabled: boolean;
  readonly onChange: (value: Value) => void;
}

/** One of a few, all of them visible. */
export function Choices<Value extends string>({ legend, options, value, disabled, onChange }: ChoicesProps<Value>) {
  const name = useId();
  return (
    <fieldset className={styles['group']} disabled={disabled}>
      <legend className={styles['legend']}>{legend}</legend>
      {options.map((option) => (
        <label key={option.value} className={styles['choice']}>
          <input type="radio" name={name} checked={option.value === value} onChange={() => onChange(option.value)} />
          {option.label}
        </label>
      ))}
    </fieldset>
  );
}
