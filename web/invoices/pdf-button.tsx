import { SaveFileButton } from '../ui/save-file-button';
import { useInvoiceWords } from './words';

/** A button that saves the PDF of an invoice. */
export function PdfButton({ number }: { readonly number: string }) {
  const words = useInvoiceWords();
  return (
    <SaveFileButton
      path={`/api/v1/invoices/${encodeURIComponent(number)}.pdf`}
      name={`${number}.pdf`}
      text="PDF"
      label={words.download(number)}
      failed={words.failed}
    />
  );
}
