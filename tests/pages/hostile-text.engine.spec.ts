import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Visitor } from '../support/browser/browser';
import { describePages } from '../support/browser/describe-pages';
import {
  closedTextFields,
  HostileTexts,
  routePaths,
  textFields,
  textOn,
  trespassesOn,
  watchForScripts,
} from '../support/browser/hostile-texts';
import { showPictures } from '../support/browser/hostile-pictures';
import { Shopper } from '../support/graphql/shopper';
import { topSpeed } from '../support/process/waybill';
import { eventually } from '../support/time/eventually';

const PASSWORD = 'correct horse battery';
const BAD = '<img src=x onerror=ran(0)>';
const FORMULA = '=HYPERLINK("https://elsewhere.example")';

type Id = { readonly id: string };

describePages(
  'HTML in every text field',
  (pages) => {
    const texts = new HostileTexts();
    const t = (field: string): string => texts.of(field);
    /** Texts for several fields of one input. */
    const all = (input: string, ...fields: string[]): Readonly<Record<string, string>> =>
      Object.fromEntries(fields.map((field) => [field, t(`${input}.${field}`)]));

    let staff: Shopper;
    let seller: Shopper;
    let customer: Shopper;
    /** The addresses to open for each route that has parameters, or that shows more in another state. */
    let addresses: Readonly<Record<string, readonly string[]>>;
    const shown = new Set<string>();

    const register = async (sku: string, more: object): Promise<string> => {
      const price = { amountMinor: 500, currency: 'GBP' };
      const input = { sku, price, sellerId: seller.id, ...more };
      const { product } = await staff.send<{ product: Id }>('registerProduct', input, 'product { id }');
      const goods = { productId: product.id, quantity: 20 };
      await staff.send('receiveStock', { warehouseId: '1', ...goods });
      return product.id;
    };

    const sellerOf = async (email: string, field: string): Promise<Shopper> => {
      const name = t(field);
      const one = await Shopper.signUp(pages().waybill.url, email, { name, device: t('SignUpInput.device') });
      await staff.send('grantRole', { email, role: 'seller' });
      return one;
    };

    const openAccounts = async (): Promise<void> => {
      const { url } = pages().waybill;
      staff = await pages().staff();
      seller = await sellerOf('sam@example.com', 'SignUpInput.name');
      await Shopper.signUp(url, 'ada@example.com');
      customer = await Shopper.logIn(url, 'ada@example.com', PASSWORD, t('LogInInput.device'));
      await customer.send('changeProfile', all('ChangeProfileInput', 'name'));
      const message = { accountId: customer.id, ...all('SendMessageInput', 'subject', 'text') };
      await staff.send('sendMessage', message, 'notificationId');
      const passwords = { currentPassword: PASSWORD, newPassword: `${PASSWORD}!` };
      await customer.send('changePassword', { ...passwords, ...all('ChangePasswordInput', 'device') });
      customer = await Shopper.logIn(url, 'ada@example.com', passwords.newPassword, t('LogInInput.device'));
      const lines = ['recipient', 'line1', 'line2', 'city', 'region', 'postalCode'];
      const { address } = await customer.send<{ address: Id }>(
        'addAddress',
        { ...all('ChangeAddressInput', ...lines), country: 'GB' },
        'address { id }',
      );
      const changed = { ...all('ChangeAddressInput', ...lines), country: 'GB' };
      await customer.send('changeAddress', { addressId: address.id, ...changed });
      await customer.send('addAddress', { ...all('AddAddressInput', ...lines), country: 'GB' });
    };

    const openShop = async (): Promise<readonly [string, string, string]> => {
      const { url } = pages().waybill;
      const picture = `${url}/icon.svg?`;
      const first = await register(t('RegisterProductInput.sku'), {
        ...all('RegisterProductInput', 'name', 'description', 'category'),
        imageUrl: `${picture}${t('RegisterProductInput.imageUrl')}`,
      });
      const second = await register('PLAIN-02', { name: 'Plain', description: '', category: 'plain' });
      await staff.send('describeProduct', {
        productId: second,
        ...all('DescribeProductInput', 'name', 'description', 'category'),
        imageUrl: `${picture}${t('DescribeProductInput.imageUrl')}`,
      });
      const third = await register('FORMULA-03', { name: FORMULA, description: '', category: 'plain' });
      const place = { x: 40, y: 40 };
      await staff.send('registerWarehouse', { ...place, ...all('RegisterWarehouseInput', 'name') });
      const removed = { warehouseId: '1', productId: first, quantity: 1 };
      await staff.send('removeStock', { ...removed, ...all('RemoveStockInput', 'reason') });
      await staff.send('createPromotion', {
        ...{ ...all('CreatePromotionInput', 'name'), percent: 10 },
        categories: [t('RegisterProductInput.category'), t('CreatePromotionInput.categories')],
      });
      const { roleId } = await staff
        .send<{ definedRole: Id }>(
          'defineRole',
          { ...all('DefineRoleInput', 'name'), permissions: ['order:read'] },
          'definedRole { id }',
        )
        .then(({ definedRole }) => ({ roleId: definedRole.id }));
      const changed = { name: 'Clerk', permissions: ['order:read'] };
      const clerk = await staff.send<{ definedRole: Id }>('defineRole', changed, 'definedRole { id }');
      const newName = { ...changed, ...all('ChangeRoleInput', 'name') };
      await staff.send('changeRole', { roleId: clerk.definedRole.id, ...newName });
      await staff.send('grantDefinedRole', { roleId, email: 'ada@example.com' });
      return [first, second, third];
    };

    /** Makes a family of products, and another one that is described again. @returns their ids. */
    const openFamilies = async (): Promise<readonly string[]> => {
      const create = async (family: object): Promise<string> => {
        const input = { ...family, sellerId: seller.id };
        const made = await staff.send<{ family: Id }>('createProductFamily', input, 'family { id }');
        return made.family.id;
      };
      const values = [t('FamilyOptionInput.values'), 'plain'];
      const first = await create({
        ...all('CreateProductFamilyInput', 'name'),
        options: [{ ...all('FamilyOptionInput', 'name'), values }],
      });
      const second = await create({ name: 'Plain', options: [{ name: 'Size', values: ['small'] }] });
      await staff.send('describeProductFamily', {
        familyId: second,
        ...all('DescribeProductFamilyInput', 'name'),
        options: [{ ...all('DescribedOptionInput', 'name'), values: [all('DescribedValueInput', 'value')] }],
      });
      return [first, second];
    };

    const applyAsMerchants = async (): Promise<void> => {
      const { url } = pages().waybill;
      const decide = async (name: string, input: string, mutations: readonly string[]): Promise<void> => {
        const merchant = await Shopper.signUp(url, `${name}@example.com`);
        await merchant.send('applyAsMerchant', all('ApplyAsMerchantInput', 'shopName', 'reason'));
        const decision = { accountId: merchant.id };
        for (const mutation of mutations)
          await staff.send(
            mutation,
            mutation === 'approveMerchant' ? decision : { ...decision, ...all(input, 'reason') },
          );
      };
      await decide('una', 'RefuseMerchantInput', ['refuseMerchant']);
      await decide('dan', 'DisableMerchantInput', ['approveMerchant', 'disableMerchant']);
    };

    const addEndpoints = async (): Promise<string> => {
      const endpoint = { ownerId: 'platform', url: 'http://127.0.0.1:9/hook', types: ['user.registered'] };
      const add = (description: string) =>
        staff.send<{ endpoint: Id }>('addWebhookEndpoint', { ...endpoint, description }, 'endpoint { id }');
      await add(t('AddWebhookEndpointInput.description'));
      const { endpoint: changed } = await add('plain');
      const description = all('ChangeWebhookEndpointInput', 'description');
      const { id: endpointId } = changed;
      await staff.send('changeWebhookEndpoint', { ...endpoint, endpointId, ...description });
      return endpointId;
    };

    /** Writes reviews, a question and answers about two products, of which one is reported and one hidden. */
    const publish = async ([first, second]: readonly string[]): Promise<void> => {
      const review = (productId: string | undefined, text: string) =>
        customer.send<{ review: Id }>('writeReview', { productId, rating: 2, text }, 'review { id }');
      const written = await review(first, t('WriteReviewInput.text'));
      await seller.send('answerReview', {
        ...{ reviewId: written.review.id, ...all('AnswerReviewInput', 'text') },
      });
      const { review: edited } = await review(second, 'plain');
      const text = all('EditReviewInput', 'text');
      await customer.send('editReview', { reviewId: edited.id, rating: 1, ...text });
      await staff.send('hideContribution', {
        ...{ reviewId: edited.id, ...all('HideContributionInput', 'reason') },
      });
      const { post } = await customer.send<{ post: Id }>(
        'askQuestion',
        { productId: first, ...all('AskQuestionInput', 'text') },
        'post { id }',
      );
      await seller.send('answerQuestion', { questionId: post.id, ...all('AnswerQuestionInput', 'text') });
      const report = { reason: 'SPAM', ...all('ReportContributionInput', 'note') };
      await seller.send('reportContribution', { postId: post.id, ...report });
    };

    const addCategory = () =>
      staff.send('addCategory', { names: all('CategoryNamesInput', 'en', 'zh'), slug: 'hostile' });

    const placeOrders = async (products: readonly string[]): Promise<readonly [string, string]> => {
      const method = {
        ...all('OfferShippingMethodInput', 'name'),
        base: { amountMinor: 0, currency: 'GBP' },
      };
      const { shippingMethod } = await staff.send<{ shippingMethod: Id }>(
        'offerShippingMethod',
        method,
        'shippingMethod { id }',
      );
      const place = async (more: object): Promise<string> => {
        for (const product of products) await customer.addToCart(product, 6);
        const input = { destination: { x: 3, y: 9 }, shippingMethodId: shippingMethod.id, ...more };
        const { order } = await customer.send<{ order: Id }>('placeOrder', input, 'order { id }');
        return order.id;
      };
      const account = {
        ...all('PlaceOrderInput', 'carrierAccount', 'noteToSeller'),
        gift: { ...all('GiftInput', 'message'), withoutPrices: true },
      };
      const lines = ['recipient', 'line1', 'line2', 'city', 'region', 'postalCode'];
      const address = { ...all('PostalAddressInput', ...lines), country: 'GB' };
      const delivered = await place({ ...account, address, paymentMethod: 'test' });
      const held = await place({});
      const hold = { orderId: held, reason: 'OTHER', ...all('HoldOrderInput', 'comment') };
      await staff.send('holdOrder', hold);
      await staff.send('addOrderNote', { orderId: held, ...all('AddOrderNoteInput', 'text') });
      await customer.addToCart(products[0]!, 1);
      await customer.waitFor(delivered, 'FULFILLED', 30_000);
      return [delivered, held];
    };

    /** Sends requests, each of which ends with other words. @returns their ids. */
    const requestAfterSales = async (orderId: string, productId: string): Promise<readonly string[]> => {
      const pieces = { productId, quantity: 1 };
      const request = async (kind: string): Promise<string> => {
        const { afterSalesRequest } = await customer.send<{ afterSalesRequest: Id }>(
          'requestAfterSales',
          {
            ...{ orderId, kind, ...all('RequestAfterSalesInput', 'description') },
            lines: [{ ...pieces, reason: 'DAMAGED' }],
            evidence: [`https://pictures.example/${t('RequestAfterSalesInput.evidence')}`],
          },
          'afterSalesRequest { id }',
        );
        return afterSalesRequest.id;
      };
      const step = (by: Shopper, mutation: string, afterSalesId: string, more: object): Promise<unknown> =>
        by.send(mutation, { afterSalesId, ...more });
      const approve = (id: string) =>
        step(seller, 'approveAfterSales', id, all('ApproveAfterSalesInput', 'remark', 'returnTo'));
      const bringBack = async (id: string): Promise<void> => {
        await approve(id);
        const parcel = all('SendAfterSalesParcelInput', 'carrier', 'trackingNumber');
        await step(customer, 'sendAfterSalesParcel', id, parcel);
        await step(seller, 'receiveAfterSalesParcel', id, { warehouseId: '1' });
        const lines = [{ productId, restocked: 1, writtenOff: 0, refused: 0 }];
        const remark = all('InspectAfterSalesParcelInput', 'remark');
        await step(seller, 'inspectAfterSalesParcel', id, { lines, ...remark });
      };

      const approved = await request('RETURN');
      await approve(approved);
      const returned = await request('RETURN');
      await bringBack(returned);
      const exchanged = await request('EXCHANGE');
      await bringBack(exchanged);
      const parcel = all('SendAfterSalesReplacementInput', 'carrier', 'trackingNumber');
      await step(seller, 'sendAfterSalesReplacement', exchanged, { warehouseId: '1', ...parcel });
      const refused = await request('RETURN');
      await step(seller, 'refuseAfterSales', refused, all('RefuseAfterSalesInput', 'remark'));
      const disputed = await request('RETURN');
      await step(seller, 'refuseAfterSales', disputed, all('RefuseAfterSalesInput', 'remark'));
      await step(customer, 'disputeAfterSales', disputed, all('DisputeAfterSalesInput', 'description'));
      await step(staff, 'decideAfterSalesDispute', disputed, {
        inFavourOf: 'CUSTOMER',
        ...all('DecideAfterSalesDisputeInput', 'remark', 'returnTo'),
      });
      return [approved, returned, exchanged, refused, disputed];
    };

    beforeAll(async () => {
      await openAccounts();
      const products = await openShop();
      await showPictures({ staff, url: pages().waybill.url }, products[0], texts);
      const families = await openFamilies();
      await applyAsMerchants();
      const endpoint = await addEndpoints();
      await publish(products);
      await addCategory();
      const [delivered, held] = await placeOrders(products);
      const amount = { amountMinor: 100, currency: 'GBP' };
      const refund = { orderId: delivered, amount, ...all('RefundOrderInput', 'reason') };
      await staff.send('refundOrder', refund);
      const requests = await requestAfterSales(delivered, products[0]);
      const [shipment] = (await customer.order(delivered)).shipments;
      const streams = [
        ...[`order-${delivered}`, `product-${products[0]}`],
        ...[`stock-1-${products[0]}`, `shipment-${shipment!.id}`],
      ];
      const at = (prefix: string, ids: readonly string[]): readonly string[] =>
        ids.map((id) => `${prefix}/${id}`);
      addresses = {
        '/products/$id': at('/products', products),
        '/orders/$id': at('/orders', [delivered, held]),
        '/seller/products/$id': at('/seller/products', products),
        '/seller/families/$id': at('/seller/families', families),
        '/admin/products/$id': at('/admin/products', products),
        '/admin/product-families/$id': at('/admin/product-families', families),
        '/seller/after-sales/$id': at('/seller/after-sales', requests),
        '/seller/webhooks/$id': at('/seller/webhooks', [endpoint]),
        '/admin/orders/$id': at('/admin/orders', [delivered, held]),
        '/admin/after-sales/$id': at('/admin/after-sales', requests),
        '/admin/shipments/$id': at('/admin/shipments', [shipment!.id]),
        '/admin/warehouses/$id': at('/admin/warehouses', ['1', '4']),
        '/admin/webhooks/$id': at('/admin/webhooks', [endpoint]),
        '/admin/payouts/$id': at('/admin/payouts', [seller.id]),
        '/admin/moderation': ['/admin/moderation', '/admin/moderation?state=HIDDEN'],
        '/admin/figures': ['/admin/figures', '/admin/figures?question=stock'],
        '/admin/engine/read-models/$name': ['/admin/engine/read-models/order'],
        '/admin/engine/streams': streams.map((stream) => `/admin/engine/streams?stream=${stream}`),
        '/admin/engine/why': [`/admin/engine/why?model=order&id=${delivered}`],
        '/admin/engine/orders/$id': [`/admin/engine/orders/${delivered}`],
      };
    }, 120_000);

    /** Opens all pages of the routes that begin so, and notes which texts they show. */
    const openAll = async (visitor: Visitor, belongs: (path: string) => boolean): Promise<void> => {
      await watchForScripts(visitor);
      const trespasses: string[] = [];
      for (const path of routePaths().filter(belongs)) {
        if (path.includes('$') && !addresses[path]) throw new Error(`Name an address of the page ${path}`);
        for (const address of addresses[path] ?? [path]) {
          await visitor.open(address);
          for (const trespass of await trespassesOn(visitor)) trespasses.push(`${address}: ${trespass}`);
          for (const field of texts.in(await textOn(visitor))) shown.add(field);
        }
      }
      expect(trespasses).toEqual([]);
    };

    it('is tried in each of them', () => {
      const known = [...texts.fields, ...Object.values(closedTextFields).flat()];
      expect([...known].sort()).toEqual([...textFields()].sort());
    });

    it.each([
      ['signUp', { email: BAD, password: PASSWORD, name: 'Eve' }],
      ['changeProfile', { telephone: BAD }],
      ['addAddress', { recipient: 'Eve', line1: '1', city: 'X', country: '<i' }],
      ['addAddress', { recipient: 'Eve', line1: '1', city: 'X', country: 'GB', telephone: BAD }],
      ['tagOrder', { orderId: '1', tag: BAD }],
      ['createPromotion', { name: 'Bad', coupon: BAD, percent: 1 }],
      ['addWebhookEndpoint', { url: `javascript:${BAD}`, types: ['user.registered'] }],
      [
        'describeProduct',
        { productId: '1', name: 'a', description: '', category: '', imageUrl: 'javascript:ran(1)' },
      ],
    ])('is refused where a field has a grammar: %s', async (mutation, input) => {
      await expect(staff.send(mutation, input)).rejects.toThrow(/INVALID|NOT_PUBLIC|WEBHOOK|COUPON|UNKNOWN/);
    });

    it('runs on no page of a shopper', async () => {
      const visitor = await pages().enter();
      await visitor.logIn('ada@example.com', `${PASSWORD}!`);
      await openAll(visitor, (path) => !/^\/(?:seller|admin)/.test(path));
    }, 60_000);

    it('runs on no page of a seller', async () => {
      const visitor = await pages().enter();
      for (const area of ['/', '/seller'] as const) await visitor.logIn('sam@example.com', PASSWORD, area);
      await openAll(visitor, (path) => path.startsWith('/seller') || path === '/account');
    }, 60_000);

    it('runs on no page of staff and engineers, and an export begins no formula', async () => {
      const visitor = await pages().enterAsAdministrator();
      await openAll(visitor, (path) => path.startsWith('/admin'));
      const { page } = visitor;
      await visitor.open('/admin/figures?question=top-products');
      const download = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Download as CSV' }).click();
      const csv = await readFile(await (await download).path(), 'utf8');
      expect(csv).toContain(`"'${FORMULA.replaceAll('"', '""')}"`);
      expect(csv).not.toContain(`,${FORMULA.slice(0, 8)}`);
    }, 180_000);

    it('is shown as it was typed, wherever it is shown', () => {
      expect(texts.fields.filter((field) => !shown.has(field))).toEqual([]);
    });

    it('is text in an e-mail', async () => {
      const outbox = join(pages().home.directory, 'outbox');
      await eventually(async () => {
        const files = (await readdir(outbox)).filter((name) => name.endsWith('.eml'));
        const mails = await Promise.all(files.map((name) => readFile(join(outbox, name), 'utf8')));
        const html = mails
          .map((mail) => mail.replaceAll('=\n', '').replaceAll('=3D', '='))
          .filter((mail) => mail.includes('text/html'))
          .map((mail) => mail.slice(mail.indexOf('text/html')));
        expect(html.filter((part) => part.includes('<img'))).toEqual([]);
        return html.some((part) => part.includes('&lt;img src=x onerror=ran('));
      });
    });
  },
  { ...topSpeed, WAYBILL_WEBHOOKS_LOOPBACK: 'true' },
);
