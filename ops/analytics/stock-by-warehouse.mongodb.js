// How many pieces does each warehouse have, and how many of its products are low?
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

rows('stock_levels', 'stock_levels', [
  {
    $group: {
      _id: { warehouse_id: '$warehouse_id' },
      products: { $sum: 1 },
      on_hand: { $sum: '$on_hand' },
      reserved: { $sum: '$reserved' },
      backordered: { $sum: '$backordered' },
      on_order: { $sum: '$on_order' },
      low: { $sum: '$is_low' },
    },
  },
])
  .map(({ _id: { warehouse_id }, ...sums }) => ({ warehouse_id, ...sums }))
  .sort(by('warehouse_id'));
