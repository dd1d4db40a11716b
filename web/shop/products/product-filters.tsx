import { useId, useState, type ReactNode } from 'react';
import { graphql, readFragment, useShown, type FragmentOf } from '../../api';
import { useLanguage, useTexts } from '../../text';
import { Form, Input } from '../../ui/form';
import { decimalOf, formattedOf, minorOf } from '../../ui/money';
import { Loaded } from '../../ui/states';
import type { productSorts } from './product-sorts';

/** The parameters of the address for the list of products. Prices are in the minor unit of the currency. */
export type ProductChoice = {
  readonly query?: string | undefined;
  readonly category?: string | undefined;
  readonly sort?: (typeof productSorts)[number] | undefined;
  readonly stock?: 'yes' | undefined;
  readonly stars?: string | undefined;
  readonly currency?: string | undefined;
  readonly from?: string | undefined;
  readonly below?: string | undefined;
};

const productFacets = graphql(`
  fragment ProductFacets on ProductFacets {
    inStock
    categories {
      category
      count
    }
    tree {
      count
      category {
        id
        slug
        depth
        names {
          en
          zh
        }
      }
    }
    prices {
      from {
        amountMinor
        currency
      }
      below {
        amountMinor
        currency
      }
      count
    }
    stars {
      starsMin
      count
    }
  }
`);

const choicesQuery = graphql(
  `
    query ProductChoices($query: String, $category: String, $filter: ProductFilter) {
      products(first: 1, query: $query, category: $category, filter: $filter) {
        facets {
          ...ProductFacets
        }
      }
    }
  `,
  [productFacets],
);

const wholeNumber = (text: string | undefined): number | undefined =>
  text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;

/**
 * Returns the filter of the schema for what the address says; null where it says nothing, because a filter costs more
 * than none. What makes no sense there has no effect.
 */
export const filterOf = ({ stock, stars, currency, from, below }: ProductChoice) => {
  const inStock = stock === 'yes';
  const starsMin = wholeNumber(stars) ?? null;
  const price =
    currency !== undefined && /^[A-Z]{3}$/.test(currency)
      ? { currency, from: wholeNumber(from) ?? null, below: wholeNumber(below) ?? null }
      : null;
  return inStock || starsMin !== null || price !== null ? { inStock, starsMin, price } : null;
};

type Option = {
  readonly key: string;
  readonly label: string;
  readonly count: number;
  readonly isChosen: boolean;
  readonly choose: () => void;
};

function Options({
  title,
  options,
  children,
}: {
  readonly title: string;
  readonly options: readonly Option[];
  readonly children?: ReactNode;
}) {
  const id = useId();
  const { shop } = useTexts();
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <ul className="chips">
        {options.map(({ key, label, count, isChosen, choose }) => (
          <li key={key}>
            <button type="button" aria-pressed={isChosen} onClick={choose}>
              {shop.option(label, count)}
            </button>
          </li>
        ))}
      </ul>
      {children}
    </section>
  );
}

type Chosen = {
  readonly choice: ProductChoice;
  readonly onChoose: (changed: ProductChoice) => void;
};

type Facets = { readonly of: FragmentOf<typeof productFacets> };

function Prices({ of, choice, onChoose }: Facets & Chosen) {
  const { shop } = useTexts();
  const { prices } = readFragment(productFacets, of);
  const currency = choice.currency ?? prices.flatMap(({ from, below }) => (from ?? below)?.currency ?? [])[0];
  if (currency === undefined) return null;
  const textOf = (amount: number | undefined): string | undefined =>
    amount === undefined ? undefined : formattedOf(amount, currency);
  const typedOf = (amount: string | undefined): string => {
    const minor = wholeNumber(amount);
    return minor === undefined ? '' : decimalOf(minor, currency);
  };
  const options = prices.map(({ from, below, count }) => {
    const band = { from: from?.amountMinor.toString(), below: below?.amountMinor.toString() };
    const isChosen = choice.currency === currency && band.from === choice.from && band.below === choice.below;
    const none = { currency: undefined, from: undefined, below: undefined };
    return {
      key: `${band.from ?? ''}-${band.below ?? ''}`,
      label: shop.priceBand(textOf(from?.amountMinor), textOf(below?.amountMinor)),
      count,
      isChosen,
      choose: () => onChoose(isChosen ? none : { currency, ...band }),
    };
  });
  return (
    <Options title={shop.price} options={options}>
      <Form
        submit={shop.showPrices}
        isRunning={false}
        problem={undefined}
        onSubmit={({ from = '', below = '' }) => {
          const [least, limit] = [minorOf(from, currency), minorOf(below, currency)];
          const isEmpty = least === undefined && limit === undefined;
          onChoose({
            currency: isEmpty ? undefined : currency,
            from: least?.toString(),
            below: limit?.toString(),
          });
        }}
      >
        <Input
          key={`from ${choice.from ?? ''}`}
          name="from"
          inputMode="decimal"
          label={shop.priceFrom(currency)}
          defaultValue={typedOf(choice.from)}
        />
        <Input
          key={`below ${choice.below ?? ''}`}
          name="below"
          inputMode="decimal"
          label={shop.priceBelow(currency)}
          defaultValue={typedOf(choice.below)}
        />
      </Form>
    </Options>
  );
}

