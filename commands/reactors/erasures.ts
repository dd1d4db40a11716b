import type { AccountErased } from '../../domain/account';
import { contextOfCause, reactor, type Reactor } from '../../platform/reactions';
import { finishErasure, type ErasureDeps } from '../account';

/** Finishes an erasure that a crash or an engine that was away has interrupted. */
export const erasureWorkflow = (deps: ErasureDeps): Reactor =>
  reactor<AccountErased>('erasures', {
    AccountErased: (event) => finishErasure(deps, event.data, contextOfCause(event)),
  });
