import { formatMoney } from '../../domain/money';
import { linkHours, type Texts } from './texts';

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
  'verify-email': () => ({
    subject: 'Please verify your e-mail address',
    paragraphs: [
      'Please confirm that this e-mail address is yours.',
      `The link is valid for ${linkHours('verify-email')} hours. If you have no account here, ignore this e-mail.`,
    ],
    link: 'Verify the address',
  }),
  'reset-password': () => ({
    subject: 'A new password for your account',
    paragraphs: [
      'A new password was requested for your account. You can choose it on the page of the link.',
      `The link works once, within ${linkHours('reset-password')} hours. If you did not request it, ignore this e-mail: your password stays as it is.`,
    ],
    link: 'Choose a new password',
  }),
  'order-delayed': ({ orderNumber }) => ({
    subject: `Order ${orderNumber}: delayed`,
    paragraphs: [
      `We could not pack or load a parcel of order ${orderNumber} yet, and we are working on it. Until it leaves you can cancel the order and get your money back.`,
    ],
    link: 'Show the order',
  }),
};
