import { invalid } from './errors';
import { filterOf } from './filter';
import type { RecordFilter } from './filter';
import type { AllStart, ReadOptions, ReadReq, StreamStart } from './messages';
import { idFormOf, numberOf, streamNameOf } from './wire';
import type { IdForm } from './wire';

/** `start`, `end`, or a place: a revision of a stream, a position among all events. */
export type Start = number | 'start' | 'end';

type Common = { readonly resolveLinks: boolean; readonly idForm: IdForm };

export type ReadRequest = Common &
  ({ readonly stream: string } | { readonly filter?: RecordFilter }) & {
    readonly from: Start;
    readonly direction: 'forwards' | 'backwards';
    readonly limit: number;
    /** True if the caller gets the bounds of the stream. */
    readonly tellsBounds: boolean;
  };

export type FollowRequest = Common & { readonly from: Start } & (
    { readonly stream: string } | { readonly filter?: RecordFilter }
  );

const orEnd = (place: number): Start => (Number.isSafeInteger(place) ? place : 'end');

const startOfStream = ({ revisionOption, revision }: StreamStart): Start =>
  revisionOption === 'revision' ? orEnd(numberOf(revision)) : (revisionOption ?? 'start');

const startOfAll = ({ allOption, position }: AllStart): Start =>
  allOption === 'position' && position ? orEnd(numberOf(position.commitPosition)) : asStart(allOption);

const asStart = (option: string | undefined): Start => (option === 'end' ? 'end' : 'start');

const sourceOf = (
  options: ReadOptions,
): { readonly from: Start } & ({ readonly stream: string } | { readonly filter?: RecordFilter }) => {
  if (options.stream)
    return { stream: streamNameOf(options.stream.streamIdentifier), from: startOfStream(options.stream) };
  if (!options.all) throw invalid('What to read is missing.');
  const from = startOfAll(options.all);
  return options.filterOption === 'filter' && options.filter
    ? { from, filter: filterOf(options.filter) }
    : { from };
};

export const readRequestOf = ({
  options,
}: ReadReq): { readonly read: ReadRequest } | { readonly follow: FollowRequest } => {
  if (!options) throw invalid('The options are missing.');
  const common = { resolveLinks: options.resolveLinks, idForm: idFormOf(options.uuidOption) };
  const request = { ...common, ...sourceOf(options) };
  const direction = options.readDirection === 1 ? 'backwards' : 'forwards';
  if (options.countOption === 'subscription') {
    if (direction === 'backwards') throw invalid('A subscription goes forwards.');
    return { follow: request };
  }
  if (options.countOption !== 'count') throw invalid('How much to read is missing.');
  const limit = numberOf(options.count);
  if (limit === 0) throw invalid('At least one event is to be read.');
  // The original answers such a request with an error, too.
  if ('stream' in request && request.from === 'end' && direction === 'forwards')
    throw invalid('A read forwards does not begin at the end.');
  const tellsBounds = (options.controlOption?.compatibility ?? 0) >= 1;
  return { read: { ...request, direction, limit, tellsBounds } };
};
