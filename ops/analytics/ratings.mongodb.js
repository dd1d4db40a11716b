// How many reviews does each product have, and how many stars on average?
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

rows('reviews', 'reviews', [
  { $match: { subject_kind: 'product', deletedAt: { $exists: false } } },
  {
    $group: { _id: { product_id: '$subject_id' }, reviews: { $sum: 1 }, stars: { $sum: '$rating' } },
  },
])
  .map(({ _id: { product_id }, reviews, stars }) => ({
    product_id,
    reviews,
    average: Math.round((stars / reviews) * 1000) / 1000,
  }))
  .sort(by('product_id'));
