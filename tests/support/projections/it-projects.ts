import { z } from 'zod';
import type { Instant } from '../../../domain/kernel';
import type { Position, StreamName } from '../../../platform/event-store';
import type { Document } from '../../../platform/read-models';
import { foldDocument } from '../../../platform/projections';
import type { EventOf, Handler, Projection } from '../../../platform/projections';

type AnyFact = { readonly type: string; readonly data: object };

/** One fact, and what it makes of each document that it touches; `before` absent: there was none, `after`: there is none. */
export type Row<D extends Document, Fact extends AnyFact> = {
  readonly on: Fact;
  readonly because: string;
  readonly touches: readonly {
    readonly id: string;
    readonly before?: D;
    readonly after?: D;
  }[];
};

/** The fact as the store would give it back. */
export const recorded = <Fact extends AnyFact>(fact: Fact): EventOf<Fact> => ({
  ...fact,
  id: '5d0b6c3e-0000-5000-8000-0000000000ff',
  stream: 'trial-1' as StreamName,
  revision: 0n,
  position: '1' as Position,
  recordedAt: '2026-11-02T09:00:00.000Z' as Instant,
  metadata: { $correlationId: 'c', $causationId: 'c', actor: 'system:spec', schema: 1 },
});

const handlerOf = <D extends Document, Fact extends AnyFact>(
  { handlers }: Projection<D, Fact>,
  { type }: Fact,
): Handler<D, Fact> => handlers[type as Fact['type']] as unknown as Handler<D, Fact>;

/** Folds facts into documents as the runtime does, one after the other. */
export const projected = <D extends Document, Fact extends AnyFact>(
  projection: Projection<D, Fact>,
  facts: readonly Fact[],
): ReadonlyMap<string, D> => {
  const documents = new Map<string, D>();
  for (const fact of facts) {
    const event = recorded(fact);
    const { ids, evolve } = handlerOf(projection, fact);
    for (const id of ids(event)) {
      const after = evolve(documents.get(id), event, id);
      if (after === undefined) documents.delete(id);
      else documents.set(id, after);
    }
  }
  return documents;
};

const fieldsOf = ({ schema }: Projection['collection'] & { readonly schema: object }): readonly string[] =>
  Object.keys((schema as { readonly properties: object }).properties);

const valueAt = (document: object | undefined, field: string): string | undefined =>
  JSON.stringify((document as Readonly<Record<string, unknown>> | undefined)?.[field]);

/**
 * A read model's specification: a row for every fact that it handles. Checks besides that each field which the schema declares
 * is written by some row, that the documents are of that schema, and that every index is of fields that exist.
 */
export const itProjects = <D extends Document, Fact extends AnyFact>(
  projection: Projection<D, Fact>,
  rows: readonly Row<D, Fact>[],
): void => {
  const { collection, handlers } = projection;
  const fields = fieldsOf(collection);
  const touches = rows.flatMap((row) => row.touches);

  it.each(rows.map((row) => ({ ...row, name: `${row.on.type}: ${row.because}` })))('$name', (row) => {
    const event = recorded(row.on);
    const { ids, evolve } = handlerOf(projection, row.on);
    expect(ids(event)).toStrictEqual(row.touches.map(({ id }) => id));
    for (const { id, before, after } of row.touches) {
      const copy = structuredClone(before);
      expect(evolve(before, event, id)).toStrictEqual(after);
      // What is handed in may be shared with readers.
      expect(before).toStrictEqual(copy);
    }
  });

  it('takes a fact that comes twice once', () => {
    for (const { on, touches: touched } of rows) {
      const event = recorded(on);
      for (const { id, before, after } of touched) {
        const from = before && { document: before, lastPosition: '0' as Position };
        expect(foldDocument(projection, id, [event, event], from)).toStrictEqual(after);
      }
    }
  });

  it('has a row for every fact that it handles', () =>
    expect([...new Set(rows.map(({ on }) => on.type))].sort()).toStrictEqual(Object.keys(handlers).sort()));

  it.each(fields)('has a row that writes "%s"', (field) =>
    expect(touches.some(({ before, after }) => valueAt(before, field) !== valueAt(after, field))).toBe(true),
  );

  it('writes documents of its schema', () => {
    const schema = z.fromJSONSchema(collection.schema as Parameters<typeof z.fromJSONSchema>[0]);
    for (const { after } of touches) if (after) schema.parse(after);
  });

  it('declares indexes and searches on fields that exist', () => {
    const named = [
      ...collection.indexes.flatMap((index) => index.fields),
      ...(collection.searchFields ?? []),
    ];
    for (const path of named) expect(fields).toContain(path.split('.')[0]);
    const names = collection.indexes.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });
};
