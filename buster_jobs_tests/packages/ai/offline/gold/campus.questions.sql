-- today: 2025-01-20
-- q: How many students do we have?
SELECT count(*) FROM "Student" WHERE "DeletedAt" IS NULL;
-- q: How many professors are there in each department?
SELECT d."Name", count(*) FROM "Professor" JOIN "Department" d USING ("DepartmentId") WHERE NOT "IsDeleted" GROUP BY 1;
-- q: Average salary by rank
SELECT "Rank", avg("Salary") FROM "Professor" WHERE NOT "IsDeleted" GROUP BY 1;
-- q: Who is the best paid professor?
SELECT "FullName" FROM "Professor" WHERE NOT "IsDeleted" ORDER BY "Salary" DESC LIMIT 1;
-- q: How many female students are from Kenya?
SELECT count(*) FROM "Student" WHERE "Gender" = 'F' AND "Country" = 'Kenya' AND "DeletedAt" IS NULL;
-- q: students per country
SELECT "Country", count(*) FROM "Student" WHERE "DeletedAt" IS NULL GROUP BY 1;
-- q: How many students graduated in 2024?
SELECT count(*) FROM "Student" WHERE "GraduatedOn" >= '2024-01-01' AND "GraduatedOn" < '2025-01-01' AND "DeletedAt" IS NULL;
-- q: how many students were admitted each year
SELECT extract(year FROM "AdmittedOn")::int, count(*) FROM "Student" WHERE "DeletedAt" IS NULL GROUP BY 1;
-- or:
SELECT date_trunc('year', "AdmittedOn")::date, count(*) FROM "Student" WHERE "DeletedAt" IS NULL GROUP BY 1;
-- q: Which department has the biggest budget?
SELECT "Name" FROM "Department" ORDER BY "AnnualBudget" DESC NULLS LAST LIMIT 1;
-- q: What is the total annual budget of all departments?
SELECT sum("AnnualBudget") FROM "Department";
-- q: Which departments have a budget over 2 million?
SELECT "Name" FROM "Department" WHERE "AnnualBudget" > 2000000;
-- q: How many courses does each department offer?
SELECT d."Name", count(*) FROM "Course" JOIN "Department" d USING ("DepartmentId") GROUP BY 1;
-- q: which courses are worth 5 credits?
SELECT "Title" FROM "Course" WHERE "Credits" = 5;
-- q: average grade per course
SELECT "Title", avg("GradePoints") FROM "Enrollment" JOIN "Course" USING ("CourseCode") GROUP BY 1;
-- q: Which course has the lowest average grade?
SELECT "Title" FROM "Enrollment" JOIN "Course" USING ("CourseCode") GROUP BY 1 ORDER BY avg("GradePoints") LIMIT 1;
-- q: how many students took Databases?
SELECT count(DISTINCT "StudentId") FROM "Enrollment" JOIN "Course" USING ("CourseCode") WHERE "Title" = 'Databases';
-- or:
SELECT count(DISTINCT "StudentId") FROM "Enrollment" JOIN "Student" s USING ("StudentId") JOIN "Course" USING ("CourseCode") WHERE "Title" = 'Databases' AND s."DeletedAt" IS NULL;
-- q: enrollments per term
SELECT "TermCode", count(*) FROM "Enrollment" GROUP BY 1;
-- q: How many enrollments were withdrawn in term 2024F?
SELECT count(*) FROM "Enrollment" WHERE "Withdrawn" AND "TermCode" = '2024F';
-- q: What percentage of enrollments were withdrawn?
SELECT 100.0 * count(*) FILTER (WHERE "Withdrawn") / count(*) FROM "Enrollment";
-- q: Which professors teach Logic?
SELECT DISTINCT "FullName" FROM "Section" JOIN "Professor" USING ("ProfessorId") JOIN "Course" USING ("CourseCode") WHERE "Title" = 'Logic';
-- or:
SELECT DISTINCT "FullName" FROM "Section" JOIN "Professor" USING ("ProfessorId") JOIN "Course" USING ("CourseCode") WHERE "Title" = 'Logic' AND NOT "IsDeleted";
-- q: Which courses were never taught?
SELECT "Title" FROM "Course" c WHERE NOT EXISTS (SELECT FROM "Section" s WHERE s."CourseCode" = c."CourseCode");
-- or:
SELECT "Title" FROM "Course" c WHERE NOT EXISTS (SELECT FROM "Enrollment" s WHERE s."CourseCode" = c."CourseCode");
-- q: How much tuition was paid in 2024?
SELECT sum("Amount") FROM "Payment" WHERE "Kind" = 'tuition' AND "PaidOn" >= '2024-01-01' AND "PaidOn" < '2025-01-01';
-- q: total payments by method
SELECT "Method", sum("Amount") FROM "Payment" GROUP BY 1;
-- or:
SELECT "Method", count(*) FROM "Payment" GROUP BY 1;
-- q: What was the average payment amount last month?
SELECT avg("Amount") FROM "Payment" WHERE "PaidOn" >= '2024-12-01' AND "PaidOn" < '2025-01-01';
-- q: Which 3 students paid the most in total?
SELECT "FirstName", "LastName" FROM "Payment" JOIN "Student" USING ("StudentId") WHERE "DeletedAt" IS NULL GROUP BY "StudentId", 1, 2 ORDER BY sum("Amount") DESC LIMIT 3;
-- or:
SELECT "FirstName", "LastName" FROM "Payment" JOIN "Student" USING ("StudentId") GROUP BY "StudentId", 1, 2 ORDER BY sum("Amount") DESC LIMIT 3;
-- q: payments above 4,900
SELECT "PaymentId" FROM "Payment" WHERE "Amount" > 4900;
-- q: how many payments between 1000 and 2000 were made in cash?
SELECT count(*) FROM "Payment" WHERE "Amount" BETWEEN 1000 AND 2000 AND "Method" = 'cash';
-- q: What is the average age of our students?
SELECT avg(extract(year FROM age(date '2025-01-20', "DateOfBirth"))) FROM "Student" WHERE "DeletedAt" IS NULL;
-- or:
SELECT avg((date '2025-01-20' - "DateOfBirth") / 365.25) FROM "Student" WHERE "DeletedAt" IS NULL;
-- q: who is the youngest student?
SELECT "FirstName", "LastName" FROM "Student" WHERE "DeletedAt" IS NULL ORDER BY "DateOfBirth" DESC LIMIT 1;
-- q: How many students are younger than 20?
SELECT count(*) FROM "Student" WHERE "DateOfBirth" > '2005-01-20' AND "DeletedAt" IS NULL;
-- q: How many students have not declared a major?
SELECT count(*) FROM "Student" WHERE "MajorDepartmentId" IS NULL AND "DeletedAt" IS NULL;
-- q: number of students majoring in Physics
SELECT count(*) FROM "Student" JOIN "Department" d ON d."DepartmentId" = "MajorDepartmentId" WHERE d."Name" = 'Physics' AND "DeletedAt" IS NULL;
-- q: Which students have never enrolled in a course?
SELECT "FirstName", "LastName" FROM "Student" s WHERE "DeletedAt" IS NULL AND NOT EXISTS (SELECT FROM "Enrollment" e WHERE e."StudentId" = s."StudentId");
-- q: How many sections did each professor teach?
SELECT "FullName", count(*) FROM "Section" JOIN "Professor" USING ("ProfessorId") GROUP BY "ProfessorId", 1;
-- or:
SELECT "FullName", count(*) FROM "Section" JOIN "Professor" USING ("ProfessorId") WHERE NOT "IsDeleted" GROUP BY "ProfessorId", 1;
-- q: when was the first payment?
SELECT min("PaidOn") FROM "Payment";
-- q: compare housing and tuition payments
SELECT "Kind", count(*) FROM "Payment" WHERE "Kind" IN ('housing', 'tuition') GROUP BY 1;
-- or:
SELECT "Kind", sum("Amount") FROM "Payment" WHERE "Kind" IN ('housing', 'tuition') GROUP BY 1;
-- q: What is the ratio of male to female students?
SELECT count(*) FILTER (WHERE "Gender" = 'M')::numeric / count(*) FILTER (WHERE "Gender" = 'F') FROM "Student" WHERE "DeletedAt" IS NULL;
-- q: how many professors were hired before 2010?
SELECT count(*) FROM "Professor" WHERE "HiredOn" < '2010-01-01' AND NOT "IsDeleted";
-- q: Which department has the most students?
SELECT d."Name" FROM "Student" JOIN "Department" d ON d."DepartmentId" = "MajorDepartmentId" WHERE "DeletedAt" IS NULL GROUP BY 1 ORDER BY count(*) DESC LIMIT 1;
-- q: list the professors in the Economics department
SELECT "FullName" FROM "Professor" JOIN "Department" d USING ("DepartmentId") WHERE d."Name" = 'Economics' AND NOT "IsDeleted";
-- q: How many payments did we receive per month in 2024?
SELECT date_trunc('month', "PaidOn")::date, count(*) FROM "Payment" WHERE "PaidOn" >= '2024-01-01' AND "PaidOn" < '2025-01-01' GROUP BY 1;
-- then: and the total amount?
SELECT date_trunc('month', "PaidOn")::date, sum("Amount") FROM "Payment" WHERE "PaidOn" >= '2024-01-01' AND "PaidOn" < '2025-01-01' GROUP BY 1;
-- then: only cash
SELECT date_trunc('month', "PaidOn")::date, sum("Amount") FROM "Payment" WHERE "PaidOn" >= '2024-01-01' AND "PaidOn" < '2025-01-01' AND "Method" = 'cash' GROUP BY 1;
-- q: longest serving professor
SELECT "FullName" FROM "Professor" WHERE NOT "IsDeleted" ORDER BY "HiredOn" LIMIT 1;
-- q: How many students fail because of work?
-- q: Which professor is the nicest?
-- q: How many dormitories do we have?
-- q: will enrollment grow next year?
-- q: raise all salaries by 10 percent
-- q: What is the weather like on campus?
-- q: how many students from Canada?
-- q: average rating of professors
-- q: Show me the best course
