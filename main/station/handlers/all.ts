import { access } from './access.ts';
import { alarm } from './alarm.ts';
import { chair } from './chair.ts';
import { demonstration } from './demonstration.ts';
import type { Handlers } from './handler.ts';
import { library } from './library.ts';
import { session } from './session.ts';
import { station } from './station.ts';
import { vitals } from './vitals.ts';

export const handlers: Handlers = { station, access, library, session, chair, vitals, alarm, demonstration };
