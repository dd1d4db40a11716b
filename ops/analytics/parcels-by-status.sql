-- How many parcels of each warehouse are in each status?
SELECT warehouse_id, status, count(*) AS parcels, sum(pieces) AS pieces
FROM shipments
GROUP BY warehouse_id, status
ORDER BY warehouse_id, status;
