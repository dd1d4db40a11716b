import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { root } from '../root';

const seller = createRoute({
  getParentRoute: () => root,
  path: '/seller',
  component: lazyRouteComponent(() => import('./seller-area'), 'SellerArea'),
});

/** The pages of sellers. */
export const sellerRoutes = seller;
