import type { Language } from '../../domain/kernel';
import { topicOf, type Notice } from '../../domain/notification';
import { escapeHtml } from '../../platform/html';
import type { Texts, Words } from './texts';
import { en } from './texts-en';
import { zh } from './texts-zh';

/** The texts of each language. An account that has chosen none gets English. */
const texts: Readonly<Record<Language, Texts>> = { en, zh };

export type Reader = {
  readonly name: string;
  readonly language: Language | undefined;
  /** The address of the shop's pages, without a slash at the end. */
  readonly shopUrl: string;
  /** The token of a link that has an effect; absent where it is only shown. */
  readonly token?: string | undefined;
};

/** An e-mail without its addresses. */
export type Rendered = { readonly subject: string; readonly text: string; readonly html: string };

/** Returns the path of the page that the notification is about. */
const pathOf = (notice: Notice, token: string | undefined): string => {
  if ('orderId' in notice) return `/orders/${notice.orderId}`;
  // Browsers send what is behind a # to no server, so that no log and no `Referer` has the token.
  return `/${notice.template}${token === undefined ? '' : `#${token}`}`;
};

const wordsOf = (notice: Notice, language: Texts): Words => {
  // The table pairs each template with a function of that template's notice; the compiler cannot follow the pairing here.
  const words = language[notice.template] as (notice: Notice) => Words;
  return words(notice);
};

/** Returns a notification in the words of the reader's language, as plain text and as HTML. Pure. */
export const render = (notice: Notice, { name, language, shopUrl, token }: Reader): Rendered => {
  const chosen = texts[language ?? 'en'];
  const { subject, paragraphs, link } = wordsOf(notice, chosen);
  const url = `${shopUrl}${pathOf(notice, token)}`;
  const greeting = chosen.greeting(name);
  const footer = [chosen.farewell, ...(topicOf[notice.template] === undefined ? [] : [chosen.declinable])];
  const blocks = [greeting, ...paragraphs, `${link}: ${url}`, ...footer];
  const html = [
    ...[greeting, ...paragraphs].map((text) => `<p>${escapeHtml(text)}</p>`),
    `<p><a href="${escapeHtml(url)}">${escapeHtml(link)}</a></p>`,
    ...footer.map((text) => `<p>${escapeHtml(text)}</p>`),
  ];
  return {
    // A line break in a name must not begin a header of its own.
    subject: subject.replace(/\s+/g, ' '),
    text: `${blocks.join('\n\n')}\n`,
    html: `<!doctype html>\n<html lang="${language ?? 'en'}"><meta charset="utf-8"><body>\n${html.join('\n')}\n</body></html>\n`,
  };
};
