import type { AccountId, OrderId, ProductId, ReviewId, ShipmentId, WarehouseId } from '../../domain/kernel';
import type { Stored } from '../../platform/read-models';
import type { Account } from '../../projections/accounts';
import type { CatalogueProduct } from '../../projections/catalogue';
import type { OrderDetails } from '../../projections/order-details';
import type { Review } from '../../projections/reviews';
import type { SellerRating } from '../../projections/seller-ratings';
import type { ShipmentTracking } from '../../projections/shipments';
import type { Warehouse } from '../../projections/warehouses';
import { createBatch, type Batch } from './batch';
import type { Readers } from './readers';

export type ShipmentsOfOrder = {
  readonly orderId: OrderId;
  readonly stored: readonly Stored<ShipmentTracking>[];
};

/** Single documents by their ids. What several requests ask in the same turn is one read. */
export type DocumentBatches = {
  readonly accounts: Batch<AccountId, Stored<Account>>;
  readonly products: Batch<ProductId, Stored<CatalogueProduct>>;
  readonly orders: Batch<OrderId, Stored<OrderDetails>>;
  readonly shipments: Batch<ShipmentId, Stored<ShipmentTracking>>;
  readonly shipmentsOfOrder: Batch<OrderId, ShipmentsOfOrder>;
  readonly warehouses: Batch<WarehouseId, Stored<Warehouse>>;
  readonly reviews: Batch<ReviewId, Stored<Review>>;
  readonly sellerRatings: Batch<AccountId, Stored<SellerRating>>;
};

const byId = <Id, Document extends { readonly id: Id }>(reader: {
  getMany(ids: readonly Id[]): Promise<readonly Stored<Document>[]>;
}): Batch<Id, Stored<Document>> =>
  createBatch(
    (ids) => reader.getMany(ids),
    ({ document }) => document.id,
  );

export const createDocumentBatches = (readers: Readers): DocumentBatches => ({
  accounts: byId(readers.accounts),
  products: byId(readers.products),
  orders: byId(readers.orders),
  shipments: byId(readers.shipments),
  shipmentsOfOrder: createBatch(
    (orderIds) =>
      Promise.all(
        orderIds.map(async (orderId) => ({ orderId, stored: await readers.shipments.ofOrder(orderId) })),
      ),
    ({ orderId }) => orderId,
  ),
  warehouses: createBatch(
    (ids) => readers.warehouses.getMany(ids),
    ({ document }) => document.warehouseId,
  ),
  reviews: byId(readers.reviews),
  sellerRatings: byId(readers.sellerRatings),
});
