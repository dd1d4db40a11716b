import { graphql } from './graphql';
import { useShown, type Shown } from './query';
import { useAccount } from './session';

const viewerPermissions = graphql(`
  query ViewerPermissions {
    viewer {
      permissions
    }
  }
`);

/** The permissions of the signed-in account, such as `order:refund`, as they are now; read again by each page that needs them. */
export const usePermissionsShown = (): Shown<ReadonlySet<string>> => {
  const isGuest = useAccount() === undefined;
  const shown = useShown(viewerPermissions, {}, isGuest);
  if (shown.data === undefined) return shown;
  return { ...shown, data: new Set(isGuest ? [] : shown.data.viewer?.permissions) };
};

/** The same permissions; none for a guest, and until they are read. */
export const usePermissions = (): ReadonlySet<string> => usePermissionsShown().data ?? new Set();
