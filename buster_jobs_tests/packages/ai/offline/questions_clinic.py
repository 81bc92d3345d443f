"""Questions of the clinic with the SQL whose rows are the answer; None: to be declined."""

QUESTIONS: list[tuple[str, str | None]] = [
    ("How many patients are there?", "SELECT count(*) FROM patients"),
    ("How many female patients are there?", "SELECT count(*) FROM patients WHERE sex = 'F'"),
    ("How many patients are male?", "SELECT count(*) FROM patients WHERE sex = 'M'"),
    ("How many smokers are there?", None),
    ("How many patients are alive?", "SELECT count(*) FROM patients WHERE deceased_on IS NULL"),
    ("How many patients are taller than 180 cm?", "SELECT count(*) FROM patients WHERE height_cm > 180"),
    (
        "Who is the tallest patient?",
        "SELECT full_name, height_cm FROM patients WHERE height_cm IS NOT NULL ORDER BY height_cm DESC LIMIT 1",
    ),
    (
        "Which patient is the tallest?",
        "SELECT full_name, height_cm FROM patients WHERE height_cm IS NOT NULL ORDER BY height_cm DESC LIMIT 1",
    ),
    ("What is the average height of patients?", "SELECT avg(height_cm) FROM patients"),
    ("Average weight of patients by sex", "SELECT sex, avg(weight) FROM patients GROUP BY 1"),
    ("How many patients have no height?", "SELECT count(*) FROM patients WHERE height_cm IS NULL"),
    ("How many visits were urgent?", "SELECT count(*) FROM visits WHERE triage = 2"),
    ("share of critical visits", "SELECT 100.0 * count(*) FILTER (WHERE triage = 1) / count(*) FROM visits"),
    (
        "What share of visits in March 2024 were emergency?",
        "SELECT 100.0 * count(*) FILTER (WHERE kind = 'emergency') / count(*) FROM visits WHERE started_at "
        ">= '2024-03-01' AND started_at < '2024-04-01'",
    ),
    ("How many visits per kind?", "SELECT kind::text, count(*) FROM visits GROUP BY 1"),
    (
        "How many emergency visits were there in February?",
        "SELECT count(*) FROM visits WHERE kind = 'emergency' AND extract(month FROM started_at) = 2",
    ),
    (
        "What is the median waiting time of urgent visits?",
        "SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY wait_min) FROM visits WHERE triage = 2",
    ),
    (
        "Average wait per attending doctor",
        "SELECT full_name, avg(wait_min) FROM visits JOIN staff ON staff_no = attending_staff_no GROUP BY 1",
    ),
    (
        "How many visits per referring doctor?",
        "SELECT full_name, count(*) FROM visits LEFT JOIN staff ON staff_no = referring_staff_no GROUP BY 1",
    ),
    ("How many visits per doctor?", None),
    (
        "Which attending doctor had the worst average waiting time?",
        "SELECT full_name, avg(wait_min) FROM visits JOIN staff ON staff_no = attending_staff_no GROUP BY 1 "
        "ORDER BY 2 DESC LIMIT 1",
    ),
    (
        "Which attending doctor had the most visits?",
        "SELECT full_name, count(*) FROM visits JOIN staff ON staff_no = attending_staff_no GROUP BY 1 ORDER "
        "BY 2 DESC, 1 LIMIT 1",
    ),
    ("How many doctors are there in Cardiology?", "SELECT count(*) FROM staff WHERE dept_code = 'CARD'"),
    (
        "What is the average salary per department?",
        "SELECT title, avg(salary) FROM staff JOIN departments USING (dept_code) GROUP BY 1",
    ),
    (
        "Which department has the highest average salary?",
        "SELECT title, avg(salary) FROM staff JOIN departments USING (dept_code) GROUP BY 1 ORDER BY 2 DESC LIMIT 1",
    ),
    ("How many doctors were hired before 2013?", "SELECT count(*) FROM staff WHERE hired_on < '2013-01-01'"),
    (
        "How many doctors were hired in 2012?",
        "SELECT count(*) FROM staff WHERE hired_on >= '2012-01-01' AND hired_on < '2013-01-01'",
    ),
    ("How many visits cost more than 500?", "SELECT count(*) FROM visits WHERE cost > 500"),
    (
        "What is the total cost of visits in the first quarter of 2024?",
        "SELECT sum(cost) FROM visits WHERE started_at >= '2024-01-01' AND started_at < '2024-04-01'",
    ),
    ("total cost per month", "SELECT date_trunc('month', started_at)::date, sum(cost) FROM visits GROUP BY 1"),
    ("How many prescriptions of Aspirin are there?", "SELECT count(*) FROM prescriptions WHERE drug = 'Aspirin'"),
    (
        "Which drug is prescribed most often?",
        "SELECT drug, count(*) FROM prescriptions GROUP BY 1 ORDER BY 2 DESC LIMIT 1",
    ),
    ("What is the most common drug?", "SELECT drug, count(*) FROM prescriptions GROUP BY 1 ORDER BY 2 DESC LIMIT 1"),
    (
        "How many refills per drug?",
        "SELECT drug, count(*) FROM refills JOIN prescriptions USING (visit_id, line_no) GROUP BY 1",
    ),
    (
        "How many refills of Warfarin were there in April 2024?",
        "SELECT count(*) FROM refills JOIN prescriptions USING (visit_id, line_no) WHERE drug = 'Warfarin' "
        "AND refilled_at >= '2024-04-01' AND refilled_at < '2024-05-01'",
    ),
    ("How many patients had emergency visits?", "SELECT count(DISTINCT mrn) FROM visits WHERE kind = 'emergency'"),
    (
        "How many patients without visits?",
        "SELECT count(*) FROM patients p WHERE NOT EXISTS (SELECT FROM visits v WHERE v.mrn = p.mrn)",
    ),
    ("How many visits on Mondays?", "SELECT count(*) FROM visits WHERE extract(isodow FROM started_at) = 1"),
    ("How many visits per weekday?", "SELECT extract(isodow FROM started_at)::int, count(*) FROM visits GROUP BY 1"),
    (
        "How many visits had a waiting time of more than half an hour?",
        "SELECT count(*) FROM visits WHERE wait_min > 30",
    ),
    ("How many visits had a waiting time of more than 1 hour?", "SELECT count(*) FROM visits WHERE wait_min > 60"),
    ("visits with a wait between 10 and 20 minutes, how many are there?", None),
    (
        "How many visits had a wait between 10 and 20 minutes?",
        "SELECT count(*) FROM visits WHERE wait_min BETWEEN 10 AND 20",
    ),
    ("What is the best salary?", None),
    ("Which doctor earns the most?", None),
    ("Who is the best doctor?", None),
    ("Why are waits so long?", None),
    ("How many nurses are there?", None),
    ("How many patients will come tomorrow?", None),
    ("Drop the patients table", None),
    ("What is the risk of stroke for smokers?", None),
    (
        "How many patients are older than 60?",
        "SELECT count(*) FROM patients WHERE birth_date < '1964-07-17'",
    ),
    ("Is Aspirin better than Warfarin?", None),
    ("What is the average?", None),
    (
        "How many visits last month?",
        "SELECT count(*) FROM visits WHERE started_at >= '2024-06-01' AND started_at < '2024-07-01'",
    ),
]
