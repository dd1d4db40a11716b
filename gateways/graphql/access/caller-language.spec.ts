import { callerLanguage } from './caller-language';

it.each([
  [undefined, 'en'],
  ['', 'en'],
  ['zh', 'zh'],
  ['zh-CN,zh;q=0.9,en;q=0.8', 'zh'],
  ['en-GB,en;q=0.9,zh;q=0.8', 'en'],
  ['zh;q=0.3, en;q=0.7', 'en'],
  ['fr, zh-Hant;q=0.5', 'zh'],
  ['zh;q=0', 'en'],
  ['zh;q=0, en;q=0', 'en'],
  ['*', 'en'],
  ['zhuang', 'en'],
  ['ZH-tw', 'zh'],
  [`${'x,'.repeat(10_000)}zh`, 'en'],
])('%s is answered in %s', (header, language) => expect(callerLanguage(header)).toBe(language));
