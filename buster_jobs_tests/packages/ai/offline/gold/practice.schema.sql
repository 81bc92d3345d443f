-- A clinic: singular tables, codes, minutes, booleans, two keys to one table, most columns without comments.
CREATE FUNCTION pg_temp.h(n int, salt text, size int) RETURNS int LANGUAGE sql IMMUTABLE AS
    $$ SELECT (('x' || substr(md5(salt || n), 1, 7))::bit(28)::int) % size $$;
CREATE TABLE department (id int PRIMARY KEY, name text NOT NULL, floor int NOT NULL);
CREATE TABLE doctor (
    id int PRIMARY KEY, first_name text NOT NULL, last_name text NOT NULL, department_id int NOT NULL REFERENCES department (id),
    specialty text NOT NULL, hired_on date NOT NULL, salary_usd int NOT NULL
);
COMMENT ON TABLE doctor IS 'Physicians';
CREATE TABLE patient (
    id int PRIMARY KEY, first_name text NOT NULL, last_name text NOT NULL, gender char(1) NOT NULL, date_of_birth date NOT NULL,
    insured boolean NOT NULL, insurer text, blood_type text, city text NOT NULL, weight_kg numeric(5, 1)
);
COMMENT ON COLUMN patient.gender IS 'M = male, F = female, X = other';
COMMENT ON COLUMN patient.insurer IS 'Insurance company';
CREATE TABLE appointment (
    id int PRIMARY KEY, patient_id int NOT NULL, doctor_id int NOT NULL, referred_by_doctor_id int, room text NOT NULL,
    status text NOT NULL, scheduled_at timestamptz NOT NULL, duration_min int, wait_min int, no_show boolean NOT NULL
);
COMMENT ON COLUMN appointment.wait_min IS 'Waiting time';
CREATE TABLE diagnosis (id int PRIMARY KEY, appointment_id int NOT NULL REFERENCES appointment (id), icd_code text NOT NULL, description text NOT NULL, severity int NOT NULL);
COMMENT ON COLUMN diagnosis.severity IS '1 = mild, 2 = moderate, 3 = severe';
CREATE TABLE bill (
    id int PRIMARY KEY, appointment_id int NOT NULL REFERENCES appointment (id), amount numeric(9, 2) NOT NULL,
    billed_on date NOT NULL, paid boolean NOT NULL
);
COMMENT ON COLUMN bill.amount IS 'Amount charged in dollars';
INSERT INTO department VALUES (1, 'Cardiology', 2), (2, 'Neurology', 3), (3, 'Pediatrics', 1), (4, 'Radiology', 0);
INSERT INTO doctor SELECT n, (ARRAY['Anna', 'Boris', 'Carla', 'David', 'Elena'])[1 + n % 5],
    (ARRAY['Adler', 'Baum', 'Chen', 'Diaz', 'Ender', 'Fox', 'Gruber', 'Hahn', 'Ito', 'Jung', 'Kern', 'Lang'])[n], 1 + pg_temp.h(n, 'dep', 3),
    (ARRAY['surgeon', 'internist', 'therapist'])[1 + pg_temp.h(n, 'spec', 3)], date '2009-04-01' + pg_temp.h(n, 'hired', 5000),
    90000 + pg_temp.h(n, 'salary', 90000) FROM generate_series(1, 12) n;
INSERT INTO patient SELECT n, (ARRAY['Ada', 'Bill', 'Cora', 'Dirk'])[1 + n % 4], 'Person' || n, (ARRAY['M', 'F', 'F', 'X', 'M'])[1 + pg_temp.h(n, 'g', 5)],
    date '1935-01-01' + pg_temp.h(n, 'dob', 31000), pg_temp.h(n, 'ins', 4) > 0,
    CASE WHEN pg_temp.h(n, 'ins', 4) > 0 THEN (ARRAY['Axa', 'Allianz', 'Aetna'])[1 + pg_temp.h(n, 'insr', 3)] END,
    (ARRAY['A+', 'B+', 'O-', 'AB+', NULL])[1 + pg_temp.h(n, 'blood', 5)], (ARRAY['Graz', 'Linz', 'Wien'])[1 + pg_temp.h(n, 'pcity', 3)],
    CASE WHEN n % 7 > 0 THEN 45 + pg_temp.h(n, 'weight', 600) / 10.0 END FROM generate_series(1, 200) n;
INSERT INTO appointment SELECT n, 1 + pg_temp.h(n, 'ap', 185), 1 + pg_temp.h(n, 'ad', 11), CASE WHEN n % 4 = 0 THEN 1 + pg_temp.h(n, 'ref', 12) END,
    (ARRAY['A1', 'A2', 'B1'])[1 + pg_temp.h(n, 'room', 3)], (ARRAY['done', 'done', 'cancelled', 'booked'])[1 + pg_temp.h(n, 'stat', 4)],
    timestamptz '2023-01-02 08:00+00' + n * interval '11 hours', CASE WHEN n % 11 > 0 THEN 10 + pg_temp.h(n, 'dur', 170) END,
    CASE WHEN n % 5 > 0 THEN pg_temp.h(n, 'wait', 120) END, pg_temp.h(n, 'ns', 9) = 0 FROM generate_series(1, 1250) n;
INSERT INTO diagnosis SELECT n, 1 + pg_temp.h(n, 'da', 1250), 'I' || pg_temp.h(n, 'icd', 6),
    (ARRAY['Flu', 'Migraine', 'Asthma', 'Angina', 'Fracture', 'Anemia'])[1 + pg_temp.h(n, 'icd', 6)], 1 + pg_temp.h(n, 'sev', 3) FROM generate_series(1, 800) n;
INSERT INTO bill SELECT n, n, 40 + pg_temp.h(n, 'bill', 90000) / 100.0, date '2023-01-02' + (n * 11) / 24 + 3, pg_temp.h(n, 'paid', 5) > 0 FROM generate_series(1, 1200) n;
