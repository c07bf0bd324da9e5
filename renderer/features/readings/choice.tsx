import { useId } from 'react';
import { cx } from '../../ui/cx.ts';
import styles from './choice.module.css';

interface ChoiceProps {
  readonly legend: string;
  readonly options: readonly { readonly id: number; readonly says: string }[];
  readonly chosen: number | null;
  /** One below the other. */
  readonly tall?: boolean;
  readonly onChoose: (id: number) => void;
}

/** One of a few, as buttons large enough for a finger; arrow keys move between them. */
export function Choice({ legend, options, chosen, tall = false, onChoose }: ChoiceProps) {
  const name = useId();
  return (
    <fieldset className={styles['group']}>
      <legend className={styles['legend']}>{legend}</legend>
      <div className={cx(styles['options'], tall && styles['tall'])}>
        {options.map(({ id, says }) => (
          <label key={id} className={cx(styles['option'], chosen === id && styles['chosen'])}>
            <input
              type="radio"
              name={name}
              className={styles['radio']}
              checked={chosen === id}
              onChange={() => onChoose(id)}
            />
            {says}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
