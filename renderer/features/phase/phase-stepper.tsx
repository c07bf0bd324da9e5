import type { ShownChair } from '../../app/shown.ts';
import { cx } from '../../ui/cx.ts';
import styles from './phase-stepper.module.css';
import { PHASE_WORDS, STEPS, stepOf } from './phase-words.ts';

/** Where the session stands on its way: planned, checked, armed, infusing. */
export function PhaseStepper({ phase }: { phase: ShownChair['phase'] }) {
  const at = stepOf(phase);
  return (
    <ol className={styles['stepper']} aria-label="Phase of the session">
      {STEPS.map((step, index) => {
        const now = index === at;
        const word = now && phase !== null ? PHASE_WORDS[phase] : PHASE_WORDS[step];
        return (
          <li
            key={step}
            className={cx(styles['step'], index < at && styles['done'], now && styles['now'])}
            aria-current={now ? 'step' : undefined}
            data-phase={now ? phase : undefined}
          >
            <span className={styles['mark']} aria-hidden="true">
              {index < at ? '✓' : index + 1}
            </span>
            {word}
          </li>
        );
      })}
    </ol>
  );
}
