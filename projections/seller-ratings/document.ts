import type { AccountId } from '../../domain/kernel';
import type { RatingSummary } from '../rating';

/** What people think of a seller, in figures; `id` is the seller's account id. */
export type SellerRating = { readonly id: AccountId; readonly rating: RatingSummary };
