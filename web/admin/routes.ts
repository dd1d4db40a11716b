import { createRoute } from '@tanstack/react-router';
import { requestStatuses } from '../after-sales/statuses';
import { root } from '../root';
import { lazyPage } from '../ui/lazy-page';
import { notificationStatuses } from '../ui/notification-statuses';
import { merchantStates } from '../ui/merchant-states';
import { page, searchOf } from '../ui/search';
import { orderStatuses } from '../ui/order-statuses';
import { questionNames } from './reports/questions';
import { deliveryStatuses } from '../webhooks/statuses';

const admin = createRoute({
  getParentRoute: () => root,
  path: '/admin',
  component: lazyPage(() => import('./admin-area'), 'AdminArea'),
});

const getParentRoute = () => admin;

// A list of its own: inside `addChildren` the types of the routes would be lost.
const pages = [
  createRoute({
    getParentRoute,
    path: '/',
    validateSearch: searchOf({ ...page, status: orderStatuses, find: 'text', tag: 'text', held: ['yes'] }),
    component: lazyPage(() => import('./orders/orders'), 'OrdersPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/orders/$id',
    component: lazyPage(() => import('./orders/order'), 'OrderPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/after-sales',
    validateSearch: searchOf({ ...page, status: requestStatuses }),
    component: lazyPage(() => import('./orders/after-sales'), 'AfterSalesPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/after-sales/$id',
    component: lazyPage(() => import('./orders/after-sales-request'), 'AfterSalesRequestPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/moderation',
    validateSearch: searchOf({ ...page, state: ['OPEN', 'HIDDEN'] }),
    component: lazyPage(() => import('./people/moderation'), 'ModerationPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/shipments',
    validateSearch: searchOf({ tracking: 'text' }),
    component: lazyPage(() => import('./shipments/shipments'), 'ShipmentsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/shipments/$id',
    component: lazyPage(() => import('./shipments/shipment'), 'ShipmentPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/warehouses',
    component: lazyPage(() => import('./warehouses/warehouses'), 'WarehousesPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/warehouses/$id',
    validateSearch: searchOf({ ...page, product: 'text' }),
    component: lazyPage(() => import('./warehouses/warehouse'), 'WarehousePage'),
  }),
  createRoute({
    getParentRoute,
    path: '/low-stock',
    validateSearch: searchOf({ ...page, warehouse: 'text' }),
    component: lazyPage(() => import('./warehouses/low-stock'), 'LowStockPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/world',
    validateSearch: searchOf({ ...page, link: 'text', shipment: 'text', words: 'text' }),
    component: lazyPage(() => import('./world/world'), 'WorldPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/parked',
    validateSearch: searchOf(page),
    component: lazyPage(() => import('./world/parked'), 'ParkedPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/notifications',
    validateSearch: searchOf({ ...page, status: notificationStatuses }),
    component: lazyPage(() => import('./messages/notifications'), 'NotificationsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/merchants',
    validateSearch: searchOf({ ...page, status: merchantStates }),
    component: lazyPage(() => import('./people/merchants'), 'MerchantsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/erasures',
    validateSearch: searchOf(page),
    component: lazyPage(() => import('./people/erasures'), 'ErasuresPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/payouts/$id',
    validateSearch: searchOf(page),
    component: lazyPage(() => import('./money/payouts'), 'PayoutsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/webhooks',
    validateSearch: searchOf(page),
    component: lazyPage(() => import('./messages/webhooks'), 'AdminWebhooksPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/webhooks/$id',
    validateSearch: searchOf({ ...page, status: deliveryStatuses }),
    component: lazyPage(() => import('./messages/webhook-log'), 'AdminWebhookLogPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/product-families',
    validateSearch: searchOf(page),
    component: lazyPage(() => import('./catalogue/families'), 'FamiliesPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/product-families/$id',
    component: lazyPage(() => import('./catalogue/families'), 'FamilyOfAnyPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/products/$id',
    component: lazyPage(() => import('./catalogue/product'), 'ProductOfAnyPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/promotions',
    validateSearch: searchOf(page),
    component: lazyPage(() => import('./catalogue/promotions'), 'PromotionsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/categories',
    component: lazyPage(() => import('./catalogue/categories'), 'CategoriesPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/invoices',
    validateSearch: searchOf({ ...page, series: 'text', from: 'text', until: 'text' }),
    component: lazyPage(() => import('./money/invoices'), 'InvoicesPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/shipping-methods',
    component: lazyPage(() => import('./money/shipping-methods'), 'ShippingMethodsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/tax',
    component: lazyPage(() => import('./money/tax'), 'TaxPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/accounts',
    validateSearch: searchOf({ ...page, email: 'text' }),
    component: lazyPage(() => import('./people/accounts'), 'AccountsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/roles',
    component: lazyPage(() => import('./people/roles'), 'RolesPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/settings',
    component: lazyPage(() => import('./settings'), 'SettingsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/reports',
    validateSearch: searchOf({ ...page, from: 'text', to: 'text' }),
    component: lazyPage(() => import('./reports/reports'), 'ReportsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/payments',
    validateSearch: searchOf({ day: 'text' }),
    component: lazyPage(() => import('./money/payments'), 'PaymentsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/figures',
    validateSearch: searchOf({ question: questionNames, from: 'text', to: 'text' }),
    component: lazyPage(() => import('./reports/figures'), 'FiguresPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/engine',
    component: lazyPage(() => import('./engine/engine'), 'EnginePage'),
  }),
  createRoute({
    getParentRoute,
    path: '/engine/read-models/$name',
    validateSearch: searchOf({ compare: 'text' }),
    component: lazyPage(() => import('./engine/read-model'), 'ReadModelPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/engine/parked',
    validateSearch: searchOf(page),
    component: lazyPage(() => import('./engine/parked-work'), 'ParkedWorkPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/engine/streams',
    validateSearch: searchOf({ stream: 'text', from: 'text' }),
    component: lazyPage(() => import('./engine/streams'), 'StreamsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/engine/why',
    validateSearch: searchOf({ model: 'text', id: 'text', field: 'text', from: 'text' }),
    component: lazyPage(() => import('./engine/why'), 'WhyPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/engine/orders/$id',
    validateSearch: searchOf({ moment: 'text' }),
    component: lazyPage(() => import('./engine/order-history'), 'OrderHistoryPage'),
  }),
] as const;

/** The pages of the staff console. */
export const adminRoutes = admin.addChildren([...pages]);
