import { createRouter } from '@tanstack/react-router';
import { adminRoutes } from './admin/routes';
import { root } from './root';
import { sellerRoutes } from './seller/routes';
import { shopRoutes } from './shop/routes';
import { BrokenPage } from './ui/broken-page';
import { NotFound } from './ui/not-found';

export const router = createRouter({
  routeTree: root.addChildren([...shopRoutes, sellerRoutes, adminRoutes]),
  defaultPreload: 'intent',
  defaultNotFoundComponent: NotFound,
  defaultErrorComponent: BrokenPage,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
