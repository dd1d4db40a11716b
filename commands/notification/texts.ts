import { linkLifetimeMs, type LinkPurpose } from '../../domain/account';
import type { Instant } from '../../domain/kernel';
import type { Notice, Template, Words as WordsOfStaff } from '../../domain/notification';

type NoticeOf<Name extends Template> = Extract<Notice, { readonly template: Name }>;

/**
 * The words of one notification: plain text, which is escaped where it is shown. `link`: the words of its link. `brief`: the words
 * for a telephone; default: the subject.
 */
export type Words = {
  readonly subject: string;
  readonly paragraphs: readonly string[];
  readonly link: string;
  readonly brief?: string | undefined;
};

/** Returns how long a link is valid, in hours. */
export const linkHours = (purpose: LinkPurpose): number => linkLifetimeMs[purpose] / 3_600_000;

/** Returns a moment for readers in any time zone: `2026-11-30 09:44 UTC`. */
export const momentText = (at: Instant): string => `${at.slice(0, 10)} ${at.slice(11, 16)} UTC`;

/** Returns a message of staff in their own words, which no language translates. */
export const messageOf = (written: WordsOfStaff | undefined, link: string): Words => {
  const { subject = '', text = '' } = written ?? {};
  return { subject, paragraphs: text.split(/\n{2,}/), link, brief: text };
};

/** All words of notifications in one language. A template without words does not compile. */
export type Texts = {
  readonly greeting: (name: string) => string;
  readonly farewell: string;
  /** The line above the postal address to which an order goes. */
  readonly shipTo: string;
  /** The line above the customer's note to the sellers. */
  readonly noteToSeller: string;
  /** The line above the words to the recipient of a gift. */
  readonly giftMessage: string;
  readonly giftWithoutPrices: string;
  /** The way to decline such messages. */
  readonly declinable: string;
  /** The reason for which the message ignores preferences. */
  readonly always: string;
} & { readonly [Name in Template]: (notice: NoticeOf<Name>) => Words };
