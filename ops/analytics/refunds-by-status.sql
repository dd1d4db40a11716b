-- How many refunds were done, are open, or were refused, and what are they worth?
SELECT status, currency, count(*) AS refunds, sum(amount_minor) AS amount_minor
FROM refunds
GROUP BY status, currency
ORDER BY status, currency;
