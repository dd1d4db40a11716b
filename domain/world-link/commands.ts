import type { Instant, WarehouseId, WorldId } from '../kernel';

type To = { readonly link: string; readonly at: Instant };

/** Points the link at a world. Another world than before knows none of our warehouses yet. */
export type ChooseWorld = To & { readonly type: 'ChooseWorld'; readonly worldId: WorldId };
/** `warehouses`: those that the connect message introduced. */
export type RecordWorldConnected = To & {
  readonly type: 'RecordWorldConnected';
  readonly worldId: WorldId;
  readonly warehouses: readonly WarehouseId[];
};
export type RecordWorldConnectionLost = To & {
  readonly type: 'RecordWorldConnectionLost';
  readonly reason: string;
};

export type WorldLinkCommand = ChooseWorld | RecordWorldConnected | RecordWorldConnectionLost;
