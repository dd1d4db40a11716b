import { drawings } from './drawings';

const SHAPES: readonly string[] = [
  'M20 80h60l-8-44H28zM36 36a14 14 0 0 1 28 0',
  'M24 30h44v44a8 8 0 0 1-8 8H32a8 8 0 0 1-8-8zM68 40h8a8 8 0 0 1 0 24h-8',
  'M26 22h48v56H26zM26 34h48M36 46h28M36 56h20',
  'M20 40l30-16 30 16v34L50 90 20 74zM20 40l30 16 30-16M50 56v34',
];

const numberOf = (text: string): number => {
  let sum = 7;
  for (const letter of text) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9_973;
  return sum;
};

/** The picture of a product. Where the seller gave none: its drawing, or one by its category and SKU. */
export function Picture({
  of,
  large = false,
}: {
  readonly of: {
    readonly name: string;
    readonly sku: string;
    readonly category: string;
    readonly thumbnailUrl: string | null;
  };
  readonly large?: boolean;
}) {
  const size = large ? 320 : 160;
  if (of.thumbnailUrl !== null)
    return <img className="picture" src={of.thumbnailUrl} alt="" width={size} height={size} loading="lazy" />;
  const own = drawings[of.sku];
  const lines = own?.lines ?? SHAPES[numberOf(of.category) % SHAPES.length];
  return (
    <svg
      className={`picture hue-${numberOf(of.sku) % 6}`}
      viewBox="0 0 100 100"
      width={size}
      height={size}
      aria-hidden="true"
    >
      <rect width="100" height="100" />
      {own && <path className="body" d={own.body} />}
      <path d={lines} />
    </svg>
  );
}
