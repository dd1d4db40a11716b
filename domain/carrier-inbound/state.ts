import { unreachable } from '../kernel';
import type { CarrierAnswer, CarrierInboundEvent, CarrierReport } from './events';

export type CarrierInboundState =
  | { readonly status: 'none' }
  | {
      readonly status: 'received' | 'applied' | 'parked';
      readonly carrier: string;
      readonly report: CarrierReport;
      /** The rejection that it was parked for. */
      readonly parkedFor: string | undefined;
      readonly answer: CarrierAnswer | undefined;
    };

export const initial: CarrierInboundState = { status: 'none' };

export const evolve = (state: CarrierInboundState, event: CarrierInboundEvent): CarrierInboundState => {
  if (event.type === 'CarrierInboundReceived') {
    const { carrier, report } = event.data;
    return { status: 'received', carrier, report, parkedFor: undefined, answer: undefined };
  }
  if (state.status === 'none') return state;
  switch (event.type) {
    case 'CarrierInboundApplied':
      return { ...state, status: 'applied' };
    case 'CarrierInboundParked':
      return { ...state, status: 'parked', parkedFor: event.data.code };
    case 'CarrierInboundRetried':
      return { ...state, status: 'received', parkedFor: undefined };
    case 'CarrierInboundAnswered':
      return { ...state, answer: event.data.answer };
    default:
      return unreachable(event);
  }
};
