import { useLanguage, type Language } from '../text';

const en = {
  history: 'Price history',
  chart: (currency: string) => `Price of one piece over time, in ${currency}`,
  since: 'Since',
  price: 'Price',
  onlyLast: 'The last 100 prices are shown.',
  schedule: 'Scheduled prices',
  scheduleHelp:
    'A price with an end is a sale: the regular price comes back after it. A changed price does not end a sale, unless it is lower.',
  schedulePrice: 'Schedule the price',
  scheduledPrice: (currency: string) => `Amount (${currency})`,
  begins: 'Begins',
  fromHelp: 'In your time zone. A sale begins at once, if empty.',
  ends: 'Ends',
  untilHelp: 'The price is for good, if empty.',
  from: 'From',
  until: 'Until',
  forGood: 'for good',
  state: 'State',
  running: 'On now',
  waiting: 'Waiting',
  action: 'Action',
  cancel: 'Cancel it',
  inSale: (price: string, regular: string) => `${price} (regular price: ${regular})`,
};

type PriceWords = typeof en;

const zh: PriceWords = {
  history: '价格历史',
  chart: (currency) => `单价变化（${currency}）`,
  since: '起始时间',
  price: '价格',
  onlyLast: '仅显示最近 100 个价格。',
  schedule: '定时价格',
  scheduleHelp: '有结束时间的价格是促销：结束后恢复原价。促销期间修改价格不会结束促销，除非更低。',
  schedulePrice: '安排价格',
  scheduledPrice: (currency) => `新价格（${currency}）`,
  begins: '开始',
  fromHelp: '按您的时区。留空则促销立即开始。',
  ends: '结束',
  untilHelp: '留空则长期有效。',
  from: '自',
  until: '至',
  forGood: '长期',
  state: '状态',
  running: '进行中',
  waiting: '等待中',
  action: '操作',
  cancel: '取消',
  inSale: (price, regular) => `${price}（原价：${regular}）`,
};

const words: Readonly<Record<Language, PriceWords>> = { en, zh };

/** Returns the words about prices that sellers see. */
export const usePriceWords = (): PriceWords => words[useLanguage()];
