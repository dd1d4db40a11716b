import { useAction, type ResultOf } from '../api';
import { Form, Select } from '../ui/form';
import { useTaxWords } from '../ui/tax-words';
import { setTaxCategory } from './mutations';
import type { ownProduct } from './product-fields';

const categories = ['STANDARD', 'REDUCED', 'SUPER_REDUCED', 'ZERO'] as const;

/** The category at whose rate a product is taxed, for its seller to set. */
export function TaxCategory({
  of: { id: productId, taxCategory },
}: {
  readonly of: Pick<ResultOf<typeof ownProduct>, 'id' | 'taxCategory'>;
}) {
  const words = useTaxWords();
  const action = useAction(setTaxCategory);
  const set = (chosen: string | undefined): void => {
    const found = categories.find((category) => category === chosen);
    if (found) void action.run({ productId, taxCategory: found });
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
        onSubmit={(typed) => set(typed['taxCategory'])}
      >
        <Select
          key={taxCategory}
          name="taxCategory"
          value={taxCategory}
          label={words.category}
          options={categories.map((category) => [category, words.categories[category]] as const)}
        />
      </Form>
    </section>
  );
}