const isNarrowedBy = ({ category, stock, stars, currency }: ProductChoice): boolean =>
  [category, stock, stars, currency].some((each) => each !== undefined);

function Choices({ of, choice, onChoose }: Facets & Chosen) {
  const { shop, reviews } = useTexts();
  const language = useLanguage();
  const { categories, tree, stars, inStock } = readFragment(productFacets, of);
  const { category, stock } = choice;
  const textsInTree = tree.flatMap(({ category: { slug, names } }) => [slug, names.en, names.zh]);
  const inTree = tree.map(({ category: { slug, names, depth }, count }) => ({
    ...{ text: slug, label: `${'› '.repeat(depth - 1)}${names[language]}`, count },
    isChosen: [slug, names.en, names.zh].includes(category ?? ''),
  }));
  const besides = categories
    .filter(({ category: text }) => !textsInTree.includes(text))
    .map(({ category: text, count }) => ({ text, label: text, count, isChosen: text === category }));
  return (
    <>
      <Options
        title={shop.category}
        options={[...inTree, ...besides].map(({ text, isChosen, ...option }) => ({
          ...option,
          key: text,
          isChosen,
          choose: () => onChoose({ category: isChosen ? undefined : text }),
        }))}
      />
      <Prices of={of} choice={choice} onChoose={onChoose} />
      <Options
        title={reviews.rating}
        options={stars.map(({ starsMin, count }) => {
          const each = String(starsMin);
          const isChosen = each === choice.stars;
          return {
            key: each,
            label: shop.starsFrom(starsMin),
            count,
            isChosen,
            choose: () => onChoose({ stars: isChosen ? undefined : each }),
          };
        })}
      />
      <Options
        title={shop.availability}
        options={[
          {
            key: 'stock',
            label: shop.onlyInStock,
            count: inStock,
            isChosen: stock === 'yes',
            choose: () => onChoose({ stock: stock === 'yes' ? undefined : 'yes' }),
          },
        ]}
      />
      {isNarrowedBy(choice) && (
        <button
          type="button"
          onClick={() =>
            onChoose({
              ...{ category: undefined, stock: undefined, stars: undefined },
              ...{ currency: undefined, from: undefined, below: undefined },
            })
          }
        >
          {shop.noFilters}
        </button>
      )}
    </>
  );
}

function CountedChoices({ choice, onChoose }: Chosen) {
  const { query, category } = choice;
  const shown = useShown(choicesQuery, { query, category, filter: filterOf(choice) });
  return (
    <Loaded shown={shown}>
      {({ products }) => products && <Choices of={products.facets} choice={choice} onChoose={onChoose} />}
    </Loaded>
  );
}

/**
 * The filters of the list of products, each choice with the number of products that it would show. They are counted only
 * while the panel is open.
 */
export function ProductFilters({ choice, onChoose }: Chosen) {
  const { shop } = useTexts();
  const [toggled, setToggled] = useState<boolean>();
  const isOpen = toggled ?? isNarrowedBy(choice);
  return (
    <details
      className="filters"
      open={isOpen}
      onToggle={({ currentTarget }) => setToggled(currentTarget.open)}
    >
      <summary>{shop.filters}</summary>
      {isOpen && <CountedChoices choice={choice} onChoose={onChoose} />}
    </details>
  );
}
