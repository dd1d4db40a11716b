import { lazyRouteComponent } from '@tanstack/react-router';
import { loadWhenReached } from '../api';

/**
 * The component of a page whose code is loaded when it is first opened. While the server cannot be reached, the page before stays;
 * the router alone would load the whole document again, which the browser would replace by a page of its own.
 */
export const lazyPage: typeof lazyRouteComponent = (load, exportName) =>
  lazyRouteComponent(() => loadWhenReached(load), exportName);
