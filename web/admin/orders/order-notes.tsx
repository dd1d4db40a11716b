import { Link } from '@tanstack/react-router';
import { graphql, rejection, useAction, usePermissions, useShown } from '../../api';
import { ActionButton, Field, Form, Input } from '../../ui/form';
import { Moment } from '../../ui/moment';
import { Empty, Loaded } from '../../ui/states';

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

function Tag({ orderId, tag }: { readonly orderId: string; readonly tag: string }) {
  const action = useAction(untagOrder);
  return (
    <li>
      <Link to="/admin" search={{ tag }}>
        {tag}
      </Link>{' '}
      <ActionButton
        label={`Remove the tag ${tag}`}
        action={action}
        onRun={() => void action.run({ orderId, tag })}
      />
    </li>
  );
}

function Tags({ orderId, tags }: { readonly orderId: string; readonly tags: readonly string[] }) {
  const { run, isRunning, problem } = useAction(tagOrder);
  const give = async (tag: string, form: HTMLFormElement): Promise<void> => {
    if (await run({ orderId, tag })) form.reset();
  };
  return (
    <section aria-labelledby="tags">
      <h2 id="tags">Tags</h2>
      <ul>
        {tags.map((tag) => (
          <Tag key={tag} orderId={orderId} tag={tag} />
        ))}
      </ul>
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
