import { createRootRoute } from '@tanstack/react-router';
import { Layout } from './ui/layout';

/** The frame around every page. */
export const root = createRootRoute({ component: Layout });
