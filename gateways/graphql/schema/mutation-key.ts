import { createHmac } from 'node:crypto';
import { Fault } from '../../../platform/faults';
import { commandId, uuidV7 } from '../../../platform/ids';
import { illFormedTextIn } from '../../../platform/well-formed-text';
import type { MutationName } from '../../../commands';
import { signedIn } from '../access/caller';
import type { EdgeContext } from '../context';
import type { Attempt } from '../access/login-throttle';

/** The sender of a mutation for guests, by its input. `deviceToken`: from an earlier log-in on this device. */
export type Sender = { readonly name: string; readonly deviceToken?: string | null | undefined };

export const KEY_LENGTH_MAX = 200;

/**
 * Returns the owner of a key. A guest is identified by the input and not by the access token, which may expire between two
 * tries. Command ids are stored and shown to staff, so the owner is hashed with a secret.
 */
const ownerOf = (sender: string | undefined, { viewer, services: { tokens } }: EdgeContext): string =>
  sender === undefined
    ? signedIn(viewer).id
    : createHmac('sha256', tokens.secrets[0]).update(`guest\n${sender}`).digest('hex');

export const isKeyed = (key: string | null | undefined): key is string => key !== undefined && key !== null;

/**
 * Returns the id of the command: the same for the same key of the same sender and mutation.
 *
 * @throws Fault `INPUT_INVALID` for a key that is empty, too long or not well formed.
 */
export const commandIdOf = (
  name: MutationName,
  key: string | null | undefined,
  sender: string | undefined,
  context: EdgeContext,
): string => {
  const { clock, random } = context.services;
  if (!isKeyed(key)) return uuidV7(clock, random);
  if (key.length > KEY_LENGTH_MAX || key.length === 0)
    throw new Fault('INPUT_INVALID', `idempotencyKey: give 1 to ${KEY_LENGTH_MAX} characters`);
  const illFormed = illFormedTextIn(key);
  if (illFormed) throw new Fault('INPUT_INVALID', `idempotencyKey: ${illFormed.problem}`);
  return commandId(`edge ${ownerOf(sender, context)}`, `${name}\n${key}`);
};

/** A device counts for the account that logged in on it, and for no other. */
export const attemptOf = async (
  kind: MutationName,
  { name: sender, deviceToken }: Sender,
  { address, services: { deviceTokens } }: EdgeContext,
): Promise<Attempt> => {
  const device = deviceToken ? await deviceTokens.read(deviceToken) : undefined;
  return { kind, address, sender, ...(device?.email === sender ? { device: device.id } : {}) };
};
