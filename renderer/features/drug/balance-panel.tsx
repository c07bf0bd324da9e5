import { useState } from 'react';
import { useApp } from '../../app/context.tsx';
import type { DrugBalance } from '../../app/types.ts';
import { Button } from '../../ui/button.tsx';
import { BLANK, mass, volume } from '../../ui/format.ts';
import { Notice } from '../../ui/notice.tsx';
import { Panel } from '../../ui/panel.tsx';
import { AMOUNTS, AmountDialog, type AmountKind } from './amount-dialog.tsx';
import { BalanceSide } from './balance-side.tsx';
import styles from './balance-panel.module.css';
import { CorrectDialog } from './correct-dialog.tsx';
import { DifferenceDialog } from './difference-dialog.tsx';
import { DrawUpDialog } from './draw-up-dialog.tsx';
import { DrugEntries } from './drug-entries.tsx';
import { BALANCE_WORDS } from './drug-words.ts';
import { useBalance } from './use-balance.ts';
import { WasteDialog } from './waste-dialog.tsx';

type Entry = DrugBalance['entries'][number];
type Asking = 'draw-up' | 'waste' | 'difference' | AmountKind | Entry | null;

interface BalancePanelProps {
  readonly sessionId: string;
  readonly onClose?: () => void;
}

/** The controlled drug of a session: what was taken, where it went, and what is not accounted for. */
export function BalancePanel({ sessionId, onClose }: BalancePanelProps) {
  const { balance, failure, load } = useBalance(sessionId);
  const role = useApp((state) => state.me?.role);
  const [asking, setAsking] = useState<Asking>(null);
  const done = (): void => {
    setAsking(null);
    load();
  };
  const differs = balance !== null && balance.state !== 'balanced' && balance.state !== 'no-drug';
  return (
    <Panel
      title="Drug account"
      note={
        balance === null
          ? undefined
          : `${BALANCE_WORDS[balance.state]} · tolerance ${mass(balance.toleranceUg)} mg, a proposal`
      }
      className={styles['panel']}
    >
      {failure !== null && <Notice tone="hard">The account cannot be shown: {failure}</Notice>}
      {balance !== null && (
        <div className={styles['body']}>
          <Findings balance={balance} />
          <div className={styles['actions']}>
            {role === 'clinician' && <ClinicianActions onAsk={setAsking} />}
            {differs && role === 'clinician' && <Button onClick={() => setAsking('difference')}>Declare open</Button>}
            {differs && role === 'supervisor' && (
              <Button tone="primary" onClick={() => setAsking('difference')}>
                Close the difference
              </Button>
            )}
            {onClose && <Button onClick={onClose}>Back</Button>}
          </div>
          <Sides balance={balance} />
          <DrugEntries entries={balance.entries} mayCorrect={role === 'clinician'} onCorrect={setAsking} />
          <Asked asking={asking} balance={balance} onClose={done} />
        </div>
      )}
    </Panel>
  );
}

const ClinicianActions = ({ onAsk }: { onAsk: (asking: Asking) => void }) => (
  <>
    <Button tone="primary" onClick={() => onAsk('draw-up')}>
      Draw up
    </Button>
    <Button tone="primary" onClick={() => onAsk('waste')}>
      Waste
    </Button>
    {(Object.keys(AMOUNTS) as readonly AmountKind[]).map((kind) => (
      <Button key={kind} onClick={() => onAsk(kind)}>
        {AMOUNTS[kind].title}
      </Button>
    ))}
  </>
);

function Asked({ asking, balance, onClose }: { asking: Asking; balance: DrugBalance; onClose: () => void }) {
  if (asking === null) return null;
  if (asking === 'draw-up') return <DrawUpDialog balance={balance} onClose={onClose} />;
  if (asking === 'waste') return <WasteDialog balance={balance} onClose={onClose} />;
  if (asking === 'difference') return <DifferenceDialog balance={balance} onClose={onClose} />;
  if (typeof asking === 'string') return <AmountDialog kind={asking} balance={balance} onClose={onClose} />;
  return <CorrectDialog balance={balance} entry={asking} onClose={onClose} />;
}

const Findings = ({ balance }: { balance: DrugBalance }) => (
  <>
    {balance.explanation !== null && (
      <Notice tone="info">
        {BALANCE_WORDS[balance.state]}, {balance.explanation.by}: {balance.explanation.reason}
      </Notice>
    )}
    {balance.findings.length > 0 && <Notice tone="soft">{balance.findings.join(' ')}</Notice>}
  </>
);

function Sides({ balance }: { balance: DrugBalance }) {
  const counted = balance.countedUl === null ? BLANK : volume(balance.countedUl);
  return (
    <div className={styles['sides']}>
      <BalanceSide
        title="Syringe or bag"
        side={balance.syringe}
        lines={[
          ['Drawn', balance.syringe.takenUg],
          [`Given by the pump (${volume(balance.givenUl)} mL, its counter ${counted} mL)`, balance.givenUg],
          ['In the line, pushed by hand', balance.inLineUg],
          ['Flushed into the patient', balance.flushedUg],
          ['Left in syringe and set', balance.residualUg],
          ['Accounted for, with waste and return', balance.syringe.accountedUg],
        ]}
      />
      <BalanceSide
        title="Opened containers"
        side={balance.containers}
        lines={[
          ['Opened', balance.containers.takenUg],
          ['Accounted for', balance.containers.accountedUg],
          ['Wasted in all', balance.wastedUg],
          ['Returned in all', balance.returnedUg],
        ]}
      />
    </div>
  );
}
