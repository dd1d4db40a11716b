import { inWords, wordsOf } from './in-words';

const statuses = {
  PLACED: 'Placed',
  PAID: 'Paid',
  SHIPPED: 'Shipped',
  FULFILLED: 'Delivered',
  COMPLETED: 'Completed',
  CANCELLED: 'Cancelled',
  REFUNDING: 'Refund under way',
  REFUNDED: 'Refunded',
  PACKING: 'Packing',
  PACKED: 'Packed',
  LOADING: 'Loading',
  LOADED: 'Loaded',
  DELIVERING: 'On its way',
  DELIVERED: 'Delivered',
  FAILED: 'Failed',
};

const requestStatuses = {
  REQUESTED: 'waits for a decision',
  AWAITING_PARCEL: 'approved, please send the goods',
  IN_TRANSIT: 'the goods are on their way back',
  RECEIVED: 'the goods have arrived',
  REFUSED: 'refused',
  ESCALATED: 'staff decide',
  REFUNDING: 'the refund is under way',
  REFUND_FAILED: 'the refund failed, staff deal with it',
  REPLACING: 'the new goods will be sent',
  SENDING_REPLACEMENT: 'the new goods are being sent',
  REFUNDED: 'refunded',
  REPLACED: 'the new goods were sent',
  WITHDRAWN: 'withdrawn',
  CLOSED: 'closed',
};

const holdReasons = {
  FRAUD: 'Perhaps fraud',
  STOCK: 'Goods',
  ADDRESS: 'Destination',
  OTHER: 'Another reason',
};

/** All words of the shop in English. `zh.ts` has the same keys. */
export const en = {
  language: 'English',
  skip: 'Skip to the content',
  /** The reason why an action is not possible: as the server wrote it, with the words of these pages for statuses. */
  reasonOf: (code: string | null, reason: string): string =>
    inWords(reason, wordsOf(code, { statuses, requestStatuses, holdReasons })),
  /** An entry of an order's timeline, from the sentence of the server. */
  happened: (summary: string): string => summary,
  nav: {
    main: 'Main',
    shop: 'Shop',
    cart: 'Cart',
    orders: 'Orders',
    account: 'Account',
    seller: 'Selling',
    staff: 'Staff',
    logIn: 'Log in',
    logOut: 'Log out',
    signUp: 'Sign up',
    theme: 'Colours',
    otherLanguage: '中文',
  },
  areas: { customer: 'Shop', merchant: 'Seller area', platform: 'Staff console', all: 'All areas' },
  logInFirst: {
    customer: 'Log in to continue.',
    merchant: 'Log in to the seller area.',
    platform: 'Log in to the staff console.',
    apart: 'The shop, the seller area and the staff console each have a log-in of their own.',
  },
  themes: { system: 'As the device', light: 'Light', dark: 'Dark' },
  state: {
    undo: 'Undo',
    undone: 'It is undone.',
    nowSays: 'It says now:',
    loading: 'Loading …',
    failed: 'This could not be loaded.',
    again: 'Try again',
    broken: 'This page failed.',
    slow: 'The server is slow to answer. What you typed is kept; this page goes on by itself.',
    offline: 'The server cannot be reached. What you see may be out of date; what you typed is kept.',
    notFound: 'There is no such page.',
    home: 'Go to the shop',
    more: 'Next page',
    previous: 'Previous page',
    search: 'Search',
    running: 'Working …',
    staffOnly: 'This page is for another role than yours.',
    total: (count: string) => `${count} in total`,
  },
  shop: {
    title: 'Shop',
    searchLabel: 'Search for products',
    sort: 'Sort by',
    sorts: {
      RELEVANCE: 'Best match',
      NAME: 'Name',
      PRICE: 'Price, lowest first',
      PRICE_DESCENDING: 'Price, highest first',
      NEWEST: 'Newest',
      RATING: 'Rating',
    },
    category: 'Category',
    filters: 'Filters',
    noFilters: 'Remove the filters',
    option: (label: string, count: number) => `${label} (${count})`,
    price: 'Price',
    priceBand: (from: string | undefined, below: string | undefined) =>
      from === undefined
        ? `below ${below ?? ''}`
        : below === undefined
          ? `from ${from}`
          : `${from} to ${below}`,
    priceFrom: (currency: string) => `From (${currency})`,
    priceBelow: (currency: string) => `Below (${currency})`,
    showPrices: 'Show these prices',
    starsFrom: (stars: number) => `${stars} ${stars === 1 ? 'star' : 'stars'} and more`,
    availability: 'Availability',
    onlyInStock: 'In stock',
    nothing: 'No product fits. Try other words or fewer filters.',
    inStock: (count: number) => `${count} in stock`,
    soldOut: 'Sold out for now',
  },
  reviews: {
    title: 'Reviews',
    none: 'No reviews yet.',
    stars: (stars: string) => `${stars} of 5 stars`,
    count: (count: number) => (count === 1 ? '1 review' : `${count} reviews`),
    write: 'Write a review',
    edit: 'Change your review',
    rating: 'Stars',
    text: 'Your review',
    send: 'Publish',
    withdraw: 'Withdraw',
  },
  statuses,
  holdReasons,
  requestStatuses,
  languages: { en: 'English', zh: '中文 (Chinese)' },
};

export type Texts = typeof en;
