import { randomBytes } from 'node:crypto';
import type { z } from 'zod';
import type { SessionBinding } from '../../../core/engine/state.ts';
import type { DrugEntry } from '../../../core/library.ts';
import type { InfusionPlan, LimitFinding } from '../../../core/order.ts';
import { type BoundedPatient, isLoosened, profileFor } from '../../../core/patient-limits.ts';
import { planOrder } from '../../../core/plan.ts';
import type { SafetyProfile } from '../../../core/profile.ts';
import type { contract } from '../../../preload/contract/contract.ts';
import { libraryProblem } from '../../library/signed-library.ts';
import { isModelled } from '../../../core/pharmacokinetics/ketamine-models.ts';
import type { SessionRecord } from '../../../db/trail.ts';
import type { ChairSupervisor } from '../chair-supervisor.ts';
import { type EarlierDose, earlierDose } from '../earlier-dose.ts';
import { pausesOfPatient } from '../earlier-pauses.ts';
import type { SessionDetails } from '../frames.ts';
import { findingsText } from '../limit-text.ts';
import { withZone } from '../local-time.ts';
import { MACHINE_BOOT } from '../machine-boot.ts';
import { openRow } from '../open-row.ts';
import { isSamePatient } from '../same-patient.ts';
import { libraryOf } from '../station-library.ts';
import { Refusal, requireAccepted } from '../refusals.ts';
import { type Call, chairOf, personOf } from '../station-context.ts';
import type { Instant } from '../time-since.ts';
import { inTurn } from '../turns.ts';
import { doseCeiling, earlierFindings, entryOf, orderOf } from './order.ts';

type OpenInput = z.output<typeof contract.session.open.input>;

interface CheckedOrder {
  readonly entry: DrugEntry;
  readonly plan: InfusionPlan;
  /** Soft findings, each passed with the reason given. */
  readonly overridden: readonly LimitFinding[];
}

/** Order inside its limits -> durable session row -> durable override row -> engine. */
export async function openSession(input: OpenInput, call: Call): Promise<{ sessionId: string }> {
  const chair = chairOf(call, input.chairId);
  if (chair.isOccupied) throw new Refusal('CHAIR_OCCUPIED', 'A session is under way at this chair. End it first.');
  requireUsableLibrary(call);
  // One opening after the other, so that two at once cannot both overlook each other's dose.
  const opening = await inTurn(call.station, 'opening', async () => {
    const sessions = await call.station.options.trail.sessions();
    requireNowhereElse(input.patientId, sessions, call);
    const earlier = await earlierDose(call.station.options.trail, input.patientId, instantOf(call));
    const checked = checkOrder(input, call, chair, earlier);
    requireReason(boundedPatient(input, checked.entry), call.station.profile);
    const written: Opening = { input, checked, binding: bind(input, checked, sessions.length + 1, call), chair };
    await writeOpening(written, call);
    return { ...written, before: earlier.of(checked.entry.drug) };
  });
  const { checked, binding, before } = opening;
  try {
    await writeOverride(opening, call);
    await writePatientLimits(opening, call);
    await carryPauses(opening, call);
    requireAccepted(chair.plan(binding, detailsOf(input, checked, call), personOf(call).id, before));
  } catch (error) {
    closeAgain(opening, call, error);
    throw error;
  }
  return { sessionId: binding.sessionId };
}

/** rates and predictions are judged by the chair, so that one patient has one chair at a time. */
function requireNowhereElse(patientId: string, sessions: readonly SessionRecord[], { station }: Call): void {
  const open = sessions.find(
    (session) =>
      session.state === 'open' && isSamePatient(session.patientId, patientId) && !isOver(session, station.chairs),
  );
  if (open === undefined) return;
  const chair = station.chairs.get(open.chairId)?.name ?? open.chairId;
  throw new Refusal('PATIENT_ELSEWHERE', `This patient has a session under way at ${chair}. End that one first.`);
}

/** The record keeps a session open until its pump is heard; at its chair it may be over long before, and all of it counts. */
function isOver({ id, chairId }: SessionRecord, chairs: Call['station']['chairs']): boolean {
  const chair = chairs.get(chairId);
  return chair !== undefined && !chair.isOccupied && chair.state.session?.sessionId === id;
}

function instantOf({ station }: Call): Instant {
  return { wall: new Date(), mono: station.options.clock.now(), boot: MACHINE_BOOT };
}

/** by a library that nobody may believe, nothing is opened. */
function requireUsableLibrary({ station }: Call): void {
  const problem = libraryProblem(libraryOf(station.options), new Date());
  if (problem !== null) throw new Refusal('LIBRARY_UNUSABLE', problem);
}

interface Opening {
  readonly input: OpenInput;
  readonly checked: CheckedOrder;
  readonly binding: SessionBinding;
  readonly chair: ChairSupervisor;
}

