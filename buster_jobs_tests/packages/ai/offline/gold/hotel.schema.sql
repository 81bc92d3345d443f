-- A chain of hotels: t_ prefixes, running keys called id, net prices, nights between dates, a log of calls, reviews.
CREATE FUNCTION pg_temp.h(n int, salt text, size int) RETURNS int LANGUAGE sql IMMUTABLE AS
    $$ SELECT (('x' || substr(md5(salt || n), 1, 7))::bit(28)::int) % size $$;
CREATE TABLE t_hotel (id int PRIMARY KEY, hotel_name text NOT NULL, city text NOT NULL, star_rating int NOT NULL, opened_on date NOT NULL, closed_on date);
CREATE TABLE t_room (id int PRIMARY KEY, hotel_id int NOT NULL REFERENCES t_hotel, room_no text NOT NULL, room_type text NOT NULL, max_guests int NOT NULL, nightly_rate numeric(8, 2) NOT NULL);
CREATE TABLE t_guest (id int PRIMARY KEY, given_name text NOT NULL, family_name text NOT NULL, nationality text NOT NULL, birthday date, newsletter boolean NOT NULL, created_at timestamp NOT NULL, updated_at timestamp);
CREATE TABLE t_booking (
    id int PRIMARY KEY, room_id int NOT NULL REFERENCES t_room, guest_id int NOT NULL REFERENCES t_guest, booked_at timestamp NOT NULL,
    arrival date NOT NULL, departure date NOT NULL, cancelled_at timestamp, channel text NOT NULL, amount numeric(10, 2) NOT NULL
);
COMMENT ON COLUMN t_booking.channel IS 'W = website, A = agency, P = phone';
CREATE TABLE t_review (id int PRIMARY KEY, booking_id int NOT NULL REFERENCES t_booking, score int NOT NULL, comment text, submitted_at timestamp NOT NULL);
CREATE TABLE t_employee (id int PRIMARY KEY, hotel_id int NOT NULL REFERENCES t_hotel, name text NOT NULL, job_title text NOT NULL, hired_on date NOT NULL, left_on date, monthly_salary numeric(8, 2) NOT NULL);
INSERT INTO t_hotel VALUES (1, 'Seaview', 'Split', 4, '1998-05-01', NULL), (2, 'Alpenhof', 'Zermatt', 5, '1975-12-01', NULL),
    (3, 'Central', 'Vienna', 3, '2010-03-15', NULL), (4, 'Parkside', 'Vienna', 4, '2016-09-01', NULL), (5, 'Old Inn', 'Graz', 2, '1961-06-01', '2022-10-31');
INSERT INTO t_room SELECT n, 1 + n % 4, (100 + n)::text, (ARRAY['single', 'double', 'suite'])[1 + pg_temp.h(n, 'rt', 3)], 1 + pg_temp.h(n, 'mg', 4), 49 + pg_temp.h(n, 'nr', 3000) / 10.0 FROM generate_series(1, 80) n;
INSERT INTO t_guest SELECT n, (ARRAY['Ivo', 'Lena', 'Tom', 'Ada'])[1 + pg_temp.h(n, 'gn', 4)], 'Guest' || n, (ARRAY['Austrian', 'Swiss', 'Croatian', 'Dutch'])[1 + pg_temp.h(n, 'na', 4)],
    CASE WHEN n % 7 > 0 THEN date '1945-01-09' + pg_temp.h(n, 'bd', 21000) END, pg_temp.h(n, 'nl', 3) = 0, timestamp '2021-02-03 10:00' + n * interval '3 days', NULL FROM generate_series(1, 320) n;
INSERT INTO t_booking SELECT n, 1 + pg_temp.h(n, 'ro', 76), 1 + pg_temp.h(n, 'gu', 300), a - (1 + pg_temp.h(n, 'ld', 60)) * interval '1 day', a, a + 1 + pg_temp.h(n, 'nt', 9),
    CASE WHEN pg_temp.h(n, 'ca', 9) = 0 THEN a - interval '20 hours' END, (ARRAY['W', 'W', 'A', 'P'])[1 + pg_temp.h(n, 'ch', 4)], 60 + pg_temp.h(n, 'am', 150000) / 100.0
    FROM (SELECT n, date '2023-01-02' + n * 780 / 1500 AS a FROM generate_series(1, 1500) n) x;
INSERT INTO t_review SELECT n, 3 * n, 1 + pg_temp.h(n, 'sc', 10), CASE WHEN n % 3 = 0 THEN 'fine' END, timestamp '2023-02-01 12:00' + n * interval '40 hours' FROM generate_series(1, 400) n;
INSERT INTO t_employee SELECT n, 1 + pg_temp.h(n, 'eh', 4), 'Emp ' || n, (ARRAY['Receptionist', 'Cook', 'Cleaner', 'Manager'])[1 + pg_temp.h(n, 'jt', 4)], date '2012-01-15' + n * 61, CASE WHEN n % 5 = 0 THEN date '2024-01-31' + n END, 1800 + 37 * pg_temp.h(n, 'ms', 60) FROM generate_series(1, 70) n;
