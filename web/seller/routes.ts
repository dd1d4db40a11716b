import { createRoute } from '@tanstack/react-router';
import { requestStatuses } from '../after-sales/statuses';
import { root } from '../root';
import { lazyPage } from '../ui/lazy-page';
import { page, searchOf } from '../ui/search';
import { deliveryStatuses } from '../webhooks/statuses';

const seller = createRoute({
  getParentRoute: () => root,
  path: '/seller',
  component: lazyPage(() => import('./seller-area'), 'SellerArea'),
});

const getParentRoute = () => seller;

const pages = [
  createRoute({
    getParentRoute,
    path: '/',
    validateSearch: searchOf({ ...page, query: 'text' }),
    component: lazyPage(() => import('./products'), 'OwnProductsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/products/new',
    component: lazyPage(() => import('./add-product'), 'AddProductPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/products/$id',
    component: lazyPage(() => import('./product'), 'OwnProductPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/families',
    validateSearch: searchOf(page),
    component: lazyPage(() => import('./families'), 'OwnFamiliesPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/families/$id',
    component: lazyPage(() => import('./families'), 'OwnFamilyPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/orders',
    validateSearch: searchOf(page),
    component: lazyPage(() => import('./orders'), 'SellerOrdersPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/payouts',
    validateSearch: searchOf(page),
    component: lazyPage(() => import('./payouts'), 'OwnPayoutsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/after-sales',
    validateSearch: searchOf({ ...page, status: requestStatuses }),
    component: lazyPage(() => import('./after-sales'), 'SellerAfterSalesPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/after-sales/$id',
    component: lazyPage(() => import('./after-sales-request'), 'SellerAfterSalesRequestPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/webhooks',
    validateSearch: searchOf(page),
    component: lazyPage(() => import('./webhooks'), 'SellerWebhooksPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/webhooks/$id',
    validateSearch: searchOf({ ...page, status: deliveryStatuses }),
    component: lazyPage(() => import('./webhook-log'), 'SellerWebhookLogPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/import',
    component: lazyPage(() => import('./import'), 'ImportPage'),
  }),
] as const;

/** The pages of sellers. */
export const sellerRoutes = seller.addChildren([...pages]);
