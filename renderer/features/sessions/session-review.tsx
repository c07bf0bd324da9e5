import type { FoundSession, ReviewFile } from '../../app/types.ts';
import { clock } from '../../ui/format.ts';
import { useApp, useShownChairs } from '../../app/context.tsx';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Pages } from '../../ui/pages.tsx';
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
      <Pages
        pages={[
          { id: 'course', name: 'Course', content: <CoursePage sessionId={session.id} growing={!closed} /> },
          { id: 'drug', name: 'Drug', content: <BalancePanel sessionId={session.id} /> },
          {
            id: 'notes',
            name: `Notes (${file?.notes.length ?? 0})`,
            content: file && <NotesPage sessionId={session.id} notes={file.notes} onWritten={changed} />,
          },
          {
            id: 'sign-off',
            name: `Sign-off (${file?.signatures.length ?? 0})`,
            content: file && <SignOffPage sessionId={session.id} file={file} closed={closed} onAsked={changed} />,
          },
          ...(supervisor
            ? [{ id: 'export', name: 'Export the record', content: <ExportPage session={session} /> }]
            : []),
        ]}
      />
    </div>
  );
}

function Checked({ file, now }: { file: ReviewFile; now: FoundSession['verification'] }) {
  const { tone, text } = sessionCheckWords(file, now);
  return <Notice tone={tone}>{text}</Notice>;
}

const ExportPage = ({ session }: { session: FoundSession }) => (
  <Panel title="Export" className={styles['scrolling']}>
    <ExportForm session={session} />
  </Panel>
);

function Who({ session }: { session: FoundSession }) {
  // A chair that this station no longer has keeps the name it has in the record.
  const chair = useShownChairs().find(({ id }) => id === session.chairId)?.name ?? session.chairId;
  const opened = clock(session.openedAt);
  const closed = session.closedAt === null ? null : clock(session.closedAt);
  return (
    <>
      <h1 className={styles['name']}>
        {session.patientName} <span>{session.patientId}</span>
      </h1>
      <p className={styles['facts']}>
        {chair}, {session.clinician}, {session.drug} lot {session.lots}, {opened.date} {opened.time}
        {closed === null ? ', still open' : ` to ${closed.date === opened.date ? '' : `${closed.date} `}${closed.time}`}{' '}
        {opened.zone}, {session.state}
      </p>
    </>
  );
}
