import type { CollectionSpec, Index } from '../../platform/read-models';
import { ratingSchema } from '../rating';
import { flag, instant, maybe, money, record, text, whole } from '../schema';
import type { CatalogueProduct } from './document';

const orders: readonly Index[] = [
  { name: 'name', fields: ['name'] },
  { name: 'price', fields: ['price.amountMinor'] },
  { name: 'age', fields: ['registeredAt'] },
  { name: 'rating', fields: ['rating.average', 'rating.count'] },
];

/** Each order twice: over what is sold, and over what is sold of one category. */
const indexes: readonly Index[] = orders.flatMap(({ name, fields }) => [
  { name: `by_${name}`, fields: ['active', ...fields] },
  { name: `by_category_and_${name}`, fields: ['active', 'category', ...fields] },
]);

export const collection: CollectionSpec = {
  name: 'catalogue',
  version: 1,
  indexes: [...indexes, { name: 'by_sku', fields: ['sku'] }, { name: 'by_number', fields: ['number'] }],
  searchFields: ['name', 'description', 'sku', 'category'],
  schema: record<CatalogueProduct>(
    {
      id: text('UUID, derived from the SKU.'),
      number: whole('The number under which the World knows it.'),
      sku: text("The seller's own key for it."),
      name: text('What it is called.'),
      description: text('What it is.'),
      category: text('What kind of thing it is.'),
      price: money('What one costs.'),
      imageUrl: maybe(text('A picture; null where there is none.')),
      sellerId: maybe(text("The seller's account id; null where the house sells it.")),
      active: flag('Whether it is sold now.'),
      registeredAt: instant('Since when it is in the catalogue.'),
      onHand: whole('Over all warehouses, free to be sold now.'),
      reserved: whole('Over all warehouses, set aside for orders.'),
      rating: ratingSchema,
    },
    'A product as a shopper sees it.',
  ),
};
