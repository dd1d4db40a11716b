/** One figure of a metric: its name, its labels as they are written, and its value. */
export type Figure = { readonly name: string; readonly labels: string; readonly value: number };

const LINE = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)/;

const valueOf = (text: string): number => Number(text.replace('Inf', 'Infinity'));

/** Reads the text format of Prometheus. */
export const figuresIn = (text: string): readonly Figure[] =>
  text.split('\n').flatMap((line) => {
    const [, name, labels = '', value] = LINE.exec(line) ?? [];
    return name === undefined || value === undefined ? [] : [{ name, labels, value: valueOf(value) }];
  });

/** Returns the sum of a metric over all its labels; null where the process has no such metric. */
export const sumOf = (figures: readonly Figure[], metric: string): number | null => {
  const found = figures.filter(({ name }) => name === metric);
  return found.length === 0 ? null : found.reduce((sum, { value }) => sum + value, 0);
};
