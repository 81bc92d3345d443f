-- An online shop as it grew: abbreviations, codes, cents, comments on some columns, a reference that is not declared.
CREATE FUNCTION pg_temp.h(n int, salt text, size int) RETURNS int LANGUAGE sql IMMUTABLE AS
    $$ SELECT (('x' || substr(md5(salt || n), 1, 7))::bit(28)::int) % size $$;
CREATE TABLE customers (
    cust_id int PRIMARY KEY, full_name text NOT NULL, email text, city text NOT NULL, country text NOT NULL,
    newsletter boolean NOT NULL, created_at timestamptz NOT NULL, prefs jsonb
);
COMMENT ON TABLE customers IS 'Customers of the shop, also called clients';
COMMENT ON COLUMN customers.created_at IS 'When the customer registered';
CREATE TABLE categories (id int PRIMARY KEY, name text NOT NULL);
CREATE TABLE products (
    id int PRIMARY KEY, cat_id int NOT NULL REFERENCES categories (id), title text NOT NULL, price_cents int NOT NULL,
    stock_qty int NOT NULL, weight_g int, discontinued boolean NOT NULL
);
COMMENT ON TABLE products IS 'Articles that the shop sells';
COMMENT ON COLUMN products.stock_qty IS 'Number of units in stock';
CREATE TABLE orders (
    id int PRIMARY KEY, cust_id int NOT NULL, status char(1) NOT NULL, ordered_at timestamptz NOT NULL,
    shipped_at timestamptz, total_cents bigint NOT NULL, ship_country text NOT NULL, coupon text
);
COMMENT ON COLUMN orders.status IS 'N = new, S = shipped, D = delivered, C = cancelled, R = returned';
COMMENT ON COLUMN orders.total_cents IS 'Order value in cents, also called revenue or sales';
COMMENT ON COLUMN orders.coupon IS 'Coupon code; null when the customer used none';
CREATE TABLE order_items (
    order_id int NOT NULL REFERENCES orders (id), product_id int NOT NULL REFERENCES products (id), qty int NOT NULL,
    unit_price_cents int NOT NULL, PRIMARY KEY (order_id, product_id)
);
CREATE TABLE reviews (
    id int PRIMARY KEY, product_id int NOT NULL REFERENCES products (id), cust_id int NOT NULL REFERENCES customers (cust_id),
    stars int NOT NULL, posted_on date NOT NULL, body text
);
COMMENT ON COLUMN reviews.stars IS 'Rating from 1 to 5';
INSERT INTO categories VALUES (1, 'Toys'), (2, 'Books'), (3, 'Garden'), (4, 'Kitchen'), (5, 'Music');
INSERT INTO customers SELECT n, (ARRAY['Ann', 'Bob', 'Cyd', 'Dan', 'Eve', 'Fay'])[1 + n % 6] || ' Marsh' || n,
    CASE WHEN n % 6 > 0 THEN 'c' || n || '@example.com' END,
    (ARRAY['Berlin', 'Leeds', 'Oslo', 'Paris', 'Lyon'])[1 + pg_temp.h(n, 'city', 5)],
    (ARRAY['Germany', 'UK', 'Norway', 'France', 'France'])[1 + pg_temp.h(n, 'city', 5)], pg_temp.h(n, 'news', 3) > 0,
    timestamptz '2022-01-05 12:00+00' + pg_temp.h(n, 'reg', 900) * interval '1 day', '{"lang": "en"}' FROM generate_series(1, 150) n;
INSERT INTO products SELECT n, 1 + pg_temp.h(n, 'cat', 5), 'Item ' || n, 300 + pg_temp.h(n, 'price', 15000), pg_temp.h(n, 'stock', 90),
    CASE WHEN n % 5 > 0 THEN 50 + pg_temp.h(n, 'weight', 5000) END, n % 8 = 0 FROM generate_series(1, 45) n;
INSERT INTO orders SELECT n, 1 + pg_temp.h(n, 'oc', 130), (ARRAY['N', 'S', 'D', 'D', 'D', 'C', 'R'])[1 + pg_temp.h(n, 'st', 7)], o,
    CASE WHEN pg_temp.h(n, 'st', 7) BETWEEN 1 AND 4 THEN o + pg_temp.h(n, 'ship', 200) * interval '1 hour' END,
    500 + pg_temp.h(n, 'total', 60000), (ARRAY['Germany', 'UK', 'Norway', 'France'])[1 + pg_temp.h(n, 'sc', 4)],
    CASE WHEN pg_temp.h(n, 'coupon', 4) = 0 THEN 'SAVE' || 5 * (1 + n % 3) END
    FROM (SELECT n, timestamptz '2022-07-01 06:30+00' + n * interval '9 hours' AS o FROM generate_series(1, 1990) n) d;
INSERT INTO order_items SELECT o, 1 + pg_temp.h(o * 10 + k, 'prod', 41), 1 + pg_temp.h(o * 10 + k, 'qty', 4), 300 + pg_temp.h(o * 10 + k, 'up', 15000)
    FROM generate_series(1, 1990) o, generate_series(1, 3) k ON CONFLICT DO NOTHING;
INSERT INTO reviews SELECT n, 1 + pg_temp.h(n, 'rp', 38), 1 + pg_temp.h(n, 'rc', 120), 1 + pg_temp.h(n, 'stars', 5), date '2023-01-01' + n,
    CASE WHEN n % 3 = 0 THEN 'fine' END FROM generate_series(1, 520) n;
