import type { KeyboardEvent, MouseEvent } from 'react';

type Point = { readonly x: number; readonly y: number };

/** A thing on the map. `kind` names its sign and colour in the style sheet. */
export type Mark = Point & {
  readonly id: string;
  readonly label: string;
  readonly kind: 'warehouse' | 'home' | 'parcel' | 'truck';
};
export type Way = {
  readonly id: string;
  readonly from: Point;
  readonly to: Point;
  readonly label: string;
  readonly isUnderWay: boolean;
  /** The truck that carries the parcel now. */
  readonly truck?: string | undefined;
};

/** The margin of a small map; that of a large one grows with its signs, and has room for half of the longest words. */
const MARGIN_MIN = 3;
const MARGIN_PART = 0.16;
const SIZE_MIN = 24;
/** A wider map has a line for every tenth, hundredth or so place, and larger signs. */
const LINES_MAX = 80;

type Frame = { readonly left: number; readonly top: number; readonly width: number; readonly height: number };

const frameOf = (points: readonly Point[]): Frame => {
  const xs = points.map(({ x }) => x);
  const ys = points.map(({ y }) => -y);
  const [west, east, north, south] = [
    Math.min(0, ...xs),
    Math.max(0, ...xs),
    Math.min(0, ...ys),
    Math.max(0, ...ys),
  ];
  const margin = Math.max(MARGIN_MIN, Math.max(east - west, south - north) * MARGIN_PART);
  const [left, right, top, bottom] = [west - margin, east + margin, north - margin, south + margin];
  const width = Math.max(right - left, SIZE_MIN);
  const height = Math.max(bottom - top, SIZE_MIN);
  return {
    left: left - (width - (right - left)) / 2,
    top: top - (height - (bottom - top)) / 2,
    width,
    height,
  };
};

const STEPS: Readonly<Record<string, Point>> = {
  ArrowUp: { x: 0, y: 1 },
  ArrowDown: { x: 0, y: -1 },
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
};

function Grid({ frame: { left, top, width, height } }: { readonly frame: Frame }) {
  const step = 10 ** Math.max(0, Math.ceil(Math.log10(Math.max(width, height) / LINES_MAX)));
  const lines = (from: number, length: number): readonly number[] =>
    Array.from(
      { length: Math.floor(length / step) + 1 },
      (_none, at) => (Math.ceil(from / step) + at) * step,
    );
  return (
    <g className="grid" aria-hidden="true">
      {lines(left, width).map((x) => (
        <line key={`x${x}`} x1={x} x2={x} y1={top} y2={top + height} />
      ))}
      {lines(top, height).map((y) => (
        <line key={`y${y}`} y1={y} y2={y} x1={left} x2={left + width} />
      ))}
    </g>
  );
}

function Ways({ of }: { readonly of: readonly Way[] }) {
  return of.map(({ id, from, to, label, isUnderWay }) => (
    <line
      key={id}
      className={isUnderWay ? 'way under-way' : 'way'}
      x1={from.x}
      y1={-from.y}
      x2={to.x}
      y2={-to.y}
      data-way={id}
    >
      <title>{label}</title>
    </line>
  ));
}

const TRUCK = 'M-1 .5V-.6H.2V-.3H.7L1 .1V.5Z';

/** A truck that goes along a way again and again; it stands in the middle for those who want no motion. */
function Truck({ on: { from, to, truck }, scale }: { readonly on: Way; readonly scale: number }) {
  const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const middle = `translate(${(from.x + to.x) / 2} ${-(from.y + to.y) / 2})`;
  return (
    <g className="mark truck" data-truck={truck} {...(isStill && { transform: middle })}>
      {!isStill && (
        <animateMotion path={`M${from.x} ${-from.y}L${to.x} ${-to.y}`} dur="6s" repeatCount="indefinite" />
      )}
      <g transform={`scale(${scale})`}>
        <path d={TRUCK} />
        <text y={-1}>{truck}</text>
      </g>
    </g>
  );
}

function Sign({ of: { id, x, y, kind, label }, scale }: { readonly of: Mark; readonly scale: number }) {
  return (
    <g className={`mark ${kind}`} transform={`translate(${x} ${-y}) scale(${scale})`} data-mark={id}>
      <title>{`${label}: ${x}, ${y}`}</title>
      {kind === 'warehouse' ? (
        <path d="M-1 .8V-.3L0-1 1-.3V.8Z" />
      ) : kind === 'truck' ? (
        // Beside the warehouse that it stands at.
        <path d={TRUCK} transform="translate(2.4 .3)" />
      ) : (
        <circle r={kind === 'home' ? 0.8 : 0.5} />
      )}
      <text x={kind === 'truck' ? 2.4 : 0} y={kind === 'parcel' || kind === 'truck' ? -1 : 2}>
        {label}
      </text>
    </g>
  );
}

/**
 * The World's grid, with north at the top, and things on it. With `onPick`, a click or the arrow keys choose a place; `picked`
 * is where the arrow keys begin.
 */
export function GridMap({
  label,
  marks,
  ways = [],
  picked,
  onPick,
}: {
  readonly label: string;
  readonly marks: readonly Mark[];
  readonly ways?: readonly Way[];
  readonly picked?: Point | undefined;
  readonly onPick?: (point: Point) => void;
}) {
  const frame = frameOf([...marks, ...(picked ? [picked] : [])]);
  const { left, top, width, height } = frame;
  const clicked = (event: MouseEvent<SVGSVGElement>): void => {
    const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(
      event.currentTarget.getScreenCTM()?.inverse(),
    );
    onPick?.({ x: Math.round(x), y: -Math.round(y) });
  };
  const pressed = (event: KeyboardEvent): void => {
    const step = STEPS[event.key];
    if (step === undefined) return;
    event.preventDefault();
    onPick?.({ x: (picked?.x ?? 0) + step.x, y: (picked?.y ?? 0) + step.y });
  };
  const scale = Math.max(width, height) / (SIZE_MIN * 1.5);
  return (
    <svg
      className="map"
      viewBox={`${left} ${top} ${width} ${height}`}
      {...(onPick
        ? { tabIndex: 0, role: 'application', onClick: clicked, onKeyDown: pressed }
        : { role: 'img' })}
      aria-label={[
        label,
        ...marks.map(({ label: mark, x, y }) => `${mark}: ${x}, ${y}`),
        ...ways.flatMap(({ label: way, truck }) => [way, ...(truck === undefined ? [] : [truck])]),
      ].join('. ')}
    >
      <Grid frame={frame} />
      <Ways of={ways} />
      {marks.map((mark) => (
        <Sign key={mark.id} of={mark} scale={scale} />
      ))}
      {ways
        .filter(({ truck }) => truck !== undefined)
        .map((way) => (
          <Truck key={way.id} on={way} scale={scale} />
        ))}
    </svg>
  );
}
