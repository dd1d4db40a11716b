import { z } from 'zod';
import type { WorldId } from '../domain/kernel';
import { worldLink, WORLD_LINK } from '../domain/world-link';
import { textSchema } from './use-case/input';
import { outcomeOf, nothing, rejected } from './use-case/outcome';
import { useCase } from './use-case/use-case';

export const worldUseCases = {
  connectWorld: useCase({
    summary:
      'Connects the platform to another World, with all warehouses. Goods that the former World has packed do not exist in it. A World that WAYBILL_WORLD names is connected again at the next start.',
    allow: 'world:connect',
    input: z.object({
      worldId: textSchema(100).describe("The World's number, an int64 as decimal text."),
    }),
    success: z.object({}),
    rejections: ['WORLD_ID_INVALID'],
    // The World's gateway follows the events, so it need not run in this process.
    handle: async ({ worldId }, context, { aggregates, clock }) => {
      const command = {
        type: 'ChooseWorld',
        link: WORLD_LINK,
        worldId: worldId as WorldId,
        at: clock.now(),
      } as const;
      const executed = await aggregates.of(worldLink).execute(WORLD_LINK, command, context);
      // The command has no other rejection.
      return executed.kind === 'rejected'
        ? rejected({ code: 'WORLD_ID_INVALID', worldId })
        : outcomeOf(executed, nothing);
    },
  }),
};
