-- How long do parcels take from each warehouse, in seconds, on average?
SELECT warehouse_id, count(*) AS parcels, round(sum(packing_seconds) / count(*), 3) AS packing_seconds,
  round(sum(delivery_seconds) / count(*), 3) AS delivery_seconds
FROM delivery_times
WHERE delivered_at IS NOT NULL
GROUP BY warehouse_id
ORDER BY warehouse_id;
