-- A municipal library: some foreign keys are declared, those of loans, fines and holds mostly are not; no comments.
CREATE FUNCTION pg_temp.h(n int, salt text, size int) RETURNS int LANGUAGE sql IMMUTABLE AS
    $$ SELECT (('x' || substr(md5(salt || n), 1, 7))::bit(28)::int) % size $$;
CREATE TABLE branch (branch_id int PRIMARY KEY, branch_name text NOT NULL, district text NOT NULL, opened_on date NOT NULL,
    seats int);
CREATE TABLE author (author_id int PRIMARY KEY, full_name text NOT NULL, nationality text, birth_year int);
CREATE TABLE book (book_id int PRIMARY KEY, isbn text NOT NULL UNIQUE, title text NOT NULL,
    author_id int REFERENCES author (author_id), genre text NOT NULL, language text NOT NULL, publisher text,
    published_year int, pages int);
CREATE TABLE copy (copy_id int PRIMARY KEY, book_id int NOT NULL REFERENCES book (book_id), branch_id int NOT NULL,
    acquired_on date NOT NULL, purchase_price numeric(8, 2), condition text NOT NULL);
CREATE TABLE member (member_id int PRIMARY KEY, first_name text NOT NULL, last_name text NOT NULL, card_no text NOT NULL UNIQUE,
    email text, membership_type text NOT NULL, joined_on date NOT NULL, expires_on date, home_branch_id int, date_of_birth date,
    is_blocked boolean NOT NULL);
CREATE TABLE loan (loan_id int PRIMARY KEY, copy_id int NOT NULL, member_id int NOT NULL, loaned_at timestamp NOT NULL,
    due_date date NOT NULL, returned_at timestamp, renewals int NOT NULL);
CREATE TABLE fine (fine_id int PRIMARY KEY, loan_id int NOT NULL, amount numeric(6, 2) NOT NULL, reason text NOT NULL,
    issued_on date NOT NULL, paid_on date);
CREATE TABLE hold (hold_id int PRIMARY KEY, book_id int NOT NULL, member_id int NOT NULL REFERENCES member (member_id),
    placed_at timestamp NOT NULL, status text NOT NULL);
INSERT INTO branch VALUES (1, 'Central Library', 'Old Town', '1968-09-14', 420), (2, 'Riverside', 'Harbour', '1991-04-02', 130),
    (3, 'Hillcrest', 'North End', '2004-10-20', 95), (4, 'Maple Grove', 'West Park', '2013-06-01', 75), (5, 'Station Square', 'Old Town', '2019-11-11', NULL);
INSERT INTO author VALUES (1, 'Jane Austen', 'British', 1775), (2, 'Gabriel Garcia Marquez', 'Colombian', 1927), (3, 'Haruki Murakami', 'Japanese', 1949),
    (4, 'Agatha Christie', 'British', 1890), (5, 'Toni Morrison', 'American', 1931), (6, 'Stephen King', 'American', 1947),
    (7, 'Elena Ferrante', 'Italian', NULL), (8, 'Yuval Harari', 'Israeli', 1976), (9, 'Ursula Le Guin', 'American', 1929), (10, 'Astrid Lindgren', 'Swedish', 1907);
INSERT INTO book SELECT n, '978-0-' || 10000 + n * 37, (ARRAY['The Silent', 'A Distant', 'Beyond the', 'Under the', 'The Last'])[1 + n % 5] || ' ' ||
    (ARRAY['River', 'Garden', 'Winter', 'Mirror', 'Harvest', 'Lantern', 'Tide', 'Orchard', 'Compass', 'Tower', 'Letter', 'Forest', 'Bridge'])[1 + n % 13],
    CASE WHEN n % 16 > 0 THEN 1 + pg_temp.h(n, 'au', 9) END,
    (ARRAY['Fiction', 'Mystery', 'History', 'Science Fiction', 'Children', 'Biography'])[1 + pg_temp.h(n, 'ge', 6)],
    (ARRAY['English', 'English', 'English', 'Spanish', 'German'])[1 + pg_temp.h(n, 'lang', 5)],
    CASE WHEN n % 10 > 0 THEN (ARRAY['Penguin', 'Vintage', 'HarperCollins', 'Faber'])[1 + pg_temp.h(n, 'pub', 4)] END,
    CASE WHEN n % 14 > 0 THEN 1955 + pg_temp.h(n, 'yr', 70) END, CASE WHEN n % 11 > 0 THEN 90 + pg_temp.h(n, 'pg', 700) END FROM generate_series(1, 64) n;
