import type { PersonalDataErased } from '../domain/account';
import { streamIdOf, categoryOf, type StreamName } from '../platform/event-store';

/** Returns the ids of the aggregates of a category whose personal data an erasure has covered. */
export const erasedIn = (
  category: string,
  { data: { streams } }: Pick<PersonalDataErased, 'data'>,
): readonly string[] =>
  (streams as readonly StreamName[]).filter((stream) => categoryOf(stream) === category).map(streamIdOf);

/** Tests for the event, among those of a read model. */
export const isErasure = <Fact extends { readonly type: string }>(
  event: Fact,
): event is Extract<Fact, { readonly type: 'PersonalDataErased' }> => event.type === 'PersonalDataErased';
