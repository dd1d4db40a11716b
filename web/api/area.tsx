import { createContext, useContext, type ReactNode } from 'react';
import { Provider, type Client } from 'urql';
import { createApi } from './client';
import type { Realm } from './realm';
import { currentSession, useAccountOf, type Session } from './session';

const RealmOfPage = createContext<Realm>('customer');

/** The realm of the page that is shown. */
export const useRealm = (): Realm => useContext(RealmOfPage);

/** The signed-in account of the area; undefined for a guest. */
export const useAccount = (): Session['account'] | undefined => useAccountOf(useRealm());

type Known = { readonly accountId: string | undefined; readonly api: Client };

const known = new Map<Realm, Known>();

/** Returns the client of an area. Another account has other orders: nothing that the last one saw may stay in its cache. */
const apiOf = (realm: Realm): Client => {
  const accountId = currentSession(realm)?.account.id;
  const found = known.get(realm);
  if (found !== undefined && found.accountId === accountId) return found.api;
  const api = createApi(realm);
  known.set(realm, { accountId, api });
  return api;
};

function Api({ children }: { readonly children: ReactNode }) {
  const realm = useRealm();
  // Renders again when the account changes.
  useAccount();
  return <Provider value={apiOf(realm)}>{children}</Provider>;
}

/** The frame of the pages of a realm: they act by its session alone, and share no cache with the others. */
export function RealmArea({ realm, children }: { readonly realm: Realm; readonly children: ReactNode }) {
  return (
    <RealmOfPage value={realm}>
      <Api>{children}</Api>
    </RealmOfPage>
  );
}
