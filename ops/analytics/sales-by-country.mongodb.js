// What was sold to each country that an imported list names?
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
  { $match: { country: { $ne: null } } },
  {
    $group: {
      _id: { country: '$country', currency: '$currency' },
      orders: { $sum: 1 },
      pieces: { $sum: '$pieces' },
      total_minor: { $sum: '$total_minor' },
    },
  },
])
  .map(({ _id: { country, currency }, orders, pieces, total_minor }) => ({
    country,
    currency,
    orders,
    pieces,
    total_minor,
  }))
  .sort(by('country', 'currency'));
