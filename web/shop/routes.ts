import { createRoute } from '@tanstack/react-router';
import { root } from '../root';
import { lazyPage } from '../ui/lazy-page';
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
    component: lazyPage(() => import('./products/product'), 'ProductPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/cart',
    component: lazyPage(() => import('./cart/cart'), 'CartPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/checkout',
    component: lazyPage(() => import('./checkout/checkout'), 'CheckoutPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/orders',
    validateSearch: searchOf({ ...page, status: orderStatuses }),
    component: lazyPage(() => import('./orders/orders'), 'OrdersPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/orders/$id',
    component: lazyPage(() => import('./orders/order'), 'OrderPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/account',
    component: lazyPage(() => import('./account/account'), 'AccountPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/account/erase',
    component: lazyPage(() => import('./account/erase-account'), 'EraseAccountPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/log-in',
    validateSearch: searchOf({ next: 'text' }),
    component: lazyPage(() => import('./account/log-in'), 'LogInPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/sign-up',
    validateSearch: searchOf({ next: 'text' }),
    component: lazyPage(() => import('./account/sign-up'), 'SignUpPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/reset-password',
    component: lazyPage(() => import('./account/reset-password'), 'ResetPasswordPage'),
  }),
  createRoute({
    getParentRoute,
    path: '/verify-email',
    component: lazyPage(() => import('./account/verify-email'), 'VerifyEmailPage'),
  }),
] as const;
