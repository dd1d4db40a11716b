export { rejection, useAction, useSend, type Action, type Problem } from './action';
export { createApi } from './client';
export { useConnection } from './connection';
export { graphql, readFragment, type FragmentOf, type ResultOf } from './graphql';
export { usePermissions, usePermissionsShown } from './permissions';
export { pageEnds, useEach, useShown, type Shown } from './query';
export { useLive } from './live-query';
export { observable, useObservable } from './observable';
export {
  closeSession,
  currentSession,
  deviceToken,
  onAccountChange,
  openSession,
  sessionSelections,
  useAccount,
  useRefusal,
  type Refusal,
  type Role,
} from './session';
