import { exists, textOf } from '../support/project-files';
import { endings } from '../levels/levels.js';

const rows = textOf('docs/reference/eventstore-protocol.md')
  .split('## Behaviour of the client')[1]!
  .split('\n')
  .filter((line) => line.startsWith('| ') && !/^\| (Behaviour|---)/.test(line))
  .map((line) => {
    const [, behaviour = '', shownBy = ''] = line.split(' | ').flatMap((cell) => cell.split(/^\| | \|$/));
    return { behaviour, shownBy };
  });

type Proof = { readonly suite: string; readonly title: string };

/** Returns the file of a suite that the page names without folder and level. */
const suiteCalled = (name: string): string => {
  const files = ['.spec.ts', ...Object.values(endings)].map(
    (ending) => `gateways/eventstoredb/${name}${ending}`,
  );
  return files.find(exists) ?? files[0]!;
};

const proofsIn = (shownBy: string): Proof[] =>
  shownBy.split('<br>').map((proof) => {
    const { suite = '', title = '' } = /^`(?<suite>[^`]+)`: (?<title>.+)$/.exec(proof)?.groups ?? {};
    return { suite: suite.endsWith('.ts') ? suite : suiteCalled(suite), title };
  });

const isThere = ({ suite, title }: Proof): boolean => title !== '' && textOf(suite).includes(`'${title}'`);

describe('docs/reference/eventstore-protocol.md', () => {
  it('says of each behaviour which tests show it, and they are there', () => {
    const proofs = rows.flatMap(({ shownBy }) => proofsIn(shownBy));
    expect(rows.length).toBeGreaterThan(25);
    expect(proofs.filter((proof) => !isThere(proof))).toEqual([]);
  });
});
