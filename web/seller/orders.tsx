import { useSearch } from '@tanstack/react-router';
import { graphql, pageEnds, useShown } from '../api';
import { useCancelWords } from '../cancel-goods/words';
import { CustomerWordsPairs } from '../gift/customer-words';
import { DeliveryNoteButton } from '../gift/delivery-note-button';
import { useGiftWords } from '../gift/words';
import { useTexts } from '../text';
import { List, pageVariables } from '../ui/list';
import { Moment } from '../ui/moment';
import { Page } from '../ui/page';
import { Loaded } from '../ui/states';
import { useSellerWords } from './words';

const sellerOrdersQuery = graphql(
  `
    query SellerOrders($first: Int, $after: String, $last: Int, $before: String) {
      sellerOrders(first: $first, after: $after, last: $last, before: $before) {
        totalCount
        totalCountIsExact
        pageInfo {
          ...PageEnds
        }
        edges {
          node {
            id
            orderId
            number
            soldAt
            status
            total {
              formatted
            }
            noteToSeller
            gift {
              message
              withoutPrices
            }
            lines {
              sku
              name
              quantity
              cancelled
            }
          }
        }
      }
    }
  `,
  [pageEnds],
);

/** The orders that contain products of the signed-in seller, with these products only. */
export function SellerOrdersPage() {
  const words = useSellerWords();
  const cancelWords = useCancelWords();
  const giftWords = useGiftWords();
  const { statuses } = useTexts();
  const shown = useShown(sellerOrdersQuery, pageVariables(useSearch({ from: '/seller/orders' })));
  return (
    <Page title={words.orders}>
      <Loaded shown={shown}>
        {({ sellerOrders }) =>
          sellerOrders && (
            <List
              caption={words.orders}
              connection={sellerOrders}
              empty={words.noOrders}
              columns={[
                { title: words.order, cell: ({ number }) => number },
                { title: words.soldAt, cell: ({ soldAt }) => <Moment at={soldAt} /> },
                { title: words.state, cell: ({ status }) => (status === null ? '–' : statuses[status]) },
                {
                  title: words.lines,
                  cell: ({ lines, noteToSeller, gift }) => (
                    <>
                      <ul>
                        {lines.map(({ sku, name, quantity, cancelled }) => (
                          <li key={sku}>
                            {cancelWords.ordered(quantity, cancelled)} × {name} ({sku})
                          </li>
                        ))}
                      </ul>
                      {(noteToSeller !== null || gift) && (
                        <dl>
                          <CustomerWordsPairs of={{ noteToSeller, gift }} />
                        </dl>
                      )}
                    </>
                  ),
                },
                { title: words.total, cell: ({ total }) => total.formatted, isFigure: true },
                {
                  title: giftWords.deliveryNote,
                  cell: ({ orderId, number }) => <DeliveryNoteButton orderId={orderId} number={number} />,
                },
              ]}
            />
          )
        }
      </Loaded>
    </Page>
  );
}
