import { useState } from 'react';
import { readFile } from '../api/file';
import { useInvoiceWords } from './words';

/** A button that saves the PDF of an invoice. */
export function PdfButton({ number }: { readonly number: string }) {
  const words = useInvoiceWords();
  const [state, setState] = useState<'still' | 'running' | 'failed'>('still');
  const save = async (): Promise<void> => {
    setState('running');
    const content = await readFile(`/api/v1/invoices/${encodeURIComponent(number)}.pdf`);
    setState(content === undefined ? 'failed' : 'still');
    if (content === undefined) return;
    const link = document.createElement('a');
    link.href = URL.createObjectURL(content);
    link.download = `${number}.pdf`;
    link.click();
    URL.revokeObjectURL(link.href);
  };
  return (
    <>
      <button
        type="button"
        aria-label={words.download(number)}
        disabled={state === 'running'}
        onClick={() => void save()}
      >
        PDF
      </button>
      {state === 'failed' && (
        <small className="problem" role="alert">
          {words.failed}
        </small>
      )}
    </>
  );
}
