/** The state of one thing that a process needs. `detail` explains it to an operator. */
export type HealthPart = { readonly ready: boolean; readonly detail?: string | undefined };

/** A check of one part of a process. */
export type HealthCheck = {
  readonly name: string;
  /** Returns the state of the part; undefined while it has none, e.g. because another process plays the role. */
  readonly check: () => Promise<HealthPart | undefined> | HealthPart | undefined;
  /** For a role that one process at a time plays: says who plays it while this process stands by, otherwise undefined. */
  readonly standby?: (() => HealthPart | undefined) | undefined;
};
