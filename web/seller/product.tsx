import { useState } from 'react';
import { Link, useParams } from '@tanstack/react-router';
import { graphql, useAction, useShown, type ResultOf } from '../api';
import { useTexts } from '../text';
import { Facts } from '../ui/facts';
import { ActionButton, Form, Input, type Typed } from '../ui/form';
import { Table } from '../ui/list';
import { Moment } from '../ui/moment';
import { decimalOf, moneyOf } from '../ui/money';
import { Page } from '../ui/page';
import { Stars } from '../ui/stars';
import { Empty, Loaded } from '../ui/states';
import { changeProductPrice, describeProduct, discontinueProduct, reinstateProduct } from './mutations';
import { ownProduct } from './product-fields';
import { descriptionFields, DescriptionInputs, descriptionOf } from './product-inputs';
import { useSellerWords } from './words';

const ownProductQuery = graphql(
  `
    query OwnProductPage($id: ID!) {
      product(id: $id) {
        ...OwnProduct
        stock {
          warehouse {
            id
            name
          }
          onHand
          reserved
          onOrder
        }
        reviews(first: 20) {
          edges {
            node {
              id
              authorName
              rating
              text
              writtenAt
            }
          }
        }
      }
    }
  `,
  [ownProduct],
);

type Product = NonNullable<ResultOf<typeof ownProductQuery>['product']>;

function Price({ of: { id, price } }: { readonly of: Product }) {
  const words = useSellerWords();
  const action = useAction(changeProductPrice);
  const [typed, setTyped] = useState<'wrong' | 'saved'>();
  const change = async (amount: string): Promise<void> => {
    const changed = moneyOf(amount, price.currency);
    setTyped(changed === undefined ? 'wrong' : undefined);
    if (changed && (await action.run({ productId: id, price: changed }))) setTyped('saved');
  };
  const problem =
    typed === 'wrong'
      ? { code: 'INPUT_INVALID', message: words.notAnAmount, field: 'price' }
      : action.problem;
  return (
    <section className="panel" aria-labelledby="price">
      <h2 id="price">{words.changePrice}</h2>
      <Form
        submit={words.changePrice}
        isRunning={action.isRunning}
        problem={problem}
        fields={['price']}
        onSubmit={({ price: amount = '' }) => void change(amount)}
      >
        <Input
          key={price.amountMinor}
          name="price"
          label={`${words.price} (${price.currency})`}
          inputMode="decimal"
          defaultValue={decimalOf(price.amountMinor, price.currency)}
          required
          problem={problem}
        />
      </Form>
      <p role="status">{typed === 'saved' && words.saved}</p>
    </section>
  );
}

function Describe({ of }: { readonly of: Product }) {
  const words = useSellerWords();
  const action = useAction(describeProduct);
  const [isSaved, setSaved] = useState(false);
  const describe = async (typed: Typed): Promise<void> => {
    setSaved(false);
    if (await action.run({ productId: of.id, ...descriptionOf(typed) })) setSaved(true);
  };
  return (
    <section className="panel" aria-labelledby="describe">
      <h2 id="describe">{words.describe}</h2>
      <Form
        submit={words.describe}
        isRunning={action.isRunning}
        problem={action.problem}
        fields={descriptionFields}
        onSubmit={(typed) => void describe(typed)}
      >
        <DescriptionInputs of={of} problem={action.problem} />
      </Form>
      <p role="status">{isSaved && words.saved}</p>
    </section>
  );
}

function Switch({ of: { id, active } }: { readonly of: Product }) {
  const words = useSellerWords();
  const off = useAction(discontinueProduct);
  const on = useAction(reinstateProduct);
  const action = active ? off : on;
  return (
    <ActionButton
      label={active ? words.discontinue : words.reinstate}
      action={action}
      onRun={() => void action.run({ productId: id })}
    />
  );
}

function Stock({ of }: { readonly of: NonNullable<Product['stock']> }) {
  const words = useSellerWords();
  return (
    <section aria-labelledby="stock">
      <h2 id="stock">{words.stock}</h2>
      {of.length === 0 ? (
        <Empty>{words.noStock}</Empty>
      ) : (
        <Table
          caption={`${words.stock}: ${words.warehouse}`}
          rows={of}
          keyOf={({ warehouse }) => warehouse?.id ?? ''}
          columns={[
            { title: words.warehouse, cell: ({ warehouse }) => warehouse?.name ?? '–' },
            { title: words.onHand, cell: ({ onHand }) => onHand.toLocaleString(), isFigure: true },
            { title: words.reserved, cell: ({ reserved }) => reserved.toLocaleString(), isFigure: true },
            { title: words.onOrder, cell: ({ onOrder }) => onOrder.toLocaleString(), isFigure: true },
          ]}
        />
      )}
    </section>
  );
}

function Reviews({ of }: { readonly of: Product['reviews'] }) {
  const words = useSellerWords();
  return (
    <section aria-labelledby="reviews">
      <h2 id="reviews">{words.reviews}</h2>
      {of.edges.length === 0 && <Empty>{words.noReviews}</Empty>}
      {of.edges.map(({ node: { id, authorName, rating, text, writtenAt } }) => (
        <article key={id} className="review">
          <header>
            <Stars of={rating} /> <strong>{authorName}</strong> <Moment at={writtenAt} />
          </header>
          <p>{text}</p>
        </article>
      ))}
    </section>
  );
}

/** A product of the signed-in seller: its price, description, stock and reviews. */
export function OwnProductPage() {
  const { id } = useParams({ from: '/seller/products/$id' });
  const words = useSellerWords();
  const { shop } = useTexts();
  const shown = useShown(ownProductQuery, { id });
  return (
    <Loaded shown={shown}>
      {({ product }) =>
        product?.stock ? (
          <Page title={product.name}>
            <Facts
              of={[
                [words.sku, product.sku],
                [words.price, product.price.formatted],
                [words.available, product.availability.available.toLocaleString()],
                [words.state, product.active ? words.sold : words.notSold],
              ]}
            />
            <p>
              <Link to="/products/$id" params={{ id }}>
                {shop.title}
              </Link>
            </p>
            <div>
              <Switch of={product} />
            </div>
            <Price of={product} />
            <Describe of={product} />
            <Stock of={product.stock} />
            <Reviews of={product.reviews} />
          </Page>
        ) : (
          <Page title={words.notYours}>
            <Link to="/seller">{words.products}</Link>
          </Page>
        )
      }
    </Loaded>
  );
}
