SELECT date_trunc('month', placed) AS m, count(*) FROM orders GROUP BY 1 ORDER BY 1
SELECT strftime(placed, '%Y-%m') AS m, count(*) FROM orders GROUP BY ALL ORDER BY ALL
SELECT year(placed), month(placed), monthname(placed), quarter(placed), week(placed), dayofweek(placed), hour(placed) FROM orders ORDER BY id
SELECT extract('year' FROM placed), extract(dow FROM placed), datepart('month', placed), date_part(['year', 'month'], placed) FROM orders ORDER BY id
SELECT * FROM orders WHERE placed >= current_date - INTERVAL 30 DAY
SELECT * FROM orders WHERE placed > now() - INTERVAL '1 year'
SELECT * FROM orders WHERE placed::DATE = DATE '2023-02-01'
SELECT datediff('day', min(placed), max(placed)), date_sub('month', min(placed), max(placed)) FROM orders
SELECT placed + INTERVAL 1 MONTH, date_add(placed, INTERVAL 1 DAY), placed::DATE + 1, placed::DATE - DATE '2023-01-01' FROM orders ORDER BY id
SELECT age(current_date, born) IS NOT NULL FROM customers ORDER BY id
SELECT json_array_length(attributes->'parts'), json_extract(attributes, '$.size') FROM products ORDER BY id
SELECT attributes->>'colour', attributes->>'$.parts[0]', attributes.size, attributes['size'] FROM products ORDER BY id
SELECT upper(attributes->>'colour') FROM products ORDER BY id
SELECT (attributes->>'size')::INT + 1 FROM products ORDER BY id
SELECT CAST(attributes->>'size' AS INTEGER), json_extract_string(attributes, 'colour') FROM products ORDER BY id
SELECT json_keys(attributes), json_type(attributes), json_valid(attributes) FROM products ORDER BY id
SELECT unnest(CAST(attributes->'parts' AS INT[])) FROM products ORDER BY 1
SELECT unnest(from_json(attributes->'parts', '["INT"]')) FROM products ORDER BY 1
SELECT name ILIKE '%LAMP%', name LIKE 'l%', regexp_matches(name, '\d+'), name SIMILAR TO '.*\d', regexp_extract(name, '(\w+) (\d+)', 2), regexp_replace(name, '\d', '#', 'g') FROM products ORDER BY id
SELECT regexp_extract(name, '(\w+) (\d+)', ['word', 'num']) FROM products ORDER BY id
SELECT name || ' ' || price, concat(name, price), concat_ws('-', name, id), format('{} {}', name, id), printf('%s %d', name, id) FROM products ORDER BY id
SELECT split_part(name, ' ', 1), string_split(name, ' ')[1], str_split(name, ' '), left(name, 2), right(name, 2), substring(name, 1, 3), name[1], name[1:3] FROM products ORDER BY id
SELECT upper(name), lower(name), length(name), trim(name), ltrim(name, 'l'), lpad(id::VARCHAR, 5, '0'), replace(name, 'a', 'b'), reverse(name), contains(name, 'a'), starts_with(name, 'l'), strpos(name, 'a'), position('a' IN name) FROM products ORDER BY id
SELECT round(price, 1), price::INT, CAST(price AS VARCHAR), TRY_CAST(name AS INT), price::DOUBLE, price::DECIMAL(10,1), price::FLOAT, id::BIGINT, id::HUGEINT, id::UTINYINT FROM products ORDER BY id
SELECT coalesce(country, '?'), ifnull(country, '?'), nullif(country, 'AT'), if(vip, 'y', 'n'), CASE WHEN vip THEN 1 END FROM customers ORDER BY id
SELECT count(*) FILTER (WHERE status = 'paid'), count_if(status = 'paid'), sum(CASE WHEN status = 'paid' THEN 1 END), avg(id), countif(status = 'new') FROM orders
SELECT median(price), quantile_cont(price, 0.25), quantile_cont(price, [0.25, 0.75]), quantile(price, 0.5), mode(id), stddev(price), variance(price), skewness(price), kurtosis(price), mad(price) FROM products
SELECT percentile_cont(0.9) WITHIN GROUP (ORDER BY price), percentile_disc(0.5) WITHIN GROUP (ORDER BY price) FROM products
SELECT approx_quantile(price, 0.5) IS NOT NULL, approx_count_distinct(id), histogram(id % 3), entropy(id), corr(price, weight), covar_samp(price, weight), regr_slope(price, weight) FROM products
SELECT arg_max(name, price), arg_min(name, price), max_by(name, price), min_by(name, price), first(name ORDER BY id), last(name ORDER BY id), any_value(1), bool_and(id > 0), product(id) FROM products
SELECT string_agg(name, ', ' ORDER BY id), group_concat(name, ','), listagg(name, ';'), list(id ORDER BY id), array_agg(id ORDER BY id DESC) FROM products WHERE id < 3
SELECT max(price, 3), min(id, 2), arg_max(name, price, 2) FROM products
SELECT id, rank() OVER (ORDER BY price DESC), dense_rank() OVER w, ntile(4) OVER w, lag(price) OVER w, lead(price, 2) OVER w, first_value(name) OVER w, nth_value(name, 2) OVER w FROM products WINDOW w AS (ORDER BY id) ORDER BY id
SELECT id, sum(price) OVER (ORDER BY id ROWS BETWEEN 2 PRECEDING AND CURRENT ROW), avg(price) OVER (PARTITION BY id % 2 ORDER BY id RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) FROM products ORDER BY id
SELECT id, sum(price) OVER (ORDER BY id ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING EXCLUDE CURRENT ROW) FROM products ORDER BY id
SELECT day, avg(visitors) OVER (ORDER BY day RANGE BETWEEN INTERVAL 6 DAYS PRECEDING AND INTERVAL 0 DAYS FOLLOWING) FROM visits ORDER BY day
SELECT id, customer_id FROM orders QUALIFY row_number() OVER (PARTITION BY customer_id ORDER BY placed DESC) = 1 ORDER BY id
SELECT id, row_number() OVER (PARTITION BY customer_id ORDER BY placed DESC) AS rn FROM orders QUALIFY rn = 1 ORDER BY id
WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < 10) SELECT sum(n) FROM t
WITH RECURSIVE tree AS (SELECT id, name, [id] AS path FROM customers WHERE referrer IS NULL UNION ALL SELECT c.id, c.name, list_append(t.path, c.id) FROM customers c JOIN tree t ON c.referrer = t.id) SELECT id, path FROM tree ORDER BY path LIMIT 5
WITH a AS (SELECT 1 AS x), b AS MATERIALIZED (SELECT x + 1 AS y FROM a) FROM b
SELECT * FROM range(10)
SELECT * FROM range(1, 10, 2) t(i)
SELECT * FROM generate_series(1, 5) AS t(n)
SELECT unnest(generate_series(DATE '2023-01-01', DATE '2023-01-05', INTERVAL 1 DAY))
SELECT range AS d FROM range(DATE '2023-01-01', DATE '2023-01-05', INTERVAL 1 DAY)
SELECT unnest(range(5)) AS n
SELECT d.day, count(o.id) FROM (SELECT unnest(generate_series(DATE '2023-01-05', DATE '2023-01-12', INTERVAL '1' DAY))::DATE AS day) d LEFT JOIN orders o ON o.placed::DATE = d.day GROUP BY d.day ORDER BY d.day
SELECT * FROM unnest([1, 2, 3]) AS t(x)
SELECT region, status, count(*) FROM orders GROUP BY ROLLUP (region, status) ORDER BY ALL
SELECT region, status, grouping(region), grouping_id(region, status), count(*) FROM orders GROUP BY CUBE (region, status) ORDER BY ALL
SELECT region, count(*) FROM orders GROUP BY GROUPING SETS ((region), ()) ORDER BY ALL
SELECT * EXCLUDE (email) FROM customers ORDER BY id LIMIT 1
SELECT * EXCLUDE email FROM customers ORDER BY id LIMIT 1
SELECT * REPLACE (round(price) AS price) FROM products ORDER BY id LIMIT 1
SELECT * RENAME (price AS cost) FROM products ORDER BY id LIMIT 1
SELECT c.* EXCLUDE (email, vip), o.id AS oid FROM customers c JOIN orders o ON o.customer_id = c.id ORDER BY o.id LIMIT 1
SELECT COLUMNS('^p') FROM products ORDER BY id LIMIT 1
SELECT min(COLUMNS(*)) FROM visits
SELECT COLUMNS(lambda c: c LIKE 'p%') FROM products ORDER BY id LIMIT 1
FROM orders
FROM orders WHERE region = 'north' ORDER BY id LIMIT 2
FROM orders o JOIN customers c ON c.id = o.customer_id SELECT c.country, count(*) AS n GROUP BY ALL ORDER BY ALL
SELECT * FROM orders o ASOF JOIN visits v ON o.placed >= v.day ORDER BY o.id LIMIT 1
SELECT o.id FROM orders o SEMI JOIN items i ON i.order_id = o.id ORDER BY o.id LIMIT 1
SELECT * FROM orders POSITIONAL JOIN items ORDER BY orders.id LIMIT 1
SELECT c.id, l.n FROM customers c CROSS JOIN LATERAL (SELECT count(*) n FROM orders o WHERE o.customer_id = c.id) l ORDER BY 1
SELECT c.name FROM customers c LEFT JOIN orders o ON o.customer_id = c.id WHERE o.id IS NULL ORDER BY 1
SELECT * FROM orders UNION ALL BY NAME SELECT * FROM orders LIMIT 1
SELECT 1 AS a UNION BY NAME SELECT 2 AS b ORDER BY ALL
SELECT * FROM orders PIVOT (count(*) FOR status IN ('new', 'paid') GROUP BY region) ORDER BY region
UNPIVOT (SELECT 1 AS a, 2 AS b) ON a, b INTO NAME k VALUE v
SELECT * FROM (SELECT 1 AS a, 2 AS b) UNPIVOT (v FOR k IN (a, b)) ORDER BY k
SELECT * FROM orders USING SAMPLE 100%
SELECT count(*) FROM orders USING SAMPLE 10 ROWS
SELECT count(*) FROM orders TABLESAMPLE 100%
SELECT count(*) FROM orders USING SAMPLE reservoir(50 ROWS) REPEATABLE (100)
SELECT DISTINCT ON (region) region, id FROM orders ORDER BY region, id DESC
SELECT [1, 2, 3][1], [1,2,3][-1], len([1,2]), list_contains([1,2], 1), list_sum([1,2]), list_avg([1,2]), list_sort([2,1]), list_distinct([1,1]), array_length([1]), flatten([[1],[2]]), list_concat([1],[2]), list_slice([1,2,3],1,2), [1,2] || [3]
SELECT list_transform([1,2], lambda x: x * 2), list_filter([1,2,3], lambda x: x > 1), [x * 2 FOR x IN [1,2,3] IF x > 1], list_reduce([1,2,3], lambda a, b: a + b)
SELECT {'a': 1, 'b': 'x'}.a, struct_pack(a := 1), row(1, 2), {'a': 1}['a'], map {'k': 1}['k'], map_keys(map {'k': 1}), MAP([1,2], ['a','b'])
SELECT {'a': {'b': 5}}.a.b, unnest({'a': 1, 'b': 2})
SELECT 5 & 3, 5 | 3, xor(5, 3), ~5, 1 << 2, 8 >> 1
SELECT 1 = 1, 1 == 1, 1 <> 2, 1 != 2, NULL IS NULL, 1 IS DISTINCT FROM 2, NOT true, true AND false
SELECT x IN (1, 2), x IN [1, 2], x NOT IN (3) FROM (SELECT 1 AS x)
SELECT 1_000_000, 1e3, .5, 0x1F, 'it''s', E'\n', $$a'b$$, NULL, TRUE
SELECT DATE '2023-01-01', TIMESTAMP '2023-01-01 10:00:00', TIME '10:00', INTERVAL '1 day 2 hours', INTERVAL 1 YEAR, INTERVAL (1 + 1) DAY, '2023-01-01'::TIMESTAMP, TIMESTAMPTZ '2023-01-01 10:00:00+00'
SELECT make_date(2023, 1, 1), make_timestamp(2023, 1, 1, 1, 1, 1.5), strptime('01/02/2023', '%d/%m/%Y'), try_strptime('x', '%Y'), to_timestamp(1700000000), epoch(TIMESTAMP '2023-01-01'), epoch_ms(1700000000000), last_day(DATE '2023-02-01'), dayname(DATE '2023-01-01'), monthname(DATE '2023-01-01'), isodow(DATE '2023-01-01'), time_bucket(INTERVAL '1 week', DATE '2023-01-04'), date_trunc('week', DATE '2023-01-04'), century(DATE '2023-01-01')
SELECT placed AT TIME ZONE 'Europe/Vienna', timezone('UTC', placed) FROM orders ORDER BY id LIMIT 1
SELECT to_days(3), to_hours(2), to_months(1), to_years(1), to_weeks(1), to_minutes(5)
SELECT current_timestamp IS NOT NULL, now() IS NOT NULL, today() = current_date, get_current_timestamp() IS NOT NULL, current_time IS NOT NULL, localtimestamp IS NOT NULL
SELECT md5('a'), sha256('a'), hash('a') IS NOT NULL, hex('a'), base64('a'::BLOB), to_base64('a'::BLOB), bar(5, 0, 10, 10), levenshtein('a', 'b'), jaccard('a', 'b'), jaro_winkler_similarity('a', 'b'), strip_accents('é'), ascii('a'), chr(65), unicode('a'), repeat('a', 3), translate('abc', 'a', 'b')
SELECT typeof(1), uuid() IS NOT NULL, random() < 1
SELECT count(DISTINCT customer_id), count(DISTINCT (customer_id, region)) FROM orders
SELECT sum(quantity * price)::DECIMAL(12,2) AS revenue FROM items JOIN products ON products.id = items.product_id
SELECT id: 5, name: 'x'
SELECT total: count(*) FROM orders
SELECT id AS x, x + 1 AS y FROM orders WHERE x > 5 ORDER BY y LIMIT 1
SELECT region AS r, count(*) AS n FROM orders GROUP BY r HAVING n > 5 ORDER BY n, r
SELECT * FROM orders ORDER BY id DESC NULLS LAST LIMIT 10%
SELECT * FROM orders ORDER BY id LIMIT 2 OFFSET 3
SELECT * FROM (VALUES (1, 'a'), (2, 'b')) t(x, y)
VALUES (1), (2)
SELECT id FROM products WHERE price > ALL (SELECT price FROM products WHERE id < 3) ORDER BY id
SELECT id FROM products WHERE id = ANY([1,2]) ORDER BY id
SELECT id FROM products WHERE (id, name) IN ((4, 'lamp 4')) ORDER BY id
SELECT id FROM products p WHERE EXISTS (FROM items i WHERE i.product_id = p.id) ORDER BY id LIMIT 1
SELECT (SELECT count(*) FROM orders), (FROM products SELECT max(price))
SELECT id FROM products WHERE name GLOB 'l*' ORDER BY id
SELECT id FROM products WHERE name NOT ILIKE '%a%' AND name !~~ 'x%' ORDER BY id
SELECT id FROM products WHERE name ~~ 'l%' AND name ~~* 'L%' ORDER BY id
SELECT id FROM products WHERE name ~ 'lamp \d+' AND name !~ 'x' ORDER BY id
SELECT date_trunc('month', placed)::DATE AS m, region, sum(1) OVER (PARTITION BY region ORDER BY date_trunc('month', placed)) FROM orders ORDER BY id LIMIT 3
WITH m AS (SELECT date_trunc('month', placed) m, count(*) n FROM orders GROUP BY 1) SELECT m, n, n - lag(n) OVER (ORDER BY m) d, round(100.0 * n / lag(n) OVER (ORDER BY m) - 100, 1) pct FROM m ORDER BY m
SELECT bool_or(vip), bit_and(id), sum(id)::BIGINT FROM customers
SELECT sum(DISTINCT id), avg(id) FILTER (id > 3) FROM products
SELECT first(id), last(id) FROM (SELECT id FROM products ORDER BY id)
SELECT trim(BOTH 'x' FROM 'xax'), substring('abc' FROM 2), overlay('abc' PLACING 'X' FROM 1)
SELECT CAST('2023-01-01' AS DATE), CAST([1, 2] AS VARCHAR), '[1,2]'::INT[], CAST({'a': 1} AS STRUCT(a BIGINT)), '{"a":1}'::JSON
SELECT id::VARCHAR || name FROM products ORDER BY id LIMIT 1
SELECT to_json({'a': 1}), json_object('a', 1), json_array(1, 2), json_group_array(id), json_group_object(id, name) FROM products WHERE id = 1
SELECT * FROM json_each('{"a": 1, "b": 2}')
SELECT p.id, e.key FROM products p, json_each(p.attributes) e ORDER BY ALL LIMIT 2
SELECT count(*) FROM orders WHERE placed BETWEEN '2023-02-01' AND '2023-03-01'
SELECT count(*) FROM orders WHERE month(placed) = 2 AND year(placed) = 2023 AND dayofweek(placed) NOT IN (0, 6)
SELECT rowid, id FROM orders ORDER BY rowid LIMIT 1
SELECT unnest(['a','b']) AS l, unnest([1,2]) AS n
SELECT list(DISTINCT region ORDER BY region) FROM orders
SELECT array_to_string(list(name ORDER BY id), ', ') FROM products WHERE id < 3
SELECT bar(count(*), 0, 100, 20), region FROM orders GROUP BY region ORDER BY region
SELECT equi_width_bins(0, 10, 2, true)
SELECT any_value(name), region FROM orders JOIN customers c ON c.id = customer_id WHERE customer_id = 1 GROUP BY region ORDER BY region
SELECT fill(x) OVER (ORDER BY i) FROM (VALUES (1, 1), (2, NULL), (3, 3)) t(i, x)
SELECT last_value(email IGNORE NULLS) OVER (ORDER BY id) FROM customers ORDER BY id LIMIT 2
SELECT lag(email IGNORE NULLS) OVER (ORDER BY id), lead(id, 1, -1) OVER (ORDER BY id) FROM customers ORDER BY id LIMIT 2
SELECT sum(x ORDER BY x) FROM (VALUES (1),(2)) t(x)
SELECT alias.id FROM orders AS alias ORDER BY 1 LIMIT 1
SELECT coalesce(sum(visitors), 0) FROM visits WHERE day > '2030-01-01'
SELECT TRY(1 / 0), TRY_CAST('a' AS DATE)
SELECT date_diff('month', DATE '2023-01-31', DATE '2023-03-01'), datesub('month', DATE '2023-01-31', DATE '2023-03-01'), DATE '2023-03-01' - INTERVAL '1 month'
SELECT generate_subscripts([1,2,3], 1)
SELECT string_agg(CASE WHEN vip THEN name END, ', ' ORDER BY name) FROM customers
PIVOT (SELECT region, status FROM orders) ON status IN ('new') USING count(*)
SELECT 0x1F, 1_000_000, 1_000.5
SELECT {'a': {'b': 5}}.a.b
SELECT * FROM orders ORDER BY id LIMIT 10%
SELECT name GLOB 'l*' FROM products ORDER BY id
SELECT CAST({'a': 1} AS STRUCT(a BIGINT)), '[{"a": 1}]'::STRUCT(a INT)[], MAP {'a': 1}::MAP(VARCHAR, INT)
SELECT region, count(*) FROM orders WHERE region IN ('north') GROUP BY region
SELECT * FROM (SELECT region, status FROM orders) PIVOT (count(*) FOR status IN ('new')) ORDER BY region
SELECT region, count(*) FILTER (status = 'paid') * 100.0 / count(*) FROM orders GROUP BY ALL ORDER BY ALL
SELECT region, string_agg(DISTINCT status, '|' ORDER BY status) FROM orders GROUP BY region ORDER BY region
SELECT id, placed - lag(placed) OVER (PARTITION BY customer_id ORDER BY placed) FROM orders ORDER BY customer_id, placed
SELECT id, last_value(email IGNORE NULLS) OVER (ORDER BY id) FROM customers ORDER BY id
SELECT id, lag(email IGNORE NULLS) OVER (ORDER BY id), first_value(country RESPECT NULLS) OVER (ORDER BY id) FROM customers ORDER BY id
SELECT first(name ORDER BY price DESC), last(name ORDER BY price), any_value(region) IS NOT NULL FROM products, orders
SELECT arg_max(name, price), arg_min(name, price), max_by(name, price), min_by(name, price) FROM products
SELECT approx_count_distinct(customer_id) > 0, count(DISTINCT customer_id), mode(region), median(id), quantile_cont(id, 0.9), quantile_disc(id, [0.1, 0.9]) FROM orders
SELECT histogram(status) FROM orders
SELECT region, list(id ORDER BY id)[1:3], list_sum(list(id)), list_distinct(list(status)) IS NOT NULL FROM orders GROUP BY region ORDER BY region
SELECT * EXCLUDE (attributes) REPLACE (round(price) AS price) FROM products ORDER BY id
SELECT COLUMNS('.*id') FROM orders ORDER BY id LIMIT 3
SELECT min(COLUMNS(*)) FROM orders
FROM orders SELECT region, count(*) GROUP BY region ORDER BY region
FROM products ORDER BY id LIMIT 2
SELECT * FROM orders QUALIFY row_number() OVER (PARTITION BY region ORDER BY placed DESC) <= 2 ORDER BY region, placed
SELECT unnest([1, 2, 3]) AS n, unnest(['a', 'b', 'c']) AS t
SELECT p.id, part FROM products p, unnest(json_extract(p.attributes, '$.parts')::INT[]) AS u(part) ORDER BY ALL
SELECT attributes ->> '$.colour', attributes -> 'parts' -> 0, json_extract_string(attributes, '$.size'), json_array_length(attributes, '$.parts') FROM products ORDER BY id
SELECT time_bucket(INTERVAL '7 days', placed) AS w, count(*) FROM orders GROUP BY w ORDER BY w
SELECT date_diff('day', min(placed), max(placed)), age(max(placed), min(placed)), last_day(min(placed)), dayname(min(placed)) FROM orders
SELECT strptime('03.02.2023', '%d.%m.%Y'), make_date(2024, 2, 29), to_days(3), epoch(TIMESTAMP '2024-01-01'), epoch_ms(0)
SELECT o.id, c.id FROM orders o ASOF JOIN customers c ON o.customer_id >= c.id ORDER BY o.id LIMIT 10
SELECT c.id FROM customers c ANTI JOIN orders o ON o.customer_id = c.id ORDER BY c.id
SELECT c.id FROM customers c SEMI JOIN orders o ON o.customer_id = c.id ORDER BY c.id
SELECT region, status, count(*) FROM orders GROUP BY GROUPING SETS ((region), (status), ()) ORDER BY ALL
WITH RECURSIVE t AS (SELECT id, 1 AS depth FROM customers WHERE referrer IS NULL UNION ALL SELECT c.id, depth + 1 FROM customers c JOIN t ON c.referrer = t.id) SELECT depth, count(*) FROM t GROUP BY depth ORDER BY depth
SELECT list_transform([1, 2, 3], lambda x: x * 2), list_filter([1, 2, 3], lambda x: x > 1), [x + 1 FOR x IN [1, 2] IF x > 1]
SELECT {'a': 1, 'b': 'x'}.a, struct_extract({'a': 1}, 'a'), MAP {'k': 1}['k'], array_length([1, 2])
SELECT regexp_extract(email, '@(.*)$', 1), split_part(email, '@', 1), string_split(email, '@')[2], starts_with(name, 'Cust'), name SIMILAR TO 'Cust.*' FROM customers ORDER BY id
SELECT format('{}: {}', id, name), lpad(id::VARCHAR, 5, '0'), printf('%05d', id), bar(id, 0, 20, 10), levenshtein(name, 'lamp') FROM products ORDER BY id
SELECT TRY_CAST('x' AS INT), '12'::INT, 7 // 2, 7 % 2, 2 ** 3, greatest(1, 2), if(1 > 0, 'a', 'b'), coalesce(NULL, 1)
SELECT * FROM (PIVOT orders ON status IN ('paid', 'new') USING count(*) GROUP BY region) ORDER BY region
SELECT region, sum(n) OVER (ORDER BY m ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) FROM (SELECT region, date_trunc('month', placed) AS m, count(*) AS n FROM orders GROUP BY ALL) WHERE region = 'north' ORDER BY m
SELECT bool_or(vip), count_if(vip), product(1.0), kurtosis(id), skewness(id), entropy(country) FROM customers
