SELECT strftime('%Y-%m', placed) AS m, COUNT(*) FROM orders GROUP BY 1 ORDER BY 1
SELECT strftime('%Y', placed) || '-Q' || ((CAST(strftime('%m', placed) AS INTEGER) + 2) / 3) AS q, COUNT(*) FROM orders GROUP BY q ORDER BY q
SELECT date(placed, 'weekday 0', '-6 days') AS week_start, COUNT(*) FROM orders GROUP BY week_start ORDER BY week_start
SELECT DATE('now') IS NOT NULL, datetime('now', 'localtime') IS NOT NULL, date('now', '-30 days') IS NOT NULL, CURRENT_TIMESTAMP IS NOT NULL
SELECT * FROM orders WHERE placed >= date('now', '-1 year')
SELECT * FROM orders WHERE date(placed) BETWEEN '2023-02-01' AND '2023-02-10' ORDER BY id
SELECT julianday('now') - julianday(placed) > 0 FROM orders ORDER BY id LIMIT 2
SELECT CAST((julianday('2024-01-01') - julianday(born)) / 365.25 AS INTEGER) AS age FROM customers ORDER BY id
SELECT json_array_length(attributes->'parts'), json_extract(attributes, '$.size') FROM products ORDER BY id
SELECT json_extract(attributes, '$.colour') AS colour, COUNT(*) FROM products GROUP BY colour ORDER BY colour
SELECT attributes->>'$.colour', attributes->'$.parts'->0, attributes->>'colour' FROM products ORDER BY id
SELECT upper(attributes->>'colour') FROM products ORDER BY id
SELECT je.value FROM products, json_each(products.attributes, '$.parts') AS je ORDER BY 1
SELECT p.name, t.key, t.value FROM products p, json_tree(p.attributes) t WHERE t.atom IS NOT NULL ORDER BY 1, 2
SELECT name FROM products WHERE name LIKE '%lamp%' COLLATE NOCASE ORDER BY id
SELECT name FROM products WHERE name GLOB '[a-l]*' ORDER BY id
SELECT substr(name, 1, instr(name, ' ') - 1) FROM products ORDER BY id
SELECT name || ' - ' || price FROM products ORDER BY id
SELECT printf('%.2f', price), printf('%05d', id), printf('%,d', 1234567), format('%s', name) FROM products ORDER BY id
SELECT ROUND(price, 1), CAST(price AS INTEGER), CAST(price AS REAL), CAST(id AS TEXT), CAST(price AS NUMERIC) FROM products ORDER BY id
SELECT CAST(id AS VARCHAR(20)), CAST(price AS DECIMAL(10,2)), CAST(price AS FLOAT), CAST(price AS DOUBLE PRECISION), CAST(id AS BIGINT), CAST('x' AS BLOB) FROM products ORDER BY id
SELECT IFNULL(country, '?'), COALESCE(country, email), NULLIF(country, 'AT'), IIF(vip, 'y', 'n') FROM customers ORDER BY id
SELECT COUNT(*) FILTER (WHERE status = 'paid') * 100.0 / COUNT(*) FROM orders
SELECT SUM(status = 'paid'), TOTAL(id), AVG(id), GROUP_CONCAT(DISTINCT region) FROM orders
SELECT GROUP_CONCAT(name, ', ') FROM (SELECT name FROM products ORDER BY id LIMIT 3)
SELECT id, RANK() OVER (ORDER BY price DESC), SUM(price) OVER (ORDER BY id ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING) FROM products ORDER BY id
SELECT id, SUM(price) OVER (ORDER BY id RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) FROM products ORDER BY id
SELECT id, LAG(price, 1, 0) OVER (ORDER BY id), LEAD(price) OVER w, FIRST_VALUE(price) OVER w, NTILE(4) OVER w FROM products WINDOW w AS (ORDER BY id) ORDER BY id
SELECT * FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY customer_id ORDER BY placed DESC) rn FROM orders) WHERE rn = 1 ORDER BY id
WITH RECURSIVE d(day) AS (VALUES ('2023-01-01') UNION ALL SELECT date(day, '+1 day') FROM d WHERE day < '2023-01-10') SELECT day, count(o.id) FROM d LEFT JOIN orders o ON date(o.placed) = day GROUP BY day ORDER BY day
WITH RECURSIVE cnt(x) AS (SELECT 1 UNION ALL SELECT x+1 FROM cnt LIMIT 10) SELECT x FROM cnt
WITH RECURSIVE t(id, name, lvl) AS (SELECT id, name, 0 FROM customers WHERE referrer IS NULL UNION ALL SELECT c.id, c.name, t.lvl + 1 FROM customers c JOIN t ON c.referrer = t.id ORDER BY 3 DESC) SELECT substr('....', 1, lvl) || name FROM t LIMIT 5
WITH a AS (SELECT 1 x), b AS (SELECT x + 1 FROM a) SELECT * FROM a, b
WITH m AS (SELECT strftime('%Y-%m', placed) ym, COUNT(*) n FROM orders GROUP BY ym) SELECT ym, n, ROUND((n - LAG(n) OVER (ORDER BY ym)) * 100.0 / LAG(n) OVER (ORDER BY ym), 1) FROM m
SELECT c.name, COUNT(o.id) n FROM customers c LEFT JOIN orders o ON o.customer_id = c.id GROUP BY c.id ORDER BY n DESC, c.id LIMIT 5
SELECT name FROM customers WHERE id NOT IN (SELECT customer_id FROM orders) ORDER BY id
SELECT c.name FROM customers c WHERE NOT EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.id) ORDER BY c.id
SELECT 1 UNION SELECT 2 EXCEPT SELECT 1
SELECT DISTINCT status FROM orders ORDER BY status LIMIT 2 OFFSET 1
SELECT * FROM orders ORDER BY id LIMIT 5, 3
SELECT region, status, COUNT(*) FROM orders GROUP BY region, status HAVING COUNT(*) > 10 ORDER BY 1, 2
SELECT CASE WHEN price < 50 THEN 'low' WHEN price < 100 THEN 'mid' ELSE 'high' END band, COUNT(*) FROM products GROUP BY band ORDER BY band
SELECT CASE strftime('%w', placed) WHEN '0' THEN 'Sun' WHEN '6' THEN 'Sat' ELSE 'week' END d, COUNT(*) FROM orders GROUP BY d ORDER BY d
SELECT "id", 'it''s', [region] FROM "orders" ORDER BY "id" LIMIT 2
SELECT o.id AS 'Order ID', o.status AS "Order Status" FROM orders o ORDER BY o.id LIMIT 2
SELECT o.id 'Order ID' FROM orders o ORDER BY o.id LIMIT 2
SELECT count(*) total, sum(price) revenue FROM products
SELECT MAX(price), MIN(price), MAX(id, 5), MIN(price, 10) FROM products
SELECT name, MAX(price) FROM products
SELECT abs(-5), round(2.567, 1), sign(-1), sqrt(16), pow(2, 3), power(2, 3), mod(5, 3), ceil(1.2), floor(1.8), exp(1), ln(10), log(10), log10(100), log(2, 8), pi(), trunc(1.5)
SELECT lower(name), upper(name), length(name), trim(name), ltrim(name), rtrim(name, '1'), replace(name, 'a', 'b'), substr(name, -2), substring(name, 2, 2), hex(name), instr(name, 'a'), unicode(name), char(65) FROM products ORDER BY id
SELECT typeof(price), typeof(NULL), quote(name) FROM products ORDER BY id LIMIT 1
SELECT 5 / 2, 5 % 2, 5 & 3, 5 | 3, 1 << 2, 8 >> 1, ~5, -5, +5, 'a' || 'b'
SELECT 1 = 1, 1 == 1, 1 != 2, 1 <> 2, 1 IS 1, 1 IS NOT 2, NULL IS NULL, NOT 1, 1 AND 0, 1 OR 0
SELECT 1 IS DISTINCT FROM 2, NULL IS NOT DISTINCT FROM NULL
SELECT id FROM customers WHERE country ISNULL ORDER BY id LIMIT 2
SELECT id FROM customers WHERE country NOT NULL ORDER BY id LIMIT 2
SELECT id FROM customers WHERE vip = TRUE AND born > '1970-01-01' ORDER BY id
SELECT id FROM customers WHERE vip = 1 OR NOT vip ORDER BY id LIMIT 2
SELECT id FROM products WHERE price BETWEEN 10 AND 50 ORDER BY price DESC NULLS LAST
SELECT id FROM products WHERE id IN (1, 2, 3) ORDER BY id COLLATE BINARY
SELECT id FROM orders WHERE (customer_id, region) IN (SELECT customer_id, region FROM orders WHERE id < 3) ORDER BY id
SELECT (SELECT COUNT(*) FROM orders) a, (SELECT COUNT(*) FROM items) b
SELECT a.id, b.id FROM products a JOIN products b ON a.id < b.id AND a.price > 130 ORDER BY 1, 2
SELECT * FROM orders o INNER JOIN customers c USING (id) ORDER BY o.id LIMIT 1
SELECT * FROM orders CROSS JOIN products ORDER BY orders.id, products.id LIMIT 1
SELECT p.*, i.quantity FROM products p LEFT OUTER JOIN items i ON i.product_id = p.id ORDER BY p.id, i.order_id LIMIT 2
SELECT json_object('id', id, 'name', name) FROM products ORDER BY id LIMIT 1
SELECT json_group_array(json_object('id', id)) FROM products WHERE id < 3
SELECT json_group_object(id, name) FROM products WHERE id < 3
SELECT json_type(attributes, '$.size'), json_valid(attributes), json_quote('a') FROM products LIMIT 1
SELECT unixepoch(placed), strftime('%s', placed), strftime('%H', placed), strftime('%j', placed), strftime('%W', placed) FROM orders ORDER BY id LIMIT 1
SELECT datetime(1700000000, 'unixepoch'), date('2023-01-31', '+1 month'), date('2023-01-15', 'start of month', '+1 month', '-1 day'), time('10:00', '+90 minutes')
SELECT datetime(placed, '+' || id || ' hours') FROM orders ORDER BY id LIMIT 2
SELECT COUNT(*) FROM orders WHERE strftime('%Y', placed) = '2023' AND CAST(strftime('%m', placed) AS INT) IN (1, 2)
SELECT AVG(julianday(b.placed) - julianday(a.placed)) FROM orders a JOIN orders b ON b.id = a.id + 1
SELECT price - (SELECT AVG(price) FROM products) FROM products ORDER BY id LIMIT 2
SELECT SUM(price * price) / COUNT(*) - AVG(price) * AVG(price) AS variance FROM products
SELECT AVG(price) FROM (SELECT price FROM products ORDER BY price LIMIT 2 - (SELECT COUNT(*) FROM products) % 2 OFFSET (SELECT (COUNT(*) - 1) / 2 FROM products))
SELECT name FROM products WHERE name LIKE '10\%' ESCAPE '\'
SELECT random() IS NOT NULL, abs(random()) % 1
SELECT id FROM products ORDER BY random() LIMIT 0
SELECT rowid, id FROM orders ORDER BY rowid LIMIT 1
SELECT x'414243', 0xFF, 1e3, .5, 1.
SELECT CURRENT_DATE IS NOT NULL, current_time IS NOT NULL
VALUES (1, 'a'), (2, 'b')
SELECT column1 + 1 FROM (VALUES (1), (2))
SELECT value FROM json_each('[1,2,3]')
SELECT key, value FROM json_each('{"a": 1}')
SELECT sum(value) FROM json_each('[1,2,3]') WHERE value > 1
SELECT p.id FROM products p WHERE EXISTS (SELECT 1 FROM json_each(p.attributes, '$.parts') WHERE value = 5) ORDER BY 1
SELECT count(DISTINCT customer_id) FROM orders
SELECT count(*) AS "Total Orders", round(avg(price), 2) AS "Avg. Price" FROM products
SELECT likely(1), unlikely(0), coalesce(1, 2), max(1, 2), nullif(1, 2)
SELECT * FROM orders NOT INDEXED LIMIT 1
select region,count(*)from orders group by region order by 2
SELECT region, COUNT(*) FROM orders WHERE status='paid'AND id>5 GROUP BY region ORDER BY region
SELECT p.id, p.name FROM main.products AS p WHERE p.price>=100 ORDER BY p.id
SELECT total(quantity), count(*), avg(quantity*1.0) FROM items
SELECT cume_dist() OVER (ORDER BY price), percent_rank() OVER (ORDER BY price) FROM products
SELECT sum(price) FILTER (WHERE id > 3) OVER (ORDER BY id) FROM products
SELECT group_concat(id, '-') OVER (ORDER BY id) FROM products LIMIT 3
SELECT lag(visitors) OVER (ORDER BY day) AS prev, visitors FROM visits ORDER BY day LIMIT 3
SELECT avg(visitors) OVER (ORDER BY day ROWS 6 PRECEDING) FROM visits ORDER BY day LIMIT 3
SELECT DATE(placed) AS day, SUM(COUNT(*)) OVER (ORDER BY DATE(placed)) AS running FROM orders GROUP BY DATE(placed) ORDER BY day LIMIT 3
SELECT 100.0 * SUM(CASE WHEN status = 'paid' THEN 1 ELSE 0 END) / COUNT(*) AS pct FROM orders
SELECT id, name FROM products WHERE lower(name) LIKE lower('%LAMP%') ORDER BY id
SELECT name FROM customers ORDER BY name COLLATE NOCASE ASC, id DESC LIMIT 3
SELECT replace(printf('%10s', name), ' ', '.') FROM products ORDER BY id LIMIT 1
SELECT o.id FROM orders AS o, customers AS c, items AS i WHERE o.customer_id = c.id AND i.order_id = o.id ORDER BY 1 LIMIT 1
SELECT COUNT(*) > 5 FROM orders
SELECT MIN(placed), MAX(placed), date(MIN(placed)) FROM orders
SELECT (strftime('%s', '2023-01-02') - strftime('%s', '2023-01-01')) / 3600.0
SELECT CASE WHEN julianday(placed) > 2460000 THEN 1 END FROM orders ORDER BY id LIMIT 1
SELECT 'a' LIKE 'A', 'abc' GLOB 'a*', 'a' IN ('a', 'b'), 5 BETWEEN 1 AND 10
SELECT id FROM orders WHERE status NOT IN ('paid') AND region NOT LIKE 'n%' ORDER BY id LIMIT 1
SELECT sum(quantity * price) AS revenue FROM items JOIN products ON items.product_id = products.id
SELECT strftime('%d/%m/%Y', placed) FROM orders ORDER BY id LIMIT 1
SELECT ltrim(strftime('%m', placed), '0') FROM orders ORDER BY id LIMIT 1
SELECT DATE(placed, '+1 day'), DATE(placed, '-7 days'), DATE(placed, 'start of year') FROM orders ORDER BY id LIMIT 1
SELECT region, COUNT(*) FILTER (WHERE status = 'paid') * 100.0 / COUNT(*) FROM orders GROUP BY region ORDER BY region
SELECT region, group_concat(status, '|') FROM (SELECT DISTINCT region, status FROM orders ORDER BY region, status) GROUP BY region ORDER BY region
SELECT id, julianday(placed) - julianday(LAG(placed) OVER (PARTITION BY customer_id ORDER BY placed)) FROM orders ORDER BY customer_id, placed
SELECT id, AVG(price) OVER (ORDER BY id ROWS BETWEEN 2 PRECEDING AND CURRENT ROW) FROM products ORDER BY id
SELECT id, SUM(price) OVER (ORDER BY price RANGE BETWEEN 20 PRECEDING AND 20 FOLLOWING) FROM products ORDER BY id
SELECT id, COUNT(*) OVER (ORDER BY placed GROUPS BETWEEN 1 PRECEDING AND 1 FOLLOWING EXCLUDE CURRENT ROW) FROM orders ORDER BY id LIMIT 30
SELECT id, NTILE(4) OVER w, PERCENT_RANK() OVER w, CUME_DIST() OVER w FROM products WINDOW w AS (ORDER BY price) ORDER BY id
WITH RECURSIVE t(id, depth) AS (SELECT id, 1 FROM customers WHERE referrer IS NULL UNION ALL SELECT c.id, depth + 1 FROM customers c JOIN t ON c.referrer = t.id) SELECT depth, COUNT(*) FROM t GROUP BY depth ORDER BY depth
WITH RECURSIVE days(d) AS (SELECT date('2023-01-01') UNION ALL SELECT date(d, '+1 day') FROM days WHERE d < '2023-01-31') SELECT d, COUNT(o.id) FROM days LEFT JOIN orders o ON date(o.placed) = d GROUP BY d ORDER BY d
WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n LIMIT 50) SELECT sum(i) FROM n
SELECT strftime('%W', placed), strftime('%j', placed), strftime('%H', placed), COUNT(*) FROM orders GROUP BY 1, 2, 3 ORDER BY 2, 3
SELECT date(placed, 'start of month', '+1 month', '-1 day'), date(placed, 'weekday 1', '-7 days'), time(placed) FROM orders ORDER BY id LIMIT 10
SELECT unixepoch(placed), datetime(unixepoch(placed), 'unixepoch') FROM orders ORDER BY id LIMIT 5
SELECT p.id, j.value FROM products p, json_each(p.attributes, '$.parts') j ORDER BY p.id, j.value
SELECT p.id, t.fullkey, t.atom FROM products p, json_tree(p.attributes) t WHERE t.atom IS NOT NULL ORDER BY p.id, t.fullkey
SELECT id, attributes ->> '$.colour', attributes -> 'parts', json_array_length(attributes, '$.parts'), json_type(attributes, '$.size') FROM products ORDER BY id
SELECT json_group_object(id, price) FROM products WHERE id < 4
SELECT json_object('id', id, 'price', price), json_array(id, name) FROM products ORDER BY id
SELECT iif(price > 50, 'high', 'low') AS band, count(*), total(price), avg(price) FROM products GROUP BY band ORDER BY band
SELECT ifnull(country, '??'), nullif(id, 3), coalesce(email, name), instr(email, '@'), substr(email, instr(email, '@') + 1) FROM customers ORDER BY id
SELECT printf('%05d', id), printf('%.1f', price), format('%s-%d', name, id), upper(name), trim(name), replace(name, 'e', 'E'), length(name) FROM products ORDER BY id
SELECT name LIKE 'cust%1', name GLOB 'Cust*', hex(name), unicode(name), char(65, 66), quote(name) FROM customers ORDER BY id LIMIT 5
SELECT c.id FROM customers c LEFT JOIN orders o ON o.customer_id = c.id WHERE o.id IS NULL ORDER BY c.id
SELECT customer_id FROM orders EXCEPT SELECT id FROM customers WHERE vip ORDER BY 1
SELECT region FROM orders INTERSECT SELECT 'north'
SELECT * FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY region ORDER BY placed DESC) AS n FROM orders) WHERE n <= 2 ORDER BY region, n
SELECT (SELECT COUNT(*) FROM orders o WHERE o.customer_id = c.id) AS n, COUNT(*) FROM customers c GROUP BY n ORDER BY n
SELECT CAST(price AS INTEGER), CAST(id AS TEXT), round(price, 1), abs(-id), max(id, 5), min(price, 20), id % 3, id / 2.0 FROM products ORDER BY id
SELECT * FROM orders o WHERE (o.customer_id, o.placed) IN (SELECT customer_id, MAX(placed) FROM orders GROUP BY customer_id) ORDER BY id
SELECT status IS NOT 'paid', status IS NOT DISTINCT FROM 'paid', id BETWEEN 3 AND 5, region COLLATE NOCASE = 'NORTH' FROM orders ORDER BY id LIMIT 8
SELECT CASE region WHEN 'north' THEN 'N' ELSE 'S' END r, sum(CASE WHEN status = 'paid' THEN 1 ELSE 0 END) FROM orders GROUP BY r HAVING count(*) > 1 ORDER BY r
