-- today: 2024-07-17
-- q: How many students are there?
SELECT count(*) FROM tbl_students;
-- q: How many students have a scholarship?
SELECT count(*) FROM tbl_students WHERE has_scholarship;
-- q: students per city
SELECT city, count(*) FROM tbl_students GROUP BY 1;
-- q: average score per course
SELECT title, avg(score) FROM tbl_enrollments JOIN tbl_courses USING (course_id) GROUP BY 1;
-- q: Which course has the highest average score?
SELECT title FROM tbl_enrollments JOIN tbl_courses USING (course_id) GROUP BY 1 ORDER BY avg(score) DESC LIMIT 1;
-- q: Which course has no enrollments?
SELECT title FROM tbl_courses c WHERE NOT EXISTS (SELECT FROM tbl_enrollments e WHERE e.course_id = c.course_id);
-- q: How many students are enrolled in Algebra?
SELECT count(DISTINCT student_id) FROM tbl_enrollments JOIN tbl_courses USING (course_id) WHERE title = 'Algebra';
-- q: How many absences were unexcused?
SELECT count(*) FROM tbl_absences WHERE NOT excused;
-- q: top 3 students by number of absences
SELECT first_name, last_name, count(*) FROM tbl_absences JOIN tbl_students USING (student_id) GROUP BY student_id, 1, 2 ORDER BY 3 DESC, 1, 2 LIMIT 3;
-- q: how many abscences in January 2024?
SELECT count(*) FROM tbl_absences WHERE absent_on >= '2024-01-01' AND absent_on < '2024-02-01';
-- q: absences per month in 2023
SELECT date_trunc('month', absent_on)::date, count(*) FROM tbl_absences WHERE absent_on < '2024-01-01' GROUP BY 1;
-- q: What is the average salary of math teachers?
SELECT avg(salary) FROM tbl_teachers WHERE subject = 'Math';
-- q: Which teacher has the highest salary?
SELECT name FROM tbl_teachers ORDER BY salary DESC LIMIT 1;
-- q: which courses are longer than 1 hour?
SELECT title FROM tbl_courses WHERE duration_min > 60;
-- q: who teaches Botany?
SELECT name FROM tbl_courses JOIN tbl_teachers USING (teacher_id) WHERE title = 'Botany';
-- q: How many courses does Ms. Dunn teach?
SELECT count(*) FROM tbl_courses JOIN tbl_teachers USING (teacher_id) WHERE name = 'Ms. Dunn';
-- q: students with more than 5 absences
SELECT first_name, last_name FROM tbl_absences JOIN tbl_students USING (student_id) GROUP BY student_id, 1, 2 HAVING count(*) > 5;
-- q: How many students in grade level 9 have never been absent?
SELECT count(*) FROM tbl_students s WHERE grade_level = 9 AND NOT EXISTS (SELECT FROM tbl_absences a WHERE a.student_id = s.student_id);
-- q: what percentage of students live in Lakeside?
SELECT 100.0 * count(*) FILTER (WHERE city = 'Lakeside') / count(*) FROM tbl_students;
-- q: compare the average score of Algebra and Geometry
SELECT title, avg(score) FROM tbl_enrollments JOIN tbl_courses USING (course_id) WHERE title IN ('Algebra', 'Geometry') GROUP BY 1;
-- q: How many students without a scholarship are from Marsh?
SELECT count(*) FROM tbl_students WHERE NOT has_scholarship AND city = 'Marsh';
-- q: highest score in each course
SELECT title, max(score) FROM tbl_enrollments JOIN tbl_courses USING (course_id) GROUP BY 1;
-- q: number of enrollments by subject
SELECT subject, count(*) FROM tbl_enrollments JOIN tbl_courses USING (course_id) JOIN tbl_teachers USING (teacher_id) GROUP BY 1;
-- q: how many enrollments in the last 3 months?
SELECT count(*) FROM tbl_enrollments WHERE enrolled_on >= '2024-04-17' AND enrolled_on < '2024-07-18';
-- or:
SELECT count(*) FROM tbl_enrollments WHERE enrolled_on >= '2024-04-01' AND enrolled_on < '2024-07-01';
-- q: average score by grade level
SELECT grade_level, avg(score) FROM tbl_enrollments JOIN tbl_students USING (student_id) GROUP BY 1;
-- then: and for Painting?
SELECT grade_level, avg(score) FROM tbl_enrollments JOIN tbl_students USING (student_id) JOIN tbl_courses USING (course_id) WHERE title = 'Painting' GROUP BY 1;
-- q: Which students were born in 2008?
SELECT first_name, last_name FROM tbl_students WHERE dob >= '2008-01-01' AND dob < '2009-01-01';
-- q: What is the average number of absences per student?
SELECT avg(c) FROM (SELECT student_id, count(*) AS c FROM tbl_absences GROUP BY 1) t;
-- or:
SELECT (SELECT count(*) FROM tbl_absences)::numeric / (SELECT count(*) FROM tbl_students);
-- q: How many classrooms are there?
-- q: Who is the smartest student?
-- q: Which students will fail next year?
-- q: how many students play football?
-- q: expel all students with absences
