import type { SomeRows } from './row';

export const taxRejections = {
  TAX_RATE_OUT_OF_RANGE: {
    kind: 'invalid',
    why: 'A rate is not a whole number within the permitted range.',
    says: ({ field, rateHundredths, min, max }) =>
      `The rate \`${field}\`, ${rateHundredths}, is not a whole number from ${min} to ${max}.`,
    remedy: 'Give the rate in hundredths of a per cent: 1900 is 19 %.',
    figures: {
      field: { type: 'String', text: 'The name of the rate.' },
      rateHundredths: { type: 'Float', text: 'The rate that was given.' },
      min: { type: 'Int', text: 'The smallest possible rate.' },
      max: { type: 'Int', text: 'The highest possible rate.' },
    },
    about: ['standard', 'reduced', 'superReduced'],
  },
  TAX_RATES_IN_THE_PAST: {
    kind: 'invalid',
    why: 'Rates do not change for the past, because orders were placed with them.',
    says: ({ from }) => `${from} has passed, and rates do not change for the past.`,
    remedy: 'Give a later time, or none for now.',
    figures: { from: { type: 'DateTime', text: 'The time that was given.' } },
    about: ['from'],
  },
  TAX_RATES_FULL: {
    kind: 'wrong-state',
    why: 'Too many changes of the rates of a country are planned.',
    says: ({ country, max }) =>
      `There are ${max} rates of ${country} already, of now and planned, which is the maximum.`,
    remedy: 'Wait until one of them has begun, or withdraw the planned ones.',
    figures: {
      country: { type: 'String', text: 'The country.' },
      max: { type: 'Int', text: 'The maximum number of rates of a country.' },
    },
  },
} satisfies SomeRows;
