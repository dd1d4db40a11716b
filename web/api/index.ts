export { rejection, useAction, useSend, type Action, type Problem } from './action';
export { RealmArea, useAccount, useRealm } from './area';
export { loadWhenReached, useConnection } from './connection';
export { graphql, readFragment, type FragmentOf, type ResultOf } from './graphql';
export { usePermissions, usePermissionsShown, useRealmsOfAccount } from './permissions';
export { pageEnds, useEach, useRead, useShown, type Shown } from './query';
export { useLive } from './live-query';
export { observable, useObservable } from './observable';
export { homeOf, ownPath, realmOfPage, realms, type Realm } from './realm';
export {
  closeSession,
  closeSessionsOf,
  currentSession,
  deviceToken,
  onAccountChange,
  openSession,
  openSessions,
  renameAccount,
  sessionSelections,
  useAccountOf,
  useRefusalOf,
  type Refusal,
  type Role,
} from './session';
