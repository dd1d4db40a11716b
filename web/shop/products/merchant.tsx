import { Link } from '@tanstack/react-router';
import { graphql, rejection, useAction, useShown, type ResultOf } from '../../api';
import { useTexts } from '../../text';
import { useAccountWords } from '../../text/account';
import { Form, Input, type Typed } from '../../ui/form';
import { Loaded } from '../../ui/states';

const ownMerchant = graphql(`
  query OwnMerchant {
    ownMerchant {
      id
      shopName
      reason
      status
      decision
    }
  }
`);

const applyAsMerchant = graphql(
  `
    mutation ApplyAsMerchant($input: ApplyAsMerchantInput!) {
      applyAsMerchant(input: $input) {
        __typename
        ... on ApplyAsMerchantSuccess {
          consistencyToken
          merchant {
            id
            shopName
            reason
            status
            decision
          }
        }
        ...Rejection
      }
    }
  `,
  [rejection],
);

type Merchant = NonNullable<ResultOf<typeof ownMerchant>['ownMerchant']>;

function Apply({ merchant }: { readonly merchant: Merchant | null }) {
  const { merchant: words } = useAccountWords();
  const { run, isRunning, problem } = useAction(applyAsMerchant);
  const apply = ({ shopName = '', reason = '' }: Typed): void => void run({ shopName, reason });
  return (
    <Form
      submit={words.apply}
      isRunning={isRunning}
      problem={problem}
      fields={['shopName', 'reason']}
      onSubmit={apply}
    >
      <Input
        name="shopName"
        label={words.shopName}
        required
        maxLength={50}
        defaultValue={merchant?.shopName}
        problem={problem}
      />
      <Input
        name="reason"
        label={words.reason}
        required
        maxLength={500}
        defaultValue={merchant?.reason}
        problem={problem}
      />
    </Form>
  );
}

/** The application of the signed-in account to sell, with its state. */
export function OwnMerchant() {
  const { merchant: words } = useAccountWords();
  const { nav } = useTexts();
  const shown = useShown(ownMerchant, {});
  return (
    <section aria-labelledby="merchant">
      <h2 id="merchant">{words.title}</h2>
      <Loaded shown={shown}>
        {({ ownMerchant: merchant }) => (
          <>
            <p role="status">
              {merchant ? words.states[merchant.status] : words.none}
              {merchant?.decision != null && ` ${merchant.decision}`}
            </p>
            {merchant?.status === 'APPROVED' && <Link to="/seller">{nav.seller}</Link>}
            {(merchant === null || merchant.status === 'APPLIED' || merchant.status === 'REFUSED') && (
              <Apply merchant={merchant} />
            )}
          </>
        )}
      </Loaded>
    </section>
  );
}
