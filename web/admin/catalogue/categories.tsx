import { useState } from 'react';
import { graphql, rejection, useAction, useShown, type ResultOf } from '../../api';
import { ExportProducts } from '../../seller/export';
import { settle, useBeginning } from '../../ui/changed';
import { ActionButton, Form, Input, Select, type Typed } from '../../ui/form';
import { ForAccount, Page } from '../../ui/page';
import { Empty, Loaded, ProblemNote } from '../../ui/states';

const treeQuery = graphql(`
  query CategoryTree {
    categories {
      id
      slug
      parentId
      depth
      names {
        en
        zh
      }
    }
  }
`);

const addCategory = graphql(
  `
    mutation AddCategory($input: AddCategoryInput!) {
      addCategory(input: $input) {
        __typename
        ... on AddCategorySuccess {
          consistencyToken
          category {
            id
          }
        }
        ...Rejection
      }
    }
  `,
  [rejection],
);

const renameCategory = graphql(
  `
    mutation RenameCategory($input: RenameCategoryInput!) {
      renameCategory(input: $input) {
        __typename
        ... on RenameCategorySuccess {
          consistencyToken
          category {
            id
          }
        }
        ...Rejection
      }
    }
  `,
  [rejection],
);

const moveCategory = graphql(
  `
    mutation MoveCategory($input: MoveCategoryInput!) {
      moveCategory(input: $input) {
        __typename
        ... on MoveCategorySuccess {
          consistencyToken
          category {
            id
          }
        }
        ...Rejection
      }
    }
  `,
  [rejection],
);

const retireCategory = graphql(
  `
    mutation RetireCategory($input: RetireCategoryInput!) {
      retireCategory(input: $input) {
        __typename
        ... on RetireCategorySuccess {
          consistencyToken
        }
        ...Rejection
      }
    }
  `,
  [rejection],
);

type Tree = NonNullable<ResultOf<typeof treeQuery>['categories']>;
type Category = Tree[number];

const fields = ['en', 'zh', 'slug'];

/** A problem of a name is shown at the input of its language. */
const atInput = <Found extends { readonly field?: string | undefined } | undefined>(problem: Found): Found =>
  problem?.field?.startsWith('names') ? { ...problem, field: problem.field.split('.')[1] ?? 'en' } : problem;

const wordsOf = ({ en = '', zh = '', slug = '' }: Typed) => ({ names: { en, zh }, slug });

const rootOption = ['', 'The root'] as const;
const optionsOf = (tree: Tree) =>
  [
    rootOption,
    ...tree.map(({ id, names, depth }) => [id, `${'– '.repeat(depth - 1)}${names.en}`] as const),
  ] as const;

function Words({
  of,
  problem,
}: {
  readonly of?: Category;
  readonly problem: ReturnType<typeof useAction>['problem'];
}) {
  return (
    <>
      <Input
        name="en"
        label="Name in English"
        defaultValue={of?.names.en}
        required
        maxLength={100}
        problem={problem}
      />
      <Input
        name="zh"
        label="Name in Chinese"
        defaultValue={of?.names.zh}
        required
        maxLength={100}
        problem={problem}
      />
      <Input
        name="slug"
        label="Slug"
        help="For addresses, and for products to name it: small letters, digits and hyphens"
        defaultValue={of?.slug}
        required
        maxLength={60}
        problem={problem}
      />
    </>
  );
}

function Add({ tree }: { readonly tree: Tree }) {
  const action = useAction(addCategory);
  const [done, setDone] = useState<string>();
  const problem = atInput(action.problem);
  const add = async (typed: Typed, form: HTMLFormElement): Promise<void> => {
    setDone(undefined);
    const parentId = typed['parentId'] || undefined;
    if (!(await action.run({ ...wordsOf(typed), parentId }))) return;
    setDone(`${typed['en'] ?? ''} is added.`);
    form.reset();
  };
  return (
    <details className="panel">
      <summary>Add a category</summary>
      <Form
        submit="Add the category"
        isRunning={action.isRunning}
        problem={problem}
        fields={fields}
        onSubmit={(typed, form) => void add(typed, form)}
      >
        <Words problem={problem} />
        <Select name="parentId" label="Below" options={optionsOf(tree)} />
      </Form>
      <p role="status">{done}</p>
    </details>
  );
}

