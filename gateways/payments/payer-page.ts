import { createHash } from 'node:crypto';
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { formatMoney } from '../../domain/money';
import type { Clock } from '../../platform/clock';
import { contentSecurityPolicy } from '../../platform/content-security-policy';
import { escapeHtml } from '../../platform/html';
import type { TestLedger } from './test-ledger';
import {
  endingName,
  endingOf,
  payerPath,
  paymentName,
  type BegunPayment,
  type Ending,
  type TestNotice,
} from './test-provider';

export type PayerPageDeps = {
  readonly ledger: TestLedger;
  readonly clock: Pick<Clock, 'now'>;
  /** Sends a notice to the shop; one that is lost is lost. */
  readonly notify: (notice: TestNotice) => Promise<void>;
};

const en = {
  language: 'en',
  title: 'Test payment',
  ask: (amount: string) => `The shop would like ${amount}. No real money moves.`,
  approve: 'Approve',
  decline: 'Decline',
  back: 'Back to the order',
  none: 'There is no such payment.',
  ended: {
    approved: 'You have approved the payment.',
    declined: 'You have declined the payment.',
    cancelled: 'The shop has cancelled the payment. Nothing was taken.',
    expired: 'The time for the payment is over. Nothing was taken.',
  },
};

const zh: typeof en = {
  language: 'zh',
  title: '测试支付',
  ask: (amount) => `商店请求支付 ${amount}。不会产生真实交易。`,
  approve: '同意支付',
  decline: '拒绝支付',
  back: '返回订单',
  none: '没有这笔付款。',
  ended: {
    approved: '您已同意支付。',
    declined: '您已拒绝支付。',
    cancelled: '商店已取消这笔付款，未扣款。',
    expired: '支付时间已过，未扣款。',
  },
};

const STYLE =
  'body{font:1.1rem/1.6 system-ui,sans-serif;max-width:32rem;margin:3rem auto;padding:0 1rem}form{display:inline}button{font:inherit;padding:.5rem 1.5rem;margin-right:1rem}';

const policy = contentSecurityPolicy({
  'style-src': `'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  'form-action': "'self'",
});

const wordsFor = ({ headers }: FastifyRequest): typeof en =>
  /^zh\b/i.test(headers['accept-language'] ?? '') ? zh : en;

const send = (request: FastifyRequest, reply: FastifyReply, status: number, body: string): FastifyReply => {
  const { language, title } = wordsFor(request);
  return reply
    .code(status)
    .header('content-type', 'text/html; charset=utf-8')
    .header('content-security-policy', policy)
    .header('cache-control', 'no-store')
    .send(
      `<!doctype html><html lang="${language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
        `<title>${title}</title><style>${STYLE}</style><main><h1>${title}</h1>${body}</main></html>`,
    );
};

type Params = { readonly Params: { readonly key: string } };

/** Real keys are ids; what is longer is none. */
const KEY_MAX = 64;

const orderPath = ({ orderId }: BegunPayment): string => `/orders/${encodeURIComponent(orderId)}`;

/**
 * The page of the test provider on which a payer approves or declines, as real providers have one of their own. A decision counts
 * once; then the payer is sent back to the order, whose state follows from the provider's notice and from asking it.
 */
export const payerPage = ({ ledger, clock, notify }: PayerPageDeps): FastifyPluginAsync => {
  const begunOf = async (key: string): Promise<BegunPayment | undefined> =>
    key.length > KEY_MAX ? undefined : ledger.find<BegunPayment>(paymentName(key));

  const notifyOf = async (key: string, { method }: BegunPayment): Promise<void> => {
    if (method === 'test-redirect-no-notice') return;
    await notify({ paymentKey: key });
    if (method === 'test-redirect-notice-twice') await notify({ paymentKey: key });
  };

  const show = async (request: FastifyRequest<Params>, reply: FastifyReply): Promise<FastifyReply> => {
    const words = wordsFor(request);
    const { key } = request.params;
    const begun = await begunOf(key);
    if (begun === undefined) return send(request, reply, 404, `<p>${words.none}</p>`);
    const ending = await endingOf({ clock, ledger }, key, begun);
    const back = `<p><a href="${escapeHtml(orderPath(begun))}">${words.back}</a></p>`;
    if (ending !== undefined)
      return send(request, reply, 200, `<p role="status">${words.ended[ending.by]}</p>${back}`);
    const button = (step: 'approve' | 'decline'): string =>
      `<form method="post" action="${escapeHtml(`${payerPath(key)}/${step}`)}"><button>${words[step]}</button></form>`;
    const ask = `<p>${escapeHtml(words.ask(formatMoney(begun.amount)))}</p>`;
    return send(request, reply, 200, `${ask}${button('approve')}${button('decline')}${back}`);
  };

  const decide =
    (by: 'approved' | 'declined') =>
    async (request: FastifyRequest<Params>, reply: FastifyReply): Promise<FastifyReply> => {
      const site = request.headers['sec-fetch-site'];
      // Another site must not decide in the payer's name.
      if (site !== undefined && site !== 'same-origin')
        return send(request, reply, 403, `<p>${wordsFor(request).none}</p>`);
      const { key } = request.params;
      const begun = await begunOf(key);
      if (begun === undefined) return send(request, reply, 404, `<p>${wordsFor(request).none}</p>`);
      const ended = await endingOf({ clock, ledger }, key, begun);
      // A second decision changes nothing; one that comes after another end shows that one.
      const ending = ended ?? (await ledger.note<Ending>(endingName(key), { by }));
      if (ending.by !== by) return reply.redirect(payerPath(key), 303);
      if (ended === undefined) await notifyOf(key, begun);
      return reply.redirect(orderPath(begun), 303);
    };

  return (app) => {
    const form = 'application/x-www-form-urlencoded';
    // The forms have no fields: what is decided is in the path.
    app.addContentTypeParser(form, { parseAs: 'string', bodyLimit: 1_024 }, (_request, _body, parsed) =>
      parsed(null, undefined),
    );
    const config = { access: 'payer' } as const;
    app.get<Params>(payerPath(':key'), show);
    app.post<Params>(`${payerPath(':key')}/approve`, { config }, decide('approved'));
    app.post<Params>(`${payerPath(':key')}/decline`, { config }, decide('declined'));
    return Promise.resolve();
  };
};
