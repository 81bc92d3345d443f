-- today: 2026-03-16
-- q: How many employees do we have in each department?
SELECT d.name, count(*) FROM employees e JOIN departments d ON d.id = e.department_id GROUP BY 1;
-- or:
SELECT d.name, count(e.id) FROM departments d LEFT JOIN employees e ON d.id = e.department_id GROUP BY 1;
-- or:
SELECT d.name, count(*) FROM employees e JOIN departments d ON d.id = e.department_id WHERE termination_date IS NULL GROUP BY 1;
-- q: what is the average salary in Engineering
SELECT avg(salary) FROM employees e JOIN departments d ON d.id = e.department_id WHERE d.name = 'Engineering';
-- or:
SELECT avg(salary) FROM employees e JOIN departments d ON d.id = e.department_id WHERE d.name = 'Engineering' AND termination_date IS NULL;
-- q: Who are our 5 highest paid employees?
SELECT first_name, last_name FROM employees ORDER BY salary DESC LIMIT 5;
-- q: total net pay per month
SELECT date_trunc('month', pay_date)::date, sum(net_pay) FROM payslips GROUP BY 1;
-- or:
SELECT date_trunc('month', pay_date), sum(net_pay) FROM payslips GROUP BY 1;
-- or:
SELECT to_char(pay_date, 'YYYY-MM'), sum(net_pay) FROM payslips GROUP BY 1;
-- q: How many people left the company in 2025?
SELECT count(*) FROM employees WHERE termination_date >= '2025-01-01' AND termination_date < '2026-01-01';
-- q: how much tax did we withhold in December 2025?
SELECT sum(tax) FROM payslips WHERE pay_date >= '2025-12-01' AND pay_date < '2026-01-01';
-- q: Which employees have never taken a training course?
SELECT first_name, last_name FROM employees e WHERE NOT EXISTS (SELECT FROM course_enrollments c WHERE c.employee_id = e.id);
-- or:
SELECT id FROM employees e WHERE NOT EXISTS (SELECT FROM course_enrollments c WHERE c.employee_id = e.id);
-- q: How many leave requests are still pending?
SELECT count(*) FROM leave_requests WHERE status = 'pending';
-- q: number of sick days taken in 2025 by department
SELECT d.name, sum(l.days) FROM leave_requests l JOIN employees e ON e.id = l.employee_id JOIN departments d ON d.id = e.department_id WHERE l.leave_type = 'sick' AND l.start_date >= '2025-01-01' AND l.start_date < '2026-01-01' GROUP BY 1;
-- or:
SELECT d.name, sum(l.days) FROM leave_requests l JOIN employees e ON e.id = l.employee_id JOIN departments d ON d.id = e.department_id WHERE l.leave_type = 'sick' AND l.status = 'approved' AND l.start_date >= '2025-01-01' AND l.start_date < '2026-01-01' GROUP BY 1;
-- q: What percentage of employees work remotely?
SELECT 100.0 * count(*) FILTER (WHERE is_remote) / count(*) FROM employees;
-- or:
SELECT 1.0 * count(*) FILTER (WHERE is_remote) / count(*) FROM employees;
-- or:
SELECT round(100.0 * count(*) FILTER (WHERE is_remote) / count(*), 2) FROM employees;
-- or:
SELECT round(100.0 * count(*) FILTER (WHERE is_remote) / count(*), 1) FROM employees;
-- q: Compare the average salary of men and women
SELECT gender, avg(salary) FROM employees WHERE gender IN ('M', 'F') GROUP BY 1;
-- q: who was hired most recently
SELECT first_name, last_name FROM employees ORDER BY hire_date DESC LIMIT 1;
-- q: Who has been with us the longest?
SELECT first_name, last_name FROM employees ORDER BY hire_date LIMIT 1;
-- or:
SELECT first_name, last_name FROM employees WHERE termination_date IS NULL ORDER BY hire_date LIMIT 1;
-- q: How many new hires did we have per year?
SELECT extract(year FROM hire_date)::int, count(*) FROM employees GROUP BY 1;
-- or:
SELECT date_trunc('year', hire_date)::date, count(*) FROM employees GROUP BY 1;
-- or:
SELECT date_trunc('year', hire_date), count(*) FROM employees GROUP BY 1;
-- q: employees without an email address
SELECT first_name, last_name FROM employees WHERE email IS NULL;
-- or:
SELECT id FROM employees WHERE email IS NULL;
-- q: Which training course has the most enrollments?
SELECT t.name FROM training_courses t JOIN course_enrollments c ON c.course_id = t.id GROUP BY t.id, t.name ORDER BY count(*) DESC LIMIT 1;
-- q: average score per course
SELECT t.name, avg(c.score) FROM training_courses t JOIN course_enrollments c ON c.course_id = t.id GROUP BY 1;
-- or:
SELECT t.name, avg(c.score) FROM training_courses t LEFT JOIN course_enrollments c ON c.course_id = t.id GROUP BY 1;
-- q: What share of course enrollments have been completed?
SELECT 100.0 * count(completed_on) / count(*) FROM course_enrollments;
-- or:
SELECT 1.0 * count(completed_on) / count(*) FROM course_enrollments;
-- or:
SELECT round(100.0 * count(completed_on) / count(*), 2) FROM course_enrollments;
-- or:
SELECT round(100.0 * count(completed_on) / count(*), 1) FROM course_enrollments;
-- q: How many Software Engineers earn more than 80000?
SELECT count(*) FROM employees e JOIN job_titles j ON j.id = e.job_title_id WHERE j.title = 'Software Engineer' AND e.salary > 80000;
-- q: Which department has the largest budget?
SELECT name FROM departments ORDER BY annual_budget DESC LIMIT 1;
-- q: What did we pay out in bonuses last year?
SELECT sum(bonus) FROM payslips WHERE pay_date >= '2025-01-01' AND pay_date < '2026-01-01';
-- q: list the departments in London
SELECT name FROM departments WHERE office_city = 'London';
-- q: Which department has no employees?
SELECT name FROM departments d WHERE NOT EXISTS (SELECT FROM employees e WHERE e.department_id = d.id);
-- q: How many overtime hours were worked last month?
SELECT sum(overtime_hours) FROM payslips WHERE pay_date >= '2026-02-01' AND pay_date < '2026-03-01';
-- q: average performance rating by department in 2025, best first
SELECT d.name, avg(r.rating) FROM performance_reviews r JOIN employees e ON e.id = r.employee_id JOIN departments d ON d.id = e.department_id WHERE r.review_date >= '2025-01-01' AND r.review_date < '2026-01-01' GROUP BY 1 ORDER BY 2 DESC;
-- q: how many part-time vs full-time staff do we have
SELECT employment_type, count(*) FROM employees WHERE employment_type IN ('part-time', 'full-time') GROUP BY 1;
-- q: How many direct reports does each manager have?
SELECT m.first_name, m.last_name, count(*) FROM employees e JOIN employees m ON m.id = e.manager_id GROUP BY m.id, 1, 2;
-- or:
SELECT manager_id, count(*) FROM employees WHERE manager_id IS NOT NULL GROUP BY 1;
-- q: What is the average length of vacation in days?
SELECT avg(days) FROM leave_requests WHERE leave_type = 'vacation';
-- or:
SELECT avg(days) FROM leave_requests WHERE leave_type = 'vacation' AND status = 'approved';
-- q: Top 3 job titles by headcount
SELECT j.title FROM employees e JOIN job_titles j ON j.id = e.job_title_id GROUP BY j.id, j.title ORDER BY count(*) DESC LIMIT 3;
-- q: How many employees were born before 1970?
SELECT count(*) FROM employees WHERE birth_date < '1970-01-01';
-- q: What are the total payroll costs by department for Q4 2025?
SELECT d.name, sum(p.gross_pay) FROM payslips p JOIN employees e ON e.id = p.employee_id JOIN departments d ON d.id = e.department_id WHERE p.pay_date >= '2025-10-01' AND p.pay_date < '2026-01-01' GROUP BY 1;
-- q: how many leave requests were rejected per leave type?
SELECT leave_type, count(*) FROM leave_requests WHERE status = 'rejected' GROUP BY 1;
-- q: What is the cheapest course?
SELECT name FROM training_courses ORDER BY cost LIMIT 1;
-- q: Which employee took the most leave days?
SELECT e.first_name, e.last_name FROM employees e JOIN leave_requests l ON l.employee_id = e.id GROUP BY e.id, 1, 2 ORDER BY sum(l.days) DESC LIMIT 1;
-- or:
SELECT e.first_name, e.last_name FROM employees e JOIN leave_requests l ON l.employee_id = e.id WHERE l.status = 'approved' GROUP BY e.id, 1, 2 ORDER BY sum(l.days) DESC LIMIT 1;
-- q: How many women work in Sales or Marketing?
SELECT count(*) FROM employees e JOIN departments d ON d.id = e.department_id WHERE gender = 'F' AND d.name IN ('Sales', 'Marketing');
-- or:
SELECT count(*) FROM employees e JOIN departments d ON d.id = e.department_id WHERE gender = 'F' AND d.name IN ('Sales', 'Marketing') AND termination_date IS NULL;
-- q: Which employees speak French?
-- q: How many job applicants did we interview last month?
-- q: what is our average commute time
-- q: How many employees have children?
-- q: Why did people resign in 2025?
-- q: How many employees work in the Procurement department?
