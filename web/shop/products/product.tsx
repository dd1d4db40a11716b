import { Link, useParams } from '@tanstack/react-router';
import { graphql, useAccount, useAction, useShown, type ResultOf } from '../../api';
import { Questions } from '../../contributions/questions';
import { useTexts } from '../../text';
import { useProductWords } from '../../text/product';
import { Form, Input } from '../../ui/form';
import { Page } from '../../ui/page';
import { Gallery } from '../../pictures/gallery';
import { Stars } from '../../ui/stars';
import { Loaded } from '../../ui/states';
import { addToCart } from '../cart/cart-fields';
import { addGuestLine } from '../cart/guest-lines';
import { QUANTITY_MAX } from '../cart/guest-moves';
import { Breadcrumbs } from './category-menu';
import { OffSale, offSale } from './off-sale';
import { Price, shownPrice } from './price';
import { ProductReviews } from './reviews';
import { chosenFamily, Variants } from './variants';
import { useState } from 'react';

const productQuery = graphql(
  `
    query Product($id: ID!) {
      product(id: $id) {
        id
        sku
        name: fullName
        description
        category
        imageUrl
        pictures {
          id
          url
          thumbnailUrl
          width
          height
          altEn
          altZh
        }
        active
        ...OffSale
        ...ShownPrice
        categoryPath {
          id
          slug
          names {
            en
            zh
          }
        }
        availability {
          available
        }
        offers {
          seller {
            id
            name
          }
        }
        rating {
          count
          average
        }
        family {
          ...ChosenFamily
        }
      }
    }
  `,
  [chosenFamily, offSale, shownPrice],
);

type Product = NonNullable<ResultOf<typeof productQuery>['product']>;

function AddToCart({
  product,
  isChanging,
}: {
  readonly product: Product;
  /** Whether another product is chosen, which is not shown yet. */
  readonly isChanging: boolean;
}) {
  const { nav } = useTexts();
  const words = useProductWords();
  const account = useAccount();
  const action = useAction(addToCart);
  /** The product that was added last. `isAdded`: false where a guest's cart has no room; undefined until it is known. */
  const [last, setLast] = useState<{ readonly productId: string; readonly isAdded?: boolean }>();
  if (!product.active)
    return (
      <p>
        <OffSale of={product} />
      </p>
    );
  const add = async (quantity: number): Promise<void> => {
    const line = { productId: product.id, quantity };
    setLast({ productId: product.id });
    if (account === undefined) setLast({ productId: product.id, isAdded: addGuestLine(line) });
    else if (await action.run(line)) setLast({ productId: product.id, isAdded: true });
  };
  // Another product of the family may have been chosen since. What is typed stays for it.
  const isOfThis = last?.productId === product.id;
  const isAdded = isOfThis ? last.isAdded : undefined;
  const problem = isOfThis ? action.problem : undefined;
  return (
    <>
      <Form
        submit={words.add}
        isRunning={action.isRunning || isChanging}
        problem={problem}
        fields={['quantity']}
        onSubmit={({ quantity }) => void add(Number(quantity))}
      >
        <Input
          name="quantity"
          label={words.quantity}
          type="number"
          min={1}
          max={QUANTITY_MAX}
          defaultValue={1}
          required
          problem={problem}
        />
      </Form>
      <p role="status">
        {isAdded !== undefined && (
          <>
            {isAdded ? words.added : words.cartFull} <Link to="/cart">{nav.cart}</Link>
          </>
        )}
      </p>
    </>
  );
}

/** A product with its picture, price, stock and reviews. */
export function ProductPage() {
  const { id } = useParams({ from: '/products/$id' });
  const { shop, reviews } = useTexts();
  const words = useProductWords();
  const shown = useShown(productQuery, { id });
  return (
    <Loaded shown={shown}>
      {({ product }) =>
        product === null ? (
          <Page title={words.noProduct}>
            <Link to="/">{shop.title}</Link>
          </Page>
        ) : (
          <Page title={product.name}>
            <Breadcrumbs path={product.categoryPath} />
            <div className="product">
              <Gallery of={product} />
              <div>
                <p>{product.description}</p>
                {product.family && <Variants of={product.family} productId={id} />}
                <div aria-live="polite">
                  <p className="price">
                    <Price of={product} />
                  </p>
                  <p>
                    {product.availability.available > 0
                      ? shop.inStock(product.availability.available)
                      : shop.soldOut}
                  </p>
                </div>
                {product.rating.average !== null && (
                  <p>
                    <Stars of={product.rating.average} /> {reviews.count(product.rating.count)}
                  </p>
                )}
                {product.offers[0]?.seller && (
                  <p>
                    {words.seller}: {product.offers[0].seller.name}
                  </p>
                )}
                <AddToCart product={product} isChanging={product.id !== id.toLowerCase()} />
              </div>
            </div>
            <ProductReviews productId={product.id} />
            <Questions of={product} />
          </Page>
        )
      }
    </Loaded>
  );
}
