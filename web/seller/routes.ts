import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { requestStatuses } from '../after-sales/statuses';
import { root } from '../root';
import { page, searchOf } from '../ui/search';
import { deliveryStatuses } from '../webhooks/statuses';

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
    path: '/families',
    validateSearch: searchOf(page),
    component: lazyRouteComponent(() => import('./families'), 'OwnFamiliesPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/families/$id',
    component: lazyRouteComponent(() => import('./families'), 'OwnFamilyPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/orders',
    validateSearch: searchOf(page),
    component: lazyRouteComponent(() => import('./orders'), 'SellerOrdersPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/payouts',
    validateSearch: searchOf(page),
    component: lazyRouteComponent(() => import('./payouts'), 'OwnPayoutsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/after-sales',
    validateSearch: searchOf({ ...page, status: requestStatuses }),
    component: lazyRouteComponent(() => import('./after-sales'), 'SellerAfterSalesPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/after-sales/$id',
    component: lazyRouteComponent(() => import('./after-sales-request'), 'SellerAfterSalesRequestPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/webhooks',
    validateSearch: searchOf(page),
    component: lazyRouteComponent(() => import('./webhooks'), 'SellerWebhooksPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/webhooks/$id',
    validateSearch: searchOf({ ...page, status: deliveryStatuses }),
    component: lazyRouteComponent(() => import('./webhook-log'), 'SellerWebhookLogPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/import',
    component: lazyRouteComponent(() => import('./import'), 'ImportPage'),
  }),
] as const;

/** The pages of sellers. */
export const sellerRoutes = seller.addChildren([...pages]);
