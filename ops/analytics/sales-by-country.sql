-- What was sold to each country that an imported list names?
SELECT country, currency, count(*) AS orders, sum(pieces) AS pieces, sum(total_minor) AS total_minor
FROM orders
WHERE country IS NOT NULL
GROUP BY country, currency
ORDER BY country, currency;
