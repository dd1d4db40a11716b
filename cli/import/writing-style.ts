import { Fault } from '../../platform/faults';
import { shown } from '../../platform/visible-text';
import { shownMark, type DecimalMark } from './amounts';
import { dependsOnFormat, shownFormat, type DateFormat } from './sale-date';

/** The format of numbers and dates in a list; undefined where the list does not show it. */
export type WritingStyle = {
  readonly decimal: DecimalMark | undefined;
  readonly dateFormat: DateFormat | undefined;
};

/** The first cell that shows a format, and the number of such cells. */
type Shown = { readonly text: string; readonly line: number; count: number };

const add = <Way>(ways: Map<Way, Shown>, way: Way | undefined, text: string, line: number): void => {
  if (way === undefined) return;
  const known = ways.get(way);
  if (known === undefined) ways.set(way, { text, line, count: 1 });
  else known.count += 1;
};

/** Detects the format of numbers and dates from cells that can be read in one way only. */
export class StyleEvidence {
  private readonly marks = new Map<DecimalMark, Shown>();
  private readonly formats = new Map<DateFormat, Shown>();
  /** The first date that another format reads differently. */
  undecidedDate: string | undefined;

  price(text: string, line: number): void {
    add(this.marks, shownMark(text), text, line);
  }

  date(text: string, line: number): void {
    add(this.formats, shownFormat(text), text, line);
    if (this.undecidedDate === undefined && dependsOnFormat(text)) this.undecidedDate = text;
  }

  /** Returns the decimal mark of most prices. A price with the other mark is refused, so none is read wrongly. */
  get decimal(): DecimalMark | undefined {
    const count = (mark: DecimalMark): number => this.marks.get(mark)?.count ?? 0;
    if (this.marks.size === 0) return undefined;
    return count(',') > count('.') ? ',' : '.';
  }

  /** @throws Fault `INPUT_INVALID` when some dates begin with the month and others with the day: the rest is ambiguous. */
  dateFormat(file: string): DateFormat | undefined {
    const [month, day] = [this.formats.get('M/D/Y'), this.formats.get('D/M/Y')];
    if (month !== undefined && day !== undefined) {
      throw new Fault(
        'INPUT_INVALID',
        `${file} has a date that begins with the month, ${shown(month.text)} in line ${month.line}, and one that begins with ` +
          `the day, ${shown(day.text)} in line ${day.line}. Say --date-format: lines with the other kind are then not taken.`,
      );
    }
    if (month !== undefined) return 'M/D/Y';
    return day === undefined ? undefined : 'D/M/Y';
  }
}
