import { money, type CurrencyCode } from '../../domain/money';
import type { InputOf } from '../../commands';

const pounds = (amountMinor: number) => money(amountMinor, 'GBP' as CurrencyCode);

const product = (
  sku: string,
  name: string,
  category: string,
  [priceMinor, description]: readonly [number, string],
): InputOf<'registerProduct'> => ({ sku, name, description, category, price: pounds(priceMinor) });

/** The first catalogue of a new shop. */
export const seedProducts: readonly InputOf<'registerProduct'>[] = [
  product('LAMP-01', 'Harbour lamp', 'home', [
    3_450,
    'A brass table lamp with a paper shade and a two-metre cord.',
  ]),
  product('MUG-01', 'Dockside mug', 'kitchen', [890, 'Stoneware, holds 35 cl, survives the dishwasher.']),
  product('MUG-02', 'Night-watch mug', 'kitchen', [990, 'The dockside mug in black, with a lid.']),
  product('POT-01', 'Galley coffee pot', 'kitchen', [2_790, 'Eight cups, stainless steel, for any stove.']),
  product('TWINE-01', 'Packing twine, 100 m', 'packing', [420, 'Unbleached cotton on a wooden spool.']),
  product('TAPE-01', 'Paper tape, 50 m', 'packing', [360, 'Brown, strong, tears by hand.']),
  product('BOX-S', 'Small box, ten', 'packing', [750, 'Double-walled card, 20 × 15 × 10 cm, folded flat.']),
  product('BOX-L', 'Large box, five', 'packing', [
    1_150,
    'Double-walled card, 60 × 40 × 40 cm, folded flat.',
  ]),
  product('BOOK-01', 'The Ledger Never Forgets', 'books', [
    1_899,
    'A history of bookkeeping, from clay to events.',
  ]),
  product('BOOK-02', 'Trucks on a Grid', 'books', [1_250, 'A picture book about getting there.']),
  product('MAP-01', 'City map, folded', 'books', [
    650,
    'Every street, every warehouse, on waterproof paper.',
  ]),
  product('BLANKET-01', 'Wool blanket', 'home', [5_600, 'Moss green, 140 × 200 cm, woven from new wool.']),
];

/** Three warehouses around the middle of the city. */
export const seedWarehouses: readonly InputOf<'registerWarehouse'>[] = [
  { name: 'North Quay', place: { x: 2, y: 14 } },
  { name: 'East Gate', place: { x: 15, y: -3 } },
  { name: 'Old Mill', place: { x: -11, y: -8 } },
];

/** The quantity of each product that each warehouse orders at the start. */
export const seedQuantity = 100;
