import { Fault } from '../faults';

/**
 * Thrown if an engine will never store some documents of a batch: one is too large for it, or an additional index
 * permits no such document. Others of the batch may have been written; its position has not.
 */
export class DocumentsRefused extends Fault {
  /** @param refused - the reasons, by the documents' ids. */
  constructor(
    readonly refused: ReadonlyMap<string, string>,
    options?: { cause?: unknown },
  ) {
    const [first] = refused;
    super(
      'DOCUMENT_REFUSED',
      `${refused.size} of the documents cannot be stored, among them ${first?.[0] ?? ''}: ${first?.[1] ?? ''}`,
      options,
    );
  }
}
