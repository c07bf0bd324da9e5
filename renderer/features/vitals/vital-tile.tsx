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
  /** Why limits of this patient differ from everybody's; null: they do not, or the reader may not know. */
  readonly own?: string | null;
}

/** One vital sign, readable across the room, with the limits it is held against. */
export function VitalTile({ parameter, vital, limits, limitsAreProposal, tall = false, own = null }: VitalTileProps) {
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
      <div className={styles['numeral']} data-large data-live={parameter}>
        {large}
      </div>
      <Limits limits={limitsOf(limits, parameter)} proposal={limitsAreProposal} own={own} />
      <p className={styles['state']}>{note}</p>
    </section>
  );
}

interface LimitsProps {
  readonly limits: readonly LimitView[];
  readonly proposal: boolean;
  readonly own: string | null;
}

/** A limit that is this patient's own is marked and explained. */
function Limits({ limits, proposal, own }: LimitsProps) {
  if (limits.length === 0) return null;
  const differs = limits.some((limit) => limit.own);
  return (
    <div className={styles['limits']} data-limits>
      <dl>
        {limits.map((limit) => (
          <div key={limit.tier} className={styles['limit']}>
            <dt>{limit.own ? `${limit.tier} *` : limit.tier}</dt>
            <dd>{limitText(limit)}</dd>
          </div>
        ))}
      </dl>
      {differs && <p className={styles['proposal']}>* this patient{own === null ? '' : `: ${own}`}</p>}
      {proposal && !differs && <p className={styles['proposal']}>proposed limits - a clinician must set them</p>}
    </div>
  );
}
