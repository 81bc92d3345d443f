-- A school: prefixed and abbreviated names, no comments at all, no declared references.
CREATE FUNCTION pg_temp.h(n int, salt text, size int) RETURNS int LANGUAGE sql IMMUTABLE AS
    $$ SELECT (('x' || substr(md5(salt || n), 1, 7))::bit(28)::int) % size $$;
CREATE TABLE tbl_teachers (teacher_id int PRIMARY KEY, name text NOT NULL, subject text NOT NULL, hire_dt date NOT NULL, salary int NOT NULL);
CREATE TABLE tbl_students (
    student_id int PRIMARY KEY, first_name text NOT NULL, last_name text NOT NULL, grade_level int NOT NULL,
    dob date NOT NULL, has_scholarship boolean NOT NULL, city text NOT NULL
);
CREATE TABLE tbl_courses (course_id int PRIMARY KEY, title text NOT NULL, teacher_id int NOT NULL, credits int NOT NULL, duration_min int NOT NULL);
CREATE TABLE tbl_enrollments (
    enrollment_id int PRIMARY KEY, student_id int NOT NULL, course_id int NOT NULL, enrolled_on date NOT NULL, score numeric(5, 1)
);
CREATE TABLE tbl_absences (absence_id int PRIMARY KEY, student_id int NOT NULL, absent_on date NOT NULL, excused boolean NOT NULL, reason text);
INSERT INTO tbl_teachers SELECT n, (ARRAY['Mr. Ash', 'Ms. Birch', 'Mr. Cole', 'Ms. Dunn', 'Mr. Elm', 'Ms. Frost'])[n],
    (ARRAY['Math', 'History', 'Math', 'Biology', 'Art', 'History'])[n], date '2010-09-01' + n * 500, 42000 + n * n * 700
    FROM generate_series(1, 6) n;
INSERT INTO tbl_students SELECT n, (ARRAY['Ana', 'Ben', 'Cleo', 'Dev', 'Ella'])[1 + n % 5], 'Stone' || n, 7 + pg_temp.h(n, 'grade', 6),
    date '2006-01-01' + n * 11, pg_temp.h(n, 'sch', 4) = 0, (ARRAY['Hilltown', 'Lakeside', 'Marsh'])[1 + pg_temp.h(n, 'city', 3)]
    FROM generate_series(1, 150) n;
INSERT INTO tbl_courses SELECT n, (ARRAY['Algebra', 'Geometry', 'World History', 'Botany', 'Painting', 'Statistics', 'Zoology', 'Sculpture'])[n],
    1 + pg_temp.h(n, 'teach', 6), 2 + n % 4, 30 + 15 * (n % 5) FROM generate_series(1, 8) n;
INSERT INTO tbl_enrollments SELECT n, 1 + pg_temp.h(n, 'es', 140), 1 + pg_temp.h(n, 'ec', 7), date '2023-01-15' + n,
    CASE WHEN n % 10 > 0 THEN 40 + pg_temp.h(n, 'score', 600) / 10.0 END FROM generate_series(1, 540) n;
INSERT INTO tbl_absences SELECT n, 1 + pg_temp.h(n, 'as', 130), date '2023-02-01' + (n * 2) % 530, pg_temp.h(n, 'exc', 3) > 0,
    (ARRAY['sick', 'travel', NULL])[1 + pg_temp.h(n, 'why', 3)] FROM generate_series(1, 400) n;
