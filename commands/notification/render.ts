import type { Language, PostalAddress } from '../../domain/kernel';
import type { CustomerWords } from '../../domain/order';
import { topicOf, type Notice } from '../../domain/notification';
import { escapeHtml } from '../../platform/html';
import type { Texts, Words } from './texts';
import { en } from './texts-en';
import { zh } from './texts-zh';

/** The texts of each language. An account that has chosen none gets English. */
const texts: Readonly<Record<Language, Texts>> = { en, zh };

/** The order of a notification as far as its customer typed it in. */
export type TypedOrder = CustomerWords & {
  /** The postal address to which it goes; absent where it has none. */
  readonly shipTo?: PostalAddress | undefined;
};

export type Reader = {
  readonly name: string;
  readonly language: Language | undefined;
  /** The address of the shop's pages, without a slash at the end. */
  readonly shopUrl: string;
  /** Absent where the message does not repeat it. */
  readonly order?: TypedOrder | undefined;
  /** The token of a link that has an effect; absent where it is only shown. */
  readonly token?: string | undefined;
};

/** A message without its addresses. `brief`: the subject and the link, for a telephone. */
export type Rendered = {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly brief: string;
};

/** Returns the path of the page that the notification is about. */
const pathOf = (notice: Notice, token?: string): string => {
  if (notice.template === 'alert') return `/admin/orders/${notice.orderId}`;
  if (notice.template === 'digest') return '/orders';
  if (notice.template === 'message') return '/';
  if ('orderId' in notice) return `/orders/${notice.orderId}`;
  if (notice.template === 'new-device') return '/account';
  if (notice.template === 'low-stock')
    return notice.isForStaff ? '/admin/low-stock' : `/seller/products/${notice.productId}`;
  if (notice.template === 'webhook-disabled')
    return notice.isOfPlatform ? '/admin/webhooks' : '/seller/webhooks';
  // Browsers send what is behind a # to no server, so that no log and no `Referer` has the token.
  return `/${notice.template}${token === undefined ? '' : `#${token}`}`;
};

const wordsOf = (notice: Notice, language: Texts): Words => {
  // The table pairs each template with a function of that template's notice; the compiler cannot follow the pairing here.
  const words = language[notice.template] as (notice: Notice) => Words;
  return words(notice);
};

/** Returns the notices of a daily message, each as a block. */
const itemsOf = (notice: Notice, language: Texts, shopUrl: string): readonly string[] =>
  notice.template === 'digest'
    ? notice.items.map(({ notice: item }) => {
        const { subject, paragraphs } = wordsOf(item, language);
        return [subject, ...paragraphs, `${shopUrl}${pathOf(item)}`].join('\n');
      })
    : [];

/** Returns the address to which an order goes, as it stands on a parcel. Its country is in the reader's language. */
const deliveryOf = ({ shipTo }: TypedOrder, language: Language): readonly string[] => {
  if (shipTo === undefined) return [];
  const { recipient, line1, line2, postalCode, city, region, country, telephone } = shipTo;
  const town = [postalCode, city, region].filter(Boolean).join(' ');
  const name = new Intl.DisplayNames(language, { type: 'region' }).of(country);
  const lines = [recipient, line1, line2, town, name, telephone].filter(Boolean);
  return [[texts[language].shipTo, ...lines].join('\n')];
};

/** Returns what the customer said about the order. */
const wordsWith = ({ noteToSeller, gift }: TypedOrder, language: Language): readonly string[] => {
  const said = texts[language];
  return [
    ...(noteToSeller === undefined ? [] : [`${said.noteToSeller}\n${noteToSeller}`]),
    ...(gift?.message === undefined ? [] : [`${said.giftMessage}\n${gift.message}`]),
    ...(gift?.withoutPrices === true ? [said.giftWithoutPrices] : []),
  ];
};

/** Returns what the end of a message says about preferences. */
const endOf = (notice: Notice, { farewell, declinable, always }: Texts): readonly string[] => {
  const { template } = notice;
  if (template === 'alert' || (template === 'low-stock' && notice.isForStaff)) return [];
  if (template === 'verify-email' || template === 'reset-password' || template === 'new-device')
    return [farewell, always];
  return template === 'digest' || topicOf[template] !== undefined ? [farewell, declinable] : [farewell];
};

/** Returns a notification in the words of the reader's language, as plain text and as HTML. Pure. */
export const render = (
  notice: Notice,
  { name, language = 'en', shopUrl, order = {}, token }: Reader,
): Rendered => {
  const chosen = texts[language];
  const { subject, paragraphs, link, brief } = wordsOf(notice, chosen);
  const url = `${shopUrl}${pathOf(notice, token)}`;
  // Staff have no name.
  const greeting = name === '' ? [] : [chosen.greeting(name)];
  const typed = [...deliveryOf(order, language), ...wordsWith(order, language)];
  const about = [...typed, ...itemsOf(notice, chosen, shopUrl)];
  const content = [...greeting, ...paragraphs, ...about];
  const footer = endOf(notice, chosen);
  const blocks = [...content, `${link}: ${url}`, ...footer];
  const html = [
    ...content.map((text) => `<p>${escapeHtml(text).replaceAll('\n', '<br>')}</p>`),
    `<p><a href="${escapeHtml(url)}">${escapeHtml(link)}</a></p>`,
    ...footer.map((text) => `<p>${escapeHtml(text)}</p>`),
  ];
  // A line break in a name must not begin a header of its own.
  const heading = subject.replace(/\s+/g, ' ');
  return {
    subject: heading,
    brief: `${brief ?? heading}\n${url}`,
    text: `${blocks.join('\n\n')}\n`,
    html: `<!doctype html>\n<html lang="${language}"><meta charset="utf-8"><body>\n${html.join('\n')}\n</body></html>\n`,
  };
};
