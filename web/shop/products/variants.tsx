import { useId } from 'react';
import { useNavigate } from '@tanstack/react-router';
import { graphql, type ResultOf } from '../../api';
import { choicesOf, type ValueChoice, type VariantChoice } from './choices';
import { useVariantWords } from './variant-words';

export const chosenFamily = graphql(`
  fragment ChosenFamily on ProductFamily @_unmask {
    id
    name
    options {
      name
      values
    }
    variants {
      values
      product {
        id
        active
        availability {
          available
        }
      }
    }
  }
`);

type ChosenFamily = ResultOf<typeof chosenFamily>;

const variantsIn = ({ variants }: ChosenFamily): readonly VariantChoice[] =>
  variants.flatMap(({ values, product }) =>
    product === null
      ? []
      : [
          {
            ...{ productId: product.id, values, isSold: product.active },
            isInStock: product.availability.available > 0,
          },
        ],
  );

function Value({
  name,
  choice: { value, productId, obstacle },
  isChosen,
  onChoose,
}: {
  readonly name: string;
  readonly choice: ValueChoice;
  readonly isChosen: boolean;
  readonly onChoose: (productId: string) => void;
}) {
  const words = useVariantWords();
  const reasons = { 'sold-out': words.soldOut, 'not-sold': words.notSold, never: words.never };
  const reason =
    obstacle &&
    (obstacle.kind === 'otherwise' ? words.otherwise(obstacle.values.join(', ')) : reasons[obstacle.kind]);
  return (
    <label className={obstacle ? 'choice hindered' : 'choice'}>
      <input
        type="radio"
        name={name}
        value={value}
        checked={isChosen}
        disabled={productId === undefined}
        onChange={() => productId !== undefined && onChoose(productId)}
      />{' '}
      {value}
      {reason !== undefined && <small> {reason}</small>}
    </label>
  );
}

/**
 * The choice of a product of a family: a group of radio buttons an option. Each product has its own address, so choosing goes
 * there. What is not there in this combination is marked, and leads to the product that is most like it.
 */
export function Variants({
  of: family,
  productId,
}: {
  readonly of: ChosenFamily;
  readonly productId: string;
}) {
  const id = useId();
  const navigate = useNavigate();
  const variants = variantsIn(family);
  // The address is ahead of what is shown while the next product is loaded.
  const chosen = variants.find((variant) => variant.productId === productId);
  if (chosen === undefined) return null;
  return family.options.map(({ name, values }, option) => (
    <fieldset key={name} className="choices">
      <legend>{name}</legend>
      {choicesOf(values, option, chosen.values, variants).map((choice) => (
        <Value
          key={choice.value}
          name={`${id} ${name}`}
          choice={choice}
          isChosen={choice.value === chosen.values[option]}
          onChoose={(next) =>
            void navigate({ to: '/products/$id', params: { id: next }, replace: true, resetScroll: false })
          }
        />
      ))}
    </fieldset>
  ));
}
