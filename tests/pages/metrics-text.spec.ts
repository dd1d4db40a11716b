import { figuresIn, sumOf } from '../../web/admin/engine/metrics-text';

const text = `# HELP a A counter.
# TYPE a counter
a{kind="x",le="+Inf"} 2
a{kind="y"} 3.5
b 1e3
b_bucket +Inf
`;

it('reads the figures of a process out of its metrics', () => {
  const figures = figuresIn(text);
  expect(figures).toHaveLength(4);
  expect(figures[0]).toEqual({ name: 'a', labels: 'kind="x",le="+Inf"', value: 2 });
  expect([sumOf(figures, 'a'), sumOf(figures, 'b'), sumOf(figures, 'b_bucket'), sumOf(figures, 'c')]).toEqual(
    [5.5, 1_000, Infinity, null],
  );
});
