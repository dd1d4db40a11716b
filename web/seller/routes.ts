import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { root } from '../root';
import { page, searchOf } from '../ui/search';

const seller = createRoute({
  getParentRoute: () => root,
  path: '/seller',
  component: lazyRouteComponent(() => import('./seller-area'), 'SellerArea'),
});

const getParentRoute = () => seller;

const pages = [
  createRoute({
    getParentRoute,
    path: '/',
    validateSearch: searchOf({ ...page, query: 'text' }),
    component: lazyRouteComponent(() => import('./products'), 'OwnProductsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/products/new',
    component: lazyRouteComponent(() => import('./add-product'), 'AddProductPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/products/$id',
    component: lazyRouteComponent(() => import('./product'), 'OwnProductPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/orders',
    validateSearch: searchOf(page),
    component: lazyRouteComponent(() => import('./orders'), 'SellerOrdersPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/import',
    component: lazyRouteComponent(() => import('./import'), 'ImportPage'),
  }),
] as const;

/** The pages of sellers. */
export const sellerRoutes = seller.addChildren([...pages]);
