// How many orders are in each status, and what are they worth?
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
  {
    $group: {
      _id: { status: '$status', currency: '$currency' },
      orders: { $sum: 1 },
      total_minor: { $sum: '$total_minor' },
    },
  },
])
  .map(({ _id: { status, currency }, orders, total_minor }) => ({ status, currency, orders, total_minor }))
  .sort(by('status', 'currency'));
