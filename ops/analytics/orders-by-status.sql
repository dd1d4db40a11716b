-- How many orders are in each status, and what are they worth?
SELECT status, currency, count(*) AS orders, sum(total_minor) AS total_minor
FROM orders
GROUP BY status, currency
ORDER BY status, currency;
