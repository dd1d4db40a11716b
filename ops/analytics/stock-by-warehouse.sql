-- How many pieces does each warehouse have, and how many of its products are low?
SELECT warehouse_id, count(*) AS products, sum(on_hand) AS on_hand, sum(reserved) AS reserved,
  sum(backordered) AS backordered, sum(on_order) AS on_order, sum(is_low) AS low
FROM stock_levels
GROUP BY warehouse_id
ORDER BY warehouse_id;
