import { csvOf } from '../../web/ui/csv';

it('writes a text that a spreadsheet would run so that it only shows it', () => {
  const rows = ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', 'plain', 'a "quoted", long one'].map((text) => [
    text,
    -1,
  ]);
  expect(csvOf(['text', 'number'], rows).split('\r\n')).toEqual([
    'text,number',
    `"'=1+1",-1`,
    `"'+1",-1`,
    `"'-1",-1`,
    `"'@SUM(A1)",-1`,
    `"'\t=1",-1`,
    'plain,-1',
    '"a ""quoted"", long one",-1',
    '',
  ]);
});
