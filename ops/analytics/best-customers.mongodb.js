// Which ten customers paid most, less what was returned to them, in each currency?
const rows = (model, source, pipeline) =>
  db
    .getCollection(`flat_${model}_v${db.promoted.findOne({ _id: source }).version}`)
    .aggregate(pipeline)
    .toArray();
const by =
  (...names) =>
  (a, b) => {
    const name = names.find((one) => a[one] !== b[one]);
    return name === undefined ? 0 : a[name] < b[name] ? -1 : 1;
  };

rows('orders', 'order_details', [
  { $match: { paid_minor: { $gt: 0 } } },
  {
    $group: {
      _id: { customer_id: '$customer_id', currency: '$currency' },
      orders: { $sum: 1 },
      paid: { $sum: '$paid_minor' },
      refunded: { $sum: '$refunded_minor' },
    },
  },
])
  .map(({ _id: { customer_id, currency }, orders, paid, refunded }) => ({
    customer_id,
    currency,
    orders,
    kept_minor: paid - refunded,
  }))
  .sort(by('customer_id', 'currency'))
  .sort((a, b) => b.kept_minor - a.kept_minor)
  .slice(0, 10);
