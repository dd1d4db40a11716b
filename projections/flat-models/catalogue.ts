import { column, field, flatModel, moment, money, partOf } from '../../platform/read-models/flat';
import { catalogue } from '../catalogue';
import { reviews as written } from '../reviews';
import { stockLevels as levels } from '../stock-levels';

const REGISTERED = ['ProductRegistered'];
const DESCRIBED = ['ProductRegistered', 'ProductDescribed'];
const PRICED = ['ProductRegistered', 'ProductPriceChanged'];
const STOCKED = [
  'ProductRegistered',
  'StockReceived',
  'StockRemoved',
  'StockReserved',
  'StockReleased',
  'StockShipped',
];
const REVIEWED = [
  'ProductRegistered',
  'ReviewWritten',
  'ReviewEdited',
  'ReviewWithdrawn',
  'ReviewHidden',
  'ReviewRestored',
];
const PIECES = { unit: 'pieces' };

const currency = field('price.currency');

export const products = flatModel('products', catalogue, {
  meaning: 'Products: one row a product, with its price, its stock in all warehouses and its rating.',
  key: 'product_id',
  time: 'registered_at',
  columns: {
    product_id: column(field('id'), REGISTERED),
    product_number: column(field('number'), REGISTERED),
    sku: column(field('sku'), REGISTERED),
    name: column(field('name'), DESCRIBED),
    category: column(field('category'), DESCRIBED),
    unit: column(field('unit'), ['ProductUnitSet']),
    family_id: column(field('familyId'), [
      'ProductJoinedFamily',
      'ProductLeftFamily',
      'ProductFamilyRetired',
    ]),
    seller_id: column(field('sellerId'), REGISTERED),
    is_active: column(
      field('active'),
      [
        'ProductRegistered',
        'ProductDiscontinued',
        'ProductReinstated',
        'MerchantProductsWithdrawn',
        'MerchantProductsRestored',
      ],
      { meaning: '1 where the product is sold now, otherwise 0.' },
    ),
    ...moment('registered_at', field('registeredAt'), REGISTERED),
    currency: column(currency, PRICED),
    ...money('price', { minor: field('price.amountMinor'), currency }, PRICED, 'The price of one piece.'),
    on_hand: column(field('onHand'), STOCKED, PIECES),
    reserved: column(field('reserved'), STOCKED, PIECES),
    review_count: column(field('rating.count'), REVIEWED),
    rating_average: column(field('rating.average'), REVIEWED, { unit: 'stars' }),
  },
});

/** Each of them may be the first event of a stock. */
const ANY = Object.keys(levels.handlers);

export const stockLevels = flatModel('stock_levels', levels, {
  meaning: 'Stock: one row a product in a warehouse.',
  key: 'level_id',
  columns: {
    level_id: column(field('id'), ANY, {
      meaning: 'The unique identifier: `<warehouse_id>-<product_id>`.',
    }),
    warehouse_id: column(field('warehouseId'), ANY),
    product_id: column(field('productId'), ANY),
    on_hand: column(
      field('onHand'),
      ['StockReceived', 'StockRemoved', 'StockReserved', 'StockReleased'],
      PIECES,
    ),
    reserved: column(field('reserved'), ['StockReserved', 'StockReleased', 'StockShipped'], PIECES),
    shipped: column(field('shipped'), ['StockShipped'], PIECES),
    removed: column(field('removed'), ['StockRemoved'], PIECES),
    received: column(field('received'), ['StockReceived'], {
      ...PIECES,
      meaning: 'All pieces that ever arrived: on_hand + reserved + shipped + removed.',
    }),
    backordered: column(field('backordered'), ['StockBackordered', 'StockReserved', 'StockReleased'], PIECES),
    on_order: column(field('onOrder'), ['StockReplenishmentRequested', 'StockReceived'], PIECES),
    low_stock_threshold: column(field('lowStockThreshold'), ['StockThresholdSet'], PIECES),
    is_low: column(
      field('isLow'),
      ['StockReceived', 'StockRemoved', 'StockReserved', 'StockReleased', 'StockThresholdSet'],
      { meaning: '1 where fewer pieces are free to be sold than the threshold, otherwise 0.' },
    ),
  },
});

const WRITTEN = ['ReviewWritten'];
const MODERATED = ['ReviewWritten', 'ReviewHidden', 'ReviewRestored'];
const EDITED = ['ReviewWritten', 'ReviewEdited'];
const subject = field('subject');

export const reviews = flatModel('reviews', written, {
  meaning: "Reviews: one row a review that was not withdrawn. The author's name is left out.",
  key: 'review_id',
  time: 'written_at',
  columns: {
    review_id: column(field('id'), WRITTEN),
    author_id: column(field('authorId'), WRITTEN),
    subject_kind: column(partOf(subject, 'before'), MODERATED, {
      type: 'text',
      meaning:
        'The kind of the subject: `product` or `seller`; `hidden-product` or `hidden-seller` while a moderator hides the review.',
    }),
    subject_id: column(partOf(subject, 'after'), WRITTEN, {
      type: 'text',
      meaning: 'The product, or the account of the seller.',
    }),
    rating: column(field('rating'), EDITED, { unit: 'stars' }),
    text: column(field('text'), EDITED),
    ...moment('written_at', field('writtenAt'), WRITTEN),
    ...moment('edited_at', field('editedAt'), EDITED),
  },
});
