SELECT DATE_FORMAT(placed, '%Y-%m-01') AS m, COUNT(*) FROM orders GROUP BY 1 ORDER BY 1
SELECT YEAR(placed), MONTHNAME(placed), COUNT(*) FROM orders GROUP BY YEAR(placed), MONTH(placed), MONTHNAME(placed) ORDER BY YEAR(placed), MONTH(placed)
SELECT JSON_EXTRACT(attributes, '$.parts[0]') + 0 FROM products ORDER BY id
SELECT JSON_UNQUOTE(JSON_EXTRACT(attributes, '$.colour')) AS colour, COUNT(*) FROM products GROUP BY colour ORDER BY colour
SELECT * FROM orders WHERE placed >= CURDATE() - INTERVAL 30 DAY
SELECT * FROM orders WHERE placed >= DATE_SUB(NOW(), INTERVAL 1 YEAR)
SELECT * FROM orders WHERE placed > NOW() - INTERVAL 1 MONTH
SELECT id, DATEDIFF(CURDATE(), placed) > 0 FROM orders ORDER BY id
SELECT TIMESTAMPDIFF(MONTH, '2023-01-01', placed) AS m FROM orders ORDER BY id
SELECT TIMESTAMPDIFF(HOUR, MIN(placed), MAX(placed)) FROM orders
SELECT TIMESTAMPADD(DAY, 3, placed) FROM orders ORDER BY id
SELECT DATE_ADD(placed, INTERVAL '1:30' HOUR_MINUTE) FROM orders ORDER BY id
SELECT DATE_ADD(LAST_DAY(placed), INTERVAL 1 DAY) FROM orders ORDER BY id
SELECT DATE_SUB(DATE(placed), INTERVAL WEEKDAY(placed) DAY) AS week_start, COUNT(*) FROM orders GROUP BY week_start ORDER BY week_start
SELECT CONCAT(YEAR(placed), '-Q', QUARTER(placed)) AS q, COUNT(*) FROM orders GROUP BY q ORDER BY q
SELECT IF(vip, 'yes', 'no') AS v, COUNT(*) FROM customers GROUP BY v ORDER BY v
SELECT IF(vip = TRUE AND country IS NOT NULL, 1, 0) FROM customers ORDER BY id
SELECT IFNULL(country, 'n/a') FROM customers ORDER BY id
SELECT COUNT(DISTINCT customer_id, region) FROM orders
SELECT GROUP_CONCAT(name ORDER BY id SEPARATOR '; ') FROM products WHERE id < 4
SELECT GROUP_CONCAT(DISTINCT region) FROM orders
SELECT GROUP_CONCAT(CONCAT(id, ':', region) ORDER BY id DESC SEPARATOR '|') FROM orders WHERE id < 4
SELECT SUM(status = 'paid') / COUNT(*) FROM orders
SELECT SUM(IF(status = 'paid', 1, 0)) AS paid, COUNT(IF(status = 'new', 1, NULL)) AS new_orders FROM orders
SELECT AVG(price), STD(price), STDDEV(price), VARIANCE(price) FROM products
SELECT ROUND(SUM(price), 2), FORMAT(SUM(price), 2), TRUNCATE(AVG(price), 1) FROM products
SELECT id, RANK() OVER (ORDER BY price DESC), DENSE_RANK() OVER (PARTITION BY id % 2 ORDER BY price), NTILE(3) OVER (ORDER BY id) FROM products ORDER BY id
SELECT id, SUM(price) OVER (ORDER BY id ROWS BETWEEN 2 PRECEDING AND CURRENT ROW) FROM products ORDER BY id
SELECT * FROM (SELECT o.*, ROW_NUMBER() OVER (PARTITION BY customer_id ORDER BY placed DESC) AS rn FROM orders o) t WHERE rn = 1 ORDER BY id
WITH RECURSIVE d AS (SELECT DATE('2023-01-01') AS day UNION ALL SELECT day + INTERVAL 1 DAY FROM d WHERE day < '2023-01-10') SELECT d.day, COUNT(o.id) FROM d LEFT JOIN orders o ON DATE(o.placed) = d.day GROUP BY d.day ORDER BY d.day
WITH RECURSIVE seq AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM seq WHERE n < 12) SELECT n FROM seq
WITH m AS (SELECT DATE_FORMAT(placed, '%Y-%m') ym, COUNT(*) n FROM orders GROUP BY ym) SELECT ym, n, (n - LAG(n) OVER (ORDER BY ym)) / LAG(n) OVER (ORDER BY ym) * 100 AS growth FROM m
SELECT c.name, COUNT(o.id) AS n FROM customers AS c LEFT JOIN orders AS o ON o.customer_id = c.id GROUP BY c.id ORDER BY n DESC, c.id LIMIT 5
SELECT c.name FROM customers c WHERE c.id IN (SELECT customer_id FROM orders WHERE status = 'paid') ORDER BY 1
SELECT name FROM customers WHERE id NOT IN (SELECT customer_id FROM orders WHERE customer_id IS NOT NULL) ORDER BY id
SELECT SUBSTRING_INDEX(email, '@', -1) AS domain, COUNT(*) FROM customers GROUP BY domain ORDER BY 1
SELECT UPPER(name), LOWER(name), LENGTH(name), CHAR_LENGTH(name), LEFT(name, 3), RIGHT(name, 3), REVERSE(name), LPAD(id, 5, '0') FROM products ORDER BY id
SELECT name FROM products WHERE name REGEXP '^(lamp|desk)' ORDER BY id
SELECT name FROM products WHERE name NOT LIKE '%a%' ORDER BY id
SELECT REGEXP_REPLACE(name, '[0-9]+', '#'), REGEXP_SUBSTR(name, '[0-9]+'), REGEXP_INSTR(name, 'a') FROM products ORDER BY id
SELECT REPLACE(name, 'lamp', 'light'), INSTR(name, 'a'), LOCATE('a', name, 2), TRIM(LEADING 'l' FROM name) FROM products ORDER BY id
SELECT CAST(price AS DECIMAL(10,1)), CAST(price AS UNSIGNED), CAST(id AS CHAR(5)), CONVERT(id, CHAR), CONVERT(name USING utf8mb4) FROM products ORDER BY id
SELECT CAST('2023-01-01' AS DATE), CAST('2023-01-01 10:00:00' AS DATETIME), CAST('10:00:00' AS TIME), DATE('2023-01-01 10:00')
SELECT CAST(price AS FLOAT), CAST(price AS DOUBLE) FROM products ORDER BY id
SELECT CAST(JSON_EXTRACT(attributes, '$.size') AS SIGNED) FROM products ORDER BY id
SELECT CAST(JSON_EXTRACT(attributes, '$.size') AS INT) FROM products ORDER BY id
SELECT DAYOFWEEK(placed), DAYNAME(placed), WEEK(placed), HOUR(placed), MINUTE(placed), DATE(placed), TIME(placed) FROM orders ORDER BY id
SELECT EXTRACT(YEAR FROM placed), EXTRACT(HOUR FROM placed), EXTRACT(WEEK FROM placed) FROM orders ORDER BY id
SELECT UNIX_TIMESTAMP(placed), FROM_UNIXTIME(1700000000), FROM_UNIXTIME(1700000000, '%Y-%m') FROM orders ORDER BY id LIMIT 1
SELECT STR_TO_DATE('01/02/2023', '%d/%m/%Y'), DATE_FORMAT('2023-01-05', '%W %M %e %Y')
SELECT SEC_TO_TIME(3661), TIME_TO_SEC('01:01:01'), TIMEDIFF('10:00:00', '09:00:00'), ADDTIME('10:00', '01:00')
SELECT CONVERT_TZ('2023-01-01 12:00:00', '+00:00', '+02:00')
SELECT MAKEDATE(2023, 32), PERIOD_DIFF(202302, 202301), TO_DAYS('2023-01-01'), YEARWEEK('2023-01-01', 1)
SELECT UTC_TIMESTAMP() IS NOT NULL, UTC_DATE() IS NOT NULL, CURRENT_TIMESTAMP() IS NOT NULL, CURTIME() IS NOT NULL, SYSDATE() IS NOT NULL, NOW(3) IS NOT NULL
SELECT CURRENT_DATE(), CURRENT_DATE
SELECT 5 DIV 2, 5 MOD 2, 5 % 2, 5 / 2, POW(2, 3), SQRT(9), ABS(-1), CEIL(1.2), FLOOR(1.8), MOD(5, 2), SIGN(-1), EXP(0), LN(1), LOG(2, 8), LOG10(100), PI()
SELECT 1 && 0, 1 || 0, NOT 1, !1, 1 XOR 1, 1 <=> NULL, NULL <=> NULL
SELECT 5 & 3, 5 | 3, 5 ^ 3, ~0, 1 << 2, 8 >> 1
SELECT CASE WHEN price < 50 THEN 'low' ELSE 'high' END AS band, COUNT(*) FROM products GROUP BY band ORDER BY band
SELECT region, status, COUNT(*) FROM orders GROUP BY region, status WITH ROLLUP
SELECT IFNULL(region, 'TOTAL') AS r, COUNT(*) FROM orders GROUP BY region WITH ROLLUP
SELECT `o`.`id`, `c`.`name` AS `Customer Name` FROM `orders` `o` JOIN `customers` `c` ON `c`.`id` = `o`.`customer_id` ORDER BY `o`.`id` LIMIT 3
SELECT id AS 'Order', status AS "State" FROM orders ORDER BY id LIMIT 3
SELECT COUNT(*) AS `count`, SUM(price) `sum`, MAX(price) 'max' FROM products
SELECT * FROM orders ORDER BY placed DESC LIMIT 10 OFFSET 5
SELECT * FROM orders ORDER BY id LIMIT 5, 10
SELECT * FROM orders ORDER BY FIELD(status, 'paid', 'new'), id LIMIT 5
SELECT * FROM products ORDER BY price IS NULL, price LIMIT 2
SELECT * FROM products ORDER BY RAND() LIMIT 0
SELECT DISTINCT status FROM orders ORDER BY status
SELECT o.id FROM orders o STRAIGHT_JOIN customers c ON c.id = o.customer_id ORDER BY o.id LIMIT 3
SELECT a.id FROM orders a LEFT JOIN items b ON a.id = b.order_id WHERE b.order_id IS NULL
SELECT o.id FROM orders o RIGHT JOIN customers c ON c.id = o.customer_id ORDER BY o.id LIMIT 3
SELECT 1 UNION SELECT 2 UNION ALL SELECT 2
SELECT id FROM products WHERE price BETWEEN 10 AND 50 AND name LIKE 'l%' ORDER BY id
SELECT id FROM products WHERE price > ANY (SELECT price FROM products WHERE id < 5) ORDER BY id
SELECT id FROM products WHERE (id, name) IN ((4, 'lamp 4'), (8, 'lamp 8')) ORDER BY id
SELECT EXISTS(SELECT 1 FROM orders WHERE status = 'paid')
SELECT (SELECT COUNT(*) FROM orders) AS a, (SELECT COUNT(*) FROM items) AS b
SELECT MD5('a'), SHA1('a'), SHA2('a', 256), HEX('a'), UNHEX('61'), TO_BASE64('a'), BIN(5), OCT(8), CONV('ff', 16, 10), CRC32('a')
SELECT JSON_OBJECT('id', id, 'name', name) FROM products ORDER BY id LIMIT 2
SELECT JSON_ARRAYAGG(id) FROM products WHERE id < 4
SELECT JSON_OBJECTAGG(id, name) FROM products WHERE id < 4
SELECT JSON_CONTAINS(attributes, '"red"', '$.colour') FROM products ORDER BY id
SELECT JSON_KEYS(attributes) FROM products ORDER BY id LIMIT 1
SELECT JSON_SEARCH(attributes, 'one', 'red') FROM products ORDER BY id LIMIT 1
SELECT jt.part FROM products, JSON_TABLE(attributes, '$.parts[*]' COLUMNS (part INT PATH '$')) AS jt ORDER BY 1
SELECT 'it''s', "it's", 'say \"x\"', 'tab\t', '100%', '?', ':x', '--', '#'
SELECT 0x41, X'41', b'1', 1e3, .5, 1.5e-2, TRUE, FALSE, NULL
SELECT DATE '2023-01-01', TIME '10:00:00', TIMESTAMP '2023-01-01 10:00:00'
SELECT ROUND(100 * SUM(status = 'paid') / COUNT(*), 1) AS pct FROM orders
SELECT COUNT(*) total, SUM(price) revenue FROM products
select region,count(*)n from orders group by region order by n
SELECT region FROM orders GROUP BY region HAVING COUNT(*) > 50 AND MAX(placed) > '2023-02-01' ORDER BY region
SELECT region, COUNT(*) AS n FROM orders GROUP BY region HAVING n > 50 ORDER BY n DESC
SELECT YEAR(CURDATE()) - YEAR(born) - (DATE_FORMAT(CURDATE(), '%m%d') < DATE_FORMAT(born, '%m%d')) AS age FROM customers ORDER BY id
SELECT DISTINCT c.country, COUNT(*) OVER (PARTITION BY c.country) FROM customers c ORDER BY 1
SELECT p.name, SUM(i.quantity) AS sold FROM products p JOIN items i ON i.product_id = p.id GROUP BY p.id, p.name ORDER BY sold DESC, p.id LIMIT 3
SELECT p.name, p.price * 1.2 AS gross FROM products AS p WHERE p.price * 1.2 > 100 ORDER BY p.id
SELECT PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY price) OVER (PARTITION BY id % 2) FROM products
SELECT FIRST_VALUE(name) OVER (PARTITION BY id % 2 ORDER BY price DESC), LAST_VALUE(name) OVER (PARTITION BY id % 2 ORDER BY price ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) FROM products ORDER BY id
SELECT CUME_DIST() OVER w, PERCENT_RANK() OVER w FROM products WINDOW w AS (ORDER BY price)
SELECT DATE_FORMAT(FROM_DAYS(TO_DAYS(placed) - MOD(TO_DAYS(placed) - 2, 7)), '%Y-%m-%d') AS week FROM orders ORDER BY id LIMIT 3
SELECT SUM(quantity * price) FROM items JOIN products ON products.id = items.product_id
SELECT SUM(i.quantity * p.price) FROM items i, products p WHERE p.id = i.product_id
SELECT * FROM visits WHERE day = (SELECT MAX(day) FROM visits)
SELECT COUNT(*) FROM visits WHERE day BETWEEN '2023-06-01' AND '2023-06-30'
SELECT COUNT(*) FROM visits WHERE MONTH(day) = 6 AND YEAR(day) = 2023
SELECT CHAR(65, 66), ASCII('A'), SPACE(3), REPEAT('a', 3), STRCMP('a', 'b'), SOUNDEX('hello'), ELT(1, 'a'), INSERT('abc', 1, 1, 'x'), QUOTE('a')
SELECT name FROM products WHERE name COLLATE utf8mb4_general_ci = 'LAMP 4'
SELECT name FROM products WHERE BINARY name = 'lamp 4'
SELECT INET_ATON('10.0.0.1'), INET_NTOA(167772161), UUID() IS NOT NULL, BIT_COUNT(5)
SELECT DISTINCTROW status FROM orders ORDER BY status
SELECT id FROM orders WHERE status RLIKE 'pa' ORDER BY id LIMIT 2
SELECT id FROM orders WHERE status LIKE BINARY 'pa%' ORDER BY id LIMIT 2
SELECT id FROM orders WHERE NOT (status = 'paid' XOR region = 'north') ORDER BY id LIMIT 2
SELECT CONCAT_WS(' ', c.name, NULLIF(c.country, '')) FROM customers c ORDER BY c.id LIMIT 3
SELECT COUNT(*) FROM orders WHERE placed LIKE '2023-02%'
SELECT MAX(placed) - INTERVAL 7 DAY FROM orders
SELECT MICROSECOND(placed), TIMESTAMP(placed), TIMESTAMP('2023-01-01', '10:00:00') FROM orders LIMIT 1
SELECT ROW_NUMBER() OVER () FROM orders LIMIT 1
SELECT ADDDATE(placed, INTERVAL 1 WEEK), SUBDATE(placed, 1), ADDDATE(placed, 10) FROM orders ORDER BY id LIMIT 1
SELECT BIT_AND(id), BIT_OR(id), BIT_XOR(id) FROM products
SELECT WEEKOFYEAR(placed), DAYOFMONTH(placed), DAYOFYEAR(placed), DAY(placed), SECOND(placed) FROM orders ORDER BY id LIMIT 2
SELECT o1.customer_id, AVG(DATEDIFF(o2.placed, o1.placed)) FROM orders o1 JOIN orders o2 ON o1.customer_id = o2.customer_id AND o2.placed > o1.placed GROUP BY o1.customer_id ORDER BY 1 LIMIT 3
SELECT TRIM('  x  '), LTRIM(' x'), RTRIM('x '), FIND_IN_SET('b', 'a,b'), SUBSTR('abc', 2), MID('abc', 2, 1), POSITION('b' IN 'abc')
SELECT COUNT(*) FROM customers WHERE born < '1980-01-01' AND (country = 'AT' OR country IS NULL) AND vip IS NOT TRUE
SELECT LAST_DAY('2023-02-01' - INTERVAL 1 MONTH) + INTERVAL 1 DAY
SELECT STDDEV_POP(price), VAR_SAMP(price), STDDEV_SAMP(price) FROM products
SELECT NULL IS NULL, 1 IS NOT NULL, ISNULL(NULL), NULL IN (1, 2)
SELECT region, SUM(CASE WHEN MONTH(placed) = 1 THEN 1 ELSE 0 END) AS jan, SUM(CASE WHEN MONTH(placed) = 2 THEN 1 ELSE 0 END) AS feb FROM orders GROUP BY region ORDER BY region
SELECT * FROM orders WHERE placed >= '2023-03-01 00:00:00' AND placed < '2023-03-01' + INTERVAL 1 DAY ORDER BY id
SELECT DATE(placed) AS `date`, COUNT(*) AS `orders` FROM orders GROUP BY `date` ORDER BY `date` LIMIT 3
SELECT DATE_FORMAT(placed, "%b %d") FROM orders ORDER BY id LIMIT 2
SELECT id FROM customers WHERE DATE_FORMAT(born, '%m-%d') = '01-01'
SELECT (SELECT name FROM products ORDER BY price DESC LIMIT 1) AS top, (SELECT name FROM products ORDER BY price ASC LIMIT 1) AS bottom
SELECT p.* FROM products p INNER JOIN (SELECT product_id, SUM(quantity) q FROM items GROUP BY product_id) s ON s.product_id = p.id ORDER BY s.q DESC, p.id LIMIT 2
SELECT CAST(CONCAT(YEAR(placed), '-', MONTH(placed), '-01') AS DATE) FROM orders ORDER BY id LIMIT 2
SELECT TIME_FORMAT(placed, '%H:%i'), DATE_FORMAT(placed, '%H') AS h FROM orders ORDER BY id LIMIT 2
SELECT COUNT(*) FROM orders o WHERE EXISTS (SELECT * FROM items i WHERE i.order_id = o.id AND i.quantity >= 3)
SELECT CEILING(COUNT(*) / 7) FROM orders
SELECT id, name FROM products WHERE name LIKE '%\_%' OR name LIKE '%\\%' ORDER BY id
SELECT id FROM orders WHERE customer_id = 5 AND id != 3 OR id <> 4 ORDER BY id LIMIT 2
SELECT region, COUNT(*), SUM(status = 'paid'), AVG(status = 'paid') * 100 FROM orders GROUP BY region WITH ROLLUP
SELECT region, GROUP_CONCAT(DISTINCT status ORDER BY status DESC SEPARATOR '|') FROM orders GROUP BY region ORDER BY region
SELECT id, placed, TIMESTAMPDIFF(HOUR, LAG(placed) OVER (PARTITION BY customer_id ORDER BY placed), placed) FROM orders ORDER BY customer_id, placed
SELECT id, AVG(price) OVER (ORDER BY id ROWS BETWEEN 2 PRECEDING AND CURRENT ROW) FROM products ORDER BY id
SELECT id, NTILE(4) OVER (ORDER BY price), PERCENT_RANK() OVER (ORDER BY price), CUME_DIST() OVER (ORDER BY price) FROM products ORDER BY id
SELECT id, FIRST_VALUE(id) OVER w, NTH_VALUE(id, 2) OVER w FROM orders WINDOW w AS (PARTITION BY region ORDER BY placed ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) ORDER BY id
WITH RECURSIVE t AS (SELECT id, referrer, 1 AS depth FROM customers WHERE referrer IS NULL UNION ALL SELECT c.id, c.referrer, t.depth + 1 FROM customers c JOIN t ON c.referrer = t.id) SELECT depth, COUNT(*) FROM t GROUP BY depth ORDER BY depth
WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n WHERE i < 50) SELECT SUM(i) FROM n
SELECT YEARWEEK(placed, 3), COUNT(*) FROM orders GROUP BY 1 ORDER BY 1
SELECT DAYNAME(placed), WEEKDAY(placed), QUARTER(placed), DAYOFYEAR(placed), LAST_DAY(placed) FROM orders ORDER BY id LIMIT 10
SELECT placed + INTERVAL 1 MONTH, placed - INTERVAL 90 MINUTE, DATE_ADD(placed, INTERVAL '1:30' HOUR_MINUTE) FROM orders ORDER BY id LIMIT 10
SELECT EXTRACT(YEAR_MONTH FROM placed), COUNT(*) FROM orders GROUP BY 1 ORDER BY 1
SELECT DATE_FORMAT(placed, '%W %e %M %Y, %H:%i'), TIME_FORMAT(placed, '%H:%i') FROM orders ORDER BY id LIMIT 5
SELECT STR_TO_DATE('03.02.2023', '%d.%m.%Y'), MAKEDATE(2024, 60), SEC_TO_TIME(3700), TIMEDIFF('10:00:00', '08:30:00')
SELECT IF(price > 50, 'high', 'low') AS band, COUNT(*) FROM products GROUP BY band ORDER BY band
SELECT IFNULL(country, '??'), NULLIF(id, 3), COALESCE(email, name), ISNULL(email) FROM customers ORDER BY id
SELECT ELT(1 + id % 3, 'a', 'b', 'c'), FIELD(id, 3, 2, 1), FIND_IN_SET('b', 'a,b,c') FROM products ORDER BY id
SELECT SUBSTRING_INDEX(email, '@', -1), LOCATE('@', email), LPAD(id, 5, '0'), CONCAT_WS('-', id, name), REPLACE(name, 'e', 'E') FROM customers WHERE email IS NOT NULL ORDER BY id
SELECT name REGEXP '^Cust', name RLIKE '1$', REGEXP_REPLACE(name, '[0-9]+', '#'), REGEXP_SUBSTR(name, '[0-9]+') FROM customers ORDER BY id LIMIT 5
SELECT JSON_VALUE(attributes, '$.size') + 1, JSON_LENGTH(attributes, '$.parts'), JSON_CONTAINS(attributes, '3', '$.parts') FROM products ORDER BY id
SELECT p.id, j.part FROM products p, JSON_TABLE(p.attributes, '$.parts[*]' COLUMNS (part INT PATH '$')) j ORDER BY p.id, j.part
SELECT JSON_OBJECTAGG(id, price) FROM (SELECT id, price FROM products WHERE id < 3 ORDER BY id) x
SELECT customer_id FROM orders EXCEPT SELECT id FROM customers WHERE vip ORDER BY 1
SELECT region FROM orders INTERSECT SELECT 'north'
(SELECT id FROM orders ORDER BY placed DESC LIMIT 2) UNION ALL (SELECT id FROM orders ORDER BY placed LIMIT 2)
SELECT c.name, (SELECT MAX(placed) FROM orders o WHERE o.customer_id = c.id) AS last FROM customers c ORDER BY c.id
SELECT c.id FROM customers c LEFT JOIN orders o ON o.customer_id = c.id WHERE o.id IS NULL ORDER BY c.id
SELECT o.region, p.name, SUM(i.quantity * p.price) AS revenue FROM orders o JOIN items i ON i.order_id = o.id JOIN products p ON p.id = i.product_id GROUP BY o.region, p.name HAVING revenue > 1000 ORDER BY revenue DESC, p.name LIMIT 10
SELECT ROUND(price, 1), TRUNCATE(price, 0), FLOOR(price), CEIL(price), price DIV 7, price MOD 7, POW(2, 3), SIGN(-3) FROM products ORDER BY id
SELECT CAST(price AS SIGNED), CAST(id AS CHAR), CAST('2024-01-01' AS DATE), CONVERT(price, DECIMAL(10, 1)) FROM products ORDER BY id
SELECT id <=> NULL, NOT vip, vip IS TRUE, born BETWEEN '1960-01-01' AND '1970-12-31' FROM customers ORDER BY id
SELECT STDDEV(price), STDDEV_SAMP(price), VARIANCE(price), VAR_SAMP(price), BIT_XOR(id), BIT_OR(id) FROM products
