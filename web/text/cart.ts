import { useLanguage, type Language } from '.';

const en = {
  title: 'Your cart',
  empty: 'Your cart is empty. Find something in the shop.',
  product: 'Product',
  price: 'Price',
  quantity: 'Quantity',
  quantityOf: (name: string) => `Quantity of ${name}`,
  accept: 'Accept the new price',
  total: 'Total',
  change: 'Change',
  remove: 'Remove',
  removed: (name: string) => `${name} was removed.`,
  cannotOrder: 'Remove it to order the rest.',
  waits: 'Fewer are in stock: the order will wait for new ones.',
  coupon: 'Code of a coupon',
  applyCoupon: 'Use the coupon',
  couponGiven: (code: string) => `Coupon ${code}.`,
  removeCoupon: 'Remove the coupon',
  promotions: 'Promotions',
  shipping: 'Shipping is added at checkout.',
  checkout: 'Go to checkout',
  guest: 'This cart is kept in this browser. It moves to your account when you log in or sign up.',
  goneProduct: 'A product that is not sold any more',
  notMerged: (products: number) =>
    products === 1
      ? 'A product that you chose before you logged in is not in this cart yet.'
      : `${products} products that you chose before you logged in are not in this cart yet.`,
  merge: 'Add to this cart',
  skipped: 'From the cart that you had before you logged in, this could not be added:',
};

type CartWords = typeof en;

const zh: CartWords = {
  title: '购物车',
  empty: '购物车是空的。去商店看看吧。',
  product: '商品',
  price: '单价',
  quantity: '数量',
  quantityOf: (name) => `${name}的数量`,
  accept: '接受新价格',
  total: '合计',
  change: '修改',
  remove: '移除',
  removed: (name) => `已移除${name}。`,
  cannotOrder: '移除后可下单购买其余商品。',
  waits: '现货不足，订单将等待补货。',
  coupon: '优惠码',
  applyCoupon: '使用优惠码',
  couponGiven: (code) => `优惠码：${code}。`,
  removeCoupon: '移除优惠码',
  promotions: '优惠',
  shipping: '运费在结算时计入。',
  checkout: '去结算',
  guest: '此购物车保存在本浏览器中。登录或注册后会并入您的账户。',
  goneProduct: '已下架的商品',
  notMerged: (products) => `您登录前选择的${products}种商品还不在此购物车中。`,
  merge: '加入此购物车',
  skipped: '您登录前的购物车中，以下商品无法加入：',
};

const words: Readonly<Record<Language, CartWords>> = { en, zh };

/** Returns the words of the cart. They load with the pages that show it. */
export const useCartWords = (): CartWords => words[useLanguage()];
