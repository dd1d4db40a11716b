import { useState } from 'react';
import { useAccount, useAction, useShown } from '../api';
import { Empty, Loaded } from '../ui/states';
import { answerQuestion, askQuestion, purchasesQuery, questionsQuery } from './documents';
import { Post } from './post';
import { PostForm } from './post-form';
import { useContributionWords } from './words';

type Product = { readonly id: string; readonly sku: string };

function Ask({ productId }: { readonly productId: string }) {
  const words = useContributionWords();
  const action = useAction(askQuestion);
  return (
    <details className="panel">
      <summary>{words.ask}</summary>
      <PostForm
        label={words.question}
        submit={words.sendQuestion}
        action={action}
        onSend={async (text) => (await action.run({ productId, text })) !== undefined}
      />
    </details>
  );
}

/** The form of an answer. A buyer's order with the product is found when the form is opened; others need none. */
function AnswerForm({ questionId, sku }: { readonly questionId: string; readonly sku: string }) {
  const words = useContributionWords();
  const action = useAction(answerQuestion);
  const { data } = useShown(purchasesQuery, {});
  const bought = data?.orders?.edges.find(
    ({ node: { status, lines } }) =>
      status !== 'PLACED' && status !== 'CANCELLED' && lines.some((line) => line.sku === sku),
  );
  return (
    <>
      <PostForm
        label={words.yourAnswer}
        submit={words.sendAnswer}
        about={questionId}
        action={action}
        onSend={async (text) =>
          (await action.run({ questionId, text, ...(bought && { orderId: bought.node.id }) })) !== undefined
        }
      />
      <small>{words.onlyBuyers}</small>
    </>
  );
}

function Answer(answer: { readonly questionId: string; readonly sku: string }) {
  const words = useContributionWords();
  const [isOpen, setOpen] = useState(false);
  if (isOpen) return <AnswerForm {...answer} />;
  return (
    <button type="button" onClick={() => setOpen(true)}>
      {words.answer}
    </button>
  );
}

/** The questions on a product with their answers, and the forms to ask and to answer. */
export function Questions({ of: { id, sku } }: { readonly of: Product }) {
  const words = useContributionWords();
  const account = useAccount();
  const shown = useShown(questionsQuery, { id });
  return (
    <section aria-labelledby="questions">
      <h2 id="questions">{words.questions}</h2>
      {account && <Ask productId={id} />}
      <Loaded shown={shown}>
        {({ product }) => (
          <>
            {product?.questions.edges.length === 0 && <Empty>{words.noQuestions}</Empty>}
            {product?.questions.edges.map(({ node }) => (
              <Post key={node.id} of={node}>
                {node.answers.edges.map(({ node: answer }) => (
                  <Post key={answer.id} of={answer} />
                ))}
                {account && <Answer questionId={node.id} sku={sku} />}
              </Post>
            ))}
          </>
        )}
      </Loaded>
    </section>
  );
}
