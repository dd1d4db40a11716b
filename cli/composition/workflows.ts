import {
  createExpiry,
  createWorkflowRuntime,
  orderWorkflows,
  retryOrdersOn,
  type Workflow,
  type WorkflowRuntime,
} from '../../commands/workflows';
import { startIntegration } from '../../gateways/integration';
import { carrierReactions, type CarrierConfig, type Shipments } from '../../gateways/ups';
import { worldReactions, type WorldLinkConfig } from '../../gateways/world';
import type { CommandSide } from './command-side';
import type { GatewayDeps } from './gateways';
import { checkpointsIn, openParking } from './workflow-state';

export type WorkflowParts = {
  readonly side: CommandSide;
  readonly deps: GatewayDeps;
  readonly links: readonly WorldLinkConfig[];
  readonly carriers: readonly CarrierConfig[];
  readonly shipments: Shipments;
  /** Whether other systems listen on the bus, so that they are told what happened. */
  readonly publishes: boolean;
};

/** Everything that turns events into commands: an order's life, what the World is asked, what carriers are told. */
const workflowsOf = ({ side, deps, links, carriers, shipments }: WorkflowParts): readonly Workflow[] => [
  ...orderWorkflows({ ...deps, ...side, ...deps.lookUps }),
  ...(links.length === 0 ? [] : [worldReactions({ ...deps, links })]),
  ...(carriers.length === 0 ? [] : [carrierReactions({ ...deps, carriers, shipments })]),
];

/** The workflows of this process, running. */
export type Workflows = Pick<WorkflowRuntime, 'status' | 'stop'>;

export const startWorkflows = async (parts: WorkflowParts): Promise<Workflows> => {
  const { deps } = parts;
  const { clock, engines } = deps;
  const runtime = createWorkflowRuntime({
    ...deps,
    store: engines.store,
    checkpoints: checkpointsIn(engines.readModels),
    parking: await openParking(engines.readModels, clock),
    workflows: workflowsOf(parts),
    retryOn: retryOrdersOn,
  });
  const expiry = createExpiry({ ...deps, dueOrders: deps.lookUps.dueOrders });
  const integration = parts.publishes
    ? startIntegration({ ...deps, ...engines, checkpoints: checkpointsIn(engines.readModels) })
    : undefined;
  runtime.start();
  expiry.start();
  return {
    status: () => runtime.status(),
    stop: async () => {
      await integration?.stop();
      await expiry.stop();
      await runtime.stop();
    },
  };
};
