-- A freight company: abbreviated names, composite keys, status codes, weights in kg, money in cents, few comments.
CREATE FUNCTION pg_temp.h(n int, salt text, size int) RETURNS int LANGUAGE sql IMMUTABLE AS
    $$ SELECT (('x' || substr(md5(salt || n), 1, 7))::bit(28)::int) % size $$;
CREATE TABLE cust (
    cust_id int PRIMARY KEY, cust_nm text NOT NULL, cntry text NOT NULL, seg_cd char(1) NOT NULL,
    cr_limit_cents bigint, created_dt date NOT NULL
);
COMMENT ON TABLE cust IS 'Customers who ship with us';
COMMENT ON COLUMN cust.seg_cd IS 'Segment: R = retail, W = wholesale, G = government';
COMMENT ON COLUMN cust.cr_limit_cents IS 'Credit limit in cents, null when there is none';
CREATE TABLE whse (whse_id int PRIMARY KEY, whse_nm text NOT NULL, city text NOT NULL, capacity_m3 int NOT NULL);
COMMENT ON TABLE whse IS 'Warehouses';
CREATE TABLE carrier (carrier_cd text PRIMARY KEY, carrier_nm text NOT NULL, mode text NOT NULL);
CREATE TABLE item (
    item_id int PRIMARY KEY, sku text NOT NULL UNIQUE, item_desc text NOT NULL, category text NOT NULL,
    wt_kg numeric(8, 2) NOT NULL, unit_cost_cents int NOT NULL, is_hazmat boolean NOT NULL
);
COMMENT ON COLUMN item.is_hazmat IS 'True for hazardous goods';
CREATE TABLE shpmt (
    shpmt_no int PRIMARY KEY, cust_id int NOT NULL REFERENCES cust (cust_id),
    orig_whse_id int NOT NULL REFERENCES whse (whse_id), dest_city text NOT NULL,
    carrier_cd text REFERENCES carrier (carrier_cd), stat_cd char(2) NOT NULL, shipped_at timestamp,
    promised_dt date NOT NULL, delivered_at timestamp, freight_cents bigint NOT NULL
);
COMMENT ON TABLE shpmt IS 'Shipments';
COMMENT ON COLUMN shpmt.stat_cd IS 'NW = new, IT = in transit, DL = delivered, CX = cancelled';
COMMENT ON COLUMN shpmt.dest_city IS 'Destination';
CREATE TABLE shpmt_line (
    shpmt_no int NOT NULL REFERENCES shpmt (shpmt_no), line_no int NOT NULL, item_id int NOT NULL REFERENCES item (item_id),
    qty int NOT NULL, PRIMARY KEY (shpmt_no, line_no)
);
COMMENT ON TABLE shpmt_line IS 'Lines of shipments';
CREATE TABLE stock (
    whse_id int NOT NULL REFERENCES whse (whse_id), item_id int NOT NULL REFERENCES item (item_id),
    qty_on_hand int NOT NULL, reorder_pt int NOT NULL, PRIMARY KEY (whse_id, item_id)
);
COMMENT ON COLUMN stock.qty_on_hand IS 'Units on hand';
INSERT INTO cust SELECT n, 'Client ' || n, (ARRAY['Spain', 'Italy', 'Norway', 'Canada', 'Chile'])[1 + pg_temp.h(n, 'cc', 5)],
    (ARRAY['R', 'W', 'W', 'G'])[1 + pg_temp.h(n, 'seg', 4)],
    CASE WHEN n % 6 > 0 THEN 500000 + 1000 * pg_temp.h(n, 'lim', 9000) END, date '2021-01-05' + pg_temp.h(n, 'cr', 1500)
    FROM generate_series(1, 90) n;
INSERT INTO whse VALUES (1, 'North Hub', 'Oslo', 52000), (2, 'Harbor One', 'Genoa', 81000), (3, 'Plaza', 'Madrid', 33000),
    (4, 'West Dock', 'Vancouver', 46000), (5, 'Old Mill', 'Turin', 9000);
INSERT INTO carrier VALUES ('BLU', 'Blue Line', 'sea'), ('FST', 'Fast Wheels', 'road'), ('SKY', 'Skyway', 'air'),
    ('RAP', 'Rapid Road', 'road'), ('ICE', 'Iceberg', 'sea');
INSERT INTO item SELECT n, 'SKU-' || 1000 + n, 'Thing ' || n,
    (ARRAY['Furniture', 'Chemicals', 'Toys', 'Machinery'])[1 + pg_temp.h(n, 'cat', 4)], 0.5 + pg_temp.h(n, 'kg', 20000) / 100.0,
    90 + pg_temp.h(n, 'cost', 90000), pg_temp.h(n, 'haz', 5) = 0 FROM generate_series(1, 60) n;
INSERT INTO shpmt SELECT n, 1 + pg_temp.h(n, 'c', 80), 1 + pg_temp.h(n, 'w', 4),
    (ARRAY['Lisbon', 'Bergen', 'Milan', 'Toronto', 'Santiago', 'Rome'])[1 + pg_temp.h(n, 'd', 6)],
    CASE WHEN n % 11 > 0 THEN (ARRAY['BLU', 'FST', 'SKY', 'RAP'])[1 + pg_temp.h(n, 'ca', 4)] END,
    s, CASE WHEN s <> 'NW' THEN at END, at::date + 4,
    CASE WHEN s = 'DL' THEN at + (20 + pg_temp.h(n, 'dl', 110)) * interval '1 hour' END, 2500 + pg_temp.h(n, 'f', 400000)
    FROM (SELECT n, (ARRAY['DL', 'DL', 'DL', 'DL', 'IT', 'CX', 'NW'])[1 + pg_temp.h(n, 's', 7)] AS s,
        timestamp '2023-06-01 06:00' + n * interval '521 minutes' + pg_temp.h(n, 't', 300) * interval '1 minute' AS at
        FROM generate_series(1, 1790) n) x;
INSERT INTO shpmt_line SELECT s, l, 1 + pg_temp.h(s * 10 + l, 'i', 55), 1 + pg_temp.h(s * 10 + l, 'q', 30)
    FROM generate_series(1, 1790) s, generate_series(1, 3) l WHERE l <= 1 + s % 3;
INSERT INTO stock SELECT w, i, pg_temp.h(w * 100 + i, 'oh', 500), 20 + pg_temp.h(w * 100 + i, 'rp', 80)
    FROM generate_series(1, 4) w, generate_series(1, 60) i WHERE (w + i) % 5 > 0;
