"""A small flights database: the demo's own tables, keys and comments, with rows that a formula makes."""

from importlib.resources import files


def _demo(name: str) -> str:
    return files("buster_jobs.demo").joinpath(name).read_text(encoding="utf-8")


ROWS = """
INSERT INTO airlines VALUES ('AA', 'American Airlines Inc.'), ('UA', 'United Air Lines Inc.'), ('B6', 'JetBlue
        Airways'),
    ('DL', 'Delta Air Lines Inc.'), ('F9', 'Frontier Airlines Inc.');
INSERT INTO airports VALUES ('JFK', 'John F Kennedy Intl', 40.6, -73.8, 13, -5, 'A', 'America/New_York'),
    ('LGA', 'La Guardia', 40.8, -73.9, 22, -5, 'A', 'America/New_York'),
    ('EWR', 'Newark Liberty Intl', 40.7, -74.2, 18, -5, 'A', 'America/New_York'),
    ('LAX', 'Los Angeles Intl', 33.9, -118.4, 126, -8, 'A', 'America/Los_Angeles'),
    ('ORD', 'Chicago Ohare Intl', 42, -87.9, 668, -6, 'A', 'America/Chicago'),
    ('BBS', 'Boston Back Bay Station', 42.3, -71.1, 20, -5, 'A', 'America/New_York'),
    ('DEN', 'Denver Intl', 39.9, -104.7, 5431, -7, 'A', 'America/Denver');
INSERT INTO planes SELECT 'N' || n, CASE WHEN n % 9 > 0 THEN 1980 + n % 30 END, 'Fixed wing multi engine',
    (ARRAY['BOEING', 'AIRBUS', 'EMBRAER'])[1 + n % 3], 'M' || n % 4, 2 + n % 3, 50 + n * 5, NULL, 'Turbo-fan'
    FROM generate_series(100, 140) n;
INSERT INTO weather SELECT o, 2013, 1 + h % 12, 1 + h % 28, h % 24, 30 + (h * 7) % 50, 20, 50, 90, 5 + h % 20, NULL,
        0, 1010,
    10, timestamptz '2013-01-01 00:00+00' + h * interval '9 hours'
    FROM unnest(ARRAY['JFK', 'LGA', 'EWR']) o, generate_series(1, 300) h;
INSERT INTO flights SELECT 2013, extract(month FROM d), extract(day FROM d), CASE WHEN n % 17 > 0 THEN 600 + n % 60
        END, 605,
    CASE WHEN n % 17 > 0 THEN (n * 37) % 90 - 20 END, CASE WHEN n % 17 > 0 THEN 900 END, 910,
    CASE WHEN n % 17 > 1 THEN (n * 53) % 120 - 40 + CASE WHEN n % 5 = 4 THEN 7 ELSE 0 END END,
    (ARRAY['AA', 'UA', 'B6', 'DL', 'F9'])[1 + n % 5], n, CASE WHEN n % 23 > 0 THEN 'N' || 95 + n % 46 END,
    (ARRAY['JFK', 'LGA', 'EWR'])[1 + n % 3], (ARRAY['LAX', 'ORD', 'DEN', 'SJU', 'LAX', 'ORD', 'LAX'])[1 + n % 7],
    CASE WHEN n % 17 > 1 THEN 60 + n % 300 END, 200 + n % 2400, 5 + n % 18, n % 60, d + (5 + n % 18) * interval '1 hour'
    FROM (SELECT n, timestamptz '2013-01-01 05:00+00' + (n / 6) * interval '1 day' AS d FROM generate_series(1, 2100)
        n) days;
ANALYZE;
"""


def schema() -> str:
    """The DDL with rows and comments."""
    return "\n".join([_demo("tables.sql"), ROWS, _demo("relations.sql"), _demo("comments.sql")])
