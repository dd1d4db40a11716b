import {
  languages,
  type Instant,
  type NotificationId,
  type OrderId,
  type ProductId,
  type SerialNumber,
  type WarehouseId,
  type WebhookEndpointId,
} from '../../domain/kernel';
import type { CurrencyCode } from '../../domain/money';
import type { Notice, SingleNotice } from '../../domain/notification';
import { render } from './render';

const shopUrl = 'https://shop.example';
const ofOrder = { orderId: 'o-1' as OrderId, orderNumber: 1_001 as SerialNumber };
const paid = { amountMinor: 1_300, currency: 'GBP' as CurrencyCode };
const notices: readonly Notice[] = [
  { template: 'order-paid', ...ofOrder, paid },
  { template: 'order-shipped', ...ofOrder },
  { template: 'order-delivered', ...ofOrder },
  { template: 'order-delayed', ...ofOrder },
  ...(['approved', 'refused', 'refunded', 'replaced', 'closed'] as const).map((step) => ({
    ...{ template: 'after-sales' as const, ...ofOrder, step },
  })),
];

describe.each(languages)('a notification in the language %s', (language) => {
  it.each(['verify-email', 'reset-password'] as const)(
    '%s has its link, without a host for readers',
    (template) => {
      const reader = { name: 'Ada', language, shopUrl };
      const { text, html } = render({ template }, { ...reader, token: 'a.secret' });
      for (const body of [text, html]) expect(body).toContain(`https://shop.example/${template}#a.secret`);
      // It cannot be declined, and says so.
      const always = { en: 'always come at once', zh: '总会立即发送' }[language];
      expect(text.trim().split('\n\n').at(-1)).toContain(always);
      expect(render({ template }, { ...reader, shopUrl: '' }).text).not.toContain('#');
    },
  );

  it.each(notices)('$template names its order, and has a link to it in both forms', (notice) => {
    const { subject, text, html } = render(notice, { name: 'Ada', language, shopUrl });
    expect(subject).toContain('1001');
    for (const body of [text, html]) {
      expect(body).toContain('https://shop.example/orders/o-1');
      expect(body).toContain('Ada');
    }
    expect(html).toContain(`lang="${language}"`);
  });
});

describe.each(languages)('further forms in the language %s', (language) => {
  it('the address of an order is a line each, escaped, with its country in the language', () => {
    const shipTo = {
      ...{ recipient: 'Ada <b>', line1: '1 Quay', postalCode: 'HU1 1AA', city: 'Hull', country: 'GB' },
    };
    const { text, html } = render(notices[0]!, { name: 'Ada', language, shopUrl, order: { shipTo } });
    const country = { en: 'United Kingdom', zh: '英国' }[language];
    expect(text).toContain(['Ada <b>', '1 Quay', 'HU1 1AA Hull', country].join('\n'));
    expect(html).toContain(['Ada &lt;b&gt;', '1 Quay', 'HU1 1AA Hull', country].join('<br>'));
  });

  const reader = { name: 'Ada', language, shopUrl };

  it('the words of the customer are as they were typed, escaped', () => {
    const order = { noteToSeller: 'Two\n<b>', gift: { message: 'You & me', withoutPrices: true } };
    const { text, html } = render(notices[0]!, { name: 'Ada', language, shopUrl, order });
    for (const expected of ['Two\n<b>', 'You & me']) expect(text).toContain(expected);
    for (const expected of ['Two<br>&lt;b&gt;', 'You &amp; me']) expect(html).toContain(expected);
    const plain = render(notices[0]!, {
      name: 'Ada',
      language,
      shopUrl,
      order: { gift: { withoutPrices: false } },
    });
    expect(plain).toEqual(render(notices[0]!, { name: 'Ada', language, shopUrl }));
  });

  it('a daily message has each notice with its own link', () => {
    const items = notices.slice(0, 2).map((notice, index) => ({
      ...{ notificationId: `n${index}` as NotificationId, notice: notice as SingleNotice },
    }));
    const { subject, text, html } = render({ template: 'digest', items }, reader);
    expect(subject).toContain('2');
    for (const { subject: part } of notices.slice(0, 2).map((notice) => render(notice, reader)))
      for (const body of [text, html]) expect(body).toContain(part);
    expect(text.split('https://shop.example/orders/o-1')).toHaveLength(3);
  });

  it('an alert names the order, the reason and the page of the console', () => {
    const about = ['shipment-parked', 'refund-refused', 'request-escalated'] as const;
    const said = about.map((one) =>
      render({ template: 'alert', about: one, ...ofOrder }, { ...reader, name: '' }),
    );
    expect(new Set(said.map(({ text }) => text)).size).toBe(3);
    for (const { subject, text } of said) {
      expect(subject).toContain(language === 'zh' ? '发货提醒' : 'Shipping reminder');
      expect(subject).toContain('1001');
      expect(text).toContain('https://shop.example/admin/orders/o-1');
    }
  });

  it('a short message is the subject and the link', () => {
    const { subject, brief } = render(notices[1]!, reader);
    expect(brief).toBe(`${subject}\nhttps://shop.example/orders/o-1`);
  });
});

