import { graphql, useShown, type Problem } from '../api';
import { useLanguage } from '../text';
import { Field, Input, type Typed } from '../ui/form';
import { useSellerWords } from './words';

/** The fields of a product that are words, with what they say now. */
export type Description = {
  readonly name: string;
  readonly description: string;
  readonly category: string;
  readonly imageUrl: string | null;
};

/** The names of the inputs of a description, at which their problems show. */
export const descriptionFields = ['name', 'description', 'category', 'imageUrl'] as const;

const TEXT_MAX = 10_000;

const knownQuery = graphql(`
  query KnownCategories {
    categories {
      id
      slug
      names {
        en
        zh
      }
    }
  }
`);

const CATEGORIES = 'known-categories';

/** The categories of the tree, which the input of a category proposes. Another text is possible. */
function KnownCategories() {
  const language = useLanguage();
  const { data } = useShown(knownQuery, {});
  return (
    <datalist id={CATEGORIES}>
      {(data?.categories ?? []).map(({ id, slug, names }) => (
        <option key={id} value={slug}>
          {names[language]}
        </option>
      ))}
    </datalist>
  );
}

/** Returns the typed description as the API takes it: without a picture where none was typed. */
export const descriptionOf = ({ name = '', description = '', category = '', imageUrl }: Typed) => ({
  ...{ name, description, category },
  imageUrl: imageUrl || undefined,
});

/** The inputs of a description. */
export function DescriptionInputs({
  of,
  problem,
}: {
  readonly of?: Description;
  readonly problem: Problem | undefined;
}) {
  const words = useSellerWords();
  return (
    <>
      <Input
        name="name"
        label={words.name}
        defaultValue={of?.name}
        required
        maxLength={200}
        problem={problem}
      />
      <Field label={words.description} problem={problem?.field === 'description' ? problem : undefined}>
        {(control) => (
          <textarea
            {...control}
            name="description"
            rows={4}
            maxLength={TEXT_MAX}
            defaultValue={of?.description}
          />
        )}
      </Field>
      <Input
        name="category"
        label={words.category}
        list={CATEGORIES}
        defaultValue={of?.category}
        required
        maxLength={100}
        problem={problem}
      />
      <KnownCategories />
      <Input
        name="imageUrl"
        type="url"
        label={words.imageUrl}
        defaultValue={of?.imageUrl ?? undefined}
        problem={problem}
      />
    </>
  );
}
