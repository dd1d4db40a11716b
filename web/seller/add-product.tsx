import { useState } from 'react';
import { useNavigate } from '@tanstack/react-router';
import { useAccount, useAction, type Problem } from '../api';
import { Form, Input, type Typed } from '../ui/form';
import { moneyOf } from '../ui/money';
import { Page } from '../ui/page';
import { registerProduct } from './mutations';
import { descriptionFields, DescriptionInputs, descriptionOf } from './product-inputs';
import { useSellerWords } from './words';

/** A form for a new product of the signed-in seller. */
export function AddProductPage() {
  const words = useSellerWords();
  const account = useAccount();
  const navigate = useNavigate();
  const action = useAction(registerProduct);
  const [isNoAmount, setNoAmount] = useState(false);
  const add = async (typed: Typed): Promise<void> => {
    const { sku = '', price: amount = '', currency = '' } = typed;
    const price = moneyOf(amount, currency);
    setNoAmount(price === undefined);
    if (price === undefined) return;
    const added = await action.run({ sku, ...descriptionOf(typed), price, sellerId: account?.id });
    if (added?.product)
      await navigate({ to: '/seller/products/$id', params: { id: added.product.id }, replace: true });
  };
  const problem: Problem | undefined = isNoAmount
    ? { code: 'INPUT_INVALID', message: words.notAnAmount, field: 'price' }
    : action.problem;
  return (
    <Page title={words.add}>
      <Form
        submit={words.add}
        isRunning={action.isRunning}
        problem={problem}
        fields={['sku', 'price', ...descriptionFields]}
        onSubmit={(typed) => void add(typed)}
      >
        <Input name="sku" label={words.sku} help={words.skuHelp} required maxLength={100} problem={problem} />
        <DescriptionInputs problem={problem} />
        <Input name="price" label={words.price} inputMode="decimal" required problem={problem} />
        <Input
          name="currency"
          label={words.currency}
          help={words.currencyHelp}
          pattern="[A-Z]{3}"
          required
          problem={problem}
        />
      </Form>
    </Page>
  );
}
