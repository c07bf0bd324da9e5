import type { Page } from 'playwright-core';
import { ANSWERS, WITH_ROWS } from './answers.ts';
import type { Answers } from './fake-station.ts';
import { CHECK, REVIEW } from './ledger-answers.ts';
import { CLINICIAN, ok, SUPERVISOR } from './people.ts';
import { INFUSING, SESSION, station } from './sample-frames.ts';
import type { Scene } from './scenes.ts';

const START = Date.parse('2026-11-18T09:15:00+01:00');
const HOURS_S = 4 * 3600;
const ALARM_EVERY_S = 240;
const WORDS = ['SpO2 low', 'Poor signal from the sensor', 'Pulse high', 'Connection to the monitor lost'];

/** Wall clock of the station, an hour before UTC. */
const at = (second: number): string =>
  new Date(START + second * 1000 + 3_600_000).toISOString().replace('.000Z', '+01:00');

/** Every four minutes an alarm, its end and somebody's answer to it: 60 alarms. */
const EVENTS = Array.from({ length: HOURS_S / ALARM_EVERY_S }, (_, index) => index).flatMap((index) =>
  (['alarm.raised', 'alarm.acknowledged', 'alarm.cleared'] as const).map((act, step) => ({
    seq: 10 + 3 * index + step,
    time: at(index * ALARM_EVERY_S + 30 * step),
    chairId: 'chair-1',
    sessionId: SESSION.id,
    actor: step === 1 ? CLINICIAN.name : null,
    act,
    outcome: 'ok',
    text: `${['Alarm', 'Alarm acknowledged', 'Alarm over'][step]}: ${WORDS[index % WORDS.length]}`,
    priority: (['high', 'medium', 'low', 'medium'] as const)[index % 4] ?? null,
  })),
);

const seconds = Array.from({ length: HOURS_S }, (_, second) => second);
/** Ten minutes without a monitor in the third hour. */
const isGap = (second: number): boolean => second > 8000 && second < 8600;
const wave = (second: number, middle: number, swing: number): number | null =>
  isGap(second) ? null : Math.round(middle + swing * Math.sin(second / 200));

const LONG: Answers = {
  ...WITH_ROWS,
  session: {
    ...WITH_ROWS.session,
    events: ok(EVENTS),
    alarmLoad: ok({
      byPriority: { high: 15, medium: 30, low: 15 },
      byAlarm: { 'spo2-low': 15 },
      escalated: 2,
      audioPauses: 9,
      soundingMs: 1_250_000,
      overMs: HOURS_S * 1000,
    }),
    trend: ok({
      startedAt: at(0),
      seconds,
      spo2: seconds.map((second) => wave(second, 96, 2)),
      pulse: seconds.map((second) => wave(second, 72, 9)),
      rateMlPerH: seconds.map((second) => (second < 120 ? 0 : 26.2)),
      signs: { etco2: seconds.map((second) => wave(second, 38, 3)) },
    }),
  },
};

const { find, open, verification } = REVIEW;
const row = find !== undefined && find !== 'never' && find.ok ? find.value.rows[4] : undefined;
const file = open !== undefined && open !== 'never' && open.ok ? open.value : undefined;
const state =
  verification !== undefined && verification !== 'never' && verification.ok ? verification.value : undefined;
if (row === undefined || file === undefined || state === undefined) throw new Error('ledger-answers has no session');

const withRow = (change: Partial<typeof row>, more: Answers['review'] = {}): Answers => ({
  ...LONG,
  review: { ...REVIEW, find: ok({ rows: [{ ...row, ...change }], total: 1, next: null }), ...more },
});
/** What comes of an export without identifiers. */
const UNNAMED: Answers = {
  ...WITH_ROWS,
  exports: {
    start: ok({ exportId: 'e1' }),
    progress: ok({
      state: 'done',
      path: '/var/lib/chairside/exports/chairside-safe-harbor-session-x4f2a91c0.zip',
      sessions: 1,
      rows: 412,
      verified: true,
      manifest: '41d07a5533c1f08e6a7b94d2aa60e1f3b7c8825d1490ab6c7ef01234569f2c4be',
      root: 'K7QM-2DXE-PL4A-9TRB-6WNC-HZ3F',
      anchorSheet: '/var/lib/chairside/exports/chairside-safe-harbor-session-x4f2a91c0.zip.anchor.txt',
    }),
  },
};

const DETAIL = 'row 31: its hash does not fit what stands in it';
const damaged = { ...CHECK, whole: false, detail: DETAIL };

