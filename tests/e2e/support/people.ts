import type { Person } from '../../../preload/contract/frames.ts';

export const CLINICIAN: Person = { id: 'p1', name: 'Dr Mira Weber', role: 'clinician' };
export const SUPERVISOR: Person = { id: 'p2', name: 'Jonas Brandt', role: 'supervisor' };
export const ok = <Value>(value: Value) => ({ ok: true, value }) as const;
