import { createOrderBench, gbp } from '../../tests/support/commands/order-fixture';

const lamp = { sku: 'LAMP', name: 'Lamp', category: 'home', price: gbp(250) };

const productEvents = async (bench: ReturnType<typeof createOrderBench>): Promise<readonly string[]> =>
  (await bench.events()).map(({ type }) => type).filter((type) => type.startsWith('Product'));

describe('importProduct', () => {
  it('registers what the catalogue does not know', async () => {
    const bench = createOrderBench();
    expect(await bench.demand('importProduct', lamp, { id: 'once' })).toMatchObject({ change: 'new' });
    // Asked again because the answer was lost.
    expect(await bench.demand('importProduct', lamp, { id: 'once' })).toMatchObject({ change: 'new' });
    expect(await productEvents(bench)).toEqual(['ProductRegistered']);
  });

  it('records nothing where all is so already', async () => {
    const bench = createOrderBench();
    await bench.demand('importProduct', lamp);
    const { length } = await bench.events();
    expect(await bench.send('importProduct', lamp)).toEqual({
      kind: 'accepted',
      value: { productId: expect.any(String) as string, change: 'unchanged' },
    });
    expect(await bench.events()).toHaveLength(length);
  });

  it('follows the list there, back and there again', async () => {
    const bench = createOrderBench();
    for (const price of [250, 300, 250, 300])
      await bench.demand('importProduct', { ...lamp, price: gbp(price) });
    expect(await productEvents(bench)).toEqual([
      'ProductRegistered',
      'ProductPriceChanged',
      'ProductPriceChanged',
      'ProductPriceChanged',
    ]);
  });

  it('changes name and category, and keeps the description and the picture that others gave', async () => {
    const bench = createOrderBench();
    const { productId } = await bench.demand('importProduct', lamp);
    const words = { description: 'Brass.', imageUrl: 'https://shop.example/lamp.jpg' };
    await bench.demand('describeProduct', { productId, name: lamp.name, category: lamp.category, ...words });
    const renamed = { ...lamp, name: 'Harbour lamp', category: 'lights' };
    expect(await bench.demand('importProduct', renamed)).toEqual({ productId, change: 'changed' });
    expect((await bench.events()).at(-1)).toMatchObject({
      type: 'ProductDescribed',
      data: { name: 'Harbour lamp', category: 'lights', ...words },
    });
  });

  it('keeps a name and category that the list does not tell, and calls the nameless by their code', async () => {
    const bench = createOrderBench();
    const { sku, price } = lamp;
    await bench.demand('importProduct', { sku, price });
    const [, registered] = await bench.events();
    expect(registered).toMatchObject({
      type: 'ProductRegistered',
      data: { name: 'LAMP', category: 'general' },
    });
    await bench.demand('importProduct', lamp);
    expect(await bench.demand('importProduct', { sku, price })).toMatchObject({ change: 'unchanged' });
  });

  it('changes neither price nor words where the currency is another', async () => {
    const bench = createOrderBench();
    await bench.demand('importProduct', lamp);
    const price = { amountMinor: 250, currency: 'EUR' } as never;
    const refused = await bench.refusal('importProduct', { ...lamp, name: 'Lampe', price });
    expect(refused).toMatchObject({ code: 'CURRENCY_CHANGED' });
    expect(await productEvents(bench)).not.toContain('ProductDescribed');
  });
});
