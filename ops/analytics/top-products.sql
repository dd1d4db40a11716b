-- Which products sold best, of orders that were not cancelled?
SELECT product_id, currency, sum(quantity) AS pieces, sum(total_minor) AS sold_minor
FROM order_lines
WHERE order_status <> 'CANCELLED'
GROUP BY product_id, currency
ORDER BY pieces DESC, product_id, currency;
