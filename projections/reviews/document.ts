import type { AccountId, Instant, ReviewId } from '../../domain/kernel';

/** A review that stands. `subject`: `product:<id>` or `seller:<id>`. */
export type Review = {
  readonly id: ReviewId;
  readonly authorId: AccountId;
  readonly authorName: string;
  readonly subject: string;
  readonly rating: number;
  readonly text: string;
  readonly writtenAt: Instant;
  readonly editedAt: Instant | null;
};
