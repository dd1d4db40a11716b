// Which products sold best, of orders that were not cancelled?
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

rows('order_lines', 'order_details', [
  { $match: { order_status: { $ne: 'CANCELLED' } } },
  {
    $group: {
      _id: { product_id: '$product_id', currency: '$currency' },
      pieces: { $sum: '$quantity' },
      sold_minor: { $sum: '$total_minor' },
    },
  },
])
  .map(({ _id: { product_id, currency }, pieces, sold_minor }) => ({
    product_id,
    currency,
    pieces,
    sold_minor,
  }))
  .sort(by('product_id', 'currency'))
  .sort((a, b) => b.pieces - a.pieces);
