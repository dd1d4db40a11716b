import { graphql } from '../api';
import { usePages } from '../api/pages';
import { WholeListDownload, type WholeListWords } from '../ui/download';
import { cellsOf, columns, type ListedProduct } from './product-list';
import { useSellerWords } from './words';

/** A product with the options of its family costs some 100 of the 5,000 that an operation may cost. */
const PRODUCTS_AT_ONCE = 25;

const listed = graphql(`
  fragment Listed on Product @_unmask {
    id
    sku
    name
    description
    category
    imageUrl
    unit
    taxCategory
    weightGrams
    active
    regularPrice {
      amountMinor
      currency
    }
    options {
      value
    }
    family {
      id
      name
      options {
        name
        values
      }
    }
  }
`);

const ownList = graphql(
  `
    query ListOfOwnProducts($first: Int, $after: String) {
      ownProducts(first: $first, after: $after) {
        pageInfo {
          hasNextPage
          endCursor
        }
        edges {
          node {
            ...Listed
          }
        }
      }
    }
  `,
  [listed],
);

const wholeList = graphql(
  `
    query ListOfProducts($first: Int, $after: String) {
      products(first: $first, after: $after) {
        pageInfo {
          hasNextPage
          endCursor
        }
        edges {
          node {
            ...Listed
          }
        }
      }
    }
  `,
  [listed],
);

type Pages = (variables: { readonly first: number }) => AsyncIterable<readonly ListedProduct[]>;

function Export({ products, words }: { readonly products: Pages; readonly words: WholeListWords }) {
  const pages = async function* () {
    for await (const page of products({ first: PRODUCTS_AT_ONCE })) yield page.map(cellsOf);
  };
  return <WholeListDownload file="products.csv" titles={columns} pages={pages} words={words} />;
}

/** Saves all own products as a list that imports again. */
export function ExportOwnProducts() {
  const words = useSellerWords();
  return <Export products={usePages(ownList, ({ ownProducts }) => ownProducts)} words={words.export} />;
}

/** Saves all products that the shop sells now as a list that imports again. */
export function ExportProducts() {
  const words = useSellerWords();
  return <Export products={usePages(wholeList, ({ products }) => products)} words={words.export} />;
}