INSERT INTO copy SELECT n, 1 + pg_temp.h(n, 'cb', 60), (ARRAY[1, 1, 2, 3, 1, 4, 2])[1 + pg_temp.h(n, 'br', 7)],
    date '2012-02-01' + pg_temp.h(n, 'aq', 4900), CASE WHEN n % 9 > 0 THEN 6 + pg_temp.h(n, 'pp', 4200) / 100.0 END,
    (ARRAY['good', 'good', 'good', 'worn', 'new', 'damaged', 'lost'])[1 + pg_temp.h(n, 'co', 7)] FROM generate_series(1, 190) n;
INSERT INTO member SELECT n, (ARRAY['Olivia', 'Liam', 'Marta', 'Noah', 'Priya', 'Tomas', 'Yuki', 'Zoe', 'Ahmed'])[1 + n % 9],
    (ARRAY['Walker', 'Schmidt', 'Garcia', 'Patel', 'Dubois', 'Larsen', 'Cohen', 'Murphy', 'Silva', 'Ivanov', 'Chen', 'Baker', 'Lopez', 'Fischer'])[1 + n % 14],
    'C' || 70000 + n * 13, CASE WHEN n % 8 > 0 THEN 'reader' || n || '@mail.org' END,
    (ARRAY['adult', 'adult', 'adult', 'student', 'child', 'senior'])[1 + pg_temp.h(n, 'mt', 6)],
    date '2018-01-03' + pg_temp.h(n, 'jo', 2900), CASE WHEN n % 7 > 0 THEN date '2025-06-01' + pg_temp.h(n, 'ex', 700) END,
    CASE WHEN n % 12 > 0 THEN (ARRAY[1, 2, 1, 3, 4, 5])[1 + pg_temp.h(n, 'hb', 6)] END,
    CASE WHEN n % 10 > 0 THEN date '1945-05-05' + pg_temp.h(n, 'db', 25000) END, pg_temp.h(n, 'bl', 14) = 0 FROM generate_series(1, 120) n;
INSERT INTO loan SELECT n, 1 + pg_temp.h(n, 'lc', 180), 1 + pg_temp.h(n, 'lm', 104), at, at::date + 21,
    CASE WHEN pg_temp.h(n, 'ret', 12) > 0 AND at + d < timestamp '2026-03-16' THEN at + d END, pg_temp.h(n, 'ren', 3)
    FROM (SELECT n, timestamp '2024-11-02 09:30' + n * interval '1177 minutes' AS at, (2 + pg_temp.h(n, 'day', 32)) * interval '1 day' + interval '3 hours' AS d
        FROM generate_series(1, 600) n) x;
INSERT INTO fine SELECT n, 1 + pg_temp.h(n, 'fl', 560) , 0.5 + pg_temp.h(n, 'fa', 2400) / 100.0, (ARRAY['late return', 'late return', 'damage', 'lost item'])[1 + pg_temp.h(n, 'fr', 4)],
    date '2025-01-10' + n * 3, CASE WHEN pg_temp.h(n, 'pd', 3) > 0 THEN date '2025-01-10' + n * 3 + pg_temp.h(n, 'pdd', 20) END FROM generate_series(1, 140) n;
INSERT INTO hold SELECT n, 1 + pg_temp.h(n, 'hb', 58), 1 + pg_temp.h(n, 'hm', 110), timestamp '2025-03-01 12:00' + n * interval '2650 minutes',
    (ARRAY['waiting', 'ready', 'collected', 'collected', 'cancelled'])[1 + pg_temp.h(n, 'hs', 5)] FROM generate_series(1, 200) n;
UPDATE book SET published_year = 1949 WHERE title = 'The Last Forest';
