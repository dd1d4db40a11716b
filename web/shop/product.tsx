import { Link, useParams } from '@tanstack/react-router';
import { graphql, useAccount, useAction, useShown, type ResultOf } from '../api';
import { useTexts } from '../text';
import { Form, Input } from '../ui/form';
import { Page } from '../ui/page';
import { Picture } from '../ui/picture';
import { Stars } from '../ui/stars';
import { Loaded } from '../ui/states';
import { addToCart } from './cart-fields';
import { ProductReviews } from './reviews';
import { useState } from 'react';

const productQuery = graphql(`
  query Product($id: ID!) {
    product(id: $id) {
      id
      sku
      name
      description
      category
      imageUrl
      active
      price {
        formatted
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
`);

type Product = NonNullable<ResultOf<typeof productQuery>['product']>;

function AddToCart({ product }: { readonly product: Product }) {
  const { shop, nav } = useTexts();
  const account = useAccount();
  const action = useAction(addToCart);
  const [isAdded, setAdded] = useState(false);
  if (!product.active) return <p>{shop.discontinued}</p>;
  if (account === undefined)
    return (
      <Link className="button" to="/log-in" search={{ next: `/products/${product.id}` }}>
        {nav.logIn}
      </Link>
    );
  const add = async (quantity: number): Promise<void> => {
    setAdded(false);
    if (await action.run({ productId: product.id, quantity })) setAdded(true);
  };
  return (
    <>
      <Form
        submit={shop.add}
        isRunning={action.isRunning}
        problem={action.problem}
        fields={['quantity']}
        onSubmit={({ quantity }) => void add(Number(quantity))}
      >
        <Input
          name="quantity"
          label={shop.quantity}
          type="number"
          min={1}
          defaultValue={1}
          required
          problem={action.problem}
        />
      </Form>
      <p role="status">
        {isAdded && (
          <>
            {shop.added} <Link to="/cart">{nav.cart}</Link>
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
  const shown = useShown(productQuery, { id });
  return (
    <Loaded shown={shown}>
      {({ product }) =>
        product === null ? (
          <Page title={shop.noProduct}>
            <Link to="/">{shop.title}</Link>
          </Page>
        ) : (
          <Page title={product.name}>
            <div className="product">
              <Picture of={product} large />
              <div>
                <p>{product.description}</p>
                <p className="price">{product.price.formatted}</p>
                <p>
                  {product.availability.available > 0
                    ? shop.inStock(product.availability.available)
                    : shop.soldOut}
                </p>
                {product.rating.average !== null && (
                  <p>
                    <Stars of={product.rating.average} /> {reviews.count(product.rating.count)}
                  </p>
                )}
                {product.offers[0]?.seller && (
                  <p>
                    {shop.seller}: {product.offers[0].seller.name}
                  </p>
                )}
                <AddToCart product={product} />
              </div>
            </div>
            <ProductReviews productId={product.id} of={product.reviews.edges.map(({ node }) => node)} />
          </Page>
        )
      }
    </Loaded>
  );
}
