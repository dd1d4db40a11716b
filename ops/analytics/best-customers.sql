-- Which ten customers paid most, less what was returned to them, in each currency?
SELECT customer_id, currency, count(*) AS orders, sum(paid_minor) - sum(refunded_minor) AS kept_minor
FROM orders
WHERE paid_minor > 0
GROUP BY customer_id, currency
ORDER BY kept_minor DESC, customer_id, currency
LIMIT 10;
