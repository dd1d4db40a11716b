import type { DocumentChanged } from '../../../platform/bus';
import type { Position } from '../../../platform/event-store';

/** A bus whose changes a spec announces. */
export const fakeChanges = () => {
  const handlers = new Set<(change: DocumentChanged) => void>();
  return {
    onChange: async (handler: (change: DocumentChanged) => void) => {
      handlers.add(handler);
      return {
        stop: async () => {
          handlers.delete(handler);
        },
      };
    },
    tell: (collection: string, of: string, position: Position) =>
      handlers.forEach((handler) => handler({ collection, id: of, position })),
    listening: () => handlers.size,
  };
};
