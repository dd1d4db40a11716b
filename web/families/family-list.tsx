import type { ReactNode } from 'react';
import { useAction, useShown, type ResultOf } from '../api';
import { Form, Input, type Typed } from '../ui/form';
import { List, pageVariables, type PageSearch } from '../ui/list';
import { Page } from '../ui/page';
import { Loaded } from '../ui/states';
import { valuesIn } from './combinations';
import { createFamily, familiesQuery } from './documents';
import { useFamilyWords } from './words';

type Listed = NonNullable<ResultOf<typeof familiesQuery>['productFamilies']>['edges'][number]['node'];

const NUMBERS = [1, 2, 3] as const;

const optionsOf = (typed: Typed) =>
  NUMBERS.map((number) => ({
    name: typed[`name${number}`] ?? '',
    values: valuesIn(typed[`values${number}`] ?? ''),
  })).filter(({ name, values }) => name !== '' || values.length > 0);

function CreateFamily({
  sellerId,
  onCreated,
}: {
  readonly sellerId: string | undefined;
  readonly onCreated: (id: string) => void;
}) {
  const words = useFamilyWords();
  const action = useAction(createFamily);
  const create = async (typed: Typed): Promise<void> => {
    const created = await action.run({ name: typed['name'] ?? '', options: optionsOf(typed), sellerId });
    if (created?.family) onCreated(created.family.id);
  };
  return (
    <details className="panel">
      <summary>{words.create}</summary>
      <Form
        submit={words.create}
        isRunning={action.isRunning}
        problem={action.problem}
        fields={['name']}
        onSubmit={(typed) => void create(typed)}
      >
        <Input name="name" label={words.name} required maxLength={200} problem={action.problem} />
        {NUMBERS.map((number) => (
          <fieldset key={number}>
            <legend>{words.option(number)}</legend>
            <Input
              name={`name${number}`}
              label={words.optionName(number)}
              help={number === 1 ? undefined : words.optional}
              maxLength={50}
              required={number === 1}
            />
            <Input
              name={`values${number}`}
              label={words.optionValues(number)}
              help={words.valuesHelp}
              required={number === 1}
            />
          </fieldset>
        ))}
      </Form>
    </details>
  );
}

/** The families of a seller, or all of them, with a form for a new one. */
export function FamilyList({
  search,
  sellerId,
  isOfAll = false,
  linkTo,
  onCreated,
}: {
  readonly search: PageSearch;
  readonly sellerId?: string | undefined;
  /** Whether the list has the families of all sellers. */
  readonly isOfAll?: boolean;
  readonly linkTo: (family: Listed) => ReactNode;
  readonly onCreated: (id: string) => void;
}) {
  const words = useFamilyWords();
  const shown = useShown(familiesQuery, { ...pageVariables(search), seller: sellerId });
  return (
    <Page title={words.families}>
      <p>{words.about}</p>
      <CreateFamily sellerId={sellerId} onCreated={onCreated} />
      <Loaded shown={shown}>
        {({ productFamilies }) =>
          productFamilies && (
            <List
              caption={words.families}
              connection={productFamilies}
              empty={words.none}
              columns={[
                { title: words.family, cell: linkTo },
                {
                  title: words.options,
                  cell: ({ options }) =>
                    options.map(({ name, values }) => `${name}: ${values.join(', ')}`).join('; '),
                },
                ...(isOfAll
                  ? [{ title: words.seller, cell: ({ seller }: Listed) => seller?.name ?? words.theShop }]
                  : []),
              ]}
            />
          )
        }
      </Loaded>
    </Page>
  );
}
