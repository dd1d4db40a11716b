-- How many reviews does each product have, and how many stars on average?
SELECT subject_id AS product_id, count(*) AS reviews, round(sum(rating) * 1.0 / count(*), 3) AS average
FROM reviews
WHERE subject_kind = 'product'
GROUP BY subject_id
ORDER BY subject_id;
