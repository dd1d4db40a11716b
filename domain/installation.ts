import { accept } from './kernel';
import type { Decider, Decision, Fact, Instant } from './kernel';

// Stored for ever. Add optional fields; never rename, retype or reuse. See docs/adr/0004-event-versioning.md.
/** `secret`: chance, base64url. It is stored with the events because what is derived from it has to last as long as they do. */
export type InstallationKeyMade = Fact<
  'InstallationKeyMade',
  { name: string; secret: string; madeAt: Instant }
>;

export type InstallationEvent = InstallationKeyMade;

export const installationEventTypes = {
  InstallationKeyMade: true,
} as const satisfies Record<InstallationEvent['type'], true>;

/** Makes a key where there is none of that name. `secret`: taken only then. */
export type InstallationCommand = {
  readonly type: 'MakeInstallationKey';
  readonly name: string;
  readonly secret: string;
  readonly at: Instant;
};

/** The keys of an installation, that is, of one event store, by name. */
export type InstallationState = { readonly keys: Readonly<Record<string, string>> };

/** There is one, whichever processes share the store. */
export const installationId = 'keys';

const evolve = ({ keys }: InstallationState, { data }: InstallationEvent): InstallationState => ({
  keys: { ...keys, [data.name]: data.secret },
});

/** There is one command: make a key. */
const decide = (
  { name, secret, at }: InstallationCommand,
  { keys }: InstallationState,
): Decision<InstallationEvent, never> =>
  // Another one would give everything that is derived from it another name.
  Object.hasOwn(keys, name)
    ? accept()
    : accept({ type: 'InstallationKeyMade', data: { name, secret, madeAt: at } });

export const installation: Decider<InstallationState, InstallationCommand, InstallationEvent, never> = {
  category: 'installation',
  initial: { keys: {} },
  decide,
  evolve,
};
