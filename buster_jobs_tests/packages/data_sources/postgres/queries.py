"""Queries that analysts write, over the shop. Each must pass the guard and answer as it does without it."""

# ruff: noqa: E501, one query a line is easier to read than wrapped ones

QUERIES = [
    "SELECT 1",
    "SELECT count(*) FROM orders;",
    "select Name, PRICE from Products order by price desc limit 5",
    "TABLE countries",
    "VALUES (1, 'a'), (2, 'b') ORDER BY 1 DESC",
    "SELECT * FROM (VALUES (1, 'x'), (2, 'y')) AS v(n, label) WHERE n > 1",
    "SELECT DISTINCT status FROM orders ORDER BY status",
    "SELECT DISTINCT ON (customer_id) customer_id, placed, id FROM orders ORDER BY customer_id, placed DESC, id",
    "SELECT c.name, count(o.id) FROM crm.customers c LEFT JOIN orders o ON o.customer_id = c.id GROUP BY c.id, c.name"
    " HAVING count(o.id) > 3 ORDER BY 2 DESC, 1",
    "SELECT c.country, sum(i.quantity * p.price)::numeric(12,2) AS revenue FROM orders o JOIN items i"
    " ON i.order_id = o.id AND i.region = o.region JOIN products p ON p.id = i.product_id"
    " JOIN customers c ON c.id = o.customer_id GROUP BY 1 ORDER BY 2 DESC NULLS LAST",
    "SELECT * FROM orders NATURAL JOIN (SELECT id, region, total FROM order_totals) t ORDER BY total, id LIMIT 3",
    "SELECT * FROM orders o JOIN items i USING (region) WHERE o.id = i.order_id ORDER BY 1, 2, product_id LIMIT 7",
    "SELECT a.id, b.id FROM orders a FULL OUTER JOIN orders b ON a.id = b.id + 195 WHERE a.id IS NULL ORDER BY 2 LIMIT 5",
    "SELECT p.name, c.country FROM products p CROSS JOIN countries c ORDER BY 1, 2 NULLS FIRST OFFSET 3 LIMIT 4",
    "SELECT * FROM orders ORDER BY id OFFSET 2 ROWS FETCH NEXT 5 ROWS ONLY",
    "SELECT status FROM orders ORDER BY status FETCH FIRST 1 ROW WITH TIES",
    "SELECT id, rank() OVER (PARTITION BY region ORDER BY placed DESC) FROM orders ORDER BY 2, 1 LIMIT 10",
    "SELECT id, row_number() OVER w, lag(placed) OVER w, lead(id, 2, -1) OVER w FROM orders"
    " WINDOW w AS (PARTITION BY status ORDER BY placed, id) ORDER BY id",
    "SELECT day, avg(visitors) OVER (ORDER BY day ROWS BETWEEN 6 PRECEDING AND CURRENT ROW) FROM visits ORDER BY day",
    "SELECT day, sum(visitors) OVER (ORDER BY day RANGE BETWEEN INTERVAL '7 days' PRECEDING AND CURRENT ROW)"
    " FROM visits ORDER BY day",
    "SELECT day, sum(visitors) OVER (ORDER BY day GROUPS BETWEEN 1 PRECEDING AND 1 FOLLOWING EXCLUDE CURRENT ROW)"
    " FROM visits ORDER BY day",
    "SELECT id, ntile(4) OVER (ORDER BY id), percent_rank() OVER (ORDER BY id), cume_dist() OVER (ORDER BY id),"
    " first_value(id) OVER (ORDER BY id), nth_value(id, 2) OVER (ORDER BY id) FROM products ORDER BY id",
    "SELECT sum(price) FILTER (WHERE id > 5) OVER (PARTITION BY id % 2) FROM products ORDER BY id",
    "WITH recent AS (SELECT * FROM orders WHERE placed > '2023-05-01') SELECT region, count(*) FROM recent GROUP BY region"
    " ORDER BY 1",
    "WITH a AS MATERIALIZED (SELECT 1 AS x), b AS NOT MATERIALIZED (SELECT x + 1 AS y FROM a) SELECT * FROM a, b",
    "WITH orders AS (SELECT id FROM products) SELECT count(*) FROM orders",
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10) SELECT sum(i) FROM n",
    "WITH RECURSIVE chain AS (SELECT id, referrer, 0 AS depth FROM crm.customers WHERE referrer IS NULL UNION ALL"
    " SELECT c.id, c.referrer, depth + 1 FROM crm.customers c JOIN chain ON c.referrer = chain.id)"
    " SELECT depth, count(*) FROM chain GROUP BY depth ORDER BY depth",
    "WITH RECURSIVE t AS (SELECT id, referrer FROM crm.customers WHERE id < 3 UNION ALL SELECT c.id, c.referrer FROM"
    " crm.customers c JOIN t ON c.referrer = t.id) SEARCH DEPTH FIRST BY id SET seq SELECT id FROM t ORDER BY seq",
    "SELECT name FROM crm.customers c WHERE EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.id AND o.status = 'paid')"
    " ORDER BY 1",
    "SELECT name FROM products WHERE id NOT IN (SELECT product_id FROM items WHERE quantity > 4) ORDER BY 1",
    "SELECT id FROM products WHERE price > ALL (SELECT price FROM products WHERE id < 10) ORDER BY 1",
    "SELECT id FROM products WHERE id = ANY (ARRAY[1, 2, 3]) OR id = SOME ('{7,8}'::int[]) ORDER BY id",
    "SELECT id FROM orders WHERE (id, region) IN ((1, 'south'), (2, 'north')) ORDER BY id",
    "SELECT id FROM orders WHERE (id, region) > (195, 'north') ORDER BY id",
    "SELECT p.id, (SELECT sum(quantity) FROM items i WHERE i.product_id = p.id) AS sold FROM products p ORDER BY 1",
    "SELECT c.id, l.placed FROM crm.customers c, LATERAL (SELECT placed FROM orders o WHERE o.customer_id = c.id"
    " ORDER BY placed DESC, id LIMIT 2) l ORDER BY 1, 2",
    "SELECT c.id, l.n FROM crm.customers c LEFT JOIN LATERAL (SELECT count(*) n FROM orders o WHERE o.customer_id = c.id) l"
    " ON true ORDER BY 1",
    "SELECT id FROM products WHERE id < 3 UNION SELECT id FROM orders WHERE id < 5 ORDER BY 1",
    "SELECT 1 AS a UNION ALL SELECT 2 INTERSECT SELECT 2 UNION ALL SELECT 3 ORDER BY a",
    "(SELECT id FROM products ORDER BY id DESC LIMIT 2) UNION ALL (SELECT id FROM products ORDER BY id LIMIT 2)",
    "SELECT id FROM products EXCEPT SELECT product_id FROM items WHERE quantity = 1 ORDER BY 1",
    "SELECT date_trunc('month', placed) AS month, count(*) FROM orders GROUP BY 1 ORDER BY 1",
    "SELECT extract(year FROM placed), extract(isodow from placed), date_part('week', placed) FROM orders ORDER BY placed",
    "SELECT extract(epoch FROM shipped_after) / 3600 AS hours FROM orders ORDER BY id",
    "SELECT joined AT TIME ZONE 'Europe/Vienna' FROM crm.customers ORDER BY id",
    "SELECT (joined AT TIME ZONE 'UTC')::date, timezone('Asia/Tokyo', joined) FROM crm.customers ORDER BY id",
    "SELECT placed + interval '1 day 2 hours', placed - interval '3' day, placed::date - 7 FROM orders ORDER BY id",
    "SELECT age(timestamp '2024-01-01', placed), justify_hours(shipped_after) FROM orders ORDER BY id",
    "SELECT count(*) FROM orders WHERE placed BETWEEN '2023-02-01' AND '2023-03-01'",
    "SELECT count(*) FROM orders WHERE placed >= date '2023-02-01' AND placed < date '2023-02-01' + interval '1 month'",
    "SELECT to_char(placed, 'YYYY-MM-DD HH24:MI'), to_char(id * 1.5, 'FM999D00') FROM orders ORDER BY id",
    "SELECT make_date(2024, 2, 29), make_interval(days => 3, hours => 2), to_date('20240131', 'YYYYMMDD')",
    "SELECT date_bin('15 minutes', placed, timestamp '2001-01-01') FROM orders ORDER BY id LIMIT 5",
    "SELECT d::date, count(o.id) FROM generate_series(date '2023-02-01', date '2023-02-10', interval '1 day') AS d"
    " LEFT JOIN orders o ON o.placed::date = d GROUP BY d ORDER BY d",
    "SELECT interval 'P1M', interval '1-2', interval '-3 weeks', 1.5 * interval '1 hour', interval '90' minute",
    "SELECT (date '2023-01-01', interval '2 months') OVERLAPS (date '2023-02-01', date '2023-05-01')",
    "SELECT date '2024-01-01'::text || 'x', date'2024-01-01'::timestamp, timestamp '2024-01-01 10:00'::date",
    "SELECT price::int, CAST(price AS text), weight::numeric(10,3), id::bigint, '12'::int + 1 FROM products ORDER BY id",
    "SELECT id::smallint, id::real, id::double precision, id::varchar(1), 'a'::char(3), id::bool, 1::boolean FROM products p"
    " ORDER BY p.id",
    "SELECT -id::int, -2 ^ 2, 2 ^ 3 ^ 2, 2 * 3 ^ 2, |/ 16 + 9, 7 / 2, 7 / 2.0, -7 % 3, 5 # 1, ~5, 1 << 3 FROM products LIMIT 1",
    "SELECT attributes->>'colour' AS colour, count(*), avg((attributes->>'size')::int) FROM products GROUP BY 1 ORDER BY 1",
    "SELECT attributes->'parts'->0, attributes->'parts'->>-1, attributes#>>'{nested,deep}', attributes->>'a.b',"
    " attributes->'size'::text FROM products ORDER BY id",
    "SELECT id FROM products WHERE attributes @> '{\"colour\": \"red\"}'::jsonb AND attributes ? 'size' ORDER BY id",
    "SELECT id FROM products WHERE attributes ?| array['none', 'size'] AND attributes ?& array['size'] ORDER BY id",
    "SELECT id, attributes #- '{nested,deep}', attributes - 'parts', attributes || '{\"x\": 1}' FROM products ORDER BY id",
    "SELECT id FROM products WHERE attributes @? '$.parts[*] ? (@ > 15)' AND attributes @@ '$.size > 10' ORDER BY id",
    "SELECT p.id, e.key, e.value FROM products p, jsonb_each_text(p.attributes) AS e(key, value) ORDER BY 1, 2",
    "SELECT p.id, x.part FROM products p CROSS JOIN LATERAL jsonb_array_elements_text(p.attributes->'parts') AS x(part)"
    " ORDER BY 1, 2",
    'SELECT * FROM jsonb_to_recordset(\'[{"a": 1, "b": "x"}]\'::jsonb) AS r(a int, b text)',
    "SELECT jsonb_build_object('n', count(*), 'max', max(price)), json_agg(name ORDER BY id) FROM products",
    "SELECT to_jsonb(p) ->> 'name', row_to_json(p)::text FROM products p ORDER BY id",
    "SELECT id, tags[1], tags[1:2], array_length(tags, 1), cardinality(tags), 't1' = ANY(tags) FROM crm.customers ORDER BY id",
    "SELECT tag, count(*) FROM crm.customers, unnest(tags) AS tag GROUP BY tag ORDER BY 2 DESC, 1",
    "SELECT id, t.tag, t.n FROM crm.customers, unnest(tags) WITH ORDINALITY AS t(tag, n) ORDER BY 1, 3",
    "SELECT ARRAY(SELECT id FROM products ORDER BY id LIMIT 3), ARRAY[[1,2],[3,4]], ARRAY[]::int[], ARRAY[1] || 2",
    "SELECT id FROM crm.customers WHERE tags && ARRAY['t1', 't5'] AND NOT tags @> ARRAY['t2'] AND tags <@ tags ORDER BY id",
    "SELECT (string_to_array('a,b,c', ','))[2], (array_agg(id ORDER BY price DESC))[1] FROM products",
    "SELECT status, string_agg(id::text, ',' ORDER BY id DESC), string_agg(DISTINCT region, '/' ORDER BY region) FROM orders"
    " GROUP BY status ORDER BY status",
    "SELECT count(*) FILTER (WHERE status = 'paid') AS paid, count(DISTINCT customer_id), bool_and(id > 0) FROM orders",
    "SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY price), percentile_disc(ARRAY[0.25, 0.75]) WITHIN GROUP (ORDER BY"
    " price DESC), mode() WITHIN GROUP (ORDER BY id % 3) FROM products",
    "SELECT corr(price, weight), regr_slope(price, weight), stddev_samp(price), var_pop(weight), covar_pop(price, id)"
    " FROM products",
    "SELECT region, status, count(*), grouping(region, status) FROM orders GROUP BY GROUPING SETS ((region, status),"
    " (region), ()) ORDER BY 1, 2, 3",
    "SELECT region, status, count(*) FROM orders GROUP BY ROLLUP (region, status) ORDER BY 1, 2, 3",
    "SELECT region, status, count(*) FROM orders GROUP BY CUBE (region, status) ORDER BY 1, 2, 3",
    "SELECT CASE WHEN price < 50 THEN 'cheap' WHEN price < 100 THEN 'fair' ELSE 'dear' END AS band, count(*) FROM products"
    " GROUP BY 1 ORDER BY 1",
    "SELECT CASE status WHEN 'new' THEN 1 ELSE 0 END, COALESCE(shipped_after, '0'), NULLIF(region, 'north'), GREATEST(id, 5),"
    " LEAST(id, 5) FROM orders ORDER BY id",
    "SELECT name FROM products WHERE name ~ '^l.*1' OR name ~* 'DESK' OR name !~ 'a' ORDER BY 1",
    "SELECT name !~* 'LAMP' IS TRUE, name !~ 'x' = true, (name ~ 'x') IS NOT TRUE FROM products ORDER BY id",
    "SELECT email NOT IN ('a') IS TRUE, (email NOT LIKE 'c%') IS NULL, id NOT BETWEEN 3 AND 9 IS TRUE FROM crm.customers"
    " ORDER BY id",
    "SELECT name FROM products WHERE name ILIKE '%LAMP%' AND name NOT LIKE 'd\\_%' AND name SIMILAR TO '(lamp|desk)%' ORDER BY 1",
    "SELECT name FROM products WHERE name LIKE '%!_%' ESCAPE '!' OR name LIKE ANY (ARRAY['desk%', 'chair%']) ORDER BY 1",
    "SELECT regexp_replace(name, '(\\w+) (\\d+)', E'\\\\2-\\\\1'), (regexp_match(name, '\\d+'))[1], split_part(name, ' ', 1)"
    " FROM products ORDER BY id",
    "SELECT E'it\\'s\\ttab\\n\\x41\\u00e9', $$dollar 'quoted' \\n$$, 'a''b \\', $t$ $$ $t$, '--no /* comment'",
    "SELECT upper(name), length(name), substring(name from 2 for 3), substring(name, 3), substr(name, 1, 2),"
    " position('a' in name), trim(both 'l' from name), ltrim(name, 'c'), overlay(name placing 'XX' from 2 for 1), left(name, 2),"
    " lpad(name, 20, '.'), initcap(name), reverse(name), concat_ws('-', id, name), format('%s:%s', id, name) FROM products"
    " ORDER BY id",
    "SELECT trim(name), trim(leading 'l' from name), trim(trailing from name), btrim(name, 'l'), char_length(name) FROM products"
    " ORDER BY id",
    'SELECT name COLLATE "C" FROM products ORDER BY name COLLATE "C" DESC',
    "SELECT round(price, 1), ceil(weight), floor(weight), abs(-price), mod(id, 3), power(id, 2), sqrt(id), ln(price),"
    " log(2, id), sign(weight - 3), width_bucket(price, 0, 150, 5), trunc(price), pi(), div(id, 3) FROM products ORDER BY id",
    "SELECT id FROM products WHERE valid @> date '2023-02-01' AND valid && daterange('2023-01-10', '2023-01-20') AND"
    " lower(valid) < upper(valid) ORDER BY id",
    "SELECT valid * daterange('2023-01-10', '2023-02-20'), valid -|- daterange('2023-03-05', '2023-04-01') FROM products ORDER BY id",
    "SELECT id FROM crm.customers WHERE email IS NULL OR \"VIP\" IS TRUE OR country IS DISTINCT FROM 'AT' ORDER BY id",
    'SELECT country ISNULL, email NOTNULL, "VIP" IS NOT FALSE, ("VIP" AND NULL) IS UNKNOWN FROM crm.customers ORDER BY id',
    "SELECT * FROM orders WHERE status = 'paid'::status AND placed > '2023-08-01' ORDER BY id",
    "SELECT status::text, 'new'::public.status < status FROM orders ORDER BY id",
    "SELECT public.orders.id, orders.region FROM public.orders ORDER BY 1 LIMIT 2",
    "SELECT o.* FROM ONLY orders AS o ORDER BY id LIMIT 2",
    'SELECT id AS "Order No.", region AS "select", status AS label FROM orders ORDER BY "Order No." LIMIT 2',
    "SELECT id, -- a comment; DROP TABLE orders\n region /* another /* nested */ one */ FROM orders ORDER BY id LIMIT 2",
    "SELECT t.total / NULLIF(sum(t.total) OVER (), 0) * 100 AS share FROM order_totals t ORDER BY id, region",
    "SELECT to_tsvector('english', name) @@ plainto_tsquery('english', 'lamps') FROM products ORDER BY id",
    "SELECT count(*) FROM visits WHERE day >= '2024-01-01'",
    "SELECT pg_catalog.lower('X'), lower('Y') AS lower, md5('a'), encode('abc'::bytea, 'hex'), '\\x00ff'::bytea, B'101', X'1F'",
    "SELECT 'infinity'::timestamp > now(), current_date = now()::date, localtimestamp(0) IS NULL, current_timestamp(0) IS NULL",
    "SELECT row(1, 'a') = row(1, 'a'), (row(1,2)).f1, 1 <> 2, 1 != 2, NOT 1 = 2, true AND NOT false OR NULL",
    "SELECT * FROM ROWS FROM (generate_series(1, 3), unnest(ARRAY['a', 'b'])) AS r(n, label)",
    "SELECT sum(n) FROM (SELECT 1 AS n UNION ALL SELECT 2) s",
    "SELECT 1e3, 1.5E-3, .5, 5., 12345678901234567890, 0.1::float8, 'NaN'::numeric",
    "SELECT date_trunc('quarter', placed)::date AS q, o.region, sum(quantity) FROM orders o JOIN items i ON i.order_id = o.id"
    " AND i.region = o.region GROUP BY q, o.region ORDER BY 1, 2",
]
