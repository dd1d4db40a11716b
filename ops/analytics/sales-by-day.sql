-- What was sold, paid and asked back on each day, in UTC?
SELECT day, currency, order_count, pieces, sold_minor, paid_minor, refunded_minor
FROM sales_daily
ORDER BY day, currency;
