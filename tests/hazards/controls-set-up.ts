import type { ControlGroup } from './controls.ts';

/** What is held against a wrong patient and a wrong syringe before an infusion. */
export const SET_UP_CONTROLS: readonly ControlGroup[] = [
  {
    file: 'main/station/handlers/session.ts',
    test: 'main/station/dispatch.test.ts',
    removals: [
      {
        hazard: 4,
        control: 'every bedside check must be confirmed',
        text: 'const missing = Object.values(answers).some((answer) => !answer);',
        without: 'const missing = false;',
        fails: 'bedside checks count only when all are true',
      },
    ],
  },
  {
    file: 'main/station/handlers/session.ts',
    test: 'main/station/set-up-idle.test.ts',
    removals: [
      {
        hazard: 4,
        control: 'an idle set-up goes on only after a new sign-in',
        text: 'if (chair.takeUp(call.seat.signedInAt)) return;',
        without: 'if (chair.takeUp(call.seat.signedInAt) || chairId !== null) return;',
        fails: 'goes on only with somebody who signed in since',
      },
    ],
  },
  {
    file: 'main/station/handlers/bedside-reading.ts',
    test: 'main/station/bedside-check.test.ts',
    removals: [
      {
        hazard: 4,
        control: 'the patient id that was read is compared with the session',
        text: "if (!isSamePatient(patientIdRead, session.patientId)) found.push(mismatch('patientIdRead'));",
        without: '',
        fails: 'with the id of another patient is refused',
      },
      {
        hazard: 7,
        control: 'the lot that was read is compared with the session',
        text: "if (!isSameLot(drugLotRead, session.drugLot)) found.push(mismatch('drugLotRead'));",
        without: '',
        fails: 'with another lot is refused',
      },
      {
        hazard: 7,
        control: 'the concentration that was read is compared with the plan',
        text: 'concentration.thousandths !== session.plan.order.concentration',
        without: 'concentration.thousandths === 0',
        fails: 'with another concentration is refused',
      },
    ],
  },
  {
    file: 'main/station/handlers/session.ts',
    test: 'main/station/bedside-check.test.ts',
    removals: [
      {
        hazard: 4,
        control: 'what does not match is refused',
        text: 'if (gravest !== undefined) {',
        without: 'if (gravest !== undefined && chairId === null) {',
        fails: 'with the id of another patient is refused',
      },
    ],
  },
];