/** Hard limits never; soft ones with a reason, each named with its figures. */
function checkOrder(input: OpenInput, { station }: Call, chair: ChairSupervisor, earlier: EarlierDose): CheckedOrder {
  const { order, overrideReason } = input;
  const entry = entryOf(station.library, order.entryId);
  const result = planOrder(orderOf(order), entry, chair.equipment.capability);
  const hard = result.findings.filter(({ level }) => level === 'hard');
  if (result.kind === 'refused' || hard.length > 0) {
    throw new Refusal('LIMIT_HARD', `This order cannot be given: ${findingsText(hard)}. Change the order.`);
  }
  const overridden = [...result.findings, ...earlierFindings(result.plan.order, entry, earlier)];
  if (overridden.length > 0 && overrideReason === null) {
    const text = findingsText(overridden);
    throw new Refusal('LIMIT_SOFT_NEEDS_REASON', `Change the order or give a reason: ${text}.`);
  }
  return { entry, plan: result.plan, overridden };
}

/** @param epoch the session's place among all of the record, so that it is of no other, whatever was refused before */
function bind(input: OpenInput, { entry, plan }: CheckedOrder, epoch: number, { station }: Call): SessionBinding {
  return {
    sessionId: `S-${new Date().toISOString().slice(0, 10)}-${randomBytes(4).toString('hex')}`,
    epoch,
    patientId: input.patientId,
    plan,
    drugLot: input.drugLot,
    libraryVersion: station.library.version,
    patient: boundedPatient(input, entry),
    doseCeiling: doseCeiling(plan, entry),
    predictionCeiling: isModelled(entry.drug) ? entry.predictionCeiling : null,
  };
}

/** how far the limits follow this patient is for the library of the order to say. */
function boundedPatient({ patientFactors }: OpenInput, { vitalBounds }: DrugEntry): BoundedPatient | null {
  return patientFactors ? { ...patientFactors, bounds: vitalBounds } : null;
}

function detailsOf(input: OpenInput, { entry, overridden }: CheckedOrder, call: Call): SessionDetails {
  const reason = input.overrideReason ?? '';
  return {
    patientName: input.patientName,
    clinician: personOf(call).name,
    openedAt: withZone(new Date()),
    entry: { drug: entry.drug, careArea: entry.careArea },
    overrides: overridden.map((finding) => ({ finding, reason })),
  };
}

async function writeOpening({ input, checked, binding, chair }: Opening, call: Call): Promise<void> {
  const { id: by, name: clinician } = personOf(call);
  const { sessionId: id, patientId } = binding;
  const row = chair.journal.row(
    'session.open',
    { by, new: openRow(binding, checked.entry, libraryOf(call.station.options)) },
    binding,
  );
  const { patientName } = input;
  await call.station.recorder.openSession({ id, chairId: chair.id, patientId, patientName, clinician }, row);
}

async function writeOverride({ input, checked, binding, chair }: Opening, call: Call): Promise<void> {
  if (checked.overridden.length === 0 || input.overrideReason === null) return;
  const findings = checked.overridden.map((finding) => ({ ...finding, ...inWords(finding) }));
  const details = { by: personOf(call).id, reason: input.overrideReason, new: { findings } };
  await call.station.recorder.durable(chair.journal.row('limit.override', details, binding));
}

/** a patient who is held to looser limits than everybody is so for a reason that somebody gave. */
function requireReason(patient: BoundedPatient | null, profile: SafetyProfile): void {
  if (patient === null || patient.reason.trim() !== '' || !isLoosened(patient, profile)) return;
  throw new Refusal(
    'LIMIT_REASON_MISSING',
    'The baseline of this patient would loosen an alarm limit. Give the reason for it, or leave the baseline out.',
  );
}

/** The figures that hold for this patient, and why, before anything is decided by them. */
async function writePatientLimits({ binding, chair }: Opening, call: Call): Promise<void> {
  const { patient } = binding;
  if (patient === null) return;
  const limits = profileFor(patient, call.station.profile).vitals.flatMap(({ parameter, required, tiers }) =>
    tiers.map(({ alarm, below, above }) => ({ parameter, required, alarm, below, above })),
  );
  const details = { by: personOf(call).id, reason: patient.reason, new: { limits } };
  await call.station.recorder.durable(chair.journal.row('limit.patient', details, binding));
}

/** the pauses of a patient count on at another chair. */
async function carryPauses({ binding, chair }: Opening, call: Call): Promise<void> {
  const { trail } = call.station.options;
  const carried = await pausesOfPatient(trail, binding.patientId, chair.pauses, instantOf(call));
  if (carried !== null) chair.recallPauses(carried);
}

/** The trail takes no fractions: figures of a finding go in as text. */
function inWords({ value, limit }: LimitFinding): { value: string; limit: string } {
  return { value: String(value), limit: String(limit) };
}

/** What was opened in the record and not at the chair must not stay open. */
function closeAgain({ binding, chair }: Opening, call: Call, error: unknown): void {
  const reason = error instanceof Error ? error.message : String(error);
  const details = { by: personOf(call).id, outcome: 'denied', reason, new: { state: 'ended' } } as const;
  const row = chair.journal.row('session.close', details, binding);
  call.station.recorder.closeSession(binding.sessionId, 'ended', row);
}
