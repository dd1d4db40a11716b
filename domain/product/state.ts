import {
  unreachable,
  type AccountId,
  type Instant,
  type PriceScheduleId,
  type ProductFamilyId,
  type SerialNumber,
} from '../kernel';
import type { Money, TaxCategory } from '../money';
import type { ProductEvent, ProductPicture, ProductRegistered } from './events';

/** A price that has not begun. */
export type ScheduledPrice = {
  readonly scheduleId: PriceScheduleId;
  readonly price: Money;
  readonly from: Instant;
  readonly until?: Instant | undefined;
};

/** A sale that is on; its price is that of the product. */
export type Sale = {
  readonly scheduleId: PriceScheduleId;
  readonly regularPrice: Money;
  readonly until: Instant;
};

/** A registered product with its current name and price, as carts and orders use it. */
export type KnownProduct = {
  readonly status: 'ACTIVE' | 'DISCONTINUED';
  readonly number: SerialNumber;
  readonly sku: string;
  readonly name: string;
  readonly description: string;
  readonly category: string;
  readonly price: Money;
  readonly imageUrl?: string | undefined;
  readonly sellerId?: AccountId | undefined;
  /** Absent where the product was never weighed. */
  readonly weightGrams?: number | undefined;
  /** Absent where the product has none in particular. */
  readonly unit?: string | undefined;
  /** Absent: the standard one. */
  readonly taxCategory?: TaxCategory | undefined;
  /** Absent where the seller has set none. */
  readonly pictures?: readonly ProductPicture[] | undefined;
  /** Absent where the product belongs to no family. */
  readonly familyId?: ProductFamilyId | undefined;
  /** The number of times that the product joined a family. */
  readonly claim?: number | undefined;
  /** Absent where no price was ever scheduled. */
  readonly schedules?: readonly ScheduledPrice[] | undefined;
  /** Absent where no sale is on. */
  readonly sale?: Sale | undefined;
};

export type ProductState = { readonly status: 'NONE' } | KnownProduct;

export const initial: ProductState = { status: 'NONE' };

const existing = (state: ProductState, event: ProductEvent): KnownProduct => {
  if (state.status === 'NONE') throw new Error(`${event.type} before ProductRegistered`);
  return state;
};

const registered = (data: ProductRegistered['data']): KnownProduct => {
  const { number, sku, name, description, category, price, imageUrl, sellerId } = data;
  return { status: 'ACTIVE', number, sku, name, description, category, price, imageUrl, sellerId };
};

const withoutSchedule = (known: KnownProduct, scheduleId: PriceScheduleId): KnownProduct => ({
  ...known,
  schedules: known.schedules?.filter((one) => one.scheduleId !== scheduleId),
  sale: known.sale?.scheduleId === scheduleId ? undefined : known.sale,
});

/** Removes the picture that a new description has not. */
const described = (
  known: Omit<KnownProduct, 'name' | 'description' | 'category' | 'imageUrl'>,
  {
    name,
    description,
    category,
    imageUrl,
  }: Pick<KnownProduct, 'name' | 'description' | 'category' | 'imageUrl'>,
): KnownProduct => ({ ...known, name, description, category, imageUrl });

export const evolve = (state: ProductState, event: ProductEvent): ProductState => {
  switch (event.type) {
    case 'ProductRegistered':
      return registered(event.data);
    case 'ProductPriceChanged':
      return { ...existing(state, event), price: event.data.price };
    case 'ProductPriceScheduled': {
      const known = existing(state, event);
      const { scheduleId, price, from, until } = event.data;
      return { ...known, schedules: [...(known.schedules ?? []), { scheduleId, price, from, until }] };
    }
    case 'ProductSaleStarted': {
      const { scheduleId, regularPrice, until } = event.data;
      return {
        ...withoutSchedule(existing(state, event), scheduleId),
        sale: { scheduleId, regularPrice, until },
      };
    }
    case 'ProductRegularPriceChanged': {
      const known = existing(state, event);
      return { ...known, sale: known.sale && { ...known.sale, regularPrice: event.data.price } };
    }
    case 'ProductPriceScheduleEnded':
      return withoutSchedule(existing(state, event), event.data.scheduleId);
    case 'ProductDescribed':
      return described(existing(state, event), event.data);
    case 'ProductDiscontinued':
      return { ...existing(state, event), status: 'DISCONTINUED' };
    case 'ProductReinstated':
      return { ...existing(state, event), status: 'ACTIVE' };
    case 'ProductWeighed':
      return { ...existing(state, event), weightGrams: event.data.weightGrams };
    case 'ProductUnitSet':
      return { ...existing(state, event), unit: event.data.unit === '' ? undefined : event.data.unit };
    case 'ProductTaxCategorySet':
      return { ...existing(state, event), taxCategory: event.data.taxCategory };
    case 'ProductPicturesSet':
      return { ...existing(state, event), pictures: event.data.pictures };
    case 'ProductJoinedFamily': {
      const { familyId, claim } = event.data;
      return { ...existing(state, event), familyId, claim };
    }
    case 'ProductLeftFamily':
      return { ...existing(state, event), familyId: undefined };
    default:
      return unreachable(event);
  }
};
