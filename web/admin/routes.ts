import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { root } from '../root';
import { searchOf } from '../ui/search';
import { orderStatuses } from '../ui/order-statuses';

const page = { after: 'text', before: 'text' } as const;

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
    validateSearch: searchOf({ ...page, status: orderStatuses, reference: 'text' }),
    component: lazyRouteComponent(() => import('./orders'), 'OrdersPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/orders/$id',
    component: lazyRouteComponent(() => import('./order'), 'OrderPage'),
  }),
] as const;

/** The pages of the staff console. */
export const adminRoutes = admin.addChildren([...pages]);
