import { unreachable } from '../kernel';
import type { CarrierMessageEvent } from './events';

export type CarrierMessageState =
  { readonly status: 'none' } | { readonly status: 'queued' | 'acked' | 'alarmed'; readonly carrier: string };

export const initial: CarrierMessageState = { status: 'none' };

export const evolve = (_: CarrierMessageState, event: CarrierMessageEvent): CarrierMessageState => {
  const { carrier } = event.data;
  switch (event.type) {
    case 'CarrierMessageQueued':
    case 'CarrierMessageRequeued':
      return { status: 'queued', carrier };
    case 'CarrierMessageAcked':
      return { status: 'acked', carrier };
    case 'CarrierMessageAlarmed':
      return { status: 'alarmed', carrier };
    default:
      return unreachable(event);
  }
};
