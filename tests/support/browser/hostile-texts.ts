import { buildSchema, getNamedType, isInputObjectType } from 'graphql';
import { textOf } from '../project-files';
import type { Visitor } from './browser';

/** Fields of at most 20 characters. */
const SHORT = /[.]postalCode$/;

/** Texts that would run as scripts on a page that took them for HTML, each with the number of its field. */
export class HostileTexts {
  readonly #fields = new Map<string, string>();

  /** @param field - as in `WriteReviewInput.text`. @returns its text, which is the same at each call. */
  of(field: string): string {
    const number = [...this.#fields.keys()].indexOf(field) + 1 || this.#fields.size + 1;
    const tag = SHORT.test(field) ? '<img src=x>' : `<img src=x onerror=ran(${number})>`;
    const text = `${number}">${tag}`;
    this.#fields.set(field, text);
    return text;
  }

  get fields(): readonly string[] {
    return [...this.#fields.keys()];
  }

  /** Returns the fields whose texts are in `shown`, as they are or as JSON. */
  in(shown: string): readonly string[] {
    return [...this.#fields]
      .filter(([, text]) => shown.includes(text) || shown.includes(JSON.stringify(text).slice(1, -1)))
      .map(([field]) => field);
  }
}

/** Returns all input fields of the API that take any text, as in `WriteReviewInput.text`. */
export const textFields = (): readonly string[] =>
  Object.values(buildSchema(textOf('docs/reference/schema.graphql')).getTypeMap())
    .filter(isInputObjectType)
    .flatMap((input) =>
      Object.values(input.getFields())
        .filter(({ type }) => getNamedType(type).name === 'String')
        .map(({ name }) => `${input.name}.${name}`),
    );

/** Fields that take no markup, or whose text no page shows; a field that is in no list fails the test. */
export const closedTextFields: Readonly<Record<string, readonly string[]>> = {
  'secrets, which are compared and never shown': [
    ...['SignUpInput.password', 'LogInInput.password', 'LogInInput.deviceToken'],
    ...['RefreshSessionInput.refreshToken', 'LogOutInput.refreshToken', 'VerifyEmailInput.token'],
    ...['ResetPasswordByLinkInput.token', 'ResetPasswordByLinkInput.password', 'EraseAccountInput.password'],
    ...['ChangePasswordInput.currentPassword', 'ChangePasswordInput.newPassword'],
  ],
  'e-mail addresses of accounts that there are': [
    ...['LogInInput.email', 'RequestPasswordResetInput.email', 'EraseAccountOnRequestInput.email'],
    ...['GrantRoleInput.email', 'RevokeRoleInput.email'],
    ...['GrantDefinedRoleInput.email', 'RevokeDefinedRoleInput.email'],
  ],
  'a signed text, which is compared and never shown': ['QuoteCartInput.since', 'PlaceOrderInput.quote'],
  'names of things that there are': [
    ...['ApplyCouponInput.coupon', 'PlaceOrderInput.paymentMethod', 'PayOrderInput.paymentMethod'],
    ...['DescribedValueInput.was', 'AddProductVariantInput.values', 'ChangeProductVariantInput.values'],
    ...['UntagOrderInput.tag', 'ConnectWorldInput.worldId', 'DefineRoleInput.permissions'],
    ...['ChangeRoleInput.permissions', 'RebuildReadModelsInput.names', 'PauseReadModelInput.name'],
    ...['ResumeReadModelInput.name', 'PromoteReadModelInput.name', 'RollBackReadModelInput.name'],
    ...['RetireReadModelInput.name', 'AddWebhookEndpointInput.types', 'ChangeWebhookEndpointInput.types'],
  ],
  'what the sender has seen, which is compared': [
    ...['ProductDescriptionInput.name', 'ProductDescriptionInput.description'],
    ...['ProductDescriptionInput.category', 'ProductDescriptionInput.imageUrl'],
    ...['RoleDefinitionInput.name', 'RoleDefinitionInput.permissions'],
    ...['ProfileInput.name', 'ProfileInput.telephone', 'NotificationPreferencesSeenInput.timeZone'],
    ...['ReviewSeenInput.text', 'AnswerReviewInput.expectedText', 'CategoryWordsInput.slug'],
    ...['FamilyDescriptionInput.name', 'ChangeProductVariantInput.expected'],
    'SetProductUnitInput.expectedUnit',
  ],
  'a grammar without markup': [
    ...['QuietHoursInput.from', 'QuietHoursInput.until', 'ChangeNotificationPreferencesInput.timeZone'],
    ...['SetProductUnitInput.unit', 'AddCategoryInput.slug', 'RenameCategoryInput.slug'],
    ...['SignUpInput.email', 'TagOrderInput.tag', 'CreatePromotionInput.coupon'],
    ...['ChangeProfileInput.telephone', 'AddAddressInput.telephone', 'ChangeAddressInput.telephone'],
    ...['AddAddressInput.country', 'ChangeAddressInput.country'],
    ...['SetTaxRatesInput.country', 'WithdrawTaxRatesInput.country'],
    ...['PostalAddressInput.telephone', 'PostalAddressInput.country'],
    ...['AddWebhookEndpointInput.url', 'ChangeWebhookEndpointInput.url'],
  ],
  // Its field of the request is that of the other remarks.
  'a refund that the provider refuses, which the test provider never does': ['CloseAfterSalesInput.remark'],
};

/** Returns the paths of all routes of the pages, as in `/products/$id`. */
export const routePaths = (): readonly string[] =>
  (
    [
      ['shop', ''],
      ['seller', '/seller'],
      ['admin', '/admin'],
    ] as const
  ).flatMap(([area, prefix]) =>
    [...textOf(`web/${area}/routes.ts`).matchAll(/\bpath: '([^']+)'/g)]
      .map(([, path = '']) => path)
      .filter((path) => path !== prefix)
      .map((path) => `${prefix}${path}`),
  );

const watch = `
  globalThis.trespasses = [];
  globalThis.ran = (number) => trespasses.push('The text of field ' + number + ' has run.');
  addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
    trespasses.push(violatedDirective + ': ' + blockedURI));
`;

/** Has the pages of a visitor notice scripts that run, and those that the policy forbids. */
export const watchForScripts = (visitor: Visitor): Promise<unknown> => visitor.page.addInitScript(watch);

/** Returns what ran, or was put into the page as HTML, since it was opened. */
export const trespassesOn = ({ page }: Visitor): Promise<readonly string[]> =>
  page.evaluate(`[
    ...trespasses,
    ...[...document.querySelectorAll('img[src="x"], [onerror], [onload], script:not([src])')].map((one) => one.outerHTML),
  ]`);

/** Returns all text of the page, with what is in its inputs. */
export const textOn = ({ page }: Visitor): Promise<string> =>
  page.evaluate(`[
    document.body.textContent,
    ...[...document.querySelectorAll('input, textarea')].map(({ value }) => value),
  ].join('\\n')`);
