import { formatMoney, isPositive, percentOf } from '../../domain/money';
import type { AfterSalesStep, AlertSubject } from '../../domain/notification';
import { linkHours, messageOf, momentText, type Texts } from './texts';

const afterSales: Readonly<Record<AfterSalesStep, string>> = {
  approved:
    'Your request was approved. The page of your request says whether goods must be sent back, and until when.',
  refused:
    'Your request was refused. On the page of your request you can read why, and dispute it within 7 days.',
  refunded: 'The price of the goods in your request was refunded.',
  replaced: 'The goods in your request were sent again.',
  closed: 'Your request was closed. The page of your request says why.',
};

const alerts: Readonly<Record<AlertSubject, string>> = {
  'shipment-parked':
    'A parcel could not be packed or loaded, and is not tried again by itself. Retry it, move it to another warehouse, or cancel the order.',
  'refund-refused':
    'The payment provider has refused a refund for good. The money is still owed to the customer.',
  'capture-refused':
    'The payment provider has refused to take the money for a packed parcel, which waits. Try it again, or cancel the goods or the order.',
  'request-escalated': 'An after-sales request waits for the decision of the shop.',
};

const disabled = {
  failing: 'It has not accepted any event for more than a day.',
  backlog: 'Too many events waited for it.',
  gone: 'It has answered that it does not exist any more (410).',
} as const;

/** The words of notifications in English. */
export const en: Texts = {
  greeting: (name) => `Hello ${name},`,
  farewell: 'Your shop Waybill',
  shipTo: 'It is delivered to:',
  noteToSeller: 'Your note to the seller:',
  giftMessage: 'Your gift message:',
  giftWithoutPrices: 'It is a gift: the delivery note says no prices.',
  declinable: 'You can choose which messages you get, how and when, on the page of your account.',
  always: 'Messages about the security of your account always come at once and cannot be declined.',
  'order-paid': ({ orderNumber, paid, isHeld, shipping, taxes = [] }) => ({
    subject: isHeld ? `Order ${orderNumber}: payment authorised` : `Order ${orderNumber}: payment received`,
    paragraphs: [
      isHeld
        ? `${formatMoney(paid)} for order ${orderNumber} is held and not taken yet. It is taken as the goods leave, and what does not leave is never taken.`
        : `We have received your payment of ${formatMoney(paid)} for order ${orderNumber}.`,
      ...(shipping && isPositive(shipping) ? [`It includes ${formatMoney(shipping)} for the shipping.`] : []),
      ...taxes.map(
        ({ rateHundredths, tax }) => `It includes ${percentOf(rateHundredths)} VAT: ${formatMoney(tax)}.`,
      ),
      isHeld
        ? 'The invoice is on the page of the order when the first goods leave.'
        : 'The invoice is on the page of the order.',
    ],
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
  message: ({ words }) => messageOf(words, 'Open the shop'),
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
  'after-sales': ({ orderNumber, step }) => ({
    subject: `Order ${orderNumber}: your request was ${step}`,
    paragraphs: [afterSales[step]],
    link: 'Show the order',
  }),
  'webhook-disabled': ({ host, because }) => ({
    subject: `Webhook endpoint disabled: ${host}`,
    paragraphs: [
      `We have stopped sending events to your webhook endpoint on ${host}. ${disabled[because]}`,
      'Events that happen from now on are not sent. Those that wait are sent when you enable it within a week.',
    ],
    link: 'Show the endpoints',
  }),
  'new-device': ({ loggedInAt }) => ({
    subject: 'New log-in to your account',
    paragraphs: [
      `Your account was logged in at ${momentText(loggedInAt)} from a device that it did not know. If that was you, there is nothing to do.`,
      'If it was not, change your password now. That logs out all devices.',
    ],
    link: 'Show where you are logged in',
  }),
  'low-stock': ({ productName, sku, warehouseId, onHand, threshold }) => ({
    subject: `Low stock: ${productName} (${sku})`,
    paragraphs: [
      `Warehouse ${warehouseId} has ${onHand} pieces of ${productName} (${sku}), fewer than the threshold of ${threshold}.`,
      'The next message about it comes after the stock has risen to the threshold and fallen again.',
    ],
    link: 'Show the stock',
  }),
  alert: ({ orderNumber, about }) => ({
    subject: `Shipping reminder: order ${orderNumber} needs you`,
    paragraphs: [alerts[about]],
    link: 'Show the order',
  }),
  digest: ({ items }) => ({
    subject: items.length === 1 ? 'Your day: 1 message' : `Your day: ${items.length} messages`,
    paragraphs: ['This has happened since the last daily message:'],
    link: 'Show your orders',
  }),
  'order-delayed': ({ orderNumber }) => ({
    subject: `Order ${orderNumber}: delayed`,
    paragraphs: [
      `We could not pack or load a parcel of order ${orderNumber} yet, and we are working on it. Until it leaves you can cancel the order and get your money back.`,
    ],
    link: 'Show the order',
  }),
};
