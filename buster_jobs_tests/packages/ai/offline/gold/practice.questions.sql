-- today: 2024-07-17
-- q: How many patients do we have?
SELECT count(*) FROM patient;
-- q: how many physicians work in cardiology?
SELECT count(*) FROM doctor d JOIN department p ON p.id = department_id WHERE p.name = 'Cardiology';
-- q: Number of female patients
SELECT count(*) FROM patient WHERE gender = 'F';
-- q: patients by blood type
SELECT blood_type, count(*) FROM patient GROUP BY 1;
-- q: How many uninsured patients are there?
SELECT count(*) FROM patient WHERE NOT insured;
-- q: what share of patients is insured?
SELECT 100.0 * count(*) FILTER (WHERE insured) / count(*) FROM patient;
-- q: Which insurance company covers the most patients?
SELECT insurer, count(*) FROM patient WHERE insurer IS NOT NULL GROUP BY 1 ORDER BY 2 DESC LIMIT 1;
-- q: How many appointments lasted more than 2 hours?
SELECT count(*) FROM appointment WHERE duration_min > 120;
-- q: how many appointments had a wait of more than half an hour
SELECT count(*) FROM appointment WHERE wait_min > 30;
-- q: how many appointments waited longer than 1.5 hours?
SELECT count(*) FROM appointment WHERE wait_min > 90;
-- q: average waiting time per department
SELECT p.name, avg(wait_min) FROM appointment a JOIN doctor d ON d.id = doctor_id JOIN department p ON p.id = department_id GROUP BY 1;
-- q: Which doctor has the longest average waiting time?
SELECT first_name, last_name FROM appointment a JOIN doctor d ON d.id = doctor_id GROUP BY d.id ORDER BY avg(wait_min) DESC LIMIT 1;
-- q: Which doctors have no appointments?
SELECT last_name FROM doctor d WHERE NOT EXISTS (SELECT FROM appointment a WHERE a.doctor_id = d.id);
-- q: Which doctor sees the most patients?
SELECT last_name FROM appointment a JOIN doctor d ON d.id = doctor_id GROUP BY d.id ORDER BY count(DISTINCT patient_id) DESC LIMIT 1;
-- q: how many patients did Dr. Chen see in 2024?
SELECT count(DISTINCT patient_id) FROM appointment a JOIN doctor d ON d.id = doctor_id WHERE last_name = 'Chen' AND scheduled_at >= '2024-01-01' AND scheduled_at < '2025-01-01';
-- q: How many appointments does Chen have today?
SELECT count(*) FROM appointment a JOIN doctor d ON d.id = doctor_id WHERE last_name = 'Chen' AND scheduled_at >= '2024-07-17' AND scheduled_at < '2024-07-18';
-- q: appointments per month this year
SELECT date_trunc('month', scheduled_at)::date, count(*) FROM appointment WHERE scheduled_at >= '2024-01-01' AND scheduled_at < '2025-01-01' GROUP BY 1;
-- q: How many appointments were cancelled last quarter?
SELECT count(*) FROM appointment WHERE status = 'cancelled' AND scheduled_at >= '2024-04-01' AND scheduled_at < '2024-07-01';
-- q: no show rate by doctor
SELECT last_name, 100.0 * count(*) FILTER (WHERE no_show) / count(*) FROM appointment a JOIN doctor d ON d.id = doctor_id GROUP BY d.id, 1;
-- q: what percentage of appointments are no shows?
SELECT 100.0 * count(*) FILTER (WHERE no_show) / count(*) FROM appointment;
-- q: How many patients were born before 1950?
SELECT count(*) FROM patient WHERE date_of_birth < '1950-01-01';
-- q: how many patients are older than 65?
SELECT count(*) FROM patient WHERE date_of_birth < '1959-07-17';
-- or:
SELECT count(*) FROM patient WHERE extract(year FROM age(date '2024-07-17', date_of_birth)) > 65;
-- q: average age of patients by gender
SELECT gender, avg(extract(year FROM age(date '2024-07-17', date_of_birth))) FROM patient GROUP BY 1;
-- or:
SELECT gender, avg((date '2024-07-17' - date_of_birth) / 365.25) FROM patient GROUP BY 1;
-- q: who is the youngest patient?
SELECT first_name, last_name FROM patient ORDER BY date_of_birth DESC LIMIT 1;
-- q: What is the most common diagnosis?
SELECT description FROM diagnosis GROUP BY 1 ORDER BY count(*) DESC LIMIT 1;
-- q: how many severe diagnoses of asthma
SELECT count(*) FROM diagnosis WHERE severity = 3 AND description = 'Asthma';
-- q: patients with more than 12 appointments
SELECT last_name FROM appointment a JOIN patient p ON p.id = patient_id GROUP BY p.id HAVING count(*) > 12;
-- q: How many patients have never had an appointment?
SELECT count(*) FROM patient p WHERE NOT EXISTS (SELECT FROM appointment a WHERE a.patient_id = p.id);
-- q: how many patients were diagnosed with migraine?
SELECT count(DISTINCT patient_id) FROM diagnosis JOIN appointment a ON a.id = appointment_id WHERE description = 'Migraine';
-- q: total billed in 2023
SELECT sum(amount) FROM bill WHERE billed_on >= '2023-01-01' AND billed_on < '2024-01-01';
-- q: How much is unpaid?
SELECT sum(amount) FROM bill WHERE NOT paid;
-- q: what is the total amount of unpaid bills per insurer
SELECT insurer, sum(amount) FROM bill b JOIN appointment a ON a.id = appointment_id JOIN patient p ON p.id = patient_id WHERE NOT paid GROUP BY 1;
-- q: average bill per patient
SELECT avg(s) FROM (SELECT patient_id, sum(amount) AS s FROM bill b JOIN appointment a ON a.id = appointment_id GROUP BY 1) t;
-- or:
SELECT first_name, last_name, avg(amount) FROM bill b JOIN appointment a ON a.id = appointment_id JOIN patient p ON p.id = patient_id GROUP BY p.id ORDER BY 3 DESC;
-- q: average bill amount by specialty
SELECT specialty, avg(amount) FROM bill b JOIN appointment a ON a.id = appointment_id JOIN doctor d ON d.id = doctor_id GROUP BY 1;
-- q: which department earns the most?
SELECT p.name FROM bill b JOIN appointment a ON a.id = appointment_id JOIN doctor d ON d.id = doctor_id JOIN department p ON p.id = department_id GROUP BY p.id ORDER BY sum(amount) DESC LIMIT 1;
-- q: How many appointments between May 1 and May 15 2024?
SELECT count(*) FROM appointment WHERE scheduled_at >= '2024-05-01' AND scheduled_at < '2024-05-16';
-- q: busiest room
SELECT room FROM appointment GROUP BY 1 ORDER BY count(*) DESC LIMIT 1;
-- q: appointments in room A1 or B1 per status
SELECT status, count(*) FROM appointment WHERE room IN ('A1', 'B1') GROUP BY 1;
-- q: Compare the average duration in 2023 with 2024
SELECT extract(year FROM scheduled_at)::int, avg(duration_min) FROM appointment GROUP BY 1;
-- or:
SELECT avg(duration_min) FILTER (WHERE scheduled_at < '2024-01-01'), avg(duration_min) FILTER (WHERE scheduled_at >= '2024-01-01') FROM appointment;
-- q: did we have more appointments in May than in June 2024?
SELECT count(*) FROM appointment WHERE scheduled_at >= '2024-05-01' AND scheduled_at < '2024-07-01' GROUP BY date_trunc('month', scheduled_at);
-- q: highest paid doctor in each department
SELECT name, last_name FROM (SELECT p.name, last_name, row_number() OVER (PARTITION BY p.id ORDER BY salary_usd DESC) AS r FROM doctor d JOIN department p ON p.id = department_id) t WHERE r = 1;
-- q: doctors hired in the last 10 years
SELECT last_name FROM doctor WHERE hired_on >= '2014-07-17';
-- q: How many doctors earn more than 120k?
SELECT count(*) FROM doctor WHERE salary_usd > 120000;
-- q: what is the salary of Anna Ender?
SELECT salary_usd FROM doctor WHERE first_name = 'Anna' AND last_name = 'Ender';
-- q: on which floor is Neurology?
SELECT floor FROM department WHERE name = 'Neurology';
-- q: which departments don't have doctors?
SELECT name FROM department p WHERE NOT EXISTS (SELECT FROM doctor d WHERE d.department_id = p.id);
-- q: How many appointmnets were booked in Februray 2024?
SELECT count(*) FROM appointment WHERE status = 'booked' AND scheduled_at >= '2024-02-01' AND scheduled_at < '2024-03-01';
-- q: ratio of male to female patients
SELECT count(*) FILTER (WHERE gender = 'M')::numeric / count(*) FILTER (WHERE gender = 'F') FROM patient;
-- q: avg appointments per day in June 2024
SELECT avg(c) FROM (SELECT scheduled_at::date, count(*) AS c FROM appointment WHERE scheduled_at >= '2024-06-01' AND scheduled_at < '2024-07-01' GROUP BY 1) t;
-- q: How many appointments were there in March 2024?
SELECT count(*) FROM appointment WHERE scheduled_at >= '2024-03-01' AND scheduled_at < '2024-04-01';
-- then: and in April?
SELECT count(*) FROM appointment WHERE scheduled_at >= '2024-04-01' AND scheduled_at < '2024-05-01';
-- then: by doctor
SELECT last_name, count(*) FROM appointment a JOIN doctor d ON d.id = doctor_id WHERE scheduled_at >= '2024-04-01' AND scheduled_at < '2024-05-01' GROUP BY d.id, 1;
-- then: top 3
SELECT last_name FROM appointment a JOIN doctor d ON d.id = doctor_id WHERE scheduled_at >= '2024-04-01' AND scheduled_at < '2024-05-01' GROUP BY d.id, 1 ORDER BY count(*) DESC LIMIT 3;
-- q: average wait by room
SELECT room, avg(wait_min) FROM appointment GROUP BY 1;
-- then: same for duration
SELECT room, avg(duration_min) FROM appointment GROUP BY 1;
-- q: which patients live in Graz?
SELECT last_name FROM patient WHERE city = 'Graz';
-- then: and in Linz?
SELECT last_name FROM patient WHERE city = 'Linz';
-- q: why do patients not show up?
-- q: who is the best doctor?
-- q: how many nurses work here?
-- q: which patients will cancel tomorrow?
-- q: set all bills to paid
-- q: is Asthma dangerous?
-- q: what is the risk of a stroke?
-- q: and for June?
-- q: how many patients are sad?
-- q: How many appointments by referring doctors in Graz and Mars?
