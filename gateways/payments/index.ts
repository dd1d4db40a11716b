export { DECLINED_METHOD, TEST_METHOD, testPaymentProvider } from './test-provider';
