// How many refunds were done, are open, or were refused, and what are they worth?
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

rows('refunds', 'payments', [
  {
    $group: {
      _id: { status: '$status', currency: '$currency' },
      refunds: { $sum: 1 },
      amount_minor: { $sum: '$amount_minor' },
    },
  },
])
  .map(({ _id: { status, currency }, refunds, amount_minor }) => ({
    status,
    currency,
    refunds,
    amount_minor,
  }))
  .sort(by('status', 'currency'));
