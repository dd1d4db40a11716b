import { useRouterState } from '@tanstack/react-router';
import { RealmArea, realmOfPage } from '../api';
import { Layout } from './layout';

/** The frame of all pages, in the realm of the page that is shown: of the last one, until the next has loaded. */
export function Frame() {
  const realm = useRouterState({
    select: ({ matches }) => {
      const page = matches.at(-1);
      return realmOfPage(page?.routeId ?? '', (page?.search as { readonly next?: string } | undefined)?.next);
    },
  });
  return (
    <RealmArea realm={realm}>
      <Layout />
    </RealmArea>
  );
}
