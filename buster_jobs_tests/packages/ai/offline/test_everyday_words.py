"""Everyday words for what the data say otherwise: kinds in the plural, men and women, unpaid, new, last, top 3."""

import pytest

from buster_jobs_tests.packages.ai.offline.conftest import Asked, Loader

_SCHEMA = """
CREATE TABLE rank (id int PRIMARY KEY, name text NOT NULL);
CREATE TABLE crew_members (id int PRIMARY KEY, first_name text, last_name text, sex text NOT NULL,
    rank_id int REFERENCES rank (id), signed_on date NOT NULL, wage numeric NOT NULL);
CREATE TABLE animals (id int PRIMARY KEY, name text NOT NULL, species text NOT NULL, sex text NOT NULL,
    birth_date date NOT NULL);
CREATE TABLE drill_reviews (id int PRIMARY KEY, crew_member_id int NOT NULL REFERENCES crew_members (id),
    animal_id int NOT NULL REFERENCES animals (id), drilled_on date NOT NULL, score int NOT NULL,
    length_seconds int NOT NULL, overtime_hours numeric NOT NULL);
CREATE TABLE radios (id int PRIMARY KEY, email text, opened_at timestamp NOT NULL, closed_at timestamp);
CREATE TABLE fees (id int PRIMARY KEY, crew_member_id int NOT NULL REFERENCES crew_members (id),
    amount numeric NOT NULL, issued_on date NOT NULL, due_on date NOT NULL, paid_on date);
CREATE TABLE bills (id int PRIMARY KEY, total numeric NOT NULL, due_on date NOT NULL, paid_on date,
    status text NOT NULL);
INSERT INTO rank VALUES (1, 'Deck Officer'), (2, 'Steward');
INSERT INTO crew_members SELECT n, 'F' || n, 'L' || n, CASE WHEN n % 3 = 0 THEN 'F' ELSE 'M' END, 1 + n % 2,
    date '2020-01-01' + n * 17 % 23, 1000 + n FROM generate_series(1, 9) n;
INSERT INTO animals SELECT n, 'A' || n, CASE WHEN n % 4 = 0 THEN 'goat' ELSE 'hen' END, 'F',
    date '2024-01-01' + n
    FROM generate_series(1, 12) n;
INSERT INTO fees SELECT n, 1 + n % 5, n, date '2024-01-01' + n, date '2024-07-10' + n,
    CASE WHEN n % 2 = 0 THEN date '2024-07-11' + n END FROM generate_series(1, 12) n;
INSERT INTO drill_reviews SELECT n, 1 + n % 4, 1 + n * n % 7, date '2024-03-01' + n, n % 6, 30 * (1 + n % 2), n
    FROM generate_series(1, 20) n;
INSERT INTO radios SELECT n, CASE WHEN n > 3 THEN 'r' || n END, timestamp '2024-01-01 10:00',
    CASE WHEN n < 3 THEN timestamp '2024-01-02 10:00' END FROM generate_series(1, 8) n;
INSERT INTO bills SELECT n, n, date '2024-01-01', NULL, 'void' FROM generate_series(1, 3) n;
"""
_RIGHT = [
    ("How many goats are there?", "SELECT count(*) FROM animals WHERE species = 'goat'"),
    ("How many goats do we have?", "SELECT count(*) FROM animals WHERE species = 'goat'"),
    ("What percentage of animals are hens?", "SELECT 75.0"),
    ("How many stewards signed in 2020?", "SELECT count(*) FROM crew_members WHERE rank_id = 2"),
    ("How many women are crew members?", "SELECT count(*) FROM crew_members WHERE sex = 'F'"),
    ("How many goats were born in 2024?", "SELECT 3"),
    ("How many male crew members are there?", "SELECT count(*) FROM crew_members WHERE sex = 'M'"),
    ("Compare the average wage of men and women", "SELECT sex, avg(wage) FROM crew_members GROUP BY 1"),
    ("how many unpaid fees are there", "SELECT count(*) FROM fees WHERE paid_on IS NULL"),
    ("How many fees are overdue?", "SELECT count(*) FROM fees WHERE paid_on IS NULL AND due_on < '2024-07-17'"),
    ("which crew member signed most recently?", "SELECT id FROM crew_members ORDER BY signed_on DESC LIMIT 1"),
    ("Which crew member signed first?", "SELECT id FROM crew_members ORDER BY signed_on LIMIT 1"),
    ("total fees per crew member, top 2", "SELECT first_name, sum(amount) FROM fees f JOIN crew_members c "
        "ON c.id = crew_member_id GROUP BY c.id ORDER BY 2 DESC LIMIT 2"),
    ("number of fees per crew member, highest first", "SELECT first_name, count(*) FROM fees f JOIN crew_members c "
        "ON c.id = crew_member_id GROUP BY c.id"),
    ("How many radios are open?", "SELECT 6"),
    ("How many radios have no email address?", "SELECT 3"),
    ("How many radios are in our system?", "SELECT 8"),
    ("what is the average drill score?", "SELECT avg(score) FROM drill_reviews"),
    ("How many 60 second drill reviews are there?", "SELECT count(*) FROM drill_reviews WHERE length_seconds = 60"),
    ("average score of 30-second drill reviews", "SELECT avg(score) FROM drill_reviews WHERE length_seconds = 30"),
    ("how many overtime hours were there in March 2024?", "SELECT sum(overtime_hours) FROM drill_reviews"),
    ("which crew member had the most overtime hours?", "SELECT first_name FROM drill_reviews d JOIN crew_members c "
        "ON c.id = crew_member_id GROUP BY c.id ORDER BY sum(overtime_hours) DESC LIMIT 1"),
    ("Compare goat and hen animals", "SELECT species, count(*) FROM animals GROUP BY 1"),
    ("goat vs hen animals", "SELECT species, count(*) FROM animals GROUP BY 1"),
    ("How many new crew members signed in 2020?", "SELECT 9"),
]  # fmt: skip


@pytest.fixture(scope="module")
def ship(load: Loader) -> Asked:
    return load(_SCHEMA)


@pytest.mark.parametrize(("question", "gold"), _RIGHT)
def test_everyday_words_are_read_as_what_the_data_say(ship: Asked, question: str, gold: str) -> None:
    assert ship.fault(question, gold) is None


@pytest.mark.parametrize(
    "question",
    [
        # A void bill has not been paid and need not be.
        "How many bills are unpaid?",
        "How many bills are overdue?",
        # Nothing says that F is not all that there is, and of what.
        "How many male animals are there?",
        "How many animals are male?",
        "How many males are there?",
        # Born then, or here then?
        "How many goats came in 2024?",
        # A value that no row has.
        "How many sheep are there?",
        "total fees, top 3",
        # Of each, or of all together.
        "average wage of men and women",
        # Nothing says when a radio came to be here, or when new begins.
        "How many new radios are there?",
        "How many new crew members are there?",
    ],
)
def test_what_the_data_do_not_make_certain_is_declined(ship: Asked, question: str) -> None:
    assert not ship.ask(question).answered


def test_the_answer_says_how_men_and_women_were_read(ship: Asked) -> None:
    assert "I read “women” as crew_members.sex = “F”." in ship.ask("How many women are crew members?").response
