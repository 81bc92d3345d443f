-- A university: quoted names in CamelCase, composite keys, soft deletes, terms as rows, grades as points.
CREATE FUNCTION pg_temp.h(n int, salt text, size int) RETURNS int LANGUAGE sql IMMUTABLE AS
    $$ SELECT (('x' || substr(md5(salt || n), 1, 7))::bit(28)::int) % size $$;
CREATE TABLE "Department" ("DepartmentId" int PRIMARY KEY, "Name" text NOT NULL, "Building" text NOT NULL, "AnnualBudget" numeric(12, 2));
CREATE TABLE "Professor" (
    "ProfessorId" int PRIMARY KEY, "FullName" text NOT NULL, "DepartmentId" int NOT NULL REFERENCES "Department",
    "Rank" text NOT NULL, "HiredOn" date NOT NULL, "Salary" int NOT NULL, "IsDeleted" boolean NOT NULL DEFAULT false
);
CREATE TABLE "Student" (
    "StudentId" int PRIMARY KEY, "FirstName" text NOT NULL, "LastName" text NOT NULL, "DateOfBirth" date NOT NULL,
    "Gender" char(1) NOT NULL, "Country" text NOT NULL, "MajorDepartmentId" int REFERENCES "Department" ("DepartmentId"),
    "AdmittedOn" date NOT NULL, "GraduatedOn" date, "DeletedAt" timestamptz
);
COMMENT ON COLUMN "Student"."Gender" IS 'F = female, M = male, X = other';
COMMENT ON COLUMN "Student"."DeletedAt" IS 'Set when the record was removed';
CREATE TABLE "Term" ("TermCode" text PRIMARY KEY, "StartsOn" date NOT NULL, "EndsOn" date NOT NULL);
CREATE TABLE "Course" (
    "CourseCode" text PRIMARY KEY, "Title" text NOT NULL, "DepartmentId" int NOT NULL REFERENCES "Department", "Credits" int NOT NULL
);
CREATE TABLE "Section" (
    "CourseCode" text NOT NULL REFERENCES "Course", "TermCode" text NOT NULL REFERENCES "Term", "SectionNumber" int NOT NULL,
    "ProfessorId" int NOT NULL REFERENCES "Professor", "Capacity" int NOT NULL, "Room" text,
    PRIMARY KEY ("CourseCode", "TermCode", "SectionNumber")
);
CREATE TABLE "Enrollment" (
    "EnrollmentId" int PRIMARY KEY, "StudentId" int NOT NULL REFERENCES "Student", "CourseCode" text NOT NULL,
    "TermCode" text NOT NULL, "SectionNumber" int NOT NULL, "EnrolledAt" timestamptz NOT NULL, "GradePoints" numeric(3, 1),
    "Withdrawn" boolean NOT NULL,
    FOREIGN KEY ("CourseCode", "TermCode", "SectionNumber") REFERENCES "Section" ("CourseCode", "TermCode", "SectionNumber")
);
COMMENT ON COLUMN "Enrollment"."GradePoints" IS 'Grade, from 0 to 4; null until graded';
CREATE TABLE "Payment" (
    "PaymentId" int PRIMARY KEY, "StudentId" int NOT NULL REFERENCES "Student", "PaidOn" date NOT NULL, "Amount" numeric(10, 2) NOT NULL,
    "Method" text NOT NULL, "Kind" text NOT NULL
);
COMMENT ON COLUMN "Payment"."Kind" IS 'tuition, housing or fee';
INSERT INTO "Department" VALUES (1, 'Physics', 'Newton Hall', 2400000), (2, 'Economics', 'Keynes House', 1900000),
    (3, 'Philosophy', 'Stoa', 600000), (4, 'Computer Science', 'Turing Building', 3100000), (5, 'Music', 'Old Chapel', NULL);
INSERT INTO "Professor" SELECT n, 'Prof ' || chr(64 + n) || '. Reed', 1 + pg_temp.h(n, 'pd', 4),
    (ARRAY['assistant', 'associate', 'full'])[1 + pg_temp.h(n, 'rk', 3)], date '1999-09-01' + 330 * n, 61000 + 1013 * pg_temp.h(n, 'sal', 70),
    n % 9 = 0 FROM generate_series(1, 24) n;
INSERT INTO "Student" SELECT n, (ARRAY['Noor', 'Liam', 'Mia', 'Omar', 'Eva', 'Kofi'])[1 + pg_temp.h(n, 'fn', 6)], 'Lee' || n,
    date '1998-02-01' + 9 * n, (ARRAY['F', 'M', 'F', 'M', 'X'])[1 + pg_temp.h(n, 'g', 5)],
    (ARRAY['Kenya', 'Poland', 'Peru', 'Vietnam'])[1 + pg_temp.h(n, 'co', 4)], CASE WHEN n % 12 > 0 THEN 1 + pg_temp.h(n, 'mj', 4) END,
    make_date(2019 + pg_temp.h(n, 'ad', 6), 9, 1), CASE WHEN pg_temp.h(n, 'ad', 6) < 2 AND n % 3 > 0 THEN make_date(2023 + pg_temp.h(n, 'ad', 6), 6, 15) END,
    CASE WHEN n % 17 = 0 THEN timestamptz '2024-11-05 12:00+00' END FROM generate_series(1, 300) n;
INSERT INTO "Term" VALUES ('2023F', '2023-09-04', '2023-12-15'), ('2024S', '2024-01-15', '2024-05-10'), ('2024F', '2024-09-02', '2024-12-13');
INSERT INTO "Course" SELECT 'C' || 100 + n, (ARRAY['Mechanics', 'Optics', 'Microeconomics', 'Game Theory', 'Logic', 'Ethics',
    'Algorithms', 'Databases', 'Compilers', 'Harmony'])[n], (ARRAY[1, 1, 2, 2, 3, 3, 4, 4, 4, 5])[n], 2 + n % 4 FROM generate_series(1, 10) n;
INSERT INTO "Section" SELECT "CourseCode", "TermCode", s, 1 + pg_temp.h(row_number() OVER (ORDER BY "CourseCode", "TermCode", s)::int, 'sp', 22),
    20 + 10 * s, 'R' || s FROM "Course", "Term", generate_series(1, 2) s WHERE "CourseCode" <> 'C110';
INSERT INTO "Enrollment" SELECT n, 1 + pg_temp.h(n, 'st', 280), "CourseCode", "TermCode", "SectionNumber",
    (SELECT "StartsOn" FROM "Term" t WHERE t."TermCode" = x."TermCode") + time '09:00' + (n % 9) * interval '1 hour',
    CASE WHEN n % 8 > 0 THEN pg_temp.h(n, 'gp', 41) / 10.0 END, pg_temp.h(n, 'wd', 12) = 0
    FROM generate_series(1, 1400) n JOIN (SELECT *, row_number() OVER (ORDER BY "CourseCode", "TermCode", "SectionNumber") AS r FROM "Section") x
    ON r = 1 + pg_temp.h(n, 'sec', 54);
INSERT INTO "Payment" SELECT n, 1 + pg_temp.h(n, 'ps', 250), date '2023-08-01' + pg_temp.h(n, 'pd', 530), 100 + pg_temp.h(n, 'am', 500000) / 100.0,
    (ARRAY['card', 'transfer', 'cash'])[1 + pg_temp.h(n, 'me', 3)], (ARRAY['tuition', 'tuition', 'housing', 'fee'])[1 + pg_temp.h(n, 'ki', 4)]
    FROM generate_series(1, 800) n;
