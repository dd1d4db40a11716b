import type { Checkpoints, ParkedReaction, Parking } from '../../../platform/reactions';
import type { Position } from '../../../platform/event-store';

export const createMemoryCheckpoints = (): Checkpoints => {
  const positions = new Map<string, Position>();
  return {
    read: async (name) => positions.get(name),
    write: async (name, position) => void positions.set(name, position),
  };
};

export const createMemoryParking = (): Parking & { readonly all: () => readonly ParkedReaction[] } => {
  const parked = new Map<string, ParkedReaction>();
  return {
    all: () => [...parked.values()],
    park: async (reaction) => void parked.set(reaction.id, reaction),
    find: async (id) => parked.get(id),
    list: async (retry, limit, workflows) =>
      [...parked.values()]
        .filter((entry) => entry.retry === retry && (workflows?.includes(entry.workflow) ?? true))
        .slice(0, limit),
    remove: async (id) => void parked.delete(id),
  };
};
