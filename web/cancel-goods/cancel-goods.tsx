import { useState } from 'react';
import type { Problem } from '../api';
import { Form, Input, type Typed } from '../ui/form';
import { useCancelWords } from './words';

type Line = {
  readonly productId: string;
  readonly name: string;
  readonly quantity: number;
  readonly cancelled: number;
};
type Goods = { readonly productId: string; readonly quantity: number };

const fieldOf = ({ productId }: Line): string => `cancel ${productId}`;

const chosenIn = (lines: readonly Line[], typed: Typed): Goods[] =>
  lines.flatMap((line) => {
    const quantity = Number(typed[fieldOf(line)]);
    return quantity > 0 ? [{ productId: line.productId, quantity }] : [];
  });

/** A form in which some goods of an order are chosen and cancelled. @param run - returns something if it succeeded. */
export function CancelGoods({
  of: { id, lines },
  action: { run, isRunning, problem },
}: {
  readonly of: { readonly id: string; readonly lines: readonly Line[] };
  readonly action: {
    readonly run: (input: { readonly orderId: string; readonly lines: Goods[] }) => Promise<unknown>;
    readonly isRunning: boolean;
    readonly problem: Problem | undefined;
  };
}) {
  const words = useCancelWords();
  const [isNone, setNone] = useState(false);
  const left = lines.filter(({ quantity, cancelled }) => quantity > cancelled);
  const cancel = async (typed: Typed, form: HTMLFormElement): Promise<void> => {
    const goods = chosenIn(left, typed);
    setNone(goods.length === 0);
    if (goods.length > 0 && (await run({ orderId: id, lines: goods }))) form.reset();
  };
  return (
    <details className="panel">
      <summary>{words.title}</summary>
      <p className="help">{words.about}</p>
      <Form
        submit={words.submit}
        isRunning={isRunning}
        problem={isNone ? { code: 'QUANTITY', message: words.none, field: undefined } : problem}
        about={id}
        onSubmit={(typed, form) => void cancel(typed, form)}
      >
        {left.map((line) => (
          <Input
            key={line.productId}
            name={fieldOf(line)}
            label={words.pieces(line.name)}
            help={words.most(line.quantity - line.cancelled)}
            type="number"
            min={0}
            max={line.quantity - line.cancelled}
            defaultValue={0}
          />
        ))}
      </Form>
    </details>
  );
}
