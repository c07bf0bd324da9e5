import type { TopicData } from '../../preload/contract/api.ts';
import { contract, MAY_KNOW_PATIENTS, type TopicName, topics } from '../../preload/contract/contract.ts';
import type { ChairFrame, StationFrame } from '../../preload/contract/frames.ts';
import type { Right } from '../../preload/contract/leaf.ts';
import { checkRight } from './dispatch.ts';
import { whoActs } from './sitting.ts';
import type { Call } from './station-context.ts';

type View<Name extends TopicName> = (data: TopicData<Name>, call: Call) => TopicData<Name> | null;

const isFor = (right: Right, call: Call): boolean => checkRight('subscribe', right, call) === null;

/** Signs, pump, dose and alarms are for whoever stands at the chair; whose they are is not. */
const VIEWS: { readonly [Name in TopicName]: View<Name> } = {
  station: (frame, call) => (isFor(MAY_KNOW_PATIENTS, call) ? frame : withoutPatients(frame)),
  wave: (batch) => batch,
  // Rows of no chair and no session tell of people and of the station: the log of the supervisor.
  trail: (event, call) =>
    event.chairId !== null || event.sessionId !== null || isFor(contract.review.log.right, call) ? event : null,
};

/** What of an update whoever acts at a seat at that moment may see; null: nothing. */
export function topicView<Name extends TopicName>(
  name: Name,
  at: Omit<Call, 'person'>,
): (data: TopicData<Name>) => TopicData<Name> | null {
  const view: View<Name> = VIEWS[name];
  return (data) => {
    const call: Call = { ...at, person: whoActs(at) };
    return checkRight('subscribe', topics[name].right, call) === null ? view(data, call) : null;
  };
}

function withoutPatients(frame: StationFrame): StationFrame {
  return { ...frame, chairs: frame.chairs.map((chair) => ({ ...chair, session: withoutPatient(chair.session) })) };
}

/** Also without what people typed, since names and diseases stand in it. */
function withoutPatient(session: ChairFrame['session']): ChairFrame['session'] {
  return (
    session && {
      ...session,
      patientId: null,
      patientName: null,
      patientFactors: null,
      overrides: [],
      pauseReason: null,
    }
  );
}
