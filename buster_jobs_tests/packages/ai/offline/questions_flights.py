"""Questions of the flights with the SQL whose rows are the answer; None: to be declined."""

_AIRPORT = "SELECT dest, name, count(*) FROM flights LEFT JOIN airports ON faa = dest GROUP BY 1, 2"

QUESTIONS: list[tuple[str, str | None]] = [
    ("How many flights are there?", "SELECT count(*) FROM flights"),
    (
        "Which airline had the worst average arrival delay in July?",
        "SELECT name, avg(arr_delay) FROM flights JOIN airlines USING (carrier) WHERE month = 7 GROUP BY 1 "
        "ORDER BY 2 DESC LIMIT 1",
    ),
    (
        "worst average arrival delay by carrier in July",
        "SELECT carrier, avg(arr_delay) FROM flights WHERE month = 7 GROUP BY 1 ORDER BY 2 DESC LIMIT 1",
    ),
    ("How many flights per origin?", "SELECT origin, count(*) FROM flights GROUP BY 1"),
    (
        "What are the ten most frequent destinations with airport names?",
        f"{_AIRPORT} ORDER BY 3 DESC, 1 LIMIT 10",
    ),
    ("top 2 destinations by number of flights", f"{_AIRPORT} ORDER BY 3 DESC, 1 LIMIT 2"),
    (
        "What share of flights were cancelled in February?",
        "SELECT 100.0 * count(*) FILTER (WHERE dep_time IS NULL) / count(*) FROM flights WHERE month = 2",
    ),
    ("What is the average departure delay per month?", "SELECT month, avg(dep_delay) FROM flights GROUP BY 1"),
    (
        "What is the average delay per month?",
        "SELECT month, avg(dep_delay), avg(arr_delay) FROM flights GROUP BY 1",
    ),
    ("How many flights were cancelled?", "SELECT count(*) FROM flights WHERE dep_time IS NULL"),
    (
        "How many flights were not cancelled in March?",
        "SELECT count(*) FROM flights WHERE dep_time IS NOT NULL AND month = 3",
    ),
    ("How many flights departed early?", "SELECT count(*) FROM flights WHERE dep_delay < 0"),
    ("How many flights arrived early?", "SELECT count(*) FROM flights WHERE arr_delay < 0"),
    (
        "How many flights from JFK were longer than 1000 miles?",
        "SELECT count(*) FROM flights WHERE origin = 'JFK' AND distance > 1000",
    ),
    (
        "How many flights to LAX from JFK or LGA between January and March?",
        "SELECT count(*) FROM flights WHERE dest = 'LAX' AND origin IN ('JFK', 'LGA') AND month BETWEEN 1 AND 3",
    ),
    (
        "how many flights from JFK to LAX by airline",
        "SELECT carrier, count(*) FROM flights WHERE origin = 'JFK' AND dest = 'LAX' GROUP BY 1",
    ),
    ("How many flights to SJU?", "SELECT count(*) FROM flights WHERE dest = 'SJU'"),
    (
        "How many flights by United in January?",
        "SELECT count(*) FROM flights WHERE carrier = 'UA' AND month = 1",
    ),
    (
        "What is the average arrival delay of flights not from JFK?",
        "SELECT avg(arr_delay) FROM flights WHERE origin <> 'JFK'",
    ),
    (
        "Which month had the most cancelled flights?",
        "SELECT month, count(*) FROM flights WHERE dep_time IS NULL GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 1",
    ),
    ("How many flights on 2013-02-14?", "SELECT count(*) FROM flights WHERE month = 2 AND day = 14"),
    ("How many flights in the first quarter?", "SELECT count(*) FROM flights WHERE month < 4"),
    (
        "How many flights were there between 2013-06-01 and 2013-06-15?",
        "SELECT count(*) FROM flights WHERE month = 6 AND day BETWEEN 1 AND 15",
    ),
    ("How many flights were there after June?", "SELECT count(*) FROM flights WHERE month > 6"),
    (
        "average departure delay by weekday",
        "SELECT extract(isodow FROM make_date(year, month, day))::int, avg(dep_delay) FROM flights GROUP BY 1",
    ),
    ("flights per hour of day", "SELECT hour, count(*) FROM flights GROUP BY 1"),
    ("Which airport has the highest altitude?", "SELECT name, alt FROM airports ORDER BY alt DESC LIMIT 1"),
    ("How many planes have more than 200 seats?", "SELECT count(*) FROM planes WHERE seats > 200"),
    ("How many planes were manufactured by BOEING?", "SELECT count(*) FROM planes WHERE manufacturer = 'BOEING'"),
    (
        "What is the oldest plane?",
        "SELECT tailnum, year FROM planes WHERE year IS NOT NULL ORDER BY year, tailnum LIMIT 1",
    ),
    (
        "Which plane manufacturer has the most planes?",
        "SELECT manufacturer, count(*) FROM planes GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 1",
    ),
    (
        "Which airline has the most planes?",
        "SELECT name, count(DISTINCT tailnum) FROM flights JOIN airlines USING (carrier) GROUP BY 1 "
        "ORDER BY 2 DESC, 1 LIMIT 1",
    ),
    (
        "Which plane has the most flights?",
        "SELECT tailnum, count(*) FROM flights WHERE tailnum IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 1",
    ),
    ("How many different tail numbers are there in flights?", "SELECT count(DISTINCT tailnum) FROM flights"),
    ("How many flights have a missing tail number?", "SELECT count(*) FROM flights WHERE tailnum IS NULL"),
    (
        "How many flights had an arrival delay of more than 1 hour?",
        "SELECT count(*) FROM flights WHERE arr_delay > 60",
    ),
    (
        "What is the average temperature per month at JFK?",
        "SELECT month, avg(temp) FROM weather WHERE origin = 'JFK' GROUP BY 1",
    ),
    ("What is the total distance flown by carrier AA?", "SELECT sum(distance) FROM flights WHERE carrier = 'AA'"),
    (
        "average, minimum and maximum arrival delay per origin",
        "SELECT origin, avg(arr_delay), min(arr_delay), max(arr_delay) FROM flights GROUP BY 1",
    ),
    (
        "Which carrier has the highest cancellation rate?",
        "SELECT carrier, 100.0 * count(*) FILTER (WHERE dep_time IS NULL) / count(*) FROM flights GROUP BY 1 "
        "ORDER BY 2 DESC, 1 LIMIT 1",
    ),
    (
        "share of flights per carrier",
        "SELECT carrier, 100.0 * count(*) / sum(count(*)) OVER () FROM flights GROUP BY 1",
    ),
    (
        "Which airlines have more than 400 flights?",
        "SELECT carrier, count(*) FROM flights GROUP BY 1 HAVING count(*) > 400",
    ),
    ("What is the name of carrier AA?", "SELECT name FROM airlines WHERE carrier = 'AA'"),
    ("Why are flights late?", None),
    ("Which airline will be most delayed next year?", None),
    ("Delete all flights", None),
    ("What is the weather like on Mars?", None),
    ("How many passengers flew?", None),
    ("What is the average?", None),
    ("How many flights were delayed?", None),
    ("How many flights were delayed by more than 60 minutes?", None),
    ("How many flights per airport?", None),
    ("Which airline is the best?", None),
    ("What is the weather?", None),
    ("How many flights were there last month?", "SELECT 0"),
    ("Is JFK better than LGA?", None),
    ("What is the correlation between distance and delay?", None),
    ("What is the cheapest flight?", None),
    ("Which airline had the highest arrival delay?", None),
    ("median arrival delay for flights to Boston", None),
    ("How many flights were longer than 3 kilograms?", None),
    ("hello", None),
]
