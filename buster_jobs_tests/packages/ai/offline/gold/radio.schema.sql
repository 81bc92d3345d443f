-- A local radio station: keys are declared, nothing is commented.
CREATE FUNCTION pg_temp.h(n int, salt text, size int) RETURNS int LANGUAGE sql IMMUTABLE AS
    $$ SELECT (('x' || substr(md5(salt || n), 1, 7))::bit(28)::int) % size $$;
CREATE TABLE hosts (id serial PRIMARY KEY, first_name text NOT NULL, last_name text NOT NULL, gender char(1) NOT NULL,
    hired_on date NOT NULL, left_on date, hourly_rate numeric(6, 2) NOT NULL);
CREATE TABLE shows (id serial PRIMARY KEY, title text NOT NULL, format text NOT NULL, host_id int NOT NULL REFERENCES hosts (id),
    launched_on date NOT NULL, duration_minutes int NOT NULL, is_live boolean NOT NULL);
CREATE TABLE artists (id serial PRIMARY KEY, name text NOT NULL, country text NOT NULL, formed_year int);
CREATE TABLE tracks (id serial PRIMARY KEY, title text NOT NULL, artist_id int NOT NULL REFERENCES artists (id), genre text NOT NULL,
    length_seconds int NOT NULL, release_year int NOT NULL);
CREATE TABLE plays (id serial PRIMARY KEY, track_id int NOT NULL REFERENCES tracks (id), show_id int NOT NULL REFERENCES shows (id),
    played_at timestamp NOT NULL);
CREATE TABLE advertisers (id serial PRIMARY KEY, company text NOT NULL, industry text NOT NULL, city text NOT NULL,
    contact_email text, signed_on date NOT NULL);
CREATE TABLE ad_spots (id serial PRIMARY KEY, advertiser_id int NOT NULL REFERENCES advertisers (id),
    show_id int NOT NULL REFERENCES shows (id), aired_at timestamp NOT NULL, length_seconds int NOT NULL,
    price numeric(8, 2) NOT NULL, paid_on date);
CREATE TABLE song_requests (id serial PRIMARY KEY, track_id int NOT NULL REFERENCES tracks (id), listener_city text,
    channel text NOT NULL, requested_at timestamp NOT NULL, fulfilled boolean NOT NULL);
CREATE TABLE audience_figures (id serial PRIMARY KEY, show_id int NOT NULL REFERENCES shows (id), measured_on date NOT NULL,
    listeners int NOT NULL);
INSERT INTO hosts (first_name, last_name, gender, hired_on, left_on, hourly_rate) VALUES
    ('Marta', 'Lind', 'F', '2011-04-01', NULL, 48), ('Owen', 'Price', 'M', '2014-09-15', NULL, 41.5), ('Sofia', 'Reyes', 'F', '2016-01-11', NULL, 44),
    ('Dan', 'Kerr', 'M', '2017-06-19', '2025-03-31', 36), ('Ivy', 'Chan', 'F', '2019-02-04', NULL, 39), ('Tom', 'Brandt', 'M', '2020-08-24', NULL, 33.5),
    ('Nora', 'Salem', 'F', '2022-05-02', '2025-10-31', 31), ('Leo', 'Fontaine', 'M', '2024-11-18', NULL, 29);
INSERT INTO shows (title, format, host_id, launched_on, duration_minutes, is_live) VALUES
    ('Morning Harbour', 'breakfast', 1, '2011-05-02', 180, true), ('Vinyl Hour', 'music', 2, '2014-10-06', 60, false),
    ('City Talk', 'talk', 3, '2016-02-01', 120, true), ('Night Train', 'music', 4, '2017-09-04', 150, false), ('Kitchen Table', 'talk', 5, '2019-03-11', 45, false),
    ('Sports Desk', 'sport', 6, '2020-09-07', 90, true), ('Fresh Cuts', 'music', 7, '2022-06-06', 120, true), ('Weekend Drive', 'breakfast', 1, '2023-01-14', 210, true),
    ('Jazz Cellar', 'music', 2, '2024-02-02', 75, false), ('Campus Live', 'talk', 8, '2026-03-20', 30, true);
