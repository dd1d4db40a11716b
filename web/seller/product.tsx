import { useState, type ReactNode } from 'react';
import { Link, useParams } from '@tanstack/react-router';
import { graphql, useAction, useShown, type ResultOf } from '../api';
import { answerReview, type ReviewShown } from '../contributions/documents';
import { PostForm } from '../contributions/post-form';
import { Questions } from '../contributions/questions';
import { Reviews } from '../contributions/reviews';
import { useContributionWords } from '../contributions/words';
import { useTexts } from '../text';
import { NowSays, settle, useBeginning } from '../ui/changed';
import { Facts } from '../ui/facts';
import { ActionButton, Form, Input, type Typed } from '../ui/form';
import { Table } from '../ui/list';
import { decimalOf, moneyOf } from '../ui/money';
import { Page } from '../ui/page';
import { Empty, Loaded } from '../ui/states';
import { useUndo } from '../ui/undo';
import {
  changeProductPrice,
  describeProduct,
  discontinueProduct,
  reinstateProduct,
  setProductUnit,
  weighProduct,
} from './mutations';
import { ownPrices, PriceHistory } from './price-history';
import { PriceSchedule } from './price-schedule';
import { usePriceWords } from './price-words';
import { ownProduct } from './product-fields';
import { descriptionFields, DescriptionInputs, descriptionOf } from './product-inputs';
import { ProductPictures } from './product-pictures';
import { TaxCategory } from './tax-category';
import { useSellerWords } from './words';

const ownProductQuery = graphql(
  `
    query OwnProductPage($id: ID!) {
      product(id: $id) {
        ...OwnProduct
        ...OwnPrices
        stock {
          warehouse {
            id
            name
          }
          onHand
          reserved
          onOrder
          isLow
          lowStockThreshold
        }
      }
    }
  `,
  [ownProduct, ownPrices],
);

type Product = NonNullable<ResultOf<typeof ownProductQuery>['product']>;

type Changing = {
  readonly of: Product;
  /** Shows the product as it is now. */
  readonly onRefused: () => void;
};

/** Changes the price without a sale, also while one is on. */
function Price({ of: { id, regularPrice: price }, onRefused }: Changing) {
  const words = useSellerWords();
  const action = useAction(changeProductPrice);
  const undo = useUndo(action);
  const [isWrong, setWrong] = useState(false);
  const { amountMinor, currency } = price;
  const beginning = useBeginning(amountMinor);
  const change = async (amount: string): Promise<void> => {
    const changed = moneyOf(amount, currency);
    setWrong(changed === undefined);
    undo.withdraw();
    if (!changed) return;
    const before = { amountMinor, currency };
    if (await action.run({ productId: id, price: changed, expectedPrice: before })) {
      beginning.forget();
      undo.offer(words.saved, () => action.run({ productId: id, price: before, expectedPrice: changed }));
    } else {
      beginning.keep();
      onRefused();
    }
  };
  const problem = isWrong
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
          key={beginning.key}
          name="price"
          label={`${words.price} (${price.currency})`}
          inputMode="decimal"
          defaultValue={decimalOf(price.amountMinor, price.currency)}
          required
          problem={problem}
        />
      </Form>
      {undo.note}
    </section>
  );
}

function Describe({ of, onRefused }: Changing) {
  const words = useSellerWords();
  const action = useAction(describeProduct);
  const undo = useUndo(action);
  const { id: productId, name, description, category, imageUrl } = of;
  const now = { name, description, category, imageUrl: imageUrl ?? undefined };
  const beginning = useBeginning(now);
  const describe = async (typed: Typed): Promise<void> => {
    undo.withdraw();
    const changed = descriptionOf(typed);
    if (await action.run({ productId, ...changed, expected: now })) {
      beginning.forget();
      undo.offer(words.saved, () => action.run({ productId, ...now, expected: changed }));
    } else {
      beginning.keep();
      onRefused();
    }
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
        <DescriptionInputs key={beginning.key} of={of} problem={action.problem} />
      </Form>
      <NowSays
        problem={action.problem}
        of={[
          [words.name, name],
          [words.description, description],
          [words.category, category],
          [words.imageUrl, imageUrl],
        ]}
      />
      {undo.note}
    </section>
  );
}

function Weigh({ of: { id, weightGrams }, onRefused }: Changing) {
  const words = useSellerWords();
  const action = useAction(weighProduct);
  const beginning = useBeginning(weightGrams);
  const weigh = async (grams: number): Promise<void> =>
    settle(
      await action.run({ productId: id, weightGrams: grams, expectedWeightGrams: weightGrams ?? 0 }),
      beginning,
      onRefused,
    );
  return (
    <section className="panel" aria-labelledby="weight">
      <h2 id="weight">{words.weight}</h2>
      <Form
        submit={words.weigh}
        isRunning={action.isRunning}
        problem={action.problem}
        fields={['weightGrams']}
        onSubmit={({ weightGrams: grams = '' }) => void weigh(Number(grams))}
      >
        <Input
          key={beginning.key}
          name="weightGrams"
          type="number"
          step={1}
          label={words.weightGrams}
          defaultValue={weightGrams ?? undefined}
          required
          problem={action.problem}
        />
      </Form>
    </section>
  );
}

