// How many parcels of each warehouse are in each status?
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

rows('shipments', 'shipments', [
  {
    $group: {
      _id: { warehouse_id: '$warehouse_id', status: '$status' },
      parcels: { $sum: 1 },
      pieces: { $sum: '$pieces' },
    },
  },
])
  .map(({ _id: { warehouse_id, status }, parcels, pieces }) => ({ warehouse_id, status, parcels, pieces }))
  .sort(by('warehouse_id', 'status'));
