import { Link } from '@tanstack/react-router';
import { graphql, useShown, type ResultOf } from '../../api';
import { useLanguage } from '../../text';
import { useCategoryWords } from './category-words';

const menuQuery = graphql(`
  query CategoryMenu {
    categories {
      id
      slug
      parentId
      names {
        en
        zh
      }
    }
  }
`);

type Category = NonNullable<ResultOf<typeof menuQuery>['categories']>[number];

/** The name of a category in the visitor's language, as a way to its products. */
export function CategoryLink({ of }: { readonly of: Pick<Category, 'slug' | 'names'> }) {
  const language = useLanguage();
  return (
    <Link to="/" search={{ category: of.slug }}>
      {of.names[language]}
    </Link>
  );
}

/** The way from all products to a category. */
export function Breadcrumbs({ path }: { readonly path: readonly Pick<Category, 'id' | 'slug' | 'names'>[] }) {
  const words = useCategoryWords();
  if (path.length === 0) return null;
  return (
    <nav aria-label={words.path}>
      <ul className="chips">
        <li>
          <Link to="/">{words.all}</Link>
        </li>
        {path.map((one) => (
          <li key={one.id}>
            <span aria-hidden="true">› </span>
            <CategoryLink of={one} />
          </li>
        ))}
      </ul>
    </nav>
  );
}

const pathTo = (all: readonly Category[], of: Category | undefined): readonly Category[] =>
  of === undefined
    ? []
    : [
        ...pathTo(
          all,
          all.find(({ id }) => id === of.parentId),
        ),
        of,
      ];

/** The categories below the one of the address, with the way to it; without one, those at the root. */
export function CategoryMenu({ category }: { readonly category: string | undefined }) {
  const words = useCategoryWords();
  const { data } = useShown(menuQuery, {});
  const all = data?.categories ?? [];
  const here = all.find(({ slug, names }) => [slug, names.en, names.zh].includes(category ?? ''));
  const below = all.filter(({ parentId }) => parentId === (here?.id ?? null));
  if (all.length === 0) return null;
  return (
    <>
      <Breadcrumbs path={pathTo(all, here)} />
      {below.length > 0 && (
        <nav aria-label={words.categories}>
          <ul className="chips">
            {below.map((one) => (
              <li key={one.id}>
                <CategoryLink of={one} />
              </li>
            ))}
          </ul>
        </nav>
      )}
    </>
  );
}
