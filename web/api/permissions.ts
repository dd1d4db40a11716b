import { useAccount, useRealm } from './area';
import { graphql } from './graphql';
import { useShown, type Shown } from './query';
import type { Realm } from './realm';

const viewerPermissions = graphql(`
  query ViewerPermissions {
    viewer {
      realm
      realms
      permissions
    }
  }
`);

/** The rights of the signed-in account. */
type Rights = { readonly permissions: ReadonlySet<string>; readonly realms: readonly Realm[] };

const none: Rights = { permissions: new Set(), realms: [] };

const useRightsShown = (): Shown<Rights> => {
  const realm = useRealm();
  const isGuest = useAccount() === undefined;
  const shown = useShown(viewerPermissions, {}, isGuest);
  if (shown.data === undefined) return shown;
  if (isGuest) return { ...shown, data: none };
  const { viewer } = shown.data;
  // The answer of the area that was left stays until the one of this area comes. A session from before realms has none.
  if (viewer && viewer.realm !== null && viewer.realm !== realm)
    return { ...shown, data: undefined, isStale: false, failure: undefined };
  return { ...shown, data: { permissions: new Set(viewer?.permissions), realms: viewer?.realms ?? [] } };
};

/** The permissions of the signed-in account in this area, such as `order:refund`, as they are now; read again by each page that needs them. */
export const usePermissionsShown = (): Shown<ReadonlySet<string>> => {
  const shown = useRightsShown();
  return shown.data === undefined ? shown : { ...shown, data: shown.data.permissions };
};

/** The same permissions; none for a guest, and until they are read. */
export const usePermissions = (): ReadonlySet<string> => usePermissionsShown().data ?? none.permissions;

/** The realms in which the signed-in account has something to do, also where it is not logged in. */
export const useRealmsOfAccount = (): readonly Realm[] => useRightsShown().data?.realms ?? none.realms;
