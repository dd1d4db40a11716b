import { positionOf } from '../../../platform/event-store';
import type { CollectionSpec, Document, ReadModels } from '../../../platform/read-models';
import { readModels as declared } from '../../../projections/read-models';
import { shopDocuments } from './edge';

const { accounts, carts, catalogue, orderDetails, reviews, sellerRatings, shipments } = declared;
const { posts, stockLevels, warehouses, worldLinks } = declared;

/** Writes a shop (by default the one of `shopDocuments`, with a link to the World) into an engine. */
export const fillReadModels = async (readModels: ReadModels, shop = shopDocuments()): Promise<void> => {
  const fill = async (collection: CollectionSpec, documents: readonly Document[]): Promise<void> => {
    await readModels.ensure(collection);
    const position = positionOf(9);
    const upserts = documents.map((document) => ({ document, position }));
    await readModels.write({ collection, upserts, deletes: [], position });
  };
  await fill(accounts.collection, shop.accounts);
  await fill(carts.collection, shop.carts);
  await fill(catalogue.collection, shop.products);
  await fill(
    orderDetails.collection,
    shop.orders.map(({ document }) => document),
  );
  await fill(
    shipments.collection,
    shop.shipments.map(({ document }) => document),
  );
  await fill(warehouses.collection, shop.warehouses);
  await fill(stockLevels.collection, shop.stock);
  await fill(reviews.collection, shop.reviews);
  await fill(posts.collection, shop.posts);
  await fill(sellerRatings.collection, shop.sellerRatings);
  const link = {
    id: 'main',
    worldId: '7',
    connected: true,
    warehouses: [1],
    since: shop.accounts[0]!.registeredAt,
  };
  await fill(worldLinks.collection, [{ ...link, lastLoss: null } as Document]);
};
