import '../styles/bars.css';

const BARS_MAX = 10;

/** A chart of bars, the first ten of a list. The same figures stand in the table beside, so screen readers get a summary. */
export function Bars({
  label,
  bars,
}: {
  readonly label: string;
  readonly bars: readonly { readonly name: string; readonly value: number }[];
}) {
  const shown = bars.slice(0, BARS_MAX);
  const most = Math.max(1, ...shown.map(({ value }) => value));
  const summary = shown.map(({ name, value }) => `${name}: ${value.toLocaleString()}`).join(', ');
  return (
    <div className="bars" role="img" aria-label={`${label}. ${summary}`}>
      <p aria-hidden="true">{label}</p>
      {shown.map(({ name, value }, at) => (
        <div key={`${name}/${at}`} className="bar" aria-hidden="true">
          <span className="name">{name}</span>
          <meter min={0} max={most} value={value} />
          <span className="value">{value.toLocaleString()}</span>
        </div>
      ))}
    </div>
  );
}
