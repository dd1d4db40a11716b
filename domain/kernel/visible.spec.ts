import { hasInvisible, isBlank } from './index';

const invisible = [
  '',
  ' ',
  '\t',
  '\u00a0',
  '\u200b',
  '\u200d',
  '\ufeff',
  '\u202e',
  '\u2060',
  '\u3164',
  '\u2800',
  '\0',
];

it.each(invisible)('%j is blank', (text) => {
  expect(isBlank(text.repeat(8))).toBe(true);
  expect(hasInvisible(`a${text}b`)).toBe(text !== '');
});

it.each(['a', ' a ', 'é', 'e\u0301', '名', 'ש', '\u{1F600}', '.', '-'])('%j is not blank', (text) => {
  expect(isBlank(text)).toBe(false);
  expect(hasInvisible(text.trim())).toBe(false);
});
