import { useAction, type ResultOf } from '../api';
import { settle, useBeginning } from '../ui/changed';
import { Form, Select } from '../ui/form';
import { useTaxWords } from '../ui/tax-words';
import { setTaxCategory } from './mutations';
import type { ownProduct } from './product-fields';

const categories = ['STANDARD', 'REDUCED', 'SUPER_REDUCED', 'ZERO'] as const;

/** The category at whose rate a product is taxed, for its seller to set. */
export function TaxCategory({
  of: { id: productId, taxCategory },
  onRefused,
}: {
  readonly of: Pick<ResultOf<typeof ownProduct>, 'id' | 'taxCategory'>;
  /** Shows the product as it is now. */
  readonly onRefused: () => void;
}) {
  const words = useTaxWords();
  const action = useAction(setTaxCategory);
  const beginning = useBeginning(taxCategory);
  const set = async (chosen: string | undefined): Promise<void> => {
    const found = categories.find((category) => category === chosen);
    if (found === undefined) return;
    const changed = { productId, taxCategory: found, expectedTaxCategory: taxCategory };
    settle(await action.run(changed), beginning, onRefused);
  };
  return (
    <section className="panel" aria-labelledby="tax-category">
      <h2 id="tax-category">
        {words.category}: {words.categories[taxCategory]}
      </h2>
      <Form
        submit={words.setCategory}
        isRunning={action.isRunning}
        problem={action.problem}
        onSubmit={(typed) => void set(typed['taxCategory'])}
      >
        <Select
          key={beginning.key}
          name="taxCategory"
          value={taxCategory}
          label={words.category}
          options={categories.map((category) => [category, words.categories[category]] as const)}
        />
      </Form>
    </section>
  );
}
