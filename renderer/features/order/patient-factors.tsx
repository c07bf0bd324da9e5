import { COMORBIDITIES, type Comorbidity } from '../../../core/patient-limits.ts';
import { PARAMETERS } from '../../../core/vitals.ts';
import { Field } from '../../ui/field.tsx';
import { BASELINES, type FactorsDraft, readFactors } from './factors-draft.ts';
import styles from './patient-factors.module.css';

interface PatientFactorsProps {
  readonly draft: FactorsDraft;
  readonly onChange: (draft: FactorsDraft) => void;
}

/** Other diseases and drugs, and values at rest: the station turns them into limits of this patient (R-5.8). */
export function PatientFactors({ draft, onChange }: PatientFactorsProps) {
  const { errors } = readFactors(draft);
  const toggle = (name: Comorbidity): void => {
    const has = draft.comorbidities.includes(name);
    const comorbidities = has ? draft.comorbidities.filter((each) => each !== name) : [...draft.comorbidities, name];
    onChange({ ...draft, comorbidities });
  };
  return (
    <fieldset className={styles['group']}>
      <legend className={styles['legend']}>Limits of this patient (only where they differ from everybody's)</legend>
      <div className={styles['choices']}>
        {Object.entries(COMORBIDITIES).map(([name, says]) => (
          <label key={name} className={styles['choice']}>
            <input
              type="checkbox"
              className={styles['box']}
              checked={draft.comorbidities.includes(name as Comorbidity)}
              onChange={() => toggle(name as Comorbidity)}
            />
            {says}
          </label>
        ))}
      </div>
      <div className={styles['baselines']}>
        {BASELINES.map((name) => (
          <Field
            key={name}
            label={`${PARAMETERS[name].label} at rest`}
            unit={PARAMETERS[name].unit}
            inputMode="numeric"
            value={draft.baseline[name]}
            error={errors[name] ?? null}
            onText={(text) => onChange({ ...draft, baseline: { ...draft.baseline, [name]: text } })}
          />
        ))}
      </div>
      <Field
        label="Reason for these limits (recorded; a looser limit needs one)"
        value={draft.reason}
        maxLength={500}
        onText={(reason) => onChange({ ...draft, reason })}
      />
    </fieldset>
  );
}
