import { Link } from '@tanstack/react-router';
import { graphql, rejection, useAction, usePermissions, useShown } from '../../api';
import { ActionButton, Field, Form, Input } from '../../ui/form';
import { Moment } from '../../ui/moment';
import { Empty, Loaded } from '../../ui/states';
import { useUndo } from '../../ui/undo';

const internalFields = graphql(`
  fragment OrderInternalFields on Order @_unmask {
    id
    internal {
      tags
      notes {
        id
        text
        addedAt
        author {
          id
          name
        }
      }
    }
  }
`);

const internalQuery = graphql(
  `
    query OrderInternal($id: ID!) {
      order(id: $id) {
        ...OrderInternalFields
      }
    }
  `,
  [internalFields],
);

const addOrderNote = graphql(
  `
    mutation AddOrderNote($input: AddOrderNoteInput!) {
      addOrderNote(input: $input) {
        __typename
        ... on AddOrderNoteSuccess {
          consistencyToken
          order {
            ...OrderInternalFields
          }
        }
        ...Rejection
      }
    }
  `,
  [internalFields, rejection],
);

export const tagOrder = graphql(
  `
    mutation TagOrder($input: TagOrderInput!) {
      tagOrder(input: $input) {
        __typename
        ... on TagOrderSuccess {
          consistencyToken
          order {
            ...OrderInternalFields
          }
        }
        ...Rejection
      }
    }
  `,
  [internalFields, rejection],
);

export const untagOrder = graphql(
  `
    mutation UntagOrder($input: UntagOrderInput!) {
      untagOrder(input: $input) {
        __typename
        ... on UntagOrderSuccess {
          consistencyToken
          order {
            ...OrderInternalFields
          }
        }
        ...Rejection
      }
    }
  `,
  [internalFields, rejection],
);

function Tag({
  orderId,
  tag,
  onRemoved,
}: {
  readonly orderId: string;
  readonly tag: string;
  readonly onRemoved: () => void;
}) {
  const action = useAction(untagOrder);
  const remove = async (): Promise<void> => {
    if (await action.run({ orderId, tag })) onRemoved();
  };
  return (
    <li>
      <Link to="/admin" search={{ tag }}>
        {tag}
      </Link>{' '}
      <ActionButton label={`Remove the tag ${tag}`} action={action} onRun={() => void remove()} />
    </li>
  );
}

function Tags({ orderId, tags }: { readonly orderId: string; readonly tags: readonly string[] }) {
  const { run, isRunning, problem } = useAction(tagOrder);
  const putBack = useAction(tagOrder);
  const takeBack = useAction(untagOrder);
  const removed = useUndo(putBack);
  const given = useUndo(takeBack);
  const give = async (tag: string, form: HTMLFormElement): Promise<void> => {
    removed.withdraw();
    given.withdraw();
    const success = await run({ orderId, tag });
    if (!success) return;
    form.reset();
    // The server has it without space around it. A tag that the order had already is not one to take back.
    const added = success.order?.internal?.tags.find((each) => !tags.includes(each));
    if (added !== undefined)
      given.offer(`The tag ${added} is added.`, () => takeBack.run({ orderId, tag: added }));
  };
  const onRemoved = (tag: string): void => {
    given.withdraw();
    removed.offer(`The tag ${tag} is removed.`, () => putBack.run({ orderId, tag }));
  };
  return (
    <section aria-labelledby="tags">
      <h2 id="tags">Tags</h2>
      <ul>
        {tags.map((tag) => (
          <Tag key={tag} orderId={orderId} tag={tag} onRemoved={() => onRemoved(tag)} />
        ))}
      </ul>
      {removed.note}
      {given.note}
      <Form
        submit="Add the tag"
        isRunning={isRunning}
        problem={problem}
        fields={['tag']}
        onSubmit={(typed, form) => void give(typed['tag'] ?? '', form)}
      >
        <Input name="tag" label="Tag" maxLength={40} required problem={problem} />
      </Form>
    </section>
  );
}

type Note = {
  readonly id: string;
  readonly text: string;
  readonly addedAt: string;
  readonly author: { readonly name: string } | null;
};

function Notes({ orderId, notes }: { readonly orderId: string; readonly notes: readonly Note[] }) {
  const { run, isRunning, problem } = useAction(addOrderNote);
  const add = async (text: string, form: HTMLFormElement): Promise<void> => {
    if (await run({ orderId, text })) form.reset();
  };
  return (
    <section aria-labelledby="notes">
      <h2 id="notes">Internal notes</h2>
      {notes.length === 0 && <Empty>There are none. Only staff see them.</Empty>}
      <ol className="timeline">
        {notes.map(({ id, text, addedAt, author }) => (
          <li key={id}>
            <Moment at={addedAt} /> {author?.name ?? '–'}: {text}
          </li>
        ))}
      </ol>
      <Form
        submit="Add the note"
        isRunning={isRunning}
        problem={problem}
        fields={['text']}
        onSubmit={(typed, form) => void add(typed['text'] ?? '', form)}
      >
        <Field label="Note" problem={problem?.field === 'text' ? problem : undefined}>
          {(control) => <textarea {...control} name="text" rows={3} maxLength={2_000} required />}
        </Field>
      </Form>
    </section>
  );
}

function Internal({ orderId }: { readonly orderId: string }) {
  const shown = useShown(internalQuery, { id: orderId });
  return (
    <Loaded shown={shown}>
      {({ order }) =>
        order?.internal && (
          <>
            <Tags orderId={orderId} tags={order.internal.tags} />
            <Notes orderId={orderId} notes={order.internal.notes} />
          </>
        )
      }
    </Loaded>
  );
}

/** The notes and tags of an order, for viewers who may see them. */
export function OrderNotes({ orderId }: { readonly orderId: string }) {
  return usePermissions().has('order:note') ? <Internal orderId={orderId} /> : null;
}
