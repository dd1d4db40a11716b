import { createRootRoute } from '@tanstack/react-router';
import { Frame } from './ui/frame';

/** The frame around every page. */
export const root = createRootRoute({ component: Frame });
