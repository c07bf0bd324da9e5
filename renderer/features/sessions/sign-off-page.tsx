import { useState } from 'react';
import { useApi, useApp } from '../../app/context.tsx';
import type { Meaning, ReviewFile } from '../../app/types.ts';
import { useCall } from '../../app/use-call.ts';
import { Button } from '../../ui/button.tsx';
import { Choice } from '../../ui/choice.tsx';
import { cx } from '../../ui/cx.ts';
import { clock } from '../../ui/format.ts';
import { Refusal } from '../../ui/notice.tsx';
import { Panel } from '../../ui/panel.tsx';
import { OwnSignature } from '../signature/own-signature.tsx';
import styles from './session-review.module.css';

const MEANINGS = [
  ['', 'Choose what your signature stands for'],
  ['review', 'Review: I have looked through this session'],
  ['approval', 'Approval: I approve this record'],
  ['responsibility', 'Responsibility: I answer for this session'],
] as const satisfies readonly (readonly [Meaning | '', string])[];

interface SignOffPageProps {
  readonly sessionId: string;
  readonly file: ReviewFile;
  readonly closed: boolean;
  readonly onAsked: () => void;
}

/** Signatures so far, with what they stand for and whether they still hold; below, one's own. */
export function SignOffPage({ sessionId, file, closed, onAsked }: SignOffPageProps) {
  const me = useApp((state) => state.me);
  return (
    <Panel title="Sign-off" note="Signs everything up to the newest row" className={styles['page']}>
      <ol className={styles['notes']} tabIndex={0} aria-label="Signatures">
        {file.signatures.length === 0 && <li>Not signed yet.</li>}
        {file.signatures.map((signature) => (
          <SignatureRow key={signature.seq} signature={signature} />
        ))}
      </ol>
      {!closed && <p>Only a closed session can be signed.</p>}
      {file.own && <p>You worked in this session yourself: another person has to sign it.</p>}
      {closed && !file.own && me?.role === 'supervisor' && (
        <SignForm sessionId={sessionId} seenSeq={file.lastSeq} me={me} onAsked={onAsked} />
      )}
    </Panel>
  );
}

const SignatureRow = ({ signature }: { signature: ReviewFile['signatures'][number] }) => (
  <li>
    <span>
      <strong>{signature.name}</strong>, {signature.meaning}
    </span>
    <span className={styles['facts']}>
      {clock(signature.time).date} {clock(signature.time).time} {clock(signature.time).zone}, rows up to{' '}
      {signature.lastSeq}, root {signature.root.slice(0, 16)}
    </span>
    <strong className={cx(signature.changedBy !== null && styles['attention'])}>
      {signature.changedBy === null ? '✓ Holds' : `Changed after sign-off (row ${signature.changedBy})`}
    </strong>
  </li>
);

interface SignFormProps {
  readonly sessionId: string;
  readonly seenSeq: number;
  readonly me: { readonly id: string; readonly name: string };
  readonly onAsked: () => void;
}
function SignForm({ sessionId, seenSeq, me, onAsked }: SignFormProps) {
  const api = useApi();
  const { busy, failure, run } = useCall();
  const [meaning, setMeaning] = useState<Meaning | ''>('');
  const [pin, setPin] = useState('');
  const ready = !busy && meaning !== '' && pin !== '';
  const sign = async (): Promise<void> => {
    if (meaning === '') return;
    const signature = { personId: me.id, pin };
    const signed = await run(() => api.review.sign({ sessionId, meaning, seenSeq, signature }));
    setPin('');
    if (signed !== null) setMeaning('');
    // Also after a refusal: it may be one because there is something newer to look at.
    onAsked();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) void sign();
      }}
    >
      <Choice label="Meaning of the signature" value={meaning} options={MEANINGS} onChoose={setMeaning} />
      <OwnSignature me={me} pin={pin} onPin={setPin} />
      <Refusal failure={failure} />
      <div className={styles['buttons']}>
        <Button submit tone="primary" aria-disabled={!ready}>
          Sign this session
        </Button>
      </div>
    </form>
  );
}
