import { useId } from 'react';
import { cx } from './cx.ts';
import styles from './radio-buttons.module.css';

interface RadioButtonsProps {
  readonly legend: string;
  readonly options: readonly { readonly id: number; readonly says: string }[];
  readonly chosen: number | null;
  /** One below the other. */
  readonly tall?: boolean;
  readonly onChoose: (id: number) => void;
}

/** One of a few, as buttons large enough for a finger; arrow keys move between them. */
export function RadioButtons({ legend, options, chosen, tall = false, onChoose }: RadioButtonsProps) {
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
