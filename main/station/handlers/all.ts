import { access } from './access.ts';
import { alarm } from './alarm.ts';
import { chair } from './chair.ts';
import { demonstration } from './demonstration.ts';
import { drug } from './drug.ts';
import { emergency } from './emergency.ts';
import { enrolment } from './enrolment.ts';
import { exports } from './exports.ts';
import type { Handlers } from './handler.ts';
import { library } from './library.ts';
import { people } from './people.ts';
import { record } from './record.ts';
import { review } from './review-desk.ts';
import { seat } from './seat.ts';
import { session } from './session.ts';
import { sound } from './sound.ts';
import { station } from './station.ts';
import { vitals } from './vitals.ts';

export const handlers: Handlers = {
  station,
  access,
  seat,
  people,
  enrolment,
  emergency,
  library,
  session,
  drug,
  record,
  review,
  exports,
  chair,
  alarm,
  sound,
  vitals,
  demonstration,
};
