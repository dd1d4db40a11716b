export type NumberingRejection =
  | {
      readonly code: 'COUNT_OUT_OF_RANGE';
      readonly count: number;
      readonly min: number;
      readonly max: number;
    }
  | { readonly code: 'SERIES_EXHAUSTED'; readonly series: string };
