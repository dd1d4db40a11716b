import { containsLines, withoutLines } from '../../web/shop/cart/guest-moves';

const lines = [
  { productId: 'lamp', quantity: 2 },
  { productId: 'mug', quantity: 1 },
];

describe('the lines of a guest that have moved', () => {
  it('leave what was added meanwhile, also by another tab, which reads all lines again', () =>
    expect(
      withoutLines([...lines.map((line) => ({ ...line })), { productId: 'vase', quantity: 3 }], lines),
    ).toEqual([{ productId: 'vase', quantity: 3 }]));

  it('leave only the further pieces of a product', () =>
    expect(withoutLines([{ productId: 'lamp', quantity: 5 }], lines)).toEqual([
      { productId: 'lamp', quantity: 3 },
    ]));

  it('are not put back where the guest has removed some', () =>
    expect(withoutLines([{ productId: 'lamp', quantity: 1 }], lines)).toEqual([]));

  it.each([
    [[...lines, { productId: 'vase', quantity: 1 }], true],
    [[{ productId: 'lamp', quantity: 3 }, lines[1]!], true],
    [[{ productId: 'lamp', quantity: 1 }, lines[1]!], false],
    [[lines[0]!], false],
  ])('are sent again only while they are all there: %j', (present, isThere) =>
    expect(containsLines(present, lines)).toBe(isThere),
  );
});
