import { Tabs } from '@base-ui/react/tabs';
import type { ReactNode } from 'react';
import type { FoundSession, ReviewFile } from '../../app/types.ts';
import { clock } from '../../ui/format.ts';
import { useApp } from '../../app/context.tsx';
import { Button } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { Notice } from '../../ui/notice.tsx';
import { Panel } from '../../ui/panel.tsx';
import { BalancePanel } from '../drug/balance-panel.tsx';
import { ExportForm } from '../exports/export-form.tsx';
import { AlarmLoad } from './alarm-load.tsx';
import { sessionCheckWords } from './check-words.ts';
import { CoursePage } from './course-page.tsx';
import { NotesPage } from './notes-page.tsx';
import styles from './session-review.module.css';
import { SignOffPage } from './sign-off-page.tsx';
import { useReviewFile } from './use-review-file.ts';

interface SessionReviewProps {
  readonly session: FoundSession;
  readonly onBack: () => void;
  /** Something was written to the session. */
  readonly onChanged: () => void;
}

/** One session for review: its course, its drug, its notes, its signatures, its export. */
export function SessionReview({ session, onBack, onChanged }: SessionReviewProps) {
  const supervisor = useApp((state) => state.me?.role === 'supervisor');
  const { file, failure, load } = useReviewFile(session.id);
  const changed = (): void => {
    load();
    onChanged();
  };
  const closed = session.closedAt !== null;
  return (
    <div className={styles['review']}>
      <Panel title="Review" note={session.id}>
        <div className={styles['head']}>
          <Button onClick={onBack} autoFocus>
            ‹ Back to the list
          </Button>
          <div>
            <Who session={session} />
            <AlarmLoad key={`load-${session.id}`} sessionId={session.id} />
          </div>
          <div className={styles['states']}>
            {session.needsReview && (
              <Notice tone="soft">
                {session.breakGlass ? 'Worked under break-glass' : 'Interrupted'}: a supervisor has to review and sign
                it.
              </Notice>
            )}
            {file !== null && <Checked file={file} now={session.verification} />}
            {failure !== null && <Notice tone="hard">Notes and signatures cannot be shown: {failure}</Notice>}
          </div>
        </div>
      </Panel>
      <Tabs.Root defaultValue="course" className={styles['tabs']}>
        <Tabs.List className={styles['list']}>
          <Tab value="course">Course</Tab>
          <Tab value="drug">Drug</Tab>
          <Tab value="notes">Notes ({file?.notes.length ?? 0})</Tab>
          <Tab value="sign-off">Sign-off ({file?.signatures.length ?? 0})</Tab>
          {supervisor && <Tab value="export">Export the record</Tab>}
        </Tabs.List>
        <Tabs.Panel value="course" className={styles['page']}>
          <CoursePage sessionId={session.id} growing={!closed} />
        </Tabs.Panel>
        <Tabs.Panel value="drug" className={styles['page']}>
          <BalancePanel sessionId={session.id} />
        </Tabs.Panel>
        <Tabs.Panel value="notes" className={styles['page']}>
          {file !== null && <NotesPage sessionId={session.id} notes={file.notes} onWritten={changed} />}
        </Tabs.Panel>
        <Tabs.Panel value="sign-off" className={styles['page']}>
          {file !== null && <SignOffPage sessionId={session.id} file={file} closed={closed} onAsked={changed} />}
        </Tabs.Panel>
        {supervisor && (
          <Tabs.Panel value="export" className={cx(styles['page'], styles['scrolling'])}>
            <Panel title="Export">
              <ExportForm session={session} />
            </Panel>
          </Tabs.Panel>
        )}
      </Tabs.Root>
    </div>
  );
}

function Checked({ file, now }: { file: ReviewFile; now: FoundSession['verification'] }) {
  const { tone, text } = sessionCheckWords(file, now);
  return <Notice tone={tone}>{text}</Notice>;
}

const Tab = ({ value, children }: { value: string; children: ReactNode }) => (
  <Tabs.Tab value={value} className={styles['tab']}>
    {children}
  </Tabs.Tab>
);

function Who({ session }: { session: FoundSession }) {
  const opened = clock(session.openedAt);
  const closed = session.closedAt === null ? null : clock(session.closedAt);
  return (
    <>
      <h1 className={styles['name']}>
        {session.patientName} <span>{session.patientId}</span>
      </h1>
      <p className={styles['facts']}>
        {session.chairId}, {session.clinician}, {session.drug} lot {session.lots}, {opened.date} {opened.time}
        {closed === null ? ', still open' : ` to ${closed.time}`} {opened.zone}, {session.state}
      </p>
    </>
  );
}
