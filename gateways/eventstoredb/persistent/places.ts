import { ALL } from './settings';
import type { GroupConfig, StartFrom } from './settings';

/** Formats a revision, or a position among all events, as the original does. */
export const placeText = (source: string, place: number): string =>
  source === ALL ? `C:${place}/P:${place}` : String(place);

/** Parses a place; undefined for any other text. */
export const placeOf = (text: string): number | undefined => {
  const [, place] = /^(?:C:(-?\d+)\/P:-?\d+|-?\d+)$/.exec(text) ?? [undefined, undefined];
  const value = Number(place ?? (/^-?\d+$/.test(text) ? text : Number.NaN));
  return Number.isSafeInteger(value) ? value : undefined;
};

const END = -1;

export const startText = ({ source, startFrom }: Pick<GroupConfig, 'source' | 'startFrom'>): string =>
  placeText(source, startFrom === 'start' ? 0 : startFrom === 'end' ? END : startFrom);

export const startOf = (text: string): StartFrom | undefined => {
  const place = placeOf(text);
  if (place === undefined || place === END) return place === END ? 'end' : undefined;
  return place <= 0 ? 'start' : place;
};
