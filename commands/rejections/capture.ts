import { figures, type SomeRows } from './row';

export const captureRejections = {
  CAPTURE_NOT_FOUND: {
    kind: 'not-found',
    why: 'The payment has no such capture, or it is decided already.',
    remedy: 'Use the ID of a capture that is not decided.',
    whyZh: '付款没有这笔扣款，或它已有结果。',
    remedyZh: '请使用尚无结果的扣款编号。',
    figures: { captureId: { type: 'ID', text: 'The capture.' } },
  },
  CAPTURE_UNDECIDED: {
    kind: 'wrong-state',
    why: 'The payment provider has not decided on a capture of the payment.',
    remedy: 'Wait for its decision, about which the platform asks again and again.',
    whyZh: '支付机构尚未确认一笔扣款。',
    remedyZh: '请等待其结果，系统会自动查询。',
    figures: { paymentId: figures.paymentId },
  },
  CAPTURE_NOT_REFUSED: {
    kind: 'wrong-state',
    why: 'No capture of the order is refused.',
    remedy: 'Read the order again: its money is taken, or the payment provider still decides.',
    whyZh: '该订单没有被拒绝的扣款。',
    remedyZh: '请刷新订单：款项已扣，或支付机构尚未确认。',
    figures: { orderId: figures.orderId },
    about: ['orderId'],
  },
  ORDER_NOT_CAPTURED: {
    kind: 'wrong-state',
    why: 'The money for the shipment is not taken yet, so it does not leave.',
    remedy: 'Wait until it is taken. Where it was refused, take it again on the page of the order.',
    whyZh: '该包裹的款项尚未扣取，不能发出。',
    remedyZh: '请等待扣款完成；如被拒绝，请重试扣款。',
    figures: {
      orderId: figures.orderId,
      shipmentId: { type: 'ID', text: 'The shipment.' },
    },
  },
} satisfies SomeRows;
