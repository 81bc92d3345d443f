-- A mobile operator: a schema of its own, plural names, start and end times, numeric status codes, half-known references.
CREATE FUNCTION pg_temp.h(n int, salt text, size int) RETURNS int LANGUAGE sql IMMUTABLE AS
    $$ SELECT (('x' || substr(md5(salt || n), 1, 7))::bit(28)::int) % size $$;
CREATE SCHEMA ops;
CREATE TABLE ops.tariffs (tariff_id int PRIMARY KEY, tariff_name text NOT NULL, monthly_fee numeric(8, 2) NOT NULL, data_gb int, is_prepaid boolean NOT NULL);
COMMENT ON COLUMN ops.tariffs.data_gb IS 'Included data in GB, null means unlimited';
CREATE TABLE ops.subscribers (
    subscriber_id int PRIMARY KEY, msisdn text NOT NULL UNIQUE, full_name text NOT NULL, city text NOT NULL, birth_date date,
    tariff_id int NOT NULL REFERENCES ops.tariffs, activated_on date NOT NULL, deactivated_on date, status smallint NOT NULL,
    email text, removed boolean NOT NULL DEFAULT false
);
COMMENT ON TABLE ops.subscribers IS 'Subscribers, also called customers';
COMMENT ON COLUMN ops.subscribers.status IS '1 = active, 2 = suspended, 3 = closed';
CREATE TABLE ops.towers (tower_id int PRIMARY KEY, site_name text NOT NULL, region text NOT NULL, technology text NOT NULL, built_on date NOT NULL);
CREATE TABLE ops.calls (
    call_id bigint PRIMARY KEY, subscriber_id int NOT NULL, tower_id int NOT NULL REFERENCES ops.towers, started_at timestamp NOT NULL,
    ended_at timestamp NOT NULL, direction text NOT NULL, is_roaming boolean NOT NULL, dropped boolean NOT NULL
);
CREATE TABLE ops.bills (
    bill_id int PRIMARY KEY, subscriber_id int NOT NULL REFERENCES ops.subscribers, billed_on date NOT NULL, due_on date NOT NULL,
    settled_on date, total numeric(10, 2) NOT NULL
);
CREATE TABLE ops.complaints (
    complaint_id int PRIMARY KEY, subscriber_id int NOT NULL REFERENCES ops.subscribers, topic text NOT NULL, received_at timestamp NOT NULL,
    resolved_at timestamp, severity smallint NOT NULL
);
COMMENT ON COLUMN ops.complaints.severity IS '1 = low, 2 = medium, 3 = high';
INSERT INTO ops.tariffs VALUES (1, 'Mini', 7.90, 2, true), (2, 'Comfort', 19.90, 20, false), (3, 'Endless', 39.90, NULL, false),
    (4, 'Family', 59.90, 100, false), (5, 'Legacy', 14.50, 1, false);
INSERT INTO ops.subscribers SELECT n, '4670' || 100000 + n, 'Person ' || n, (ARRAY['Malmo', 'Uppsala', 'Kiruna', 'Lund'])[1 + pg_temp.h(n, 'ci', 4)],
    CASE WHEN n % 10 > 0 THEN date '1950-03-03' + pg_temp.h(n, 'bd', 20000) END, 1 + pg_temp.h(n, 'ta', 4), date '2019-04-01' + pg_temp.h(n, 'ac', 2000),
    CASE WHEN pg_temp.h(n, 'ss', 6) = 5 THEN date '2024-10-01' + pg_temp.h(n, 'de', 90) END, (ARRAY[1, 1, 1, 1, 2, 3])[1 + pg_temp.h(n, 'ss', 6)],
    CASE WHEN n % 4 > 0 THEN 'p' || n || '@example.org' END, n % 23 = 0 FROM generate_series(1, 250) n;
INSERT INTO ops.towers SELECT n, 'Site ' || n, (ARRAY['North', 'South', 'East', 'West'])[1 + pg_temp.h(n, 're', 4)],
    (ARRAY['4G', '5G', '5G'])[1 + pg_temp.h(n, 'te', 3)], date '2012-01-10' + pg_temp.h(n, 'bu', 4000) FROM generate_series(1, 22) n;
INSERT INTO ops.calls SELECT n, 1 + pg_temp.h(n, 'su', 230), 1 + pg_temp.h(n, 'to', 20), at, at + (5 + pg_temp.h(n, 'du', 4200)) * interval '1 second',
    (ARRAY['incoming', 'outgoing'])[1 + pg_temp.h(n, 'di', 2)], pg_temp.h(n, 'ro', 15) = 0, pg_temp.h(n, 'dr', 25) = 0
    FROM (SELECT n, timestamp '2024-06-01 00:10' + n * interval '97 minutes' AS at FROM generate_series(1, 3400) n) x;
INSERT INTO ops.bills SELECT n, 1 + pg_temp.h(n, 'bs', 240), b, b + 20, CASE WHEN pg_temp.h(n, 'se', 7) > 0 AND b < '2024-12-25' THEN b + 1 + pg_temp.h(n, 'sd', 30) END,
    5 + pg_temp.h(n, 'bt', 12000) / 100.0 FROM (SELECT n, date '2023-05-03' + n * 620 / 1200 AS b FROM generate_series(1, 1200) n) x;
INSERT INTO ops.complaints SELECT n, 1 + pg_temp.h(n, 'cs', 200), (ARRAY['billing', 'coverage', 'roaming', 'service'])[1 + pg_temp.h(n, 'tp', 4)], r,
    CASE WHEN pg_temp.h(n, 'rs', 6) > 0 THEN r + pg_temp.h(n, 'rd', 400) * interval '1 hour' END, 1 + pg_temp.h(n, 'sv', 3)
    FROM (SELECT n, timestamp '2024-01-03 09:00' + n * interval '19 hours' AS r FROM generate_series(1, 480) n) x;
