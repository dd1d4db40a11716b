import type { z } from 'zod';
import type { Document } from '../read-models';
import { documentSchemaOf } from './document-schema';
import type { EventOf, Handler, Projection } from './projection';

type Primitive = string | number | boolean | null | undefined;

type ReadOnly<Value> = Value extends Primitive
  ? Value
  : Value extends readonly (infer Item)[]
    ? readonly ReadOnly<Item>[]
    : { readonly [Field in keyof Value]: ReadOnly<Value[Field]> };

/** The type of a document, or of a part of one, that a zod schema declares. Deeply read-only. */
export type DocumentOf<Schema extends z.ZodType> = ReadOnly<z.infer<Schema>>;

/** A field of a document, or one field further in: `price.amountMinor`. */
type FieldPath<D> = {
  [Field in keyof D & string]:
    Field | (D[Field] extends Primitive | readonly unknown[] ? never : `${Field}.${keyof D[Field] & string}`);
}[keyof D & string];

type AnyFact = { readonly type: string; readonly data: object };

/** A function that returns a document's new value after an event; `undefined`: removed, or still absent. Pure. */
export type Fold<D extends Document, Fact extends AnyFact> = (
  found: D | undefined,
  event: EventOf<Fact>,
  id: string,
) => D | undefined;

export type ReadModelDeclaration<D extends Document, Fact extends AnyFact> = {
  /** The question that its documents answer, for people. */
  readonly question: string;
  /** Counts the shapes from 1. A higher one builds a new copy beside the one that serves. */
  readonly version: number;
  /** Describes every field. The type, the stored JSON Schema and the data dictionary follow from it. */
  readonly document: z.ZodType<D>;
  /** The fields of each index, in order. A query must use an index. */
  readonly indexes: Readonly<Record<string, readonly FieldPath<D>[]>>;
  /** Fields whose words a search finds. */
  readonly searchFields?: readonly (keyof D & string)[];
  /** The id of the document that an event changes, or the ids, from the event alone; `undefined` where it changes none. */
  readonly key: (event: EventOf<Fact>) => string | readonly string[] | undefined;
  /** The change to the document for each type of event. An event that is missing, or unknown, does not compile. */
  readonly on: { readonly [Type in Fact['type']]: Fold<D, Extract<Fact, { type: Type }>> };
};

/**
 * Declares a read model.
 *
 * @param name - in snake_case; also the collection's name.
 */
export const readModel = <D extends Document, Fact extends AnyFact>(
  name: string,
  { question, version, document, indexes, searchFields, key, on }: ReadModelDeclaration<D, Fact>,
): Projection<D, Fact> => {
  const ids = (event: EventOf<Fact>): readonly string[] => {
    const id = key(event) ?? [];
    return typeof id === 'string' ? [id] : id;
  };
  const folds = Object.entries(on) as [string, Fold<D, Fact>][];
  const handlers = Object.fromEntries(
    folds.map(([type, evolve]): [string, Handler<D, Fact>] => [type, { ids, evolve }]),
  );
  return {
    question,
    collection: {
      name,
      version,
      indexes: Object.entries(indexes).map(([index, fields]) => ({ name: index, fields })),
      ...(searchFields && { searchFields }),
      schema: documentSchemaOf(document),
    },
    handlers: handlers as unknown as Projection<D, Fact>['handlers'],
  };
};
