"""The schema that this folder's tests read: a small shop with every kind of column that an analyst meets."""

SHOP = """
CREATE SCHEMA crm;
CREATE TYPE status AS ENUM ('new', 'paid', 'shipped', 'returned');
CREATE DOMAIN percentage AS numeric(5, 2) CHECK (VALUE BETWEEN 0 AND 100);
CREATE TABLE crm.customers (
    id int PRIMARY KEY, name text NOT NULL, country char(2), born date, email varchar(80), tags text[],
    joined timestamptz NOT NULL, "VIP" boolean DEFAULT false, referrer int REFERENCES crm.customers);
COMMENT ON TABLE crm.customers IS 'Who buys.';
COMMENT ON COLUMN crm.customers.country IS 'ISO 3166 code.';
CREATE TABLE products (
    id int PRIMARY KEY, name text NOT NULL, price numeric(10, 2) NOT NULL, weight double precision, attributes jsonb,
    valid daterange, discount percentage);
CREATE TABLE orders (
    id int, region text, customer_id int REFERENCES crm.customers, status status NOT NULL, placed timestamp NOT NULL,
    shipped_after interval, PRIMARY KEY (id, region));
CREATE TABLE items (
    order_id int, region text, product_id int REFERENCES products, quantity int NOT NULL,
    FOREIGN KEY (order_id, region) REFERENCES orders);
CREATE TABLE visits (day date NOT NULL, visitors bigint) PARTITION BY RANGE (day);
CREATE TABLE visits_2023 PARTITION OF visits FOR VALUES FROM ('2023-01-01') TO ('2024-01-01');
CREATE TABLE visits_2024 PARTITION OF visits FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE VIEW order_totals AS
    SELECT o.id, o.region, sum(i.quantity * p.price) AS total
    FROM orders o JOIN items i ON (i.order_id, i.region) = (o.id, o.region) JOIN products p ON p.id = i.product_id
    GROUP BY 1, 2;
CREATE MATERIALIZED VIEW countries AS SELECT country, count(*) AS customers FROM crm.customers GROUP BY country;
INSERT INTO crm.customers
    SELECT i, 'Customer ' || i, (ARRAY['AT', 'DE', 'FR', NULL])[1 + i % 4], date '1960-01-01' + i * 173,
        CASE WHEN i % 5 > 0 THEN 'c' || i || '@example.org' END, ARRAY['t' || i % 3, 't' || i % 7],
        timestamptz '2023-01-01 10:00+00' + i * interval '37 hours', i % 10 = 0, NULLIF(i / 3, 0)
    FROM generate_series(1, 60) i;
INSERT INTO products
    SELECT i, (ARRAY['lamp', 'chair', 'desk', 'it''s a \\ box'])[1 + i % 4] || ' ' || i, i * 7.35, i / 3.0,
        jsonb_build_object('colour', (ARRAY['red', 'blue'])[1 + i % 2], 'size', i, 'a.b', i * 2,
            'parts', jsonb_build_array(i, i + 1), 'nested', jsonb_build_object('deep', 'x' || i)),
        daterange(date '2023-01-01' + i, date '2023-03-01' + i), i * 3
    FROM generate_series(1, 20) i;
INSERT INTO orders
    SELECT i, (ARRAY['north', 'south'])[1 + i % 2], 1 + i % 55, (enum_range(NULL::status))[1 + i % 4],
        timestamp '2023-01-05 08:30' + i * interval '29 hours', CASE WHEN i % 3 > 0 THEN i * interval '5 hours' END
    FROM generate_series(1, 200) i;
INSERT INTO items
    SELECT 1 + i % 200, (ARRAY['north', 'south'])[1 + (1 + i % 200) % 2], 1 + i % 20, 1 + i % 5
    FROM generate_series(1, 500) i;
INSERT INTO visits SELECT date '2023-06-01' + i, i * 10 FROM generate_series(1, 400) i;
REFRESH MATERIALIZED VIEW countries;
ANALYZE;
CREATE TABLE secrets (password text);
INSERT INTO secrets VALUES ('hunter2');
"""
