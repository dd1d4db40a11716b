import type { WorldId } from '../kernel';

export type WorldLinkRejection =
  | { readonly code: 'WORLD_ID_INVALID'; readonly worldId: string }
  | { readonly code: 'WORLD_MISMATCH'; readonly expected: WorldId; readonly actual: WorldId };
