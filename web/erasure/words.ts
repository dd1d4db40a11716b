import { useLanguage, type Language } from '../text';

const en = {
  title: 'Erase your account',
  way: 'Erase the account …',
  about:
    'Your account ends at once and for good, with all that the shop knows about you. This cannot be undone.',
  erasedTitle: 'Erased',
  erased: [
    'your e-mail address, name, telephone number and password',
    'your postal addresses, and the places of your deliveries',
    'your names and addresses on invoices',
    'what you wrote in requests for refunds and returns, and in an application to sell',
    'your name at reviews, questions and answers, and notes about you',
  ],
  keptTitle: 'Kept, without your name',
  kept: [
    'orders, payments and invoices with their numbers and sums: the law requires the books of the shop',
    'the words and stars of your reviews and questions: others rely on them',
    'e-mails that were sent to you already: they are in your mailbox',
  ],
  first: 'Save a copy of your data first, on the page of your account, if you want one.',
  openMatters: 'Orders and requests that are still open must end first.',
  password: 'Your password, to confirm',
  erase: 'Erase my account for good',
  done: 'Your account is erased.',
  certificate: 'Certificate of the erasure',
  certificateAbout: 'Keep it: it is not shown again. It has no personal data.',
  number: 'Number',
  account: 'Account',
  at: 'Erased at',
  streams: 'Records without personal data',
  unfinished: 'The last steps are under way; the shop finishes them by itself.',
  download: 'Save the certificate as a file',
};

type ErasureWords = typeof en;

const zh: ErasureWords = {
  title: '注销账户',
  way: '注销账户……',
  about: '您的账户将立即永久终止，商店所知的您的个人信息也会一并抹除。此操作无法撤销。',
  erasedTitle: '将被抹除',
  erased: [
    '您的邮箱、姓名、电话和密码',
    '您的邮寄地址和配送地点',
    '发票上您的姓名和地址',
    '您在退款、退货申请和开店申请中所写的内容',
    '您在评价、提问和回答中的署名，以及关于您的备注',
  ],
  keptTitle: '将保留（不含您的姓名）',
  kept: [
    '订单、付款和发票的编号与金额：法律要求商店保存账目',
    '您的评价和提问的文字与星级：其他人会参考',
    '已发送给您的邮件：它们在您的邮箱中',
  ],
  first: '如需数据副本，请先在账户页面保存。',
  openMatters: '尚未完成的订单和申请须先结束。',
  password: '输入密码以确认',
  erase: '永久注销我的账户',
  done: '您的账户已注销。',
  certificate: '注销证明',
  certificateAbout: '请妥善保存：不会再次显示。其中不含个人数据。',
  number: '编号',
  account: '账户',
  at: '注销时间',
  streams: '已去除个人数据的记录',
  unfinished: '最后的步骤正在进行，商店会自动完成。',
  download: '将证明保存为文件',
};

const words: Readonly<Record<Language, ErasureWords>> = { en, zh };

/** Returns the words of the erasure of an account and of its certificate. */
export const useErasureWords = (): ErasureWords => words[useLanguage()];
