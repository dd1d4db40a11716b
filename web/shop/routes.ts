import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { root } from '../root';
import { orderStatuses } from '../ui/order-statuses';
import { page, searchOf } from '../ui/search';
import { HomePage } from './products/home';
import { productSorts } from './products/product-sorts';

const getParentRoute = () => root;

/** The pages of the shop. Only the first one is loaded with the frame. */
export const shopRoutes = [
  createRoute({
    getParentRoute,
    path: '/',
    validateSearch: searchOf({
      ...page,
      ...{ query: 'text', category: 'text', sort: productSorts },
      ...{ stock: ['yes'], stars: ['1', '2', '3', '4'], currency: 'text', from: 'text', below: 'text' },
    }),
    component: HomePage,
  }),
  createRoute({
    getParentRoute,
    path: '/products/$id',
    component: lazyRouteComponent(() => import('./products/product'), 'ProductPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/cart',
    component: lazyRouteComponent(() => import('./cart/cart'), 'CartPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/checkout',
    component: lazyRouteComponent(() => import('./checkout/checkout'), 'CheckoutPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/orders',
    validateSearch: searchOf({ ...page, status: orderStatuses }),
    component: lazyRouteComponent(() => import('./orders/orders'), 'OrdersPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/orders/$id',
    component: lazyRouteComponent(() => import('./orders/order'), 'OrderPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/account',
    component: lazyRouteComponent(() => import('./account/account'), 'AccountPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/account/erase',
    component: lazyRouteComponent(() => import('./account/erase-account'), 'EraseAccountPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/log-in',
    validateSearch: searchOf({ next: 'text' }),
    component: lazyRouteComponent(() => import('./account/log-in'), 'LogInPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/sign-up',
    validateSearch: searchOf({ next: 'text' }),
    component: lazyRouteComponent(() => import('./account/sign-up'), 'SignUpPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/reset-password',
    component: lazyRouteComponent(() => import('./account/reset-password'), 'ResetPasswordPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/verify-email',
    component: lazyRouteComponent(() => import('./account/verify-email'), 'VerifyEmailPage'),
  }),
] as const;
