-- An HR and payroll company: every foreign key declared, ordinary plural names, a manager in the same table.
CREATE FUNCTION pg_temp.h(n int, salt text, size int) RETURNS int LANGUAGE sql IMMUTABLE AS
    $$ SELECT (('x' || substr(md5(salt || n), 1, 7))::bit(28)::int) % size $$;
CREATE TABLE departments (id serial PRIMARY KEY, name varchar(80) NOT NULL UNIQUE, office_city varchar(60) NOT NULL,
    annual_budget numeric(12, 2) NOT NULL);
CREATE TABLE job_titles (id serial PRIMARY KEY, title varchar(80) NOT NULL, grade smallint NOT NULL,
    min_salary numeric(10, 2) NOT NULL, max_salary numeric(10, 2) NOT NULL);
CREATE TABLE employees (id serial PRIMARY KEY, first_name varchar(50) NOT NULL, last_name varchar(50) NOT NULL,
    email varchar(120), gender char(1), birth_date date, hire_date date NOT NULL, termination_date date,
    department_id int NOT NULL REFERENCES departments (id), job_title_id int NOT NULL REFERENCES job_titles (id),
    manager_id int REFERENCES employees (id), salary numeric(10, 2) NOT NULL, employment_type varchar(20) NOT NULL,
    is_remote boolean NOT NULL DEFAULT false);
CREATE TABLE payslips (id serial PRIMARY KEY, employee_id int NOT NULL REFERENCES employees (id), pay_date date NOT NULL,
    gross_pay numeric(10, 2) NOT NULL, tax numeric(10, 2) NOT NULL, net_pay numeric(10, 2) NOT NULL,
    overtime_hours numeric(5, 1), bonus numeric(10, 2));
CREATE TABLE leave_requests (id serial PRIMARY KEY, employee_id int NOT NULL REFERENCES employees (id),
    leave_type varchar(20) NOT NULL, start_date date NOT NULL, end_date date NOT NULL, days int NOT NULL,
    status varchar(20) NOT NULL, approved_by int REFERENCES employees (id), requested_at timestamp NOT NULL);
CREATE TABLE training_courses (id serial PRIMARY KEY, name varchar(100) NOT NULL, provider varchar(80) NOT NULL,
    cost numeric(8, 2), duration_hours int NOT NULL);
CREATE TABLE course_enrollments (id serial PRIMARY KEY, course_id int NOT NULL REFERENCES training_courses (id),
    employee_id int NOT NULL REFERENCES employees (id), enrolled_on date NOT NULL, completed_on date, score int,
    UNIQUE (course_id, employee_id));
CREATE TABLE performance_reviews (id serial PRIMARY KEY, employee_id int NOT NULL REFERENCES employees (id),
    reviewer_id int REFERENCES employees (id), review_date date NOT NULL, rating int NOT NULL, comments text);
INSERT INTO departments (name, office_city, annual_budget) VALUES ('Engineering', 'Berlin', 4200000), ('Sales', 'London', 2600000),
    ('Marketing', 'London', 1150000), ('Finance', 'Zurich', 980000), ('Human Resources', 'Berlin', 640000),
    ('Customer Support', 'Warsaw', 1320000), ('Legal', 'Zurich', 410000);
INSERT INTO job_titles (title, grade, min_salary, max_salary) VALUES ('Software Engineer', 5, 52000, 98000),
    ('Account Executive', 4, 41000, 82000), ('Accountant', 4, 43000, 76000), ('Support Agent', 2, 27000, 44000),
    ('HR Specialist', 3, 38000, 61000), ('Team Lead', 6, 70000, 125000), ('Director', 8, 110000, 190000),
    ('Chief of Staff', 9, 130000, 210000);
