import { UsageError } from '../program/command';
import { parseImportOptions } from './options';

const parse = (...words: readonly string[]) => parseImportOptions(['orders', 'sales.csv', ...words]);

describe('the options of an import', () => {
  it.each([
    ['GBP', 2],
    ['JPY', 0],
    ['KWD', 3],
    ['HUF', 2],
    ['UYW', 4],
  ])('reads prices in %s with the %d minor digits of the currency', (currency, digits) => {
    expect(parse('--currency', currency).rules.minorDigits).toBe(digits);
    expect(parse('--currency', currency, '--minor-digits', String(digits)).rules.minorDigits).toBe(digits);
  });

  it.each([
    ['JPY', '2'],
    ['GBP', '0'],
    ['KWD', '2'],
    ['GBP', ''],
    ['GBP', '0x2'],
    ['GBP', '2e0'],
  ])('refuses %s with "%s" minor digits', (currency, digits) => {
    const contradiction = () => parse('--currency', currency, '--minor-digits', digits);
    expect(contradiction).toThrow(UsageError);
    expect(contradiction).toThrow(/^[A-Z]{3} has \d minor digits \(ISO 4217\)/);
  });

  it('leaves the format to the list where no option gives it', () => {
    expect(parse().rules).toMatchObject({
      decimal: undefined,
      dateFormat: undefined,
      csv: { encoding: undefined, delimiter: undefined },
    });
  });

  it('uses the format that the options give', () => {
    const said = ['--encoding', 'latin1', '--delimiter', 'tab', '--decimal', ',', '--date-format', 'D/M/Y'];
    expect(parse(...said).rules).toMatchObject({
      decimal: ',',
      dateFormat: 'D/M/Y',
      csv: { encoding: 'windows-1252', delimiter: '\t' },
    });
  });

  it.each([
    ['--encoding', 'klingon'],
    ['--delimiter', ''],
    ['--delimiter', '";'],
    ['--delimiter', '"'],
    ['--delimiter', 'x'],
    ['--decimal', 'comma'],
    ['--date-format', 'Y/M/D'],
  ])('refuses %s "%s"', (option, text) => {
    expect(() => parse(option, text)).toThrow(`${option} takes`);
  });
});