const supervisor = (name: string, answers: Answers, act?: (page: Page) => Promise<void>): Scene => ({
  name,
  frame: station(INFUSING),
  me: SUPERVISOR,
  answers,
  ...(act && { act }),
});
const review = (page: Page) => page.getByRole('button', { name: '2026-11-18' }).click();

/** What a supervisor reviews beside the ordinary: long, broken off, long-winded, damaged, and nothing at all. */
export const REVIEW_SCENES: readonly Scene[] = [
  supervisor('review-long', withRow({ state: 'ended', needsReview: false, alarms: 60 }), async (page) => {
    await review(page);
    await page.getByLabel('Events (touch').selectOption('alarm');
    await page.getByRole('button', { name: 'Alarm: SpO2 low' }).nth(3).click();
    await page.getByText('12:11:00 +01:00: SpO2 97 %').waitFor();
  }),
  supervisor('review-interrupted', withRow({ verification: 'not-verified' }), review),
  supervisor(
    'review-long-names',
    withRow({
      patientName: 'Wilhelmina-Theodora van der Oudermeulen-Papadimitriou y Fernandez de la Vega',
      patientId: 'HOSPITAL-NORTH-WEST-0000000000-1042-B',
      clinician: 'Professor Dr. Maximiliane-Charlotte Freifrau von Hohenberg-Schwarzenfels',
      lots: 'KX7-221, KX7-230, KX7-231, KX7-232, KX7-240-LONG-LOT-NUMBER',
    }),
    review,
  ),
  supervisor(
    'review-damaged',
    withRow(
      { verification: 'damaged' },
      {
        open: ok({ ...file, checked: damaged }),
        verification: ok({ ...state, state: 'damaged', detail: `${DETAIL}.`, at: CHECK.at, last: damaged }),
      },
    ),
    async (page) => {
      await review(page);
      await page.getByText('DAMAGED RECORD').waitFor();
    },
  ),
  supervisor(
    'list-damaged',
    withRow(
      { verification: 'damaged' },
      {
        verification: ok({ ...state, state: 'damaged', detail: `${DETAIL}.`, at: CHECK.at, last: damaged }),
      },
    ),
  ),
  supervisor(
    'list-checking',
    withRow(
      {},
      {
        verification: ok({
          ...state,
          state: 'running',
          rowsDone: 196_412,
          rowsTotal: 196_412,
          pages: { part: 'pages', done: 41_200, total: 96_318 },
        }),
      },
    ),
    async (page) => {
      await page.getByText('41200 of 96318 pages; the largest table is one step').waitFor();
      await page.getByRole('button', { name: 'Cancel the check' }).waitFor();
    },
  ),
  supervisor('export-unnamed', UNNAMED, async (page) => {
    await page.getByRole('button', { name: '2026-11-21' }).click();
    await page.getByRole('tab', { name: 'Export the record' }).click();
    await page.getByLabel('De-identified (Safe Harbor)').check();
    await page.getByRole('button', { name: 'Write the export' }).click();
    await page.getByText('do not hand it out with the export').waitFor();
  }),
  supervisor('station-log', WITH_ROWS, async (page) => {
    await page.getByRole('tab', { name: 'Log of the station' }).click();
    await page.getByLabel('From day').fill('2026-02-30');
    await page.getByRole('button', { name: 'Export these rows' }).click();
    await page.getByText('812 rows written').waitFor();
  }),
  supervisor(
    'station-log-running',
    { ...WITH_ROWS, review: { ...WITH_ROWS.review, logExport: ok({ state: 'running', looked: 41_500, of: 96_500 }) } },
    async (page) => {
      await page.getByRole('tab', { name: 'Log of the station' }).click();
      await page.getByText('41500 of 96500 rows').waitFor();
      await page.getByRole('button', { name: 'Cancel the export' }).waitFor();
    },
  ),
  supervisor('station-log-empty', ANSWERS, async (page) => {
    await page.getByRole('tab', { name: 'Log of the station' }).click();
    await page.getByText('No row of the station fits').waitFor();
  }),
  supervisor('list-filters', WITH_ROWS, async (page) => {
    await page.getByText('More filters').click();
    await page.getByLabel('Pauses').selectOption('with');
    await page.getByLabel('Person who acted').selectOption('p5');
    await page.getByText('More filters, 2 set').waitFor();
  }),
  supervisor('list-nothing-fits', ANSWERS, async (page) => {
    await page.getByLabel('Search', { exact: true }).fill('nobody');
    await page.getByText('No session matches the search').waitFor();
  }),
];
