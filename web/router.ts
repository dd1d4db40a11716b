import { createRouter } from '@tanstack/react-router';
import { adminRoutes } from './admin/routes';
import { root } from './root';
import { sellerRoutes } from './seller/routes';
import { shopRoutes } from './shop/routes';
import { NotFound } from './ui/not-found';

export const router = createRouter({
  routeTree: root.addChildren([...shopRoutes, sellerRoutes, adminRoutes]),
  defaultPreload: 'intent',
  defaultNotFoundComponent: NotFound,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
