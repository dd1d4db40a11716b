import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '..', '..');
const page = readFileSync(join(root, 'docs/requirements.md'), 'utf8');

/** The number of lines of each system's list; they are numbered without gaps. */
const systems = { '000': 126, '001': 51, '002': 51, '003': 66, '004': 33 };
const ids = Object.entries(systems).flatMap(([system, count]) =>
  Array.from({ length: count }, (_, index) => `${system}-${String(index + 1).padStart(3, '0')}`),
);

const entries = page
  .split('\n')
  .filter((line) => line.startsWith('- '))
  .map((line) => {
    const { id, proof } = /^- (?<id>\S+) .+? — (?<proof>.+)$/.exec(line)?.groups ?? {};
    return { line, id, proof: proof ?? '' };
  });

const kindOf = (proof: string): 'shown' | 'in part' | 'not yet' | undefined => {
  if (/^not yet(: .+)?$/.test(proof)) return 'not yet';
  if (/^in part: `[^`]+`(, `[^`]+`)*; .+$/.test(proof)) return 'in part';
  return /^`[^`]+`(, `[^`]+`)*$/.test(proof) ? 'shown' : undefined;
};

/** Returns the files that are named as proof, before the remark about missing parts. */
const filesIn = (proof: string): string[] =>
  kindOf(proof) === 'not yet'
    ? []
    : [...proof.split(';', 1)[0]!.matchAll(/`(?<path>[^`]+)`/g)].map(({ groups }) => groups!['path']!);

describe('docs/requirements.md', () => {
  it('has a line for each requirement, once, in order', () =>
    expect(entries.map(({ id }) => id)).toEqual(ids));

  it('says of each line what shows it, or what is missing', () =>
    expect(entries.filter(({ proof }) => kindOf(proof) === undefined)).toEqual([]));

  it('names files that are there', () => {
    const files = new Set(entries.flatMap(({ proof }) => filesIn(proof)));
    expect(files.size).toBeGreaterThan(50);
    expect([...files].filter((file) => !existsSync(join(root, file)))).toEqual([]);
  });

  it('counts itself', () => {
    const count = (kind: string): number => entries.filter(({ proof }) => kindOf(proof) === kind).length;
    const [shown, inPart, notYet] = ['shown', 'in part', 'not yet'].map(count);
    expect(page).toContain(
      `Of ${ids.length} lines ${shown} are shown, ${inPart} are shown in part, and ${notYet} are not there yet.`,
    );
  });
});