INSERT INTO employees (first_name, last_name, email, gender, birth_date, hire_date, termination_date, department_id,
    job_title_id, manager_id, salary, employment_type, is_remote)
    SELECT f, l, CASE WHEN n % 13 > 0 THEN lower(f || '.' || l || n) || '@northwind-hr.com' END,
    CASE WHEN n % 17 > 0 THEN (ARRAY['F', 'M', 'F', 'M', 'X'])[1 + pg_temp.h(n, 'g', 5)] END,
    CASE WHEN n % 9 > 0 THEN date '1962-03-01' + pg_temp.h(n, 'b', 14000) END, date '2015-01-12' + pg_temp.h(n, 'hire', 4000),
    CASE WHEN pg_temp.h(n, 'term', 7) = 0 THEN date '2025-12-31' - pg_temp.h(n, 'td', 200) END,
    CASE WHEN n <= 6 THEN n ELSE 1 + pg_temp.h(n, 'dep', 6) END, CASE WHEN n <= 6 THEN 7 ELSE 1 + pg_temp.h(n, 'job', 6) END,
    CASE WHEN n > 6 THEN 1 + pg_temp.h(n, 'mgr', 6) END,
    CASE WHEN n <= 6 THEN 120000 + n * 7310 ELSE 30000 + pg_temp.h(n, 'sal', 85000) END,
    (ARRAY['full-time', 'full-time', 'full-time', 'part-time', 'contractor'])[1 + pg_temp.h(n, 'typ', 5)], pg_temp.h(n, 'rem', 3) = 0
    FROM (SELECT n, (ARRAY['Anna', 'Ben', 'Clara', 'David', 'Elena', 'Farid', 'Grace', 'Hugo', 'Ines', 'Jonas', 'Kira'])[1 + n % 11] f,
        (ARRAY['Becker', 'Rossi', 'Novak', 'Singh', 'Martin', 'Olsen', 'Costa', 'Weber', 'Kowalski', 'Hughes', 'Tanaka', 'Moreau', 'Keller'])[1 + n % 13] l
        FROM generate_series(1, 130) n) x;
INSERT INTO payslips (employee_id, pay_date, gross_pay, tax, net_pay, overtime_hours, bonus)
    SELECT e, d, g, round(g * .27, 2), g - round(g * .27, 2), CASE WHEN k % 3 > 0 THEN pg_temp.h(k, 'ot', 250) / 10.0 END,
    CASE WHEN k % 10 = 0 THEN 100 + pg_temp.h(k, 'bo', 2900) END
    FROM (SELECT e.id e, (date '2025-05-28' + m * interval '1 month')::date d, round(e.salary / 12, 2) g, e.id * 31 + m k
        FROM employees e, generate_series(0, 9) m) x
    WHERE pg_temp.h(k, 'skip', 25) > 0 AND d <= coalesce((SELECT termination_date FROM employees WHERE id = e), d);
INSERT INTO leave_requests (employee_id, leave_type, start_date, end_date, days, status, approved_by, requested_at)
    SELECT 1 + pg_temp.h(n, 'le', 115), (ARRAY['vacation', 'vacation', 'vacation', 'sick', 'sick', 'parental', 'unpaid'])[1 + pg_temp.h(n, 'lt', 7)],
    s, s + len, len + 1, st, CASE WHEN st = 'approved' THEN 1 + pg_temp.h(n, 'by', 6) END, s - interval '9 days' + interval '10 hours'
    FROM (SELECT n, date '2024-06-03' + pg_temp.h(n, 'ls', 660) s, pg_temp.h(n, 'ln', 12) len,
        (ARRAY['approved', 'approved', 'approved', 'pending', 'rejected'])[1 + pg_temp.h(n, 'st', 5)] st FROM generate_series(1, 340) n) x;
INSERT INTO training_courses (name, provider, cost, duration_hours) VALUES ('Data Privacy Basics', 'Udemy', 49, 3),
    ('Leadership Essentials', 'Dale Carnegie', 1250, 16), ('Advanced SQL', 'Coursera', 79, 20), ('First Aid', 'Red Cross', 120, 8),
    ('Negotiation Skills', 'Dale Carnegie', 890, 12), ('Excel for Finance', 'Coursera', 59, 10), ('Onboarding', 'In-house', NULL, 6),
    ('Public Speaking', 'Toastmasters', 210, 9);
INSERT INTO course_enrollments (course_id, employee_id, enrolled_on, completed_on, score)
    SELECT c, e, d, CASE WHEN pg_temp.h(k, 'done', 4) > 0 THEN d + 5 + pg_temp.h(k, 'dd', 60) END,
    CASE WHEN pg_temp.h(k, 'done', 4) > 0 AND k % 8 > 0 THEN 45 + pg_temp.h(k, 'sc', 56) END
    FROM (SELECT c, e, e * 100 + c k, date '2025-01-07' + pg_temp.h(e * 100 + c, 'en', 410) d
        FROM generate_series(1, 7) c, generate_series(1, 110) e) x WHERE pg_temp.h(k, 'take', 10) < 1 + c % 4;
INSERT INTO performance_reviews (employee_id, reviewer_id, review_date, rating, comments)
    SELECT e, CASE WHEN k % 12 > 0 THEN 1 + pg_temp.h(k, 'rv', 6) END, make_date(y, 12, 1 + pg_temp.h(k, 'rd', 20)), 1 + pg_temp.h(k, 'ra', 5),
    CASE WHEN k % 4 = 0 THEN 'Meets goals' END
    FROM (SELECT e, y, e * 10 + y k FROM generate_series(1, 118) e, generate_series(2023, 2025) y) x WHERE pg_temp.h(k, 'rs', 4) > 0;
