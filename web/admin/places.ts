/** The pages of the console, each with the permission without which it shows nothing. */
const places = [
  { to: '/admin', label: 'Orders', permission: 'order:read', exact: true },
  { to: '/admin/after-sales', label: 'After-sales requests', permission: 'after-sales:read' },
  { to: '/admin/invoices', label: 'Invoices', permission: 'invoice:read' },
  { to: '/admin/shipments', label: 'Shipments', permission: 'shipment:read' },
  { to: '/admin/warehouses', label: 'Warehouses', permission: 'stock:read' },
  { to: '/admin/low-stock', label: 'Low stock', permission: 'stock:read' },
  { to: '/admin/world', label: 'World', permission: 'world:read' },
  { to: '/admin/parked', label: 'Parked messages', permission: 'carrier:read' },
  { to: '/admin/moderation', label: 'Moderation', permission: 'review:moderate' },
  { to: '/admin/notifications', label: 'Notifications', permission: 'notification:read' },
  { to: '/admin/merchants', label: 'Merchants', permission: 'merchant:read' },
  { to: '/admin/product-families', label: 'Product families', permission: 'product:change' },
  { to: '/admin/promotions', label: 'Promotions', permission: 'promotion:read' },
  { to: '/admin/webhooks', label: 'Webhooks', permission: 'webhook:read' },
  { to: '/admin/categories', label: 'Categories', permission: 'category:change' },
  { to: '/admin/shipping-methods', label: 'Shipping methods', permission: 'shipping:change' },
  { to: '/admin/tax', label: 'Tax', permission: 'tax:change' },
  { to: '/admin/accounts', label: 'Accounts', permission: 'account:list' },
  { to: '/admin/erasures', label: 'Erasures', permission: 'account:erase' },
  { to: '/admin/roles', label: 'Roles', permission: 'role:read' },
  { to: '/admin/settings', label: 'Settings', permission: 'settings:read' },
  { to: '/admin/reports', label: 'Reports', permission: 'report:read' },
  { to: '/admin/payments', label: 'Payments by day', permission: 'payment:reconcile' },
  { to: '/admin/figures', label: 'Figures', permission: 'report:read' },
  { to: '/admin/engine', label: 'Engine room', permission: 'read-model:read', exact: true },
  { to: '/admin/engine/streams', label: 'Stored events', permission: 'event:read' },
  { to: '/admin/engine/why', label: 'Why is it so?', permission: 'event:read' },
  { to: '/admin/engine/parked', label: 'Failed events', permission: 'parked-work:read' },
];

/** Returns the pages that an account with these permissions can use, in the order of the menu. */
export const placesFor = (permissions: ReadonlySet<string>) =>
  places.filter(({ permission }) => permissions.has(permission));