function Unit({ of: { id: productId, unit }, onRefused }: Changing) {
  const words = useSellerWords();
  const action = useAction(setProductUnit);
  const beginning = useBeginning(unit);
  const set = async (typed: string): Promise<void> =>
    settle(await action.run({ productId, unit: typed, expectedUnit: unit ?? '' }), beginning, onRefused);
  return (
    <section className="panel" aria-labelledby="unit">
      <h2 id="unit">{words.unit}</h2>
      <Form
        submit={words.setUnit}
        isRunning={action.isRunning}
        problem={action.problem}
        fields={['unit']}
        onSubmit={(typed) => void set(typed['unit'] ?? '')}
      >
        <Input
          key={beginning.key}
          name="unit"
          label={words.unit}
          help={words.unitHelp}
          defaultValue={unit ?? undefined}
          maxLength={20}
          problem={action.problem}
        />
        <NowSays problem={action.problem} of={[[words.unit, unit]]} />
      </Form>
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
            {
              title: words.onHand,
              cell: ({ onHand, isLow }) => `${onHand.toLocaleString()}${isLow ? ` (${words.low})` : ''}`,
              isFigure: true,
            },
            {
              title: words.lowBelow,
              cell: ({ lowStockThreshold }) => lowStockThreshold?.toLocaleString() ?? '–',
              isFigure: true,
            },
            { title: words.reserved, cell: ({ reserved }) => reserved.toLocaleString(), isFigure: true },
            { title: words.onOrder, cell: ({ onOrder }) => onOrder.toLocaleString(), isFigure: true },
          ]}
        />
      )}
    </section>
  );
}

function AnswerReview({
  review: { id, answer },
  onRefused,
}: {
  readonly review: ReviewShown;
  readonly onRefused: () => void;
}) {
  const words = useContributionWords();
  const action = useAction(answerReview);
  const beginning = useBeginning(answer?.text);
  const send = async (text: string): Promise<boolean> => {
    const done = await action.run({ reviewId: id, text, expectedText: answer?.text ?? '' });
    settle(done, beginning, onRefused);
    return done !== undefined;
  };
  return (
    <PostForm
      key={beginning.key}
      label={words.yourAnswer}
      submit={words.sendAnswer}
      text={answer?.text}
      about={id}
      action={action}
      onSend={send}
    />
  );
}

/** A product for those who may change it: its price, description, stock and reviews. */
export function ProductToChange({
  id,
  toFamily,
  back,
}: {
  readonly id: string;
  readonly toFamily: (family: { readonly id: string; readonly name: string }) => ReactNode;
  /** The way to other products, where it may not be changed. */
  readonly back: ReactNode;
}) {
  const words = useSellerWords();
  const { shop } = useTexts();
  const { inSale } = usePriceWords();
  const shown = useShown(ownProductQuery, { id });
  return (
    <Loaded shown={shown}>
      {({ product }) =>
        product?.stock ? (
          <Page title={product.name}>
            <Facts
              of={[
                [words.sku, product.sku],
                [
                  words.price,
                  product.price.amountMinor === product.regularPrice.amountMinor
                    ? product.price.formatted
                    : inSale(product.price.formatted, product.regularPrice.formatted),
                ],
                [words.available, product.availability.available.toLocaleString()],
                [words.weight, product.weightGrams === null ? words.notWeighed : `${product.weightGrams} g`],
                [words.state, product.active ? words.sold : words.notSold],
              ]}
            />
            <p>
              <Link to="/products/$id" params={{ id }}>
                {shop.title}
              </Link>
            </p>
            {product.family && (
              <p>
                {words.families}: {toFamily(product.family)}
              </p>
            )}
            <div>
              <Switch of={product} />
            </div>
            <Price of={product} onRefused={shown.reload} />
            <PriceSchedule of={product} productId={id} currency={product.price.currency} />
            <PriceHistory of={product} />
            <Describe of={product} onRefused={shown.reload} />
            <ProductPictures of={product} onRefused={shown.reload} />
            <Weigh of={product} onRefused={shown.reload} />
            <Unit of={product} onRefused={shown.reload} />
            <TaxCategory of={product} onRefused={shown.reload} />
            <Stock of={product.stock} />
            <section aria-labelledby="reviews">
              <h2 id="reviews">{words.reviews}</h2>
              <Reviews
                productId={id}
                below={(review, reload) => <AnswerReview review={review} onRefused={reload} />}
              />
            </section>
            <Questions of={product} />
          </Page>
        ) : (
          <Page title={words.notYours}>{back}</Page>
        )
      }
    </Loaded>
  );
}

/** A product of the signed-in seller. */
export function OwnProductPage() {
  const { id } = useParams({ from: '/seller/products/$id' });
  const words = useSellerWords();
  return (
    <ProductToChange
      id={id}
      toFamily={(family) => (
        <Link to="/seller/families/$id" params={{ id: family.id }}>
          {family.name}
        </Link>
      )}
      back={<Link to="/seller">{words.products}</Link>}
    />
  );
}
