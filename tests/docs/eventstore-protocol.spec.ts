import { textOf } from '../support/project-files';

const rows = textOf('docs/reference/eventstore-protocol.md')
  .split('## Behaviour of the client')[1]!
  .split('\n')
  .filter((line) => line.startsWith('| ') && !/^\| (Behaviour|---)/.test(line))
  .map((line) => {
    const [, behaviour = '', shownBy = ''] = line.split(' | ').flatMap((cell) => cell.split(/^\| | \|$/));
    return { behaviour, shownBy };
  });

type Proof = { readonly suite: string; readonly title: string };

const proofsIn = (shownBy: string): Proof[] =>
  shownBy.split('<br>').map((proof) => {
    const { suite = '', title = '' } = /^`(?<suite>[^`]+)`: (?<title>.+)$/.exec(proof)?.groups ?? {};
    return { suite: suite.endsWith('.ts') ? suite : `gateways/eventstoredb/${suite}.spec.ts`, title };
  });

const isThere = ({ suite, title }: Proof): boolean => title !== '' && textOf(suite).includes(`'${title}'`);

describe('docs/reference/eventstore-protocol.md', () => {
  it('says of each behaviour which tests show it, and they are there', () => {
    const proofs = rows.flatMap(({ shownBy }) => proofsIn(shownBy));
    expect(rows.length).toBeGreaterThan(25);
    expect(proofs.filter((proof) => !isThere(proof))).toEqual([]);
  });
});
