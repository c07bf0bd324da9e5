import { forkDeviceHost } from '../../main/devices/fork.ts';
import type { ChairDevices } from '../../main/devices/messages.ts';
import { HostUser } from './host-user.ts';

/** A main that can be killed: brings the pump of its argument to infuse, keeps renewing, and says so. */
const devices: ChairDevices = JSON.parse(process.argv[2] ?? '');
const user = new HostUser(forkDeviceHost(devices.chairId));
user.send({ kind: 'open', devices });
await user.next('link', ({ device, state }) => device === 'pump' && state === 'up', { from: 0 });
await user.next('pump');
await user.infuse(1);
process.send?.('infusing');
