// What was sold, paid and asked back on each day, in UTC?
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

rows('sales_daily', 'sales_by_day', [])
  .map(({ day, currency, order_count, pieces, sold_minor, paid_minor, refunded_minor }) => ({
    day,
    currency,
    order_count,
    pieces,
    sold_minor,
    paid_minor,
    refunded_minor,
  }))
  .sort(by('day', 'currency'));
