import { Button } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { mass } from '../../ui/format.ts';
import styles from './drug-line.module.css';
import { BALANCE_WORDS, sideText } from './drug-words.ts';
import { useBalance } from './use-balance.ts';

/** How the controlled drug of the session stands, in one line at the chair. */
export function DrugLine({ sessionId, onOpen }: { sessionId: string; onOpen: () => void }) {
  const { balance, failure } = useBalance(sessionId);
  return (
    <div className={styles['line']}>
      <span className={styles['text']}>
        Drug account: {balance?.state === 'no-drug' && 'no drug drawn up yet'}
        {balance !== null && balance.state !== 'no-drug' && (
          <>
            <strong className={cx(balance.state === 'open' && styles['open'])}>{BALANCE_WORDS[balance.state]}</strong>,
            drawn {mass(balance.syringe.takenUg)} mg
            {balance.findings[0] ? `. ${balance.findings[0]}` : `, ${sideText(balance.syringe)}`}
          </>
        )}
        {failure !== null && <strong className={styles['open']}>{failure}</strong>}
      </span>
      <Button onClick={onOpen}>Open the account</Button>
    </div>
  );
}
