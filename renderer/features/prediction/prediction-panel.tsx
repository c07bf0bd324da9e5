import type { ShownChair, ShownSession } from '../../app/shown.ts';
import { Quantity } from '../../ui/quantity.tsx';
import styles from './prediction-panel.module.css';
import { predictionText } from './prediction-text.ts';

const TITLE = 'Predicted plasma concentration';

/** The span between published models; what each of them says opens below, by touch or by key. */
export function PredictionPanel({ chair, session }: { chair: ShownChair; session: ShownSession }) {
  const { band, meaning, models } = predictionText(chair, session);
  const line = (
    <>
      <h2 className={styles['title']}>{TITLE}</h2>
      <Quantity value={band} unit="ng/mL" />
      <span className={styles['meaning']}>{meaning}</span>
    </>
  );
  return (
    <section className={styles['panel']} aria-label={TITLE}>
      {models.length === 0 ? (
        <div className={styles['line']}>{line}</div>
      ) : (
        <details>
          <summary className={styles['line']}>
            {line}
            <span className={styles['more']}>Models</span>
          </summary>
          <dl className={styles['models']}>
            {models.map(({ name, value }) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>
                  <Quantity value={value} unit="ng/mL" size="body" />
                </dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </section>
  );
}
