SELECT * FROM orders LIMIT 10
SELECT COUNT(*) AS total_orders, COUNT(DISTINCT customer_id) AS unique_customers FROM public.orders
SELECT DATE_TRUNC('week', placed)::date AS week_start, SUM(i.quantity * p.price) AS revenue FROM orders o INNER JOIN items i ON o.id = i.order_id AND o.region = i.region INNER JOIN products p ON i.product_id = p.id WHERE placed >= DATE '2023-01-01' - INTERVAL '90 days' GROUP BY week_start ORDER BY week_start ASC
SELECT TO_CHAR(placed, 'Mon YYYY') AS month, EXTRACT(MONTH FROM placed)::int AS m FROM orders GROUP BY 1, 2 ORDER BY 2, 1
WITH monthly AS (SELECT date_trunc('month', placed) AS m, count(*) AS n FROM orders GROUP BY 1) SELECT m, n, n - LAG(n) OVER (ORDER BY m) AS diff, ROUND(100.0 * (n - LAG(n) OVER (ORDER BY m)) / NULLIF(LAG(n) OVER (ORDER BY m), 0), 2) AS pct FROM monthly ORDER BY m
SELECT customer_id, placed, SUM(1) OVER (PARTITION BY customer_id ORDER BY placed ROWS UNBOUNDED PRECEDING) AS running FROM orders ORDER BY 1, 2
SELECT * FROM (SELECT o.*, ROW_NUMBER() OVER (PARTITION BY customer_id ORDER BY placed DESC) AS rn FROM orders o) ranked WHERE rn = 1 ORDER BY id
SELECT CASE WHEN EXTRACT(HOUR FROM placed) BETWEEN 6 AND 11 THEN 'morning' WHEN EXTRACT(HOUR FROM placed) < 18 THEN 'afternoon' ELSE 'night' END AS part, COUNT(*) FROM orders GROUP BY 1 ORDER BY 1
SELECT COALESCE(country, 'Unknown') AS country, COUNT(*)::float / SUM(COUNT(*)) OVER () AS share FROM crm.customers GROUP BY country ORDER BY share DESC, country
SELECT PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY price) AS median, PERCENTILE_CONT(ARRAY[0.1,0.9]) WITHIN GROUP (ORDER BY price) FROM products
SELECT generate_series(1, 5) AS n
SELECT gs.day::date FROM generate_series('2023-01-01'::date, '2023-01-10'::date, '1 day'::interval) AS gs(day)
SELECT gs::date AS day FROM generate_series((SELECT min(placed)::date FROM orders), (SELECT max(placed)::date FROM orders), interval '1 week') gs ORDER BY 1
WITH days AS (SELECT generate_series(date_trunc('day', min(placed)), max(placed), '1 day')::date AS d FROM orders) SELECT d, count(o.id) FROM days LEFT JOIN orders o ON o.placed::date = d GROUP BY d ORDER BY d LIMIT 20
SELECT id, name, price, RANK() OVER (ORDER BY price DESC) FROM products WHERE price > (SELECT AVG(price) FROM products) ORDER BY price DESC
SELECT ARRAY_AGG(DISTINCT region ORDER BY region) FROM orders
SELECT ARRAY_TO_STRING(ARRAY_AGG(name ORDER BY name), ', ') FROM products WHERE id < 5
SELECT STRING_AGG(DISTINCT status::text, ', ') FROM orders
SELECT name, UPPER(LEFT(name, 1)) || LOWER(SUBSTRING(name FROM 2)) AS cap FROM products ORDER BY id
SELECT id FROM orders WHERE placed::date = '2023-02-01'
SELECT id FROM orders WHERE placed > NOW() - INTERVAL '30 days'
SELECT id FROM orders WHERE placed > CURRENT_DATE - 30
SELECT id FROM orders WHERE placed > CURRENT_TIMESTAMP - INTERVAL '1' MONTH
SELECT id FROM orders WHERE date_part('dow', placed) IN (0, 6) ORDER BY id
SELECT AGE(CURRENT_DATE, born) > INTERVAL '30 years' AS old FROM crm.customers ORDER BY id
SELECT EXTRACT(YEAR FROM AGE(DATE '2024-01-01', born)) AS age FROM crm.customers ORDER BY id
SELECT EXTRACT(EPOCH FROM (MAX(placed) - MIN(placed))) / 86400 AS days FROM orders
SELECT (MAX(placed)::date - MIN(placed)::date) AS days FROM orders
SELECT DATE '2024-02-28' + 1 AS d, DATE '2024-02-28' + INTERVAL '1 day' AS t
SELECT DATE_TRUNC('month', DATE '2024-02-10') + INTERVAL '1 month - 1 day' AS last_day
SELECT TO_TIMESTAMP(1700000000) AT TIME ZONE 'UTC'
SELECT joined AT TIME ZONE 'UTC' AT TIME ZONE 'America/New_York' FROM crm.customers ORDER BY id LIMIT 3
SELECT DATE_TRUNC('day', joined, 'Europe/Berlin') FROM crm.customers ORDER BY id LIMIT 3
SELECT TIMESTAMP WITH TIME ZONE '2024-01-01 00:00:00+02'
SELECT TIMESTAMP '2024-01-01 10:00' - TIME '02:00'
SELECT TIME '10:00' + INTERVAL '90 minutes', TIME WITH TIME ZONE '10:00+02'
SELECT INTERVAL '1 year 2 months 3 days', INTERVAL '1' YEAR, INTERVAL '2 hours' * 3, INTERVAL '1 day' / 2
SELECT CAST('2024-01-01' AS TIMESTAMP WITHOUT TIME ZONE), CAST('2024-01-01' AS timestamp(0)), '10:00'::time without time zone
SELECT price::money FROM products ORDER BY id LIMIT 2
SELECT attributes->>'colour' AS colour, AVG((attributes->>'size')::numeric) FROM products GROUP BY attributes->>'colour' ORDER BY 1
SELECT attributes #> '{parts,0}', attributes #>> ARRAY['nested','deep'] FROM products ORDER BY id
SELECT jsonb_array_length(attributes->'parts'), jsonb_typeof(attributes->'size') FROM products ORDER BY id
SELECT jsonb_path_query_first(attributes, '$.parts[0]') FROM products ORDER BY id
SELECT p.id, elem.value::int FROM products p, jsonb_array_elements(p.attributes->'parts') AS elem ORDER BY 1, 2
SELECT p.id, elem, ord FROM products p CROSS JOIN LATERAL jsonb_array_elements(p.attributes->'parts') WITH ORDINALITY AS t(elem, ord) ORDER BY 1, 3
SELECT DISTINCT jsonb_object_keys(attributes) FROM products ORDER BY 1
SELECT p.id, kv.key, kv.value FROM products p, LATERAL jsonb_each(p.attributes) kv ORDER BY 1, 2
SELECT (attributes->'size')::int + 1 FROM products ORDER BY id
SELECT attributes['colour'] FROM products ORDER BY id
SELECT attributes['nested']['deep'] FROM products ORDER BY id
SELECT jsonb_build_array(1, 'a', NULL), json_build_object('a', ARRAY[1,2]), jsonb_strip_nulls('{"a": null}'::jsonb)
SELECT jsonb_set(attributes, '{size}', '5'), attributes || jsonb_build_object('x', 1) FROM products ORDER BY id LIMIT 2
SELECT jsonb_agg(jsonb_build_object('id', id, 'name', name) ORDER BY id) FROM products WHERE id < 4
SELECT json_object_agg(id, name ORDER BY id) FROM products WHERE id < 4
SELECT '{"a": [1,2]}'::json->'a'->>0
SELECT x.* FROM jsonb_to_record('{"a": 1, "b": "z"}') AS x(a int, b text)
SELECT unnest(tags) AS tag, count(*) FROM crm.customers GROUP BY 1 ORDER BY 2 DESC, 1
SELECT id FROM crm.customers WHERE 't1' = ANY(tags) AND NOT ('t2' = ANY(tags)) ORDER BY id
SELECT id FROM crm.customers WHERE tags @> ARRAY['t1']::text[] ORDER BY id
SELECT id FROM crm.customers WHERE id = ANY('{1,2,3}'::int[]) ORDER BY id
SELECT id FROM crm.customers WHERE array_position(tags, 't1') IS NOT NULL ORDER BY id
SELECT tags[1] || '-' || tags[array_upper(tags, 1)] FROM crm.customers ORDER BY id
SELECT ARRAY[1,2,3] || ARRAY[4], ARRAY[1,2] @> ARRAY[1], array_remove(ARRAY[1,2,2], 2), (ARRAY['a','b'])[1]
SELECT ARRAY(SELECT DISTINCT region FROM orders ORDER BY 1)
SELECT * FROM unnest(ARRAY[1,2], ARRAY['a','b']) AS t(n, s)
SELECT * FROM unnest(ARRAY['x','y']) WITH ORDINALITY
SELECT name FROM products WHERE name ILIKE ANY (ARRAY['%lamp%', '%desk%']) ORDER BY id
SELECT name FROM products WHERE name NOT ILIKE '%lamp%' ORDER BY id
SELECT name FROM products WHERE name ~ '\d+$' ORDER BY id
SELECT name FROM products WHERE name SIMILAR TO '%(lamp|desk)%' ORDER BY id
SELECT name FROM products WHERE name NOT SIMILAR TO '%(lamp|desk)%' ORDER BY id
SELECT REGEXP_REPLACE(name, '[^a-z]', '', 'g') FROM products ORDER BY id
SELECT (REGEXP_MATCHES(name, '(\w+) (\d+)'))[2] FROM products ORDER BY id
SELECT SUBSTRING(name FROM '[0-9]+')::int FROM products ORDER BY id
SELECT SUBSTRING(name, '[0-9]+') FROM products ORDER BY id
SELECT REGEXP_SPLIT_TO_TABLE('a,b,c', ',')
SELECT POSITION('a' IN name), STRPOS(name, 'a'), LENGTH(name) - LENGTH(REPLACE(name, 'a', '')) FROM products ORDER BY id
SELECT TRIM(BOTH ' ' FROM name), TRIM(name, 'l'), LPAD(id::text, 5, '0'), CONCAT(name, ' ', price), CONCAT_WS(', ', name, NULL, price) FROM products ORDER BY id
SELECT FORMAT('%s has %s', name, price) FROM products ORDER BY id
SELECT SPLIT_PART(email, '@', 2) AS domain, COUNT(*) FROM crm.customers GROUP BY 1 ORDER BY 2 DESC, 1
SELECT CHR(65), ASCII('A'), REPEAT('ab', 3), TRANSLATE('abc', 'ab', 'xy'), STARTS_WITH('abc', 'a')
SELECT region, status, COUNT(*) FROM orders GROUP BY CUBE(region, status) HAVING COUNT(*) > 10 ORDER BY 1 NULLS FIRST, 2 NULLS FIRST
SELECT region, GROUPING(region) AS is_total, COUNT(*) FROM orders GROUP BY ROLLUP(region) ORDER BY 2, 1
SELECT region, status, SUM(1) FROM orders GROUP BY region, GROUPING SETS ((status), ()) ORDER BY 1, 2
SELECT COUNT(*) FILTER (WHERE status = 'paid')::numeric / COUNT(*) AS rate FROM orders
SELECT AVG(CASE WHEN status = 'paid' THEN 1.0 ELSE 0 END) FROM orders
SELECT SUM((status = 'paid')::int) FROM orders
SELECT BOOL_OR(status = 'paid'), EVERY(id > 0), BIT_AND(id), MODE() WITHIN GROUP (ORDER BY region) FROM orders
SELECT STDDEV(price), VARIANCE(price), STDDEV_POP(price), CORR(price, weight), REGR_SLOPE(price, weight), REGR_INTERCEPT(price, weight), REGR_R2(price, weight) FROM products
SELECT id, NTILE(4) OVER (ORDER BY price) AS quartile, PERCENT_RANK() OVER (ORDER BY price), CUME_DIST() OVER (ORDER BY price) FROM products ORDER BY id
SELECT id, FIRST_VALUE(name) OVER w, LAST_VALUE(name) OVER w, NTH_VALUE(name, 2) OVER w FROM products WINDOW w AS (PARTITION BY id % 2 ORDER BY price RANGE BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) ORDER BY id
SELECT id, AVG(price) OVER (ORDER BY id ROWS BETWEEN 2 PRECEDING AND 2 FOLLOWING), SUM(price) OVER (ORDER BY id RANGE BETWEEN 2 PRECEDING AND CURRENT ROW) FROM products ORDER BY id
SELECT id, COUNT(*) OVER (), MAX(price) OVER (PARTITION BY id % 3), LAG(price, 1, 0) OVER (ORDER BY id) FROM products ORDER BY id
SELECT id, SUM(price) OVER (w ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) FROM products WINDOW w AS (ORDER BY id) ORDER BY id
SELECT width_bucket(price, 0, 200, 4) AS bucket, count(*), min(price), max(price) FROM products GROUP BY bucket ORDER BY bucket
SELECT width_bucket(price, ARRAY[10, 50, 100]::numeric[]) FROM products ORDER BY id
WITH RECURSIVE tree AS (SELECT id, name, referrer, 1 AS level, name::text AS path FROM crm.customers WHERE referrer IS NULL UNION ALL SELECT c.id, c.name, c.referrer, t.level + 1, t.path || ' > ' || c.name FROM crm.customers c INNER JOIN tree t ON c.referrer = t.id) SELECT * FROM tree ORDER BY path LIMIT 10
WITH RECURSIVE t(n) AS (VALUES (1) UNION ALL SELECT n+1 FROM t WHERE n < 100) SELECT sum(n) FROM t
WITH RECURSIVE fib(a, b) AS (SELECT 0, 1 UNION ALL SELECT b, a + b FROM fib WHERE b < 100) SELECT a FROM fib
WITH RECURSIVE d AS (SELECT DATE '2023-01-01' AS d UNION ALL SELECT (d + INTERVAL '1 day')::date FROM d WHERE d < DATE '2023-01-05') SELECT * FROM d
WITH RECURSIVE t AS (SELECT id, referrer FROM crm.customers WHERE id = 1 UNION ALL SELECT c.id, c.referrer FROM crm.customers c JOIN t ON c.referrer = t.id) CYCLE id SET is_cycle USING path SELECT id FROM t ORDER BY id
WITH a AS (SELECT 1 AS x), b AS (SELECT * FROM a UNION SELECT 2) SELECT * FROM b WHERE x IN (SELECT x FROM a)
WITH t1 AS (SELECT region, count(*) c FROM orders GROUP BY region), t2 AS (SELECT max(c) mc FROM t1) SELECT region FROM t1 CROSS JOIN t2 WHERE c = mc ORDER BY 1
SELECT c.name, o.last_order FROM crm.customers c CROSS JOIN LATERAL (SELECT MAX(placed) AS last_order FROM orders WHERE customer_id = c.id) o ORDER BY 1
SELECT c.name FROM crm.customers c WHERE NOT EXISTS (SELECT * FROM orders o WHERE o.customer_id = c.id) ORDER BY 1
SELECT c.name FROM crm.customers c LEFT JOIN orders o ON c.id = o.customer_id WHERE o.id IS NULL ORDER BY 1
SELECT a.name, b.name AS referrer FROM crm.customers a LEFT OUTER JOIN crm.customers b ON a.referrer = b.id ORDER BY a.id
SELECT x.region, y.region FROM (SELECT DISTINCT region FROM orders) x, (SELECT DISTINCT region FROM orders) y WHERE x.region <> y.region ORDER BY 1
SELECT 'a' AS kind, count(*) FROM orders UNION ALL SELECT 'b', count(*) FROM items ORDER BY kind
(SELECT name, price FROM products ORDER BY price DESC LIMIT 3) UNION ALL (SELECT name, price FROM products ORDER BY price LIMIT 3) ORDER BY price
SELECT id FROM products INTERSECT ALL SELECT product_id FROM items ORDER BY 1
SELECT * FROM orders TABLESAMPLE SYSTEM (100) ORDER BY id LIMIT 2
SELECT * FROM orders TABLESAMPLE BERNOULLI (100) REPEATABLE (42) ORDER BY id LIMIT 2
SELECT DISTINCT ON (region) region, id, placed FROM orders ORDER BY region, placed DESC
SELECT * FROM (VALUES ('a', 1), ('b', 2)) AS t (name, n) JOIN products p ON p.id = t.n ORDER BY t.n
SELECT GREATEST(1, 2, NULL), LEAST(3, 1), NULLIF(1, 1), COALESCE(NULL, NULL, 3)
SELECT ROUND(AVG(price), 2), ROUND(price::numeric, 1) FROM products GROUP BY price ORDER BY 2
SELECT TRUNC(price), CEILING(price), FLOOR(price), MOD(id, 2), id % 2, ABS(-1), SIGN(-1), POWER(2, 3), SQRT(4), EXP(1), LN(2), LOG(10), PI() FROM products ORDER BY id LIMIT 1
SELECT 5 & 3, 5 | 3, 5 # 3, ~5, 1 << 2, 8 >> 1
SELECT true AND false, true OR NULL, NOT true, 1 IS NULL, (1 = 1) IS TRUE, NULL IS NOT DISTINCT FROM NULL
SELECT id FROM orders WHERE status IN ('paid'::status, 'new'::status) ORDER BY id LIMIT 5
SELECT id FROM orders WHERE (customer_id, region) = (5, 'north') ORDER BY id
SELECT id FROM orders WHERE ROW(customer_id, region) = ROW(5, 'north') ORDER BY id
SELECT id FROM orders o WHERE placed = (SELECT max(placed) FROM orders WHERE customer_id = o.customer_id) ORDER BY id LIMIT 5
SELECT id FROM orders WHERE placed BETWEEN SYMMETRIC '2023-03-01' AND '2023-02-01' ORDER BY id
SELECT id, name FROM products ORDER BY price DESC NULLS LAST, name COLLATE "C" LIMIT 5 OFFSET 5
SELECT id FROM products ORDER BY id FETCH FIRST 5 ROWS ONLY
SELECT id FROM products ORDER BY id LIMIT ALL
SELECT id FROM products ORDER BY random() LIMIT 0
SELECT count(*) FROM products WHERE valid @> DATE '2023-02-01'
SELECT lower(valid), upper(valid), isempty(valid) FROM products ORDER BY id LIMIT 3
SELECT daterange('2023-01-01', '2023-02-01', '[]') && valid FROM products ORDER BY id LIMIT 3
SELECT tsrange('2023-01-01', '2023-02-01') @> placed FROM orders ORDER BY id LIMIT 3
SELECT int4range(1, 5) * int4range(3, 8), numrange(1, 2) -|- numrange(2, 3)
SELECT to_tsvector('english', 'the lamps') @@ to_tsquery('english', 'lamp & !desk')
SELECT ts_rank(to_tsvector('english', name), websearch_to_tsquery('english', 'lamp')) FROM products ORDER BY id
SELECT md5(name), sha256(name::bytea), encode(sha256('a'), 'hex') FROM products ORDER BY id LIMIT 1
SELECT gen_random_uuid() IS NOT NULL
SELECT '550e8400-e29b-41d4-a716-446655440000'::uuid
SELECT '192.168.1.5'::inet << '192.168.0.0/16'::inet, host('10.0.0.1'::inet), '10.0.0.0/8'::cidr
SELECT pg_typeof(1)
SELECT point(1, 2) <-> point(4, 6), '(1,2)'::point
SELECT EXTRACT(QUARTER FROM placed) AS q, EXTRACT(ISOYEAR FROM placed), EXTRACT(DOY FROM placed), EXTRACT('week' FROM placed) FROM orders ORDER BY id
SELECT DATE_PART('year', placed), DATE_PART('month', placed)::int FROM orders ORDER BY id
SELECT MAKE_TIMESTAMP(2024, 1, 1, 10, 0, 0), MAKE_DATE(2024, EXTRACT(MONTH FROM placed)::int, 1) FROM orders ORDER BY id LIMIT 2
SELECT TO_DATE('01/02/2024', 'DD/MM/YYYY'), TO_NUMBER('1,234.5', '9G999D9'), TO_CHAR(1234.5, 'FM9,999.00'), TO_CHAR(0.256 * 100, 'FM990.0') || '%'
SELECT justify_interval(INTERVAL '35 days'), EXTRACT(DAY FROM INTERVAL '35 days')
SELECT o.id, o.placed + make_interval(hours => 2, mins := 30) FROM orders o ORDER BY 1 LIMIT 2
SELECT o.id, o.placed + o.id * INTERVAL '1 hour' FROM orders o ORDER BY 1 LIMIT 2
SELECT o.id, o.placed + (o.id || ' hours')::interval FROM orders o ORDER BY 1 LIMIT 2
SELECT placed::date, placed::time, placed::text FROM orders ORDER BY id LIMIT 2
SELECT "id", "region" FROM "public"."orders" WHERE "status" = 'paid' ORDER BY "id" LIMIT 3
SELECT c."VIP", count(*) FROM "crm"."customers" AS c GROUP BY c."VIP" ORDER BY 1
SELECT id as "Order ID", placed AS "Placed At", region "Region" FROM orders ORDER BY "Order ID" LIMIT 2
SELECT count(*) total, avg(price) average FROM products
SELECT o.id order_id, o.status state FROM orders o ORDER BY order_id LIMIT 2
SELECT count(*) AS count, sum(price) AS sum, max(price) AS max, min(price) AS min FROM products
SELECT date_trunc('day', placed) AS day, date_trunc('hour', placed) AS hour FROM orders ORDER BY 1 LIMIT 2
SELECT id AS value, name AS key, price AS row, weight AS position FROM products ORDER BY id LIMIT 2
SELECT id AS year, name AS month, price AS date, weight AS time FROM products ORDER BY id LIMIT 2
SELECT count(*) FROM orders WHERE status <> ALL (ARRAY['paid', 'new']::status[])
SELECT count(*) FROM orders WHERE status = ANY (ARRAY['paid', 'new']::status[])
SELECT region, count(*), round(count(*) * 100.0 / (SELECT count(*) FROM orders), 1) || '%' AS pct FROM orders GROUP BY region ORDER BY region
SELECT percentile_disc(0.9) WITHIN GROUP (ORDER BY price) FILTER (WHERE id > 3) FROM products
SELECT rank(50) WITHIN GROUP (ORDER BY price) FROM products
SELECT array_agg(id ORDER BY id) FILTER (WHERE price > 50) FROM products
SELECT string_agg(name, E'\n' ORDER BY name) FROM products WHERE id < 3
SELECT (SELECT count(*) FROM orders) AS orders, (SELECT count(*) FROM items) AS items
SELECT EXISTS (SELECT 1 FROM orders WHERE status = 'paid') AS has_paid
SELECT CASE WHEN EXISTS (SELECT 1 FROM orders) THEN 'y' ELSE 'n' END
SELECT COUNT(*) FROM orders o JOIN LATERAL (SELECT 1 FROM items i WHERE i.order_id = o.id LIMIT 1) x ON TRUE
SELECT t.* FROM (SELECT *, price * 2 AS dbl FROM products) t WHERE t.dbl > 100 ORDER BY id
SELECT date_trunc('month', placed) AS month, status, count(*) FROM orders GROUP BY month, status HAVING count(*) > 1 ORDER BY month, status
SELECT p.name FROM products p WHERE p.price = (SELECT max(price) FROM products)
SELECT coalesce(sum(quantity), 0) AS qty FROM items WHERE product_id = 999
SELECT id FROM orders WHERE customer_id NOT IN (SELECT id FROM crm.customers WHERE "VIP") ORDER BY id LIMIT 3
SELECT to_char(date_trunc('month', placed), 'YYYY-MM') AS ym, sum(count(*)) OVER (ORDER BY date_trunc('month', placed)) FROM orders GROUP BY date_trunc('month', placed) ORDER BY 1
SELECT count(*) AS "count(*)" FROM orders
SELECT id::text || ':' || name FROM products ORDER BY id LIMIT 2
SELECT 'it''s', 'say "hi"', E'tab\t', 'a\b', '100%', '{}', '[]', '$1', ':x', '@y', '?', ';'
SELECT id FROM products WHERE attributes ? 'colour' AND attributes ->> 'colour' = 'red' AND (attributes ->> 'size')::int > 3 ORDER BY id
SELECT attributes @> '{"colour": "red"}' FROM products ORDER BY id
SELECT id FROM products WHERE attributes->'parts' @> '[5]' ORDER BY id
SELECT row_number() OVER () AS n, region FROM (SELECT DISTINCT region FROM orders ORDER BY region) t
SELECT sum(n) FROM generate_series(1, 10) n
SELECT n, n * n AS sq FROM generate_series(1, 10, 2) AS s(n)
SELECT * FROM generate_series(now() - interval '3 days', now(), interval '1 day') LIMIT 0
SELECT extract(year from d) y FROM generate_series(timestamp '2020-01-01', timestamp '2023-01-01', '1 year') d
SELECT o.region, jsonb_object_agg(o.status, n ORDER BY o.status) FROM (SELECT region, status::text, count(*) n FROM orders GROUP BY 1, 2) o GROUP BY 1 ORDER BY 1
SELECT num_nulls(email, country), num_nonnulls(email, country) FROM crm.customers ORDER BY id
SELECT email ~* '^[A-Z0-9._%+-]+@[A-Z0-9.-]+\.[A-Z]{2,}$' FROM crm.customers ORDER BY id
SELECT id, CASE WHEN discount > 30 THEN 'big' END FROM products ORDER BY id
SELECT discount::percentage FROM products ORDER BY id
SELECT count(*) FROM visits v JOIN generate_series(date '2023-06-01', date '2023-07-01', interval '1 day') d ON v.day = d::date
SELECT day, visitors, visitors - lag(visitors, 7) OVER (ORDER BY day) FROM visits ORDER BY day LIMIT 10
SELECT extract(dow FROM day) AS dow, to_char(day, 'Day') AS name, avg(visitors)::int FROM visits GROUP BY 1, 2 ORDER BY 1
SELECT date_trunc('quarter', day)::date, sum(visitors) FROM visits GROUP BY 1 ORDER BY 1
SELECT sum(visitors) FILTER (WHERE day >= date_trunc('year', date '2024-05-01') AND day < date '2024-05-01') AS ytd FROM visits
WITH cohorts AS (SELECT customer_id, min(date_trunc('month', placed)) AS cohort FROM orders GROUP BY customer_id) SELECT c.cohort, (extract(year from age(date_trunc('month', o.placed), c.cohort)) * 12 + extract(month from age(date_trunc('month', o.placed), c.cohort)))::int AS months, count(DISTINCT o.customer_id) FROM orders o JOIN cohorts c USING (customer_id) GROUP BY 1, 2 ORDER BY 1, 2
WITH gaps AS (SELECT customer_id, placed, placed - lag(placed) OVER (PARTITION BY customer_id ORDER BY placed) AS gap FROM orders) SELECT avg(gap), max(gap), percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM gap)) FROM gaps WHERE gap IS NOT NULL
WITH r AS (SELECT customer_id, current_date - max(placed)::date AS recency, count(*) AS frequency FROM orders GROUP BY 1) SELECT count(*), ntile(5) OVER (ORDER BY count(*)) FROM r GROUP BY frequency ORDER BY 1
WITH abc AS (SELECT p.id, sum(i.quantity * p.price) AS rev FROM products p JOIN items i ON i.product_id = p.id GROUP BY p.id) SELECT id, rev, sum(rev) OVER (ORDER BY rev DESC, id) / sum(rev) OVER () AS cum, CASE WHEN sum(rev) OVER (ORDER BY rev DESC, id) / sum(rev) OVER () <= 0.8 THEN 'A' ELSE 'B' END AS class FROM abc ORDER BY rev DESC, id
SELECT id - row_number() OVER (ORDER BY id) AS island, min(id), max(id) FROM products GROUP BY id ORDER BY 2
SELECT a.product_id, b.product_id, count(*) FROM items a JOIN items b ON a.order_id = b.order_id AND a.product_id < b.product_id GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2 LIMIT 5
SELECT avg(price) - 1.96 * stddev(price) / sqrt(count(*)) AS lo FROM products
SELECT count(*) FROM orders WHERE extract(isodow from placed) < 6 AND placed::time BETWEEN '09:00' AND '17:00'
SELECT CAST(NULL AS int), NULL::text, '5'::int::text::numeric
SELECT CAST(ARRAY[1,2] AS text), CAST('{1,2}' AS int[]), '{{1,2},{3,4}}'::int[][]
SELECT int '5', float8 '1.5', bool 'true', numeric '1.50', varchar 'x', jsonb '{"a":1}'
SELECT date 'today' = current_date, timestamp 'now' IS NOT NULL, 'yesterday'::date < current_date
SELECT o.* , c.name FROM orders o JOIN crm.customers c ON (o.customer_id = c.id) WHERE (o.status = 'paid' OR o.status = 'new') AND NOT (c.country IS NULL) ORDER BY o.id LIMIT 4
SELECT customers.name, orders.id FROM crm.customers, public.orders WHERE customers.id = orders.customer_id ORDER BY 2 LIMIT 3
SELECT crm.customers.name FROM crm.customers ORDER BY crm.customers.id LIMIT 2
select region,count(*) from orders where status='paid'and id>5 group by region order by region
select*from orders where id=1
SELECT 1 WHERE 1=1
SELECT count(*) FROM orders GROUP BY ()
SELECT DISTINCT region, status FROM orders ORDER BY region DESC, status ASC
SELECT ALL region FROM orders ORDER BY id LIMIT 1
SELECT count(ALL region) FROM orders
SELECT overlay('abcdef' placing 'X' from 2), bit_length('a'), octet_length('ä'), unistr('\0041')
SELECT array_length(regexp_split_to_array(name, '\s+'), 1) FROM products ORDER BY id
SELECT string_to_array(name, ' ') FROM products ORDER BY id
SELECT initcap(replace(name, '_', ' ')), quote_literal(name) FROM products ORDER BY id
SELECT trim(to_char(price, '999D99')) FROM products ORDER BY id
SELECT to_char(interval '75 minutes', 'HH24:MI'), to_char(current_date, 'TMMonth') IS NOT NULL
SELECT extract(timezone_hour FROM joined), extract(century FROM joined), extract(millisecond FROM joined) FROM crm.customers ORDER BY id LIMIT 1
SELECT max(o.placed) FILTER (WHERE o.status = 'paid') OVER (PARTITION BY o.region) FROM orders o ORDER BY o.id LIMIT 2
SELECT sum(sum(quantity)) OVER (PARTITION BY region) FROM items GROUP BY region, product_id ORDER BY 1 LIMIT 2
SELECT id, lead(placed) OVER (PARTITION BY customer_id ORDER BY placed) - placed AS wait FROM orders ORDER BY id LIMIT 5
SELECT id, exp(sum(ln(price)) OVER (ORDER BY id)) FROM products ORDER BY id LIMIT 3
SELECT count(*) FROM orders WHERE id::text LIKE '1%'
SELECT id FROM orders WHERE placed >= '2023-01-01'::timestamp AND placed < '2023-01-01'::timestamp + '1 month'::interval ORDER BY id LIMIT 3
SELECT count(*) FROM orders AS o(a, b) WHERE b = 'north'
SELECT count(*) FROM orders NATURAL LEFT JOIN items
SELECT o.id FROM orders o FULL JOIN items i ON o.id = i.order_id AND i.quantity = 77 ORDER BY 1 LIMIT 2
SELECT count(*) FROM (orders o JOIN items i ON o.id = i.order_id) JOIN products p ON p.id = i.product_id
SELECT count(*) FROM orders o LEFT JOIN (items i INNER JOIN products p ON p.id = i.product_id) ON o.id = i.order_id
SELECT count(*) FROM orders WHERE shipped_after > '2 days' AND shipped_after IS NOT NULL
SELECT sum(shipped_after), avg(shipped_after), max(shipped_after) FROM orders
SELECT region FROM orders GROUP BY region HAVING bool_or(status = 'paid') AND count(*) FILTER (WHERE status = 'new') > 1 ORDER BY region
SELECT (array_agg(name ORDER BY price DESC))[1:3] FROM products
SELECT trunc(random() * 0) AS z, floor(random() * 1)::int AS f
SELECT jsonb_pretty(attributes) FROM products ORDER BY id LIMIT 1
SELECT jsonb_path_exists(attributes, '$.parts[*] ? (@ > $min)', '{"min": 5}') FROM products ORDER BY id
SELECT (jsonb_each_text(attributes)).key FROM products ORDER BY 1 LIMIT 3
SELECT (date_trunc('month', d) + interval '1 month' - interval '1 day')::date FROM (VALUES (date '2024-02-03')) v(d)
SELECT * FROM orders WHERE id IN (VALUES (1), (2)) ORDER BY id
SELECT name FROM products WHERE name BETWEEN 'a' AND 'm' ORDER BY name
SELECT COUNT(*) "n" FROM orders WHERE region LIKE 'n%' ESCAPE '\'
SELECT AVG(x) FROM (SELECT UNNEST(ARRAY[1,2,3]) AS x) AS foo
SELECT name, NULL AS empty, TRUE AS yes, 1 AS one FROM products ORDER BY id LIMIT 1
SELECT date_trunc('month', placed) FROM orders GROUP BY date_trunc('month', placed) ORDER BY date_trunc('month', placed) DESC
SELECT extract(year FROM placed) || '-Q' || extract(quarter FROM placed) AS q, count(*) FROM orders GROUP BY q ORDER BY q
SELECT x FROM generate_series(10, 1, -3) x
SELECT count(*) FROM orders WHERE placed AT TIME ZONE 'UTC' > '2023-03-01 00:00+00'
SELECT regexp_count(name, 'a'), regexp_like(name, 'lamp'), regexp_substr(name, '[0-9]+'), regexp_instr(name, 'a') FROM products ORDER BY id
SELECT date_bin('1 hour', placed, '2023-01-01') FROM orders ORDER BY id LIMIT 2
SELECT trim_array(ARRAY[1,2,3], 1), array_fill(0, ARRAY[3]), array_cat(ARRAY[1], ARRAY[2]), array_prepend(1, ARRAY[2]), array_replace(ARRAY[1], 1, 2)
SELECT bit_count(B'101'), scale(1.50), min_scale(1.50), trim_scale(1.50), factorial(5), gcd(12, 8), lcm(4, 6)
SELECT string_agg(DISTINCT c.country, ',' ORDER BY c.country) AS cs FROM crm.customers c
SELECT * FROM products p WHERE (p.attributes->>'size')::int BETWEEN 5 AND 7 ORDER BY id
SELECT range_agg(valid), range_intersect_agg(valid) FROM products
SELECT lower(name) = 'lamp 4' COLLATE "C" FROM products ORDER BY id
SELECT count(*) FROM products p1 WHERE 3 > (SELECT count(DISTINCT price) FROM products p2 WHERE p2.price > p1.price)
SELECT STRING_AGG(CASE WHEN id < 3 THEN name END, ';') FROM products
SELECT LOG(100), LOG(2, 8), LOG10(100), CBRT(27), DEGREES(pi()), ATAN2(1, 1)
SELECT a.n + b.n FROM (VALUES (1)) a(n) CROSS JOIN (VALUES (2)) b(n)
SELECT NULLIF(TRIM(email), '') IS NULL FROM crm.customers ORDER BY id
SELECT SUM(CASE status WHEN 'paid' THEN 1 WHEN 'new' THEN 0.5 ELSE 0 END) FROM orders
SELECT count(*) filter (where placed::date = date '2023-03-01') as d1, count(*) filter (where placed >= date '2023-03-01' and placed < date '2023-04-01') as m1 FROM orders
SELECT *, price > avg(price) OVER () AS above FROM products ORDER BY id LIMIT 2
SELECT products.*, 1 AS one FROM products ORDER BY id LIMIT 1
SELECT price AS p FROM products WHERE price <= 20 ORDER BY p
SELECT price / 100 AS frac, price * 1.0 / 3 FROM products ORDER BY 1 LIMIT 3
SELECT date_bin('6 hours', placed, timestamp '2023-01-01') AS slot, count(*) FROM orders GROUP BY 1 ORDER BY 1 LIMIT 20
SELECT region, mode() WITHIN GROUP (ORDER BY status) FROM orders GROUP BY region ORDER BY region
SELECT region, count(*) FILTER (WHERE status = 'paid') * 100.0 / NULLIF(count(*), 0) AS paid FROM orders GROUP BY ROLLUP (region) ORDER BY region NULLS LAST
SELECT region, status, grouping(region, status), count(*) FROM orders GROUP BY CUBE (region, status) ORDER BY 1, 2, 3
SELECT regr_slope(price, weight), corr(price, weight), covar_pop(price, weight) FROM products
SELECT width_bucket(price, 0, 150, 5) AS bucket, count(*) FROM products GROUP BY 1 ORDER BY 1
SELECT name, price, ntile(4) OVER (ORDER BY price) AS quartile, cume_dist() OVER (ORDER BY price), percent_rank() OVER (ORDER BY price) FROM products ORDER BY price
SELECT id, placed, placed - lag(placed) OVER (PARTITION BY customer_id ORDER BY placed) AS gap FROM orders ORDER BY customer_id, placed
SELECT id, avg(price) OVER (ORDER BY id ROWS BETWEEN 2 PRECEDING AND CURRENT ROW) FROM products ORDER BY id
SELECT id, sum(price) OVER (ORDER BY price RANGE BETWEEN 20 PRECEDING AND 20 FOLLOWING) FROM products ORDER BY id
SELECT id, count(*) OVER (ORDER BY placed GROUPS BETWEEN 1 PRECEDING AND 1 FOLLOWING EXCLUDE CURRENT ROW) FROM orders ORDER BY id LIMIT 30
SELECT id, first_value(id) OVER w, last_value(id) OVER w, nth_value(id, 2) OVER w FROM orders WINDOW w AS (PARTITION BY region ORDER BY placed ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) ORDER BY id
WITH RECURSIVE tree AS (SELECT id, referrer, 1 AS depth FROM crm.customers WHERE referrer IS NULL UNION ALL SELECT c.id, c.referrer, depth + 1 FROM crm.customers c JOIN tree t ON c.referrer = t.id) SELECT depth, count(*) FROM tree GROUP BY depth ORDER BY depth
WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 50) SELECT sum(i) FROM n
SELECT c.id, x.last FROM crm.customers c LEFT JOIN LATERAL (SELECT max(placed) AS last FROM orders o WHERE o.customer_id = c.id) x ON true ORDER BY c.id
SELECT c.id, t.tag FROM crm.customers c CROSS JOIN LATERAL unnest(c.tags) WITH ORDINALITY AS t(tag, n) WHERE n = 1 ORDER BY c.id
SELECT p.id, e.key, e.value FROM products p, jsonb_each_text(p.attributes) e WHERE e.key <> 'parts' ORDER BY p.id, e.key
SELECT id, attributes #>> '{nested,deep}', attributes -> 'parts' -> 0, attributes ? 'size', attributes @> '{"size": 3}' FROM products ORDER BY id
SELECT id, jsonb_path_query_first(attributes, '$.parts[*] ? (@ > 3)') FROM products ORDER BY id
SELECT jsonb_object_agg(id, price ORDER BY id) FROM products WHERE id < 4
SELECT json_build_object('id', id, 'tags', tags) FROM crm.customers ORDER BY id LIMIT 3
SELECT array_length(tags, 1), tags[1], tags[1:1], 't1' = ANY (tags), tags && ARRAY['t1', 't2'], cardinality(tags) FROM crm.customers ORDER BY id
SELECT array_position(tags, 't1'), array_remove(tags, 't0'), array_cat(tags, ARRAY['z']) FROM crm.customers ORDER BY id LIMIT 5
SELECT regexp_replace(email, '^.*@', ''), split_part(email, '@', 1), position('@' IN email), email ILIKE '%EXAMPLE%' FROM crm.customers WHERE email IS NOT NULL ORDER BY id
SELECT format('%s: %s', id, name), lpad(id::text, 5, '0'), initcap(name), translate(name, 'abc', 'xyz'), reverse(name) FROM products ORDER BY id
SELECT age(date '2024-03-01', born), extract(isodow FROM born), extract(doy FROM born), to_char(born, 'YYYY"-W"IW') FROM crm.customers ORDER BY id
SELECT make_date(2024, 2, 29) + interval '1 year', date '2024-01-31' + interval '1 month', justify_hours(interval '30 hours'), extract(epoch FROM interval '1 day')
SELECT placed AT TIME ZONE 'UTC' AT TIME ZONE 'Europe/Vienna' FROM orders ORDER BY id LIMIT 5
SELECT count(*) FROM orders WHERE (placed, placed + interval '1 day') OVERLAPS (timestamp '2023-02-01', timestamp '2023-03-01')
SELECT lower(valid), upper(valid), valid @> date '2023-02-01', isempty(valid) FROM products ORDER BY id
SELECT DISTINCT ON (customer_id) customer_id, id, placed FROM orders ORDER BY customer_id, placed DESC
SELECT * FROM orders ORDER BY placed DESC FETCH FIRST 5 ROWS WITH TIES
SELECT id FROM orders EXCEPT ALL SELECT order_id FROM items ORDER BY 1
(SELECT region FROM orders LIMIT 3) UNION ALL (SELECT 'all') ORDER BY 1
SELECT * FROM (VALUES (1, 'a'), (2, 'b')) AS v(n, t) JOIN products p ON p.id = v.n ORDER BY n
SELECT GREATEST(price, weight), LEAST(price, 50), COALESCE(discount, 0), NULLIF(id, 3), round(price, -1), trunc(price), mod(id, 3) FROM products ORDER BY id
SELECT CASE WHEN price < 20 THEN 'low' WHEN price < 80 THEN 'mid' ELSE 'high' END AS band, count(*), sum(price)::numeric(12, 1) FROM products GROUP BY band ORDER BY min(price)
SELECT percentile_disc(0.9) WITHIN GROUP (ORDER BY price DESC), stddev_samp(price), var_pop(price), bool_and(price > 0), every(id > 0) FROM products
SELECT a.region, b.region, count(*) FROM orders a FULL JOIN orders b ON a.id = b.id + 100 GROUP BY 1, 2 ORDER BY 1, 2
SELECT region, string_agg(DISTINCT status::text, '|' ORDER BY status::text DESC) FROM orders GROUP BY region ORDER BY region
