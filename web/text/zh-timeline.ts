const steps: Readonly<Record<string, string>> = { packed: '打包', loaded: '装车' };

/** The sentences of the server about an order's history, each with its Chinese one. */
const sentences: readonly (readonly [RegExp, string | ((...found: string[]) => string)])[] = [
  [/^Order (.+) was placed: (\d+) pieces? for (.+)\.$/, '订单 $1 已创建：共 $2 件，金额 $3。'],
  [/^It was sold on (\S+) as (\S+) to (.+)\.$/, '$1 售往 $3，单号 $2。'],
  [/^It was sold on (\S+) as (.+)\.$/, '$1 售出，单号 $2。'],
  [/^It was sold as (\S+) to (.+)\.$/, '售往 $2，单号 $1。'],
  [/^It was sold as (.+)\.$/, '售出，单号 $1。'],
  [/^Set aside at warehouses? (.+)\.$/, '已在仓库 $1 备货。'],
  [/^Comes from warehouses? (.+); some goods are awaited\.$/, '由仓库 $1 发货，部分商品等待到货。'],
  [/^Awaited goods have come to warehouse (.+)\.$/, '等待的商品已到达仓库 $1。'],
  [/^Goods come from warehouse (.+) instead of (.+)\.$/, '商品改由仓库 $1 发货，原为仓库 $2。'],
  [/^(.+) was paid\.$/, '已支付 $1。'],
  [/^(.+) is held, and is taken as the goods leave\.$/, '已冻结 $1，商品发出时扣款。'],
  [/^(.+) was taken for goods that are packed\.$/, '商品已打包，已扣款 $1。'],
  [/^Nothing more had to be taken for goods that are packed\.$/, '商品已打包，无需再扣款。'],
  [/^The money for a packed parcel could not be taken: (.+)\.$/, '已打包的包裹扣款失败：$1。'],
  [/^(.+) is never taken\.$/, '$1 不会扣款。'],
  [/^(.+) is held no longer\.$/, '$1 已解除冻结。'],
  [/^The order goes to (\(.+\)) from now on\.$/, '订单改送至 $1。'],
  [/^A parcel was at (\(.+\)) already, and did not go to (\(.+\))\.$/, '一个包裹已到达 $1，未能改送至 $2。'],
  [/^The first parcel has left\.$/, '第一个包裹已发出。'],
  [/^Everything has been delivered\.$/, '全部商品已送达。'],
  [/^The customer confirmed the receipt\.$/, '顾客已确认收货。'],
  [/^The customer cancelled the order\.$/, '顾客取消了订单。'],
  [/^The shop cancelled the order\.$/, '商店取消了订单。'],
  [/^The customer cancelled (\d+) pieces?\.$/, '顾客取消了 $1 件商品。'],
  [/^The shop cancelled (\d+) pieces?\.$/, '商店取消了 $1 件商品。'],
  [/^The order was cancelled because it was not paid in time\.$/, '订单因未按时付款而取消。'],
  [/^(.+) is to be given back: (.+)\.$/, '将退款 $1：$2。'],
  [/^(.+) was given back\.$/, '已退款 $1。'],
  [/^(.+) could not be given back: (.+)\.$/, '$1 未能退款：$2。'],
  [/^The shop checks the order, which waits meanwhile\.$/, '商店正在核查订单，订单暂停处理。'],
  [/^The shop has checked the order, and it goes on\.$/, '商店已核查订单，订单继续处理。'],
  [/^A payment of (.+) was begun \((.+)\)\.$/, '已发起付款 $1（$2）。'],
  [/^The payment waits for the customer to confirm it\.$/, '等待您在支付机构确认付款。'],
  [/^The payment provider decides on the payment later\.$/, '支付机构已受理付款，稍后确认结果。'],
  [/^The payment provider returns the money later\.$/, '支付机构已受理退款，款项稍后退回。'],
  [/^The payment was declined: (.+)\.$/, '付款被拒绝：$1。'],
  [/^Parcel (.+) is being packed at warehouse (.+)\.$/, '包裹 $1 正在仓库 $2 打包。'],
  [/^Parcel (.+) is packed\.$/, '包裹 $1 已打包。'],
  [/^Truck (.+) is on its way to warehouse (.+)\.$/, '卡车 $1 正前往仓库 $2。'],
  [/^Truck (.+) is at warehouse (.+)\.$/, '卡车 $1 已到达仓库 $2。'],
  [/^Parcel (.+) is being loaded on truck (.+)\.$/, '包裹 $1 正在装上卡车 $2。'],
  [/^Parcel (.+) is on truck (.+)\.$/, '包裹 $1 已装上卡车 $2。'],
  [/^Parcel (.+) is on its way to the door\.$/, '包裹 $1 正在派送。'],
  [/^Parcel (.+) has been delivered\.$/, '包裹 $1 已送达。'],
  [/^Parcel (.+) has the tracking number (.+)\.$/, '包裹 $1 的运单号为 $2。'],
  [/^Parcel (.+) goes to (\(.+\)) from now on\.$/, '包裹 $1 改送至 $2。'],
  [
    /^Parcel (\d+) could not be (packed|loaded): (.+)\.$/,
    (_all, parcel = '', step = '', reason = '') => `包裹 ${parcel} 未能${steps[step]}：${reason}。`,
  ],
  [
    /^Parcel (\d+) is being (packed|loaded) again, attempt (\d+)\.$/,
    (_all, parcel = '', step = '', attempt = '') =>
      `包裹 ${parcel} 正在重新${steps[step]}，第 ${attempt} 次尝试。`,
  ],
  [/^Parcel (\d+) waits for a decision of the shop: (.+)\.$/, '包裹 $1 等待商店决定：$2。'],
  [/^News of parcel (.+) was asked for\.$/, '已查询包裹 $1 的状态。'],
  [/^Parcel (.+) was cancelled\.$/, '包裹 $1 已取消。'],
  [/^Money could not be given back: (.+)\.$/, '退款失败：$1。'],
];

const translated = (sentence: string): string | undefined => {
  const found = sentences.find(([pattern]) => pattern.test(sentence));
  return found && sentence.replace(found[0], found[1] as string);
};

/** Returns a sentence of an order's history in Chinese, with its figures; as it is where it has no Chinese one. */
export const happenedInChinese = (summary: string): string => {
  const whole = translated(summary);
  // An imported order has a second sentence.
  const [, first = '', second = ''] = /^(Order .+?\.) (It was sold .+)$/.exec(summary) ?? [];
  return second === '' ? (whole ?? summary) : `${translated(first) ?? first}${translated(second) ?? second}`;
};
