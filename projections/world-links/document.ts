import type { Instant, WorldId } from '../../domain/kernel';

/** A link to a World; `id` is its name. */
export type WorldLinkDocument = {
  readonly id: string;
  readonly worldId: WorldId;
  readonly connected: boolean;
  /** Warehouses that this world knows. */
  readonly warehouses: readonly number[];
  readonly since: Instant;
  /** Why the last connection ended. */
  readonly lastLoss: string | null;
};
