"""A clinic's schema with comments, codes, enumerations, two keys to one table, and rows."""

SCHEMA = """
CREATE TYPE visit_kind AS ENUM ('checkup', 'emergency', 'followup');
CREATE TABLE departments (dept_code text PRIMARY KEY, title text NOT NULL);
COMMENT ON TABLE departments IS 'Departments of the clinic';
CREATE TABLE staff (
    staff_no int PRIMARY KEY, full_name text NOT NULL, dept_code text NOT NULL REFERENCES departments (dept_code),
    salary numeric(9, 2) NOT NULL, hired_on date NOT NULL
);
COMMENT ON TABLE staff IS 'Doctors';
COMMENT ON COLUMN staff.salary IS 'Yearly salary in dollars';
CREATE TABLE patients (
    mrn int PRIMARY KEY, full_name text NOT NULL, sex char(1) NOT NULL, birth_date date NOT NULL, height_cm int,
    weight numeric(5, 1), smoker boolean NOT NULL, deceased_on date
);
COMMENT ON COLUMN patients.mrn IS 'Medical record number';
COMMENT ON COLUMN patients.sex IS 'F = female, M = male';
COMMENT ON COLUMN patients.height_cm IS 'Height in cm';
COMMENT ON COLUMN patients.weight IS 'Body weight in kg';
COMMENT ON COLUMN patients.deceased_on IS 'Date of death; null while the patient is alive';
CREATE TABLE visits (
    visit_id int PRIMARY KEY, mrn int NOT NULL REFERENCES patients (mrn),
    attending_staff_no int NOT NULL REFERENCES staff (staff_no), referring_staff_no int REFERENCES staff (staff_no),
    kind visit_kind NOT NULL, started_at timestamp NOT NULL, wait_min int, cost numeric(8, 2), triage int
);
COMMENT ON COLUMN visits.wait_min IS 'Waiting time in minutes; null when the patient left';
COMMENT ON COLUMN visits.triage IS 'Triage level: 1 = critical, 2 = urgent, 3 = routine';
COMMENT ON COLUMN visits.attending_staff_no IS 'Attending doctor';
COMMENT ON COLUMN visits.referring_staff_no IS 'Referring doctor';
CREATE TABLE prescriptions (
    visit_id int NOT NULL REFERENCES visits (visit_id), line_no int NOT NULL, drug text NOT NULL, dose_mg numeric(8, 2),
    PRIMARY KEY (visit_id, line_no)
);
CREATE TABLE refills (
    refill_id int PRIMARY KEY, visit_id int NOT NULL, line_no int NOT NULL, refilled_at timestamptz NOT NULL,
    FOREIGN KEY (visit_id, line_no) REFERENCES prescriptions (visit_id, line_no)
);
INSERT INTO departments VALUES ('CARD', 'Cardiology'), ('NEUR', 'Neurology'), ('ORTH', 'Orthopedics');
INSERT INTO staff SELECT n, 'Doctor ' || chr(64 + n), (ARRAY['CARD', 'NEUR', 'ORTH'])[1 + n % 3], 80000 + n * 2500,
    date '2010-03-01' + n * 200 FROM generate_series(1, 9) n;
INSERT INTO patients SELECT 1000 + n, 'Patient ' || n, (ARRAY['F', 'M'])[1 + n % 2], date '1940-05-05' + n * 400,
    CASE WHEN n % 7 > 0 THEN 150 + n END, CASE WHEN n % 6 > 0 THEN 50 + n * 0.5 END, n % 4 = 0,
    CASE WHEN n % 10 = 0 THEN date '2023-02-02' END FROM generate_series(1, 60) n;
INSERT INTO visits SELECT n, 1001 + (n * n) % 50, 1 + n % 9, CASE WHEN n % 3 = 0 THEN 1 + (n * 5) % 9 END,
    (ARRAY['checkup', 'emergency', 'followup'])[1 + n % 3]::visit_kind, timestamp '2024-01-01 08:00' + n * interval
        '31 hours',
    CASE WHEN n % 8 > 0 THEN (n * 13) % 90 END, 50 + (n * 29) % 700, 1 + (n * n) % 3 FROM generate_series(1, 250) n;
INSERT INTO prescriptions SELECT v, l, (ARRAY['Aspirin', 'Ibuprofen', 'Warfarin'])[1 + (v + l) % 3], 100 + (v * l) % 400
    FROM generate_series(1, 250, 2) v, generate_series(1, 2) l;
INSERT INTO refills SELECT n, 1 + 2 * (n % 100), 1 + n % 2, timestamptz '2024-03-01 00:00+00' + n * interval '1 day'
    FROM generate_series(1, 120) n;
ANALYZE;
"""
