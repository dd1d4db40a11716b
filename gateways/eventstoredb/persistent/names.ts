/** The streams of a group's state, with the original's names. */
export const CONFIG_STREAM = '$persistentSubscriptionConfig';
export const CONFIG_TYPE = '$PersistentConfig';
export const CHECKPOINT_TYPE = 'SubscriptionCheckpoint';

export type GroupName = { readonly source: string; readonly group: string };

export const keyOf = ({ source, group }: GroupName): string => `${source}::${group}`;

export const checkpointStream = (name: GroupName): string =>
  `$persistentsubscription-${keyOf(name)}-checkpoint`;

export const parkedStream = (name: GroupName): string => `$persistentsubscription-${keyOf(name)}-parked`;