describe.each(languages)('the notification of a disabled webhook endpoint in the language %s', (language) => {
  it.each([
    ['failing', false, '/seller/webhooks'],
    ['backlog', false, '/seller/webhooks'],
    ['gone', true, '/admin/webhooks'],
  ] as const)('says why (%s), and where its owner finds it', (because, isOfPlatform, page) => {
    const endpointId = 'e' as WebhookEndpointId;
    const notice = {
      template: 'webhook-disabled',
      endpointId,
      host: 'ada.example',
      because,
      isOfPlatform,
    } as const;
    const { subject, text } = render(notice, { name: 'Ada', language, shopUrl });
    expect(subject).toContain('ada.example');
    expect(text).toContain(`https://shop.example${page}`);
    const others = (['failing', 'backlog', 'gone'] as const).map(
      (one) => render({ ...notice, because: one }, { name: 'Ada', language, shopUrl }).text,
    );
    expect(new Set(others).size).toBe(3);
  });
});

it.each([
  ['en', 'at 2026-11-30 09:44 UTC'],
  ['zh', '于 2026-11-30 09:44 UTC'],
] as const)(
  'says in %s when a new device logged in, where to look, and that it always comes',
  (language, words) => {
    const notice = { template: 'new-device', loggedInAt: '2026-11-30T09:44:05.000Z' as Instant } as const;
    const { text } = render(notice, { name: 'Ada', language, shopUrl });
    expect(text).toContain(words);
    expect(text).toContain('https://shop.example/account');
    const always = { en: 'always come at once', zh: '总会立即发送' }[language];
    expect(text.trim().split('\n\n').at(-1)).toContain(always);
  },
);

it.each([
  ['en', 'has 4 pieces of Hat (HAT)'],
  ['zh', '现有 4 件'],
] as const)('says in %s what is low, with the page of the seller or of staff', (language, words) => {
  const about = {
    productId: 'p' as ProductId,
    sku: 'HAT',
    productName: 'Hat',
    warehouseId: 7 as WarehouseId,
  };
  const notice = { template: 'low-stock', ...about, onHand: 4, threshold: 5 } as const;
  const seller = render({ ...notice, isForStaff: false }, { name: 'Ada', language, shopUrl });
  const staff = render({ ...notice, isForStaff: true }, { name: '', language, shopUrl });
  expect(seller.text).toContain(words);
  expect(seller.text).toContain('https://shop.example/seller/products/p');
  expect(staff.text).toContain('https://shop.example/admin/low-stock');
  expect(staff.text.trim().split('\n\n').at(-1)).toContain('https://shop.example');
});

it('says the paid sum, in English where no language was chosen', () => {
  const { text, subject } = render(notices[0]!, { name: 'Ada', language: undefined, shopUrl });
  expect(subject).toBe('Order 1001: payment received');
  expect(text).toContain('£13.00');
});

it.each([
  ['en', 'It includes £4.50 for the shipping.'],
  ['zh', '其中运费 £4.50。'],
] as const)('says in %s what the payment includes for the shipping, if anything', (language, words) => {
  const reader = { name: 'Ada', language, shopUrl };
  const sent = (amountMinor: number) =>
    render({ template: 'order-paid', ...ofOrder, paid, shipping: { ...paid, amountMinor } }, reader);
  expect(sent(450).text).toContain(words);
  expect(sent(0).text.split('\n\n')).toHaveLength(render(notices[0]!, reader).text.split('\n\n').length);
});

it.each([
  ['en', 'It includes 5.5 % VAT: £0.69.'],
  ['zh', '其中 5.5 % 增值税 £0.69。'],
] as const)('says in %s what the payment includes of tax', (language, words) => {
  const taxes = [{ rateHundredths: 550, tax: { ...paid, amountMinor: 69 } }];
  const { text } = render(
    { template: 'order-paid', ...ofOrder, paid, taxes },
    { name: 'Ada', language, shopUrl },
  );
  expect(text).toContain(words);
});

it('escapes what people chose in HTML, and leaves it as it is in plain text', () => {
  const name = '<img src=x onerror="alert(1)"> & \'Ada\'';
  const { text, html } = render(notices[1]!, { name, language: 'en', shopUrl });
  expect(text).toContain(`Hello ${name},`);
  expect(html).not.toContain('<img');
  expect(html).toContain('&lt;img src=x onerror=&quot;alert(1)&quot;&gt; &amp; &#39;Ada&#39;');
});
