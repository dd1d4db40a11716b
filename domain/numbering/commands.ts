/** Takes a block from the series, so that one append serves many. */
export type ReserveNumbers = {
  readonly type: 'ReserveNumbers';
  readonly series: string;
  readonly count: number;
};

export type NumberingCommand = ReserveNumbers;
