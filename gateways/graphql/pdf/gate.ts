import { createGate } from '../../../platform/concurrency';

/** PDFs are made beside other requests, so not many at a time. */
export const pdfGate = createGate('the making of PDFs', { concurrentMax: 2, waitingMax: 64 });
