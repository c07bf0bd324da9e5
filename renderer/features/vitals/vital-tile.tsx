import type { Parameter } from '../../../core/vitals.ts';
import { PARAMETERS } from '../../../core/vitals.ts';
import type { VitalView } from '../../../preload/contract/frames.ts';
import { cx } from '../../ui/cx.ts';
import { type LimitView, limitsOf, limitText, vitalView } from './vital-view.ts';
import styles from './vital-tile.module.css';

interface VitalTileProps {
  readonly parameter: Parameter;
  readonly vital: VitalView;
  readonly limits: readonly LimitView[];
  readonly limitsAreProposal: boolean;
  /** Limits below the number instead of beside it. */
  readonly tall?: boolean;
}

/** One vital sign, readable across the room, with the limits it is held against. */
export function VitalTile({ parameter, vital, limits, limitsAreProposal, tall = false }: VitalTileProps) {
  const { label, unit } = PARAMETERS[parameter];
  const { large, tone, note } = vitalView(vital, unit);
  return (
    <section
      className={cx(styles['tile'], styles[parameter], styles[tone], tall && styles['tall'])}
      aria-label={label}
      data-vital={parameter}
    >
      <header className={styles['header']}>
        <h2>{label}</h2>
        <span className={styles['unit']}>{unit}</span>
      </header>
      <div className={styles['numeral']} data-large>
        {large}
      </div>
      <Limits limits={limitsOf(limits, parameter)} proposal={limitsAreProposal} />
      <p className={styles['state']}>{note}</p>
    </section>
  );
}

function Limits({ limits, proposal }: { limits: readonly LimitView[]; proposal: boolean }) {
  if (limits.length === 0) return null;
  return (
    <div className={styles['limits']}>
      <dl>
        {limits.map((limit) => (
          <div key={limit.tier} className={styles['limit']}>
            <dt>{limit.tier}</dt>
            <dd>{limitText(limit)}</dd>
          </div>
        ))}
      </dl>
      {proposal && <p className={styles['proposal']}>proposed limits - a clinician must set them</p>}
    </div>
  );
}
