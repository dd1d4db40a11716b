import { permissionsOfAll } from '../../../commands/use-case/permissions';
import type { AccountId, Millis, RoleId } from '../../../domain/kernel';
import { within, type Clock } from '../../../platform/clock';
import { Fault } from '../../../platform/faults';
import { definedRolesOf, isErased } from '../../../projections/accounts';
import type { SignedIn, Viewer } from './caller';
import { batched } from '../readers/loaders';
import type { Readers } from '../readers/readers';

/** Finds what viewers may do now. */
export type Access = {
  /**
   * Returns the viewer with its present roles, in the realm of its token: an access token has those of the log-in. An account that was erased is a guest.
   * One that the read models do not show yet has the roles of its token, and so has one whose token permits nothing beyond its
   * own account, while they cannot be read.
   *
   * @throws the fault of the read models.
   */
  present(viewer: Viewer): Promise<Viewer>;
};

const READ_MS = 2_000 as Millis;

const areEqual = (some: readonly string[], others: readonly string[]): boolean =>
  some.length === others.length && some.every((one) => others.includes(one));

/** The roles of an account. */
type Rights = Pick<SignedIn, 'roles'> & {
  readonly patterns: readonly string[];
  readonly isErased: boolean;
};

/** Creates the look-up that all requests share: those of one turn of the event loop share a read. */
export const createAccess = (readers: Pick<Readers, 'accounts' | 'definedRoles'>, clock: Clock): Access => {
  const accountOf = batched(async (ids: readonly AccountId[]) => {
    const found = await readers.accounts.getMany(ids);
    return new Map(found.map(({ document }) => [document.id, document]));
  });
  const permissionsOfRole = batched(async (ids: readonly RoleId[]) => {
    const found = await readers.definedRoles.getMany(ids);
    return new Map(found.map(({ document: { id, permissions } }) => [id, permissions]));
  });

  const rightsOf = async (id: AccountId): Promise<Rights | undefined> => {
    const found = await accountOf(id);
    if (found === undefined) return undefined;
    // A role that is retired is not found, and permits nothing.
    const defined = await Promise.all(definedRolesOf(found).map(permissionsOfRole));
    const patterns = [...new Set(defined.flatMap((permissions) => permissions ?? []))].sort();
    return { roles: found.roles, patterns, isErased: isErased(found) };
  };

  const presentOf = async (viewer: SignedIn): Promise<Viewer> => {
    const late = (): Fault => new Fault('READ_MODELS_UNAVAILABLE', 'The roles of the account cannot be read');
    const rights = await within(clock, READ_MS, rightsOf(viewer.id), late);
    if (rights === undefined) return viewer;
    if (rights.isErased) return { kind: 'guest', because: 'invalid' };
    const { roles, patterns } = rights;
    if (areEqual(roles, viewer.roles) && areEqual(patterns, viewer.patterns ?? [])) return viewer;
    return { ...viewer, roles, patterns, permissions: permissionsOfAll(roles, patterns, viewer.realm) };
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
