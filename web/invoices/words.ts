import { useLanguage, type Language } from '../text';

const en = {
  title: 'Invoices',
  kinds: { INVOICE: 'Invoice', CREDIT_NOTE: 'Credit note' },
  number: 'Number',
  kind: 'Kind',
  date: 'Date',
  total: 'Total',
  download: (number: string): string => `Download ${number} as PDF`,
  failed: 'The PDF could not be downloaded. Try again.',
};

export type InvoiceWords = typeof en;

const zh: InvoiceWords = {
  title: '发票',
  kinds: { INVOICE: '发票', CREDIT_NOTE: '红字发票' },
  number: '号码',
  kind: '类型',
  date: '日期',
  total: '合计',
  download: (number) => `下载 PDF：${number}`,
  failed: '无法下载 PDF，请重试。',
};

const words: Readonly<Record<Language, InvoiceWords>> = { en, zh };

/** Returns the words about invoices. They are not part of the first page. */
export const useInvoiceWords = (): InvoiceWords => words[useLanguage()];
