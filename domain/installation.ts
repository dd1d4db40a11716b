import { accept } from './kernel';
import type { Decider, Decision, Fact, Instant } from './kernel';

// Stored for ever. Add optional fields; never rename, retype or reuse. See docs/adr/0004-event-versioning.md.
/**
 * `secret`: random, base64url. It is stored with the events because values that are derived from it must last as long
 * as they do.
 */
export type InstallationKeyMade = Fact<
  'InstallationKeyMade',
  { name: string; secret: string; madeAt: Instant }
>;

export type InstallationEvent = InstallationKeyMade;

export const installationEventTypes = {
  InstallationKeyMade: true,
} as const satisfies Record<InstallationEvent['type'], true>;

/** Makes a key unless one of that name exists. `secret`: used only for a new key. */
export type InstallationCommand = {
  readonly type: 'MakeInstallationKey';
  readonly name: string;
  readonly secret: string;
  readonly at: Instant;
};

/** The keys of an installation, that is, of one event store, by name. */
export type InstallationState = { readonly keys: Readonly<Record<string, string>> };

/** The id of the only installation, which all processes of one store share. */
export const installationId = 'keys';

const evolve = ({ keys }: InstallationState, { data }: InstallationEvent): InstallationState => ({
  keys: { ...keys, [data.name]: data.secret },
});

/** Decides the only command: make a key. */
const decide = (
  { name, secret, at }: InstallationCommand,
  { keys }: InstallationState,
): Decision<InstallationEvent, never> =>
  // A second key would change every value that is derived from the first.
  Object.hasOwn(keys, name)
    ? accept()
    : accept({ type: 'InstallationKeyMade', data: { name, secret, madeAt: at } });

export const installation: Decider<InstallationState, InstallationCommand, InstallationEvent, never> = {
  category: 'installation',
  initial: { keys: {} },
  decide,
  evolve,
};