INSERT INTO artists (name, country, formed_year) VALUES ('The Lanterns', 'Ireland', 1998), ('Paper Kites Club', 'Australia', 2010), ('Sable', 'Sweden', 2015),
    ('Copper Street', 'United Kingdom', 1987), ('Aurelie', 'France', NULL), ('Los Faros', 'Spain', 2004), ('Deep Meridian', 'Germany', 2012),
    ('Blue Parade', 'United Kingdom', 1979), ('Nine Harbours', 'Ireland', 2018);
INSERT INTO tracks (title, artist_id, genre, length_seconds, release_year) SELECT
    (ARRAY['Golden', 'Broken', 'Silent', 'Electric', 'Summer', 'Paper', 'Midnight'])[1 + n % 7] || ' ' ||
    (ARRAY['Hearts', 'Roads', 'Signals', 'Rooms', 'Tides', 'Letters', 'Skies', 'Streets', 'Windows'])[1 + n % 9],
    1 + pg_temp.h(n, 'ar', 8), (ARRAY['rock', 'pop', 'pop', 'jazz', 'electronic', 'folk'])[1 + pg_temp.h(n, 'ge', 6)], 130 + pg_temp.h(n, 'le', 260),
    1980 + pg_temp.h(n, 'ye', 46) FROM generate_series(1, 60) n;
INSERT INTO plays (track_id, show_id, played_at) SELECT 1 + pg_temp.h(n, 'tr', 56), (ARRAY[1, 1, 2, 4, 7, 8, 9, 3])[1 + pg_temp.h(n, 'sh', 8)],
    timestamp '2024-01-02 06:00' + pg_temp.h(n, 'pl', 1150000) * interval '1 minute' FROM generate_series(1, 1500) n;
INSERT INTO advertisers (company, industry, city, contact_email, signed_on) VALUES ('Bayside Motors', 'automotive', 'Galway', 'ads@bayside.example', '2019-03-12'),
    ('Corner Bakery', 'food', 'Galway', NULL, '2020-07-01'), ('Harbour Dental', 'health', 'Limerick', 'hello@hdental.example', '2021-01-20'),
    ('Green Energy Co', 'energy', 'Dublin', 'media@greenco.example', '2021-11-05'), ('Pizza Palace', 'food', 'Limerick', 'eat@pizza.example', '2022-04-18'),
    ('Atlantic Gym', 'fitness', 'Galway', NULL, '2023-09-30'), ('Fenton Law', 'legal', 'Dublin', 'office@fenton.example', '2024-06-10'),
    ('Oak Furniture', 'retail', 'Cork', 'shop@oak.example', '2025-02-14'), ('Swift Bikes', 'retail', 'Galway', 'team@swift.example', '2026-02-27');
INSERT INTO ad_spots (advertiser_id, show_id, aired_at, length_seconds, price, paid_on)
    SELECT a, s, t, l, l * (3 + pg_temp.h(n, 'pr', 9)) + n % 7, CASE WHEN pg_temp.h(n, 'pd', 5) > 0 THEN t::date + 7 + pg_temp.h(n, 'dd', 40) END
    FROM (SELECT n, 1 + pg_temp.h(n, 'ad', 8) a, 1 + pg_temp.h(n, 'as', 9) s, timestamp '2024-01-03 07:00' + pg_temp.h(n, 'at', 1140000) * interval '1 minute' t,
        (ARRAY[15, 20, 30, 30, 45, 60])[1 + pg_temp.h(n, 'al', 6)] l FROM generate_series(1, 620) n) x;
INSERT INTO song_requests (track_id, listener_city, channel, requested_at, fulfilled) SELECT 1 + pg_temp.h(n, 'rt', 58),
    CASE WHEN n % 11 > 0 THEN (ARRAY['Galway', 'Limerick', 'Cork', 'Dublin', 'Sligo'])[1 + pg_temp.h(n, 'rc', 5)] END,
    (ARRAY['phone', 'web', 'app', 'app'])[1 + pg_temp.h(n, 'ch', 4)], timestamp '2024-06-01 08:00' + pg_temp.h(n, 'rq', 930000) * interval '1 minute',
    pg_temp.h(n, 'fu', 3) > 0 FROM generate_series(1, 410) n;
INSERT INTO audience_figures (show_id, measured_on, listeners) SELECT s, d, 2000 + s * 37 + pg_temp.h(s * 1000 + m, 'li', 21000)
    FROM (SELECT s, m, (date '2024-01-31' + m * interval '1 month')::date d FROM generate_series(1, 9) s, generate_series(0, 25) m) x;
