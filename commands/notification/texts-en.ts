import { formatMoney } from '../../domain/money';
import type { Texts } from './texts';

/** The words of notifications in English. */
export const en: Texts = {
  greeting: (name) => `Hello ${name},`,
  farewell: 'Your shop Waybill',
  declinable: 'You can choose which e-mails you get on the page of your account.',
  'order-paid': ({ orderNumber, paid }) => ({
    subject: `Order ${orderNumber}: payment received`,
    paragraphs: [`We have received your payment of ${formatMoney(paid)} for order ${orderNumber}.`],
    link: 'Show the order',
  }),
  'order-shipped': ({ orderNumber }) => ({
    subject: `Order ${orderNumber}: on its way`,
    paragraphs: [`All parcels of order ${orderNumber} are on their way to you.`],
    link: 'Follow the order',
  }),
  'order-delivered': ({ orderNumber }) => ({
    subject: `Order ${orderNumber}: delivered`,
    paragraphs: [`Order ${orderNumber} was delivered. Please confirm that you have received it.`],
    link: 'Show the order',
  }),
};
