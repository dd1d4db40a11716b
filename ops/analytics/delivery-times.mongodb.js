// How long do parcels take from each warehouse, in seconds, on average?
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

rows('delivery_times', 'shipments', [
  { $match: { delivered_at: { $ne: null } } },
  {
    $group: {
      _id: { warehouse_id: '$warehouse_id' },
      parcels: { $sum: 1 },
      packing: { $sum: '$packing_seconds' },
      delivery: { $sum: '$delivery_seconds' },
    },
  },
])
  .map(({ _id: { warehouse_id }, parcels, packing, delivery }) => ({
    warehouse_id,
    parcels,
    packing_seconds: Math.round((packing / parcels) * 1000) / 1000,
    delivery_seconds: Math.round((delivery / parcels) * 1000) / 1000,
  }))
  .sort(by('warehouse_id'));
