export { createEdge } from './create-edge';
export type { EdgeDeps, ProjectionReport, Readiness } from './deps';
export type { History } from './history';
export { defaultLimits } from './limits';
export type { Limits } from './limits';
export type { PageAsked, ProductsAsked, Readers, ReviewsAsked } from './readers';
export { buildEdgeSchema } from './schema';
export { createTokens } from './tokens';
export type { TokenSettings } from './tokens';
