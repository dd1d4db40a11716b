export {
  isTimely,
  signBody,
  signWebhook,
  TOLERANCE_SECONDS,
  verifyBody,
  verifyWebhook,
} from './webhook-signing';
export type { SignatureRefusal, SignedHeaders, Verification } from './webhook-signing';
