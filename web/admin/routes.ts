import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { requestStatuses } from '../after-sales/statuses';
import { root } from '../root';
import { notificationStatuses } from '../ui/notification-statuses';
import { merchantStates } from '../ui/merchant-states';
import { page, searchOf } from '../ui/search';
import { orderStatuses } from '../ui/order-statuses';
import { questionNames } from './reports/questions';
import { deliveryStatuses } from '../webhooks/statuses';

const admin = createRoute({
  getParentRoute: () => root,
  path: '/admin',
  component: lazyRouteComponent(() => import('./admin-area'), 'AdminArea'),
});

const getParentRoute = () => admin;

// A list of its own: inside `addChildren` the types of the routes would be lost.
const pages = [
  createRoute({
    getParentRoute,
    path: '/',
    validateSearch: searchOf({ ...page, status: orderStatuses, find: 'text', tag: 'text', held: ['yes'] }),
    component: lazyRouteComponent(() => import('./orders/orders'), 'OrdersPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/orders/$id',
    component: lazyRouteComponent(() => import('./orders/order'), 'OrderPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/after-sales',
    validateSearch: searchOf({ ...page, status: requestStatuses }),
    component: lazyRouteComponent(() => import('./orders/after-sales'), 'AfterSalesPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/after-sales/$id',
    component: lazyRouteComponent(() => import('./orders/after-sales-request'), 'AfterSalesRequestPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/moderation',
    validateSearch: searchOf({ ...page, state: ['OPEN', 'HIDDEN'] }),
    component: lazyRouteComponent(() => import('./people/moderation'), 'ModerationPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/shipments',
    validateSearch: searchOf({ tracking: 'text' }),
    component: lazyRouteComponent(() => import('./shipments/shipments'), 'ShipmentsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/shipments/$id',
    component: lazyRouteComponent(() => import('./shipments/shipment'), 'ShipmentPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/warehouses',
    component: lazyRouteComponent(() => import('./warehouses/warehouses'), 'WarehousesPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/warehouses/$id',
    validateSearch: searchOf({ ...page, product: 'text' }),
    component: lazyRouteComponent(() => import('./warehouses/warehouse'), 'WarehousePage'),
  }),
  createRoute({
    getParentRoute,
    path: '/low-stock',
    validateSearch: searchOf({ ...page, warehouse: 'text' }),
    component: lazyRouteComponent(() => import('./warehouses/low-stock'), 'LowStockPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/world',
    validateSearch: searchOf({ ...page, link: 'text', shipment: 'text', words: 'text' }),
    component: lazyRouteComponent(() => import('./world/world'), 'WorldPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/parked',
    validateSearch: searchOf(page),
    component: lazyRouteComponent(() => import('./world/parked'), 'ParkedPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/notifications',
    validateSearch: searchOf({ ...page, status: notificationStatuses }),
    component: lazyRouteComponent(() => import('./messages/notifications'), 'NotificationsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/merchants',
    validateSearch: searchOf({ ...page, status: merchantStates }),
    component: lazyRouteComponent(() => import('./people/merchants'), 'MerchantsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/erasures',
    validateSearch: searchOf(page),
    component: lazyRouteComponent(() => import('./people/erasures'), 'ErasuresPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/payouts/$id',
    validateSearch: searchOf(page),
    component: lazyRouteComponent(() => import('./money/payouts'), 'PayoutsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/webhooks',
    validateSearch: searchOf(page),
    component: lazyRouteComponent(() => import('./messages/webhooks'), 'AdminWebhooksPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/webhooks/$id',
    validateSearch: searchOf({ ...page, status: deliveryStatuses }),
    component: lazyRouteComponent(() => import('./messages/webhook-log'), 'AdminWebhookLogPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/product-families',
    validateSearch: searchOf(page),
    component: lazyRouteComponent(() => import('./catalogue/families'), 'FamiliesPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/product-families/$id',
    component: lazyRouteComponent(() => import('./catalogue/families'), 'FamilyOfAnyPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/products/$id',
    component: lazyRouteComponent(() => import('./catalogue/product'), 'ProductOfAnyPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/promotions',
    validateSearch: searchOf(page),
    component: lazyRouteComponent(() => import('./catalogue/promotions'), 'PromotionsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/categories',
    component: lazyRouteComponent(() => import('./catalogue/categories'), 'CategoriesPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/invoices',
    validateSearch: searchOf({ ...page, series: 'text', from: 'text', until: 'text' }),
    component: lazyRouteComponent(() => import('./money/invoices'), 'InvoicesPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/shipping-methods',
    component: lazyRouteComponent(() => import('./money/shipping-methods'), 'ShippingMethodsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/tax',
    component: lazyRouteComponent(() => import('./money/tax'), 'TaxPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/accounts',
    validateSearch: searchOf({ ...page, email: 'text' }),
    component: lazyRouteComponent(() => import('./people/accounts'), 'AccountsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/roles',
    component: lazyRouteComponent(() => import('./people/roles'), 'RolesPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/settings',
    component: lazyRouteComponent(() => import('./settings'), 'SettingsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/reports',
    validateSearch: searchOf({ ...page, from: 'text', to: 'text' }),
    component: lazyRouteComponent(() => import('./reports/reports'), 'ReportsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/payments',
    validateSearch: searchOf({ day: 'text' }),
    component: lazyRouteComponent(() => import('./money/payments'), 'PaymentsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/figures',
    validateSearch: searchOf({ question: questionNames, from: 'text', to: 'text' }),
    component: lazyRouteComponent(() => import('./reports/figures'), 'FiguresPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/engine',
    component: lazyRouteComponent(() => import('./engine/engine'), 'EnginePage'),
  }),
  createRoute({
    getParentRoute,
    path: '/engine/read-models/$name',
    validateSearch: searchOf({ compare: 'text' }),
    component: lazyRouteComponent(() => import('./engine/read-model'), 'ReadModelPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/engine/parked',
    validateSearch: searchOf(page),
    component: lazyRouteComponent(() => import('./engine/parked-work'), 'ParkedWorkPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/engine/streams',
    validateSearch: searchOf({ stream: 'text', from: 'text' }),
    component: lazyRouteComponent(() => import('./engine/streams'), 'StreamsPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/engine/why',
    validateSearch: searchOf({ model: 'text', id: 'text', field: 'text', from: 'text' }),
    component: lazyRouteComponent(() => import('./engine/why'), 'WhyPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/engine/orders/$id',
    validateSearch: searchOf({ moment: 'text' }),
    component: lazyRouteComponent(() => import('./engine/order-history'), 'OrderHistoryPage'),
  }),
] as const;

/** The pages of the staff console. */
export const adminRoutes = admin.addChildren([...pages]);
