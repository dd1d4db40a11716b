import PDFDocument from 'pdfkit';
import { glyphsOf, type PdfFont, type Run } from './fonts';

/** A text in a column: `width` in points, from `x`. */
export type Cell = {
  readonly text: string;
  readonly x: number;
  readonly width: number;
  readonly align?: 'right';
  readonly isBold?: boolean;
};

const MARGIN = 50;
const A4 = { width: 595.28, height: 841.89 } as const;
const SIZE = 10;
const LEADING = 14;
/** Noto's parts draw thin strokes, which an outline makes as strong as those of the other font. */
const OUTLINE = 0.035;

type Glyph = Run & { readonly width: number };

/** Writes rows of texts onto as many pages as they need. */
export class PageWriter {
  readonly left = MARGIN;
  readonly right = A4.width - MARGIN;
  private readonly document: PDFKit.PDFDocument;
  private readonly written: Promise<Buffer>;
  private y = MARGIN;

  /** @param info - what the PDF says about itself. `day` stands for the time of its making, so that it is the same each time. */
  constructor({
    title,
    author,
    day,
  }: {
    readonly title: string;
    readonly author: string;
    readonly day: string;
  }) {
    const made = new Date(`${day}T00:00:00Z`);
    const info = { Title: title, Author: author, CreationDate: made, ModDate: made };
    this.document = new PDFDocument({ size: 'A4', margin: 0, info, lang: 'en' });
    const chunks: Buffer[] = [];
    this.written = new Promise((resolve, reject) => {
      this.document.on('data', (chunk: Buffer) => chunks.push(chunk));
      this.document.on('end', () => resolve(Buffer.concat(chunks)));
      this.document.on('error', reject);
    });
  }

  /** Leaves the space of a line. */
  gap(): void {
    this.y += LEADING;
  }

  rule(): void {
    this.document
      .moveTo(this.left, this.y)
      .lineTo(this.right, this.y)
      .lineWidth(0.5)
      .strokeColor('#888888')
      .stroke()
      .strokeColor('#000000');
    this.y += LEADING / 2;
  }

  /** Writes cells side by side; a text that is too wide goes on in further lines. */
  async row(cells: readonly Cell[], size = SIZE): Promise<void> {
    const leading = (size / SIZE) * LEADING;
    const wrapped = await Promise.all(
      cells.map(async (cell) => ({ cell, lines: await this.lines(cell, size) })),
    );
    const count = Math.max(1, ...wrapped.map(({ lines }) => lines.length));
    for (let index = 0; index < count; index += 1) {
      if (this.y + leading > A4.height - MARGIN) {
        this.document.addPage();
        this.y = MARGIN;
      }
      for (const { cell, lines } of wrapped) this.draw(lines[index] ?? [], cell, size);
      this.y += leading;
    }
  }

  end(): Promise<Buffer> {
    this.document.end();
    return this.written;
  }

  private with(font: PdfFont, size: number): PDFKit.PDFDocument {
    // The library takes opened fonts, too, which its types do not say.
    return this.document.font(font as string).fontSize(size);
  }

  private async lines({ text, width, isBold = false }: Cell, size: number): Promise<readonly Glyph[][]> {
    const lines: Glyph[][] = [];
    let line: Glyph[] = [];
    let used = 0;
    for (const run of await glyphsOf(text, isBold)) {
      const glyph = { ...run, width: this.with(run.font, size).widthOfString(run.text) };
      if (used + glyph.width > width && line.length > 0) {
        // A word goes to the next line as a whole, where it does not fill a line alone.
        const space = line.findLastIndex((one) => one.text === ' ');
        const isInWord = typeof glyph.font === 'string' && glyph.text !== ' ';
        const rest = isInWord && space > 0 ? line.splice(space + 1) : [];
        lines.push(line);
        line = rest;
        used = rest.reduce((sum, one) => sum + one.width, 0);
      }
      line.push(glyph);
      used += glyph.width;
    }
    return [...lines, line];
  }

  private draw(line: readonly Glyph[], { x, width, align }: Cell, size: number): void {
    const wide = line.reduce((sum, glyph) => sum + glyph.width, 0);
    let at = align === 'right' ? x + width - wide : x;
    let first = 0;
    while (first < line.length) {
      const font = line[first]?.font ?? 'Helvetica';
      const next = line.findIndex((glyph, index) => index > first && glyph.font !== font);
      const run = line.slice(first, next === -1 ? undefined : next);
      const isOutlined = typeof font !== 'string';
      this.with(font, size)
        .lineWidth(size * OUTLINE)
        .text(run.map(({ text }) => text).join(''), at, this.y, {
          ...{ lineBreak: false, fill: true, stroke: isOutlined },
        });
      at += run.reduce((sum, glyph) => sum + glyph.width, 0);
      first += run.length;
    }
  }
}
