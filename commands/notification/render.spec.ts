import { languages, type OrderId, type SerialNumber } from '../../domain/kernel';
import type { CurrencyCode } from '../../domain/money';
import type { Notice } from '../../domain/notification';
import { render } from './render';

const shopUrl = 'https://shop.example';
const ofOrder = { orderId: 'o-1' as OrderId, orderNumber: 1_001 as SerialNumber };
const paid = { amountMinor: 1_300, currency: 'GBP' as CurrencyCode };
const notices: readonly Notice[] = [
  { template: 'order-paid', ...ofOrder, paid },
  { template: 'order-shipped', ...ofOrder },
  { template: 'order-delivered', ...ofOrder },
  { template: 'order-delayed', ...ofOrder },
];

describe.each(languages)('a notification in the language %s', (language) => {
  it.each(['verify-email', 'reset-password'] as const)(
    '%s has its link, without a host for readers',
    (template) => {
      const reader = { name: 'Ada', language, shopUrl };
      const { text, html } = render({ template }, { ...reader, token: 'a.secret' });
      for (const body of [text, html]) expect(body).toContain(`https://shop.example/${template}#a.secret`);
      // It cannot be declined, so it does not say how.
      expect(text.trim().split('\n\n')).toHaveLength(5);
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

it('says the paid sum, in English where no language was chosen', () => {
  const { text, subject } = render(notices[0]!, { name: 'Ada', language: undefined, shopUrl });
  expect(subject).toBe('Order 1001: payment received');
  expect(text).toContain('£13.00');
});

it('escapes what people chose in HTML, and leaves it as it is in plain text', () => {
  const name = '<img src=x onerror="alert(1)"> & \'Ada\'';
  const { text, html } = render(notices[1]!, { name, language: 'en', shopUrl });
  expect(text).toContain(`Hello ${name},`);
  expect(html).not.toContain('<img');
  expect(html).toContain('&lt;img src=x onerror=&quot;alert(1)&quot;&gt; &amp; &#39;Ada&#39;');
});
