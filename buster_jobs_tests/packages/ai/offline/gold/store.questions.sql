-- today: 2024-07-17
-- q: how many clients do we have?
SELECT count(*) FROM customers;
-- q: How much revenue did we make in June 2024?
SELECT sum(total_cents) FROM orders WHERE ordered_at >= '2024-06-01' AND ordered_at < '2024-07-01';
-- or:
SELECT sum(total_cents) / 100.0 FROM orders WHERE ordered_at >= '2024-06-01' AND ordered_at < '2024-07-01';
-- q: sales per month in 2023
SELECT date_trunc('month', ordered_at)::date, sum(total_cents) FROM orders WHERE ordered_at >= '2023-01-01' AND ordered_at < '2024-01-01' GROUP BY 1;
-- or:
SELECT date_trunc('month', ordered_at)::date, sum(total_cents) / 100.0 FROM orders WHERE ordered_at >= '2023-01-01' AND ordered_at < '2024-01-01' GROUP BY 1;
-- q: How many orders were cancelled last month?
SELECT count(*) FROM orders WHERE status = 'C' AND ordered_at >= '2024-06-01' AND ordered_at < '2024-07-01';
-- q: top 5 customers by revenue
SELECT full_name, sum(total_cents) FROM orders JOIN customers USING (cust_id) GROUP BY cust_id, 1 ORDER BY 2 DESC LIMIT 5;
-- q: who spent the most in 2023?
SELECT full_name FROM orders JOIN customers USING (cust_id) WHERE ordered_at >= '2023-01-01' AND ordered_at < '2024-01-01' GROUP BY cust_id, 1 ORDER BY sum(total_cents) DESC LIMIT 1;
-- q: Who placed the most orders?
SELECT full_name, count(*) FROM orders JOIN customers USING (cust_id) GROUP BY cust_id, 1 ORDER BY 2 DESC LIMIT 1;
-- q: which customers never ordered anything?
SELECT full_name FROM customers c WHERE NOT EXISTS (SELECT FROM orders o WHERE o.cust_id = c.cust_id);
-- q: How many customers have not ordered since March?
SELECT count(*) FROM customers c WHERE NOT EXISTS (SELECT FROM orders o WHERE o.cust_id = c.cust_id AND ordered_at >= '2024-03-01');
-- q: How many orders since March?
SELECT count(*) FROM orders WHERE ordered_at >= '2024-03-01';
-- q: products that were never sold
SELECT title FROM products p WHERE NOT EXISTS (SELECT FROM order_items i WHERE i.product_id = p.id);
-- q: how many products have no reviews
SELECT count(*) FROM products p WHERE NOT EXISTS (SELECT FROM reviews r WHERE r.product_id = p.id);
-- q: orders without a coupon
SELECT count(*) FROM orders WHERE coupon IS NULL;
-- or:
SELECT id FROM orders WHERE coupon IS NULL;
-- q: average order value per country
SELECT country, avg(total_cents) FROM orders JOIN customers USING (cust_id) GROUP BY 1;
-- or:
SELECT ship_country, avg(total_cents) FROM orders GROUP BY 1;
-- or:
SELECT country, avg(total_cents) / 100 FROM orders JOIN customers USING (cust_id) GROUP BY 1;
-- q: What is the average number of orders per customer?
SELECT avg(c) FROM (SELECT cust_id, count(*) AS c FROM orders GROUP BY 1) t;
-- or:
SELECT (SELECT count(*) FROM orders)::numeric / (SELECT count(*) FROM customers);
-- q: How many customers have more than 20 orders?
SELECT count(*) FROM (SELECT cust_id FROM orders GROUP BY 1 HAVING count(*) > 20) t;
-- q: customers with at least 20 orders
SELECT full_name FROM orders JOIN customers USING (cust_id) GROUP BY cust_id, 1 HAVING count(*) >= 20;
-- q: How many orders were over $500?
SELECT count(*) FROM orders WHERE total_cents > 50000;
-- q: how many orders between 100 and 200 dollars were delivered in 2024?
SELECT count(*) FROM orders WHERE total_cents BETWEEN 10000 AND 20000 AND status = 'D' AND ordered_at >= '2024-01-01' AND ordered_at < '2025-01-01';
-- q: What percentage of orders used a coupon?
SELECT 100.0 * count(coupon) / count(*) FROM orders;
-- q: share of returned orders by year
SELECT extract(year FROM ordered_at)::int, 100.0 * count(*) FILTER (WHERE status = 'R') / count(*) FROM orders GROUP BY 1;
-- q: share of sales per ship country
SELECT ship_country, 100.0 * sum(total_cents) / sum(sum(total_cents)) OVER () FROM orders GROUP BY 1;
-- q: revenue 2024 vs 2023
SELECT extract(year FROM ordered_at)::int, sum(total_cents) FROM orders WHERE ordered_at >= '2023-01-01' AND ordered_at < '2025-01-01' GROUP BY 1;
-- or:
SELECT sum(total_cents) FILTER (WHERE ordered_at >= '2024-01-01'), sum(total_cents) FILTER (WHERE ordered_at < '2024-01-01') FROM orders WHERE ordered_at >= '2023-01-01' AND ordered_at < '2025-01-01';
-- q: how many orders this month compared to last month
SELECT count(*) FROM orders WHERE ordered_at >= '2024-06-01' AND ordered_at < '2024-08-01' GROUP BY date_trunc('month', ordered_at);
-- or:
SELECT count(*) FILTER (WHERE ordered_at >= '2024-07-01'), count(*) FILTER (WHERE ordered_at < '2024-07-01') FROM orders WHERE ordered_at >= '2024-06-01' AND ordered_at < '2024-08-01';
-- q: revenue growth from 2022 to 2023
SELECT 100.0 * (sum(total_cents) FILTER (WHERE ordered_at >= '2023-01-01') - sum(total_cents) FILTER (WHERE ordered_at < '2023-01-01')) / sum(total_cents) FILTER (WHERE ordered_at < '2023-01-01') FROM orders WHERE ordered_at < '2024-01-01';
-- q: Compare the number of orders in Berlin and Paris
SELECT city, count(*) FROM orders JOIN customers USING (cust_id) WHERE city IN ('Berlin', 'Paris') GROUP BY 1;
-- q: top 3 products per category by quantity sold
SELECT name, title FROM (SELECT c.name, p.title, row_number() OVER (PARTITION BY c.id ORDER BY sum(qty) DESC) AS r FROM order_items JOIN products p ON p.id = product_id JOIN categories c ON c.id = cat_id GROUP BY c.id, p.id) t WHERE r <= 3;
-- q: the most expensive product in each category
SELECT name, title FROM (SELECT name, title, row_number() OVER (PARTITION BY c.id ORDER BY price_cents DESC) AS r FROM products p JOIN categories c ON c.id = cat_id) t WHERE r = 1;
-- q: best rated product
SELECT title FROM reviews r JOIN products p ON p.id = product_id GROUP BY p.id, 1 ORDER BY avg(stars) DESC LIMIT 1;
-- q: average rating per product category
SELECT name, avg(stars) FROM reviews r JOIN products p ON p.id = product_id JOIN categories c ON c.id = cat_id GROUP BY 1;
-- q: how many units are in stock per category?
SELECT name, sum(stock_qty) FROM products p JOIN categories c ON c.id = cat_id GROUP BY 1;
-- q: which articles are out of stock?
SELECT title FROM products WHERE stock_qty = 0;
-- q: How many newsletter subscribers live in Oslo?
SELECT count(*) FROM customers WHERE newsletter AND city = 'Oslo';
-- q: How many custmers registered last year?
SELECT count(*) FROM customers WHERE created_at >= '2023-01-01' AND created_at < '2024-01-01';
-- q: when did Ann Marsh6 register?
SELECT created_at FROM customers WHERE full_name = 'Ann Marsh6';
-- q: What was the biggest order last week?
SELECT id FROM orders WHERE ordered_at >= '2024-07-08' AND ordered_at < '2024-07-15' ORDER BY total_cents DESC LIMIT 1;
-- q: the 10 latest orders
SELECT id FROM orders ORDER BY ordered_at DESC LIMIT 10;
-- q: how many days on average between order and shipping?
SELECT avg(extract(epoch FROM shipped_at - ordered_at)) / 86400 FROM orders;
-- q: How many orders per weekday in the last 90 days?
SELECT extract(isodow FROM ordered_at)::int, count(*) FROM orders WHERE ordered_at >= '2024-04-18' AND ordered_at < '2024-07-18' GROUP BY 1;
-- q: number of products heavier than 2 kg
SELECT count(*) FROM products WHERE weight_g > 2000;
-- q: orders shipped to Norway by customers in Leeds
SELECT count(*) FROM orders JOIN customers USING (cust_id) WHERE ship_country = 'Norway' AND city = 'Leeds';
-- or:
SELECT o.id FROM orders o JOIN customers USING (cust_id) WHERE ship_country = 'Norway' AND city = 'Leeds';
-- q: How many different products were sold in May 2024?
SELECT count(DISTINCT product_id) FROM order_items JOIN orders o ON o.id = order_id WHERE ordered_at >= '2024-05-01' AND ordered_at < '2024-06-01';
-- q: How many orders per month this year?
SELECT date_trunc('month', ordered_at)::date, count(*) FROM orders WHERE ordered_at >= '2024-01-01' AND ordered_at < '2025-01-01' GROUP BY 1;
-- q: How many orders were cancelled in May 2024?
SELECT count(*) FROM orders WHERE status = 'C' AND ordered_at >= '2024-05-01' AND ordered_at < '2024-06-01';
-- then: and for June?
SELECT count(*) FROM orders WHERE status = 'C' AND ordered_at >= '2024-06-01' AND ordered_at < '2024-07-01';
-- then: and returned?
SELECT count(*) FROM orders WHERE status = 'R' AND ordered_at >= '2024-06-01' AND ordered_at < '2024-07-01';
-- then: how much revenue was that?
SELECT sum(total_cents) FROM orders WHERE status = 'R' AND ordered_at >= '2024-06-01' AND ordered_at < '2024-07-01';
-- q: average price by category
SELECT name, avg(price_cents) FROM products p JOIN categories c ON c.id = cat_id GROUP BY 1;
-- then: what about the median?
SELECT name, percentile_cont(0.5) WITHIN GROUP (ORDER BY price_cents) FROM products p JOIN categories c ON c.id = cat_id GROUP BY 1;
-- then: just for Books and Toys
SELECT name, percentile_cont(0.5) WITHIN GROUP (ORDER BY price_cents) FROM products p JOIN categories c ON c.id = cat_id WHERE name IN ('Books', 'Toys') GROUP BY 1;
-- q: how many customers are in France?
SELECT count(*) FROM customers WHERE country = 'France';
-- then: how many of them get the newsletter?
SELECT count(*) FROM customers WHERE country = 'France' AND newsletter;
-- then: list them
SELECT full_name FROM customers WHERE country = 'France' AND newsletter;
-- q: average number of items per order
SELECT avg(c) FROM (SELECT order_id, count(*) AS c FROM order_items GROUP BY 1) t;
-- or:
SELECT avg(c) FROM (SELECT order_id, sum(qty) AS c FROM order_items GROUP BY 1) t;
-- q: which category brings the most money?
-- q: why are so many orders cancelled?
-- q: what will sales be in December?
-- q: update the price of Item 3 to 500
-- q: how many employees are there?
-- q: what is our profit?
-- q: should we drop the Garden category?
-- q: How many orders were sent by drone?
-- q: what is the best product?
-- q: customers
-- q: how many orders did the aliens place?
-- q: share of revenue by product category
