import { permissionsOfAll } from '../../commands/permissions';
import type { AccountId, Millis } from '../../domain/kernel';
import { within, type Clock } from '../../platform/clock';
import { Fault } from '../../platform/faults';
import type { SignedIn, Viewer } from './caller';
import { batched } from './loaders';
import type { Readers } from './readers';

/** Finds what viewers may do now. */
export type Access = {
  /**
   * Returns the viewer with its present roles: an access token has those of the log-in. An account that the read models do not
   * show yet has those of its token, and so has one whose token permits nothing beyond its own, while they cannot be read.
   *
   * @throws the fault of the read models.
   */
  present(viewer: Viewer): Promise<Viewer>;
};

const READ_MS = 2_000 as Millis;

const areEqual = (some: readonly string[], others: readonly string[]): boolean =>
  some.length === others.length && some.every((one) => others.includes(one));

/** Creates the look-up that all requests share: those of one turn of the event loop share a read. */
export const createAccess = (readers: Pick<Readers, 'accounts'>, clock: Clock): Access => {
  const rolesOf = batched(async (ids: readonly AccountId[]) => {
    const found = await readers.accounts.getMany(ids);
    return new Map(found.map(({ document: { id, roles } }) => [id, roles]));
  });

  const presentOf = async (viewer: SignedIn): Promise<SignedIn> => {
    const late = (): Fault => new Fault('READ_MODELS_UNAVAILABLE', 'The roles of the account cannot be read');
    const roles = await within(clock, READ_MS, rolesOf(viewer.id), late);
    if (roles === undefined || areEqual(roles, viewer.roles)) return viewer;
    return { ...viewer, roles, permissions: permissionsOfAll(roles) };
  };

  return {
    present: async (viewer) => {
      if (viewer.kind === 'guest') return viewer;
      try {
        return await presentOf(viewer);
      } catch (error) {
        if (viewer.permissions.size > 0) throw error;
        return viewer;
      }
    },
  };
};
