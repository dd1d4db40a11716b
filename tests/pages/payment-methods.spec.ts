import { testMethods } from '../../gateways/payments/test-provider';
import { paymentMethods } from '../../web/shop/checkout/payment-methods';

it('the pages offer each payment method of the provider', () => expect(paymentMethods).toEqual(testMethods));
