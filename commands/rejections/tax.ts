import type { SomeRows } from './row';

export const taxRejections = {
  TAX_RATE_OUT_OF_RANGE: {
    kind: 'invalid',
    why: 'A rate is not a whole number within the permitted range.',
    says: ({ field, rateHundredths, min, max }) =>
      `The rate \`${field}\`, ${rateHundredths}, is not a whole number from ${min} to ${max}.`,
    remedy: 'Give the rate in hundredths of a per cent: 1900 is 19 %.',
    whyZh: ({ field, rateHundredths, min, max }) =>
      `税率 ${field} 为 ${rateHundredths}，不是 ${min} 到 ${max} 之间的整数。`,
    remedyZh: '请以百分之一个百分点为单位：1900 表示 19 %。',
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
    whyZh: ({ from }) => `${from} 已经过去，过去的税率不能改变。`,
    remedyZh: '请给出以后的时间；从现在起则不填。',
    figures: { from: { type: 'DateTime', text: 'The time that was given.' } },
    about: ['from'],
  },
  TAX_RATES_FULL: {
    kind: 'wrong-state',
    why: 'Too many changes of the rates of a country are planned.',
    says: ({ country, max }) =>
      `There are ${max} rates of ${country} already, of now and planned, which is the maximum.`,
    remedy: 'Wait until one of them has begun, or withdraw the planned ones.',
    whyZh: ({ country, max }) => `${country} 已有 ${max} 个现行和计划的税率，达到上限。`,
    remedyZh: '请等待其中一个开始，或撤销计划的税率。',
    figures: {
      country: { type: 'String', text: 'The country.' },
      max: { type: 'Int', text: 'The maximum number of rates of a country.' },
    },
  },
} satisfies SomeRows;
