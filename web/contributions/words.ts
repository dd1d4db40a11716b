import { useLanguage, type Language } from '../text';

const en = {
  filter: 'Show',
  every: 'All reviews',
  onlyStars: (stars: string) => `${stars} stars`,
  noneLikeIt: 'No review has so many stars.',
  helpful: (count: number) => `Helpful (${count})`,
  notHelpful: (count: number) => `Helpful, with your vote (${count})`,
  report: 'Report',
  reason: 'Reason',
  reasons: {
    SPAM: 'It is advertising',
    OFFENSIVE: 'It insults or threatens',
    PRIVATE: 'It has private data of a person',
    UNTRUE: 'It is not true',
    OTHER: 'Another reason',
  },
  note: 'A note to the moderators',
  sendReport: 'Send the report',
  reported: 'Thank you. The moderators will look at it.',
  hidden: (reason: string) => `Hidden by the moderators: ${reason}`,
  authors: { SELLER: 'the seller', SHOP: 'the shop', BUYER: 'has bought it', CUSTOMER: '' },
  questions: 'Questions',
  noQuestions: 'No questions yet.',
  ask: 'Ask a question',
  question: 'Your question',
  sendQuestion: 'Ask',
  answer: 'Answer',
  yourAnswer: 'Your answer',
  sendAnswer: 'Publish the answer',
  onlyBuyers: 'Only the seller, the shop and those who have bought the product answer.',
  own: 'Your questions and answers',
  noneOwn: 'You have written no question or answer.',
  withdraw: 'Withdraw',
};

export type ContributionWords = typeof en;

const zh: ContributionWords = {
  filter: '显示',
  every: '全部评价',
  onlyStars: (stars) => `${stars} 星`,
  noneLikeIt: '没有这个星级的评价。',
  helpful: (count) => `有用（${count}）`,
  notHelpful: (count) => `有用，含您的一票（${count}）`,
  report: '举报',
  reason: '原因',
  reasons: {
    SPAM: '广告内容',
    OFFENSIVE: '侮辱或威胁',
    PRIVATE: '包含他人隐私',
    UNTRUE: '内容不实',
    OTHER: '其他原因',
  },
  note: '给管理员的说明',
  sendReport: '提交举报',
  reported: '谢谢。管理员会查看。',
  hidden: (reason) => `已被管理员隐藏：${reason}`,
  authors: { SELLER: '卖家', SHOP: '商店', BUYER: '已购买', CUSTOMER: '' },
  questions: '问答',
  noQuestions: '还没有提问。',
  ask: '提问',
  question: '您的问题',
  sendQuestion: '提交问题',
  answer: '回答',
  yourAnswer: '您的回答',
  sendAnswer: '发布回答',
  onlyBuyers: '只有卖家、商店和已购买的顾客可以回答。',
  own: '我的问答',
  noneOwn: '您还没有提问或回答。',
  withdraw: '撤回',
};

const words: Readonly<Record<Language, ContributionWords>> = { en, zh };

/** The words of reviews, questions and answers. They are loaded with the pages that show these, not with the first page. */
export const useContributionWords = (): ContributionWords => words[useLanguage()];
