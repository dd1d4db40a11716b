export {
  isTimely,
  isUsableSecret,
  signBody,
  signWebhook,
  TOLERANCE_SECONDS,
  verifyBody,
  verifyWebhook,
  webhookSecretOf,
} from './webhook-signing';
export type { SignatureRefusal, SignedHeaders, Verification } from './webhook-signing';
