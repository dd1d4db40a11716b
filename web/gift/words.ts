import { useLanguage, type Language } from '../text';

const en = {
  note: 'Note to the seller (optional)',
  noteHelp: 'The sellers of your order and the shop read it.',
  isGift: 'This order is a gift',
  message: 'Message to the recipient (optional)',
  messageHelp: 'It is printed on the delivery note.',
  withoutPrices: 'Leave the prices off the delivery note',
  noteTitle: 'Note to the seller',
  giftTitle: 'Gift',
  noMessage: 'Without a message',
  noPrices: 'The delivery note says no prices.',
  deliveryNote: 'Delivery note',
  print: (order: string) => `Delivery note of order ${order} as PDF`,
  failed: 'The delivery note could not be downloaded. Try again.',
};

type GiftWords = typeof en;

const zh: GiftWords = {
  note: '给卖家的留言（可选）',
  noteHelp: '订单的卖家和商城会看到。',
  isGift: '这是礼物',
  message: '给收礼人的留言（可选）',
  messageHelp: '会打印在送货单上。',
  withoutPrices: '送货单上不显示价格',
  noteTitle: '给卖家的留言',
  giftTitle: '礼物',
  noMessage: '没有留言',
  noPrices: '送货单上不显示价格。',
  deliveryNote: '送货单',
  print: (order) => `下载订单 ${order} 的送货单 PDF`,
  failed: '无法下载送货单，请重试。',
};

const words: Readonly<Record<Language, GiftWords>> = { en, zh };

/** Returns the words about notes to sellers, gifts and delivery notes. They are not part of the first page. */
export const useGiftWords = (): GiftWords => words[useLanguage()];
