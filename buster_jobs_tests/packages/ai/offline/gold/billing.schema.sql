-- A software company's billing: names in the singular, few comments, one reference that is not declared.
CREATE FUNCTION pg_temp.h(n int, salt text, size int) RETURNS int LANGUAGE sql IMMUTABLE AS
    $$ SELECT (('x' || substr(md5(salt || n), 1, 7))::bit(28)::int) % size $$;
CREATE TABLE sales_rep (id int PRIMARY KEY, first_name text NOT NULL, last_name text NOT NULL, region text NOT NULL);
CREATE TABLE account (
    id int PRIMARY KEY, company_name text NOT NULL, country text NOT NULL, industry text,
    signup_date date NOT NULL, is_trial boolean NOT NULL, sales_rep_id int REFERENCES sales_rep (id), settings jsonb
);
CREATE TABLE plan (code text PRIMARY KEY, name text NOT NULL, monthly_price_cents int NOT NULL, seats_included int NOT NULL);
CREATE TABLE subscription (
    id int PRIMARY KEY, account_id int NOT NULL, plan_code text NOT NULL REFERENCES plan (code), seats int NOT NULL,
    status char(1) NOT NULL, started_at timestamptz NOT NULL, cancelled_at timestamptz
);
COMMENT ON COLUMN subscription.status IS 'A = active, C = cancelled, P = past due';
COMMENT ON COLUMN subscription.seats IS 'Number of seats';
CREATE TABLE invoice (
    id int PRIMARY KEY, account_id int NOT NULL REFERENCES account (id), issued_on date NOT NULL, due_on date NOT NULL,
    paid_on date, amount_cents bigint NOT NULL
);
COMMENT ON COLUMN invoice.amount_cents IS 'Revenue of the invoice in cents';
CREATE TABLE support_ticket (
    id int PRIMARY KEY, account_id int NOT NULL REFERENCES account (id), opened_at timestamptz NOT NULL,
    closed_at timestamptz, priority text NOT NULL, channel text NOT NULL, first_reply_mins int
);
INSERT INTO sales_rep VALUES (1, 'Maria', 'Lopez', 'EMEA'), (2, 'John', 'Tanaka', 'APAC'), (3, 'Ines', 'Weber', 'EMEA'),
    (4, 'Carl', 'Brown', 'Americas');
INSERT INTO account SELECT n, 'Company ' || n,
    (ARRAY['Germany', 'France', 'Japan', 'Brazil', 'United States'])[1 + pg_temp.h(n, 'country', 5)],
    (ARRAY['Retail', 'Banking', 'Logistics', NULL])[1 + pg_temp.h(n, 'industry', 4)],
    date '2022-02-01' + pg_temp.h(n, 'signup', 890), pg_temp.h(n, 'trial', 5) = 0,
    CASE WHEN n % 7 > 0 THEN 1 + pg_temp.h(n, 'rep', 4) END, '{"beta": true}' FROM generate_series(1, 120) n;
INSERT INTO plan VALUES ('FREE', 'Free', 0, 1), ('TEAM', 'Team', 4900, 10), ('BIZ', 'Business', 19900, 50),
    ('ENT', 'Enterprise', 99900, 500);
INSERT INTO subscription SELECT n, 1 + pg_temp.h(n, 'acc', 110),
    (ARRAY['FREE', 'TEAM', 'TEAM', 'BIZ', 'ENT'])[1 + pg_temp.h(n, 'plan', 5)], 1 + pg_temp.h(n, 'seats', 60),
    (ARRAY['A', 'A', 'C', 'P'])[1 + pg_temp.h(n, 'st', 4)],
    timestamptz '2022-03-01 10:00+00' + pg_temp.h(n, 'start', 850) * interval '1 day',
    CASE WHEN pg_temp.h(n, 'st', 4) = 2 THEN timestamptz '2024-01-10 10:00+00' + pg_temp.h(n, 'end', 180) * interval '1 day' END
    FROM generate_series(1, 160) n;
INSERT INTO invoice SELECT n, 1 + pg_temp.h(n, 'iacc', 100), d, d + 30,
    CASE WHEN pg_temp.h(n, 'paid', 6) > 0 AND d < '2024-06-20' THEN d + pg_temp.h(n, 'delay', 45) END,
    1000 + pg_temp.h(n, 'amount', 250000)
    FROM (SELECT n, date '2022-06-01' + (n * 776 / 900) AS d FROM generate_series(1, 900) n) days;
INSERT INTO support_ticket SELECT n, 1 + pg_temp.h(n, 'tacc', 90), o,
    CASE WHEN pg_temp.h(n, 'closed', 5) > 0 THEN o + pg_temp.h(n, 'dur', 200) * interval '1 hour' END,
    (ARRAY['low', 'normal', 'high', 'urgent'])[1 + pg_temp.h(n, 'prio', 4)],
    (ARRAY['email', 'chat', 'phone'])[1 + pg_temp.h(n, 'chan', 3)],
    CASE WHEN n % 9 > 0 THEN pg_temp.h(n, 'reply', 400) END
    FROM (SELECT n, timestamptz '2023-01-01 08:00+00' + n * interval '22 hours' AS o FROM generate_series(1, 610) n) t;
