import { constants, setPriority } from 'node:os';
import { serveCalls } from '../../platform/worker';
import { argon2, type Argon2 } from './argon2';

serveCalls<Argon2>(() => {
  // Log-ins of an attacker then take only the processor time that other requests leave.
  setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  return { calls: argon2, close: () => undefined };
});
