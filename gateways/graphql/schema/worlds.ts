import { mutationsConcept, shown, type Mutations } from './mutation';

export const worldMutations = {
  connectWorld: {
    shows: shown('world', 'World', async (_input, { services }) => {
      const [link] = await services.readers.worldLinks.list();
      return link ?? null;
    }),
  },
} satisfies Mutations;

export const worlds = mutationsConcept(worldMutations);