function Rename({ of, onRefused }: { readonly of: Category; readonly onRefused: () => void }) {
  const action = useAction(renameCategory);
  const problem = atInput(action.problem);
  const { names, slug } = of;
  const expected = { names: { en: names.en, zh: names.zh }, slug };
  const beginning = useBeginning(expected);
  const rename = async (typed: Typed): Promise<void> =>
    settle(await action.run({ categoryId: of.id, ...wordsOf(typed), expected }), beginning, onRefused);
  return (
    <Form
      submit={`Save ${of.names.en}`}
      about={of.id}
      isRunning={action.isRunning}
      problem={problem}
      fields={fields}
      onSubmit={(typed) => void rename(typed)}
    >
      <Words key={beginning.key} of={of} problem={problem} />
    </Form>
  );
}

/** Moves categories, with one note on the page: a category that was moved meanwhile stands elsewhere as soon as that is shown. */
const useMoves = (onRefused: () => void) => {
  const action = useAction(moveCategory);
  const move = async (of: Category, parentId: string | undefined, beforeId?: string): Promise<void> => {
    const expected = { parentId: of.parentId };
    if (!(await action.run({ categoryId: of.id, parentId, beforeId, expected }))) onRefused();
  };
  return { move, isRunning: action.isRunning, problem: action.problem };
};

type Moves = ReturnType<typeof useMoves>;

function Move({
  of,
  tree,
  by: { move, isRunning },
}: {
  readonly of: Category;
  readonly tree: Tree;
  readonly by: Moves;
}) {
  const siblings = tree.filter(({ parentId }) => parentId === of.parentId);
  const at = siblings.indexOf(of);
  const earlier = siblings[at - 1];
  return (
    <>
      {earlier && (
        <ActionButton
          label={`Move ${of.names.en} up`}
          action={{ isRunning, problem: undefined }}
          onRun={() => void move(of, of.parentId ?? undefined, earlier.id)}
        />
      )}
      <Form
        submit={`Move ${of.names.en}`}
        isRunning={isRunning}
        problem={undefined}
        about={of.id}
        onSubmit={({ parentId }) => void move(of, parentId || undefined)}
      >
        <Select name="parentId" label="Below" options={optionsOf(tree.filter(({ id }) => id !== of.id))} />
      </Form>
    </>
  );
}

function Retire({ of }: { readonly of: Category }) {
  const action = useAction(retireCategory);
  return (
    <ActionButton
      label={`Retire ${of.names.en}`}
      action={action}
      onRun={() => void action.run({ categoryId: of.id })}
    />
  );
}

function Branch({
  of,
  tree,
  moves,
  onRefused,
}: {
  readonly of: Category;
  readonly tree: Tree;
  readonly moves: Moves;
  /** Shows the tree as it is now. */
  readonly onRefused: () => void;
}) {
  const below = tree.filter(({ parentId }) => parentId === of.id);
  return (
    <li>
      <details>
        <summary>
          {of.names.en} · <span lang="zh">{of.names.zh}</span> · {of.slug}
        </summary>
        <div className="panel">
          <Rename of={of} onRefused={onRefused} />
          <Move of={of} tree={tree} by={moves} />
          <Retire of={of} />
        </div>
      </details>
      {below.length > 0 && (
        <ul>
          {below.map((one) => (
            <Branch key={one.id} of={one} tree={tree} moves={moves} onRefused={onRefused} />
          ))}
        </ul>
      )}
    </li>
  );
}

function Categories() {
  const shown = useShown(treeQuery, {});
  const moves = useMoves(shown.reload);
  return (
    <Page title="Categories">
      <p>
        A product belongs to the category whose slug, or English or Chinese name, it names. Other products
        stand at the root. All products as a list for a spreadsheet, which imports again:
      </p>
      <ExportProducts />
      <Loaded shown={shown}>
        {({ categories }) => (
          <>
            <Add tree={categories ?? []} />
            <ProblemNote problem={moves.problem} />
            {categories === null || categories.length === 0 ? (
              <Empty>There is no category yet: shoppers see all products together.</Empty>
            ) : (
              <ul className="tree">
                {categories
                  .filter(({ parentId }) => parentId === null)
                  .map((one) => (
                    <Branch key={one.id} of={one} tree={categories} moves={moves} onRefused={shown.reload} />
                  ))}
              </ul>
            )}
          </>
        )}
      </Loaded>
    </Page>
  );
}

/** The tree of categories, for staff to change. */
export function CategoriesPage() {
  return (
    <ForAccount permission="category:change">
      <Categories />
    </ForAccount>
  );
}
