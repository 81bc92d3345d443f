-- today: 2025-01-20
-- q: How many hotels are in Vienna?
SELECT count(*) FROM t_hotel WHERE city = 'Vienna';
-- q: which hotel is the oldest?
SELECT hotel_name FROM t_hotel ORDER BY opened_on LIMIT 1;
-- q: number of rooms per hotel
SELECT hotel_name, count(*) FROM t_room r JOIN t_hotel h ON h.id = hotel_id GROUP BY h.id;
-- q: average nightly rate by room type
SELECT room_type, avg(nightly_rate) FROM t_room GROUP BY 1;
-- q: What's the most expensive room?
SELECT room_no FROM t_room ORDER BY nightly_rate DESC LIMIT 1;
-- q: How many suites does Alpenhof have?
SELECT count(*) FROM t_room r JOIN t_hotel h ON h.id = hotel_id WHERE hotel_name = 'Alpenhof' AND room_type = 'suite';
-- q: How many bookings were made in 2024?
SELECT count(*) FROM t_booking WHERE booked_at >= '2024-01-01' AND booked_at < '2025-01-01';
-- q: bookings per month in 2024
SELECT date_trunc('month', booked_at)::date, count(*) FROM t_booking WHERE booked_at >= '2024-01-01' AND booked_at < '2025-01-01' GROUP BY 1;
-- q: How many bookings were cancelled?
SELECT count(*) FROM t_booking WHERE cancelled_at IS NOT NULL;
-- q: what percentage of bookings gets cancelled?
SELECT 100.0 * count(cancelled_at) / count(*) FROM t_booking;
-- q: total booking amount by hotel
SELECT hotel_name, sum(amount) FROM t_booking b JOIN t_room r ON r.id = room_id JOIN t_hotel h ON h.id = hotel_id GROUP BY h.id;
-- q: Which guests have never booked?
SELECT given_name, family_name FROM t_guest g WHERE NOT EXISTS (SELECT FROM t_booking b WHERE b.guest_id = g.id);
-- q: top 3 guests by total amount
SELECT given_name, family_name, sum(amount) FROM t_booking b JOIN t_guest g ON g.id = guest_id GROUP BY g.id ORDER BY 3 DESC LIMIT 3;
-- q: How many bookings came through the website?
SELECT count(*) FROM t_booking WHERE channel = 'W';
-- q: bookings by channel
SELECT channel, count(*) FROM t_booking GROUP BY 1;
-- q: What is the average length of stay?
SELECT avg(departure - arrival) FROM t_booking;
-- q: average review score per hotel
SELECT hotel_name, avg(score) FROM t_review v JOIN t_booking b ON b.id = booking_id JOIN t_room r ON r.id = room_id JOIN t_hotel h ON h.id = hotel_id GROUP BY h.id;
-- q: How many reviews have no comment?
SELECT count(*) FROM t_review WHERE comment IS NULL;
-- q: how many reviews gave a score below 3?
SELECT count(*) FROM t_review WHERE score < 3;
-- q: How many Swiss guests do we have?
SELECT count(*) FROM t_guest WHERE nationality = 'Swiss';
-- q: guests who subscribed to the newsletter
SELECT given_name, family_name FROM t_guest WHERE newsletter;
-- q: What is the average age of our guests?
SELECT avg(extract(year FROM age(date '2025-01-20', birthday))) FROM t_guest;
-- q: how many employees work at Seaview
SELECT count(*) FROM t_employee e JOIN t_hotel h ON h.id = hotel_id WHERE hotel_name = 'Seaview';
-- or:
SELECT count(*) FROM t_employee e JOIN t_hotel h ON h.id = hotel_id WHERE hotel_name = 'Seaview' AND left_on IS NULL;
-- q: average salary per job title
SELECT job_title, avg(monthly_salary) FROM t_employee GROUP BY 1;
-- q: Which employee earns the most?
SELECT name FROM t_employee ORDER BY monthly_salary DESC LIMIT 1;
-- q: How many employees left in 2024?
SELECT count(*) FROM t_employee WHERE left_on >= '2024-01-01' AND left_on < '2025-01-01';
-- q: how many cooks were hired since 2018?
SELECT count(*) FROM t_employee WHERE job_title = 'Cook' AND hired_on >= '2018-01-01';
-- q: hotels with at least 4 stars
SELECT hotel_name FROM t_hotel WHERE star_rating >= 4;
-- q: On which weekday do most guests arrive?
SELECT extract(isodow FROM arrival)::int FROM t_booking GROUP BY 1 ORDER BY count(*) DESC LIMIT 1;
-- q: How many bookings did we get last month compared to December 2023?
SELECT count(*) FILTER (WHERE booked_at >= '2024-12-01'), count(*) FILTER (WHERE booked_at < '2024-01-01') FROM t_booking WHERE booked_at >= '2024-12-01' AND booked_at < '2025-01-01' OR booked_at >= '2023-12-01' AND booked_at < '2024-01-01';
-- or:
SELECT count(*) FROM t_booking WHERE booked_at >= '2024-12-01' AND booked_at < '2025-01-01' OR booked_at >= '2023-12-01' AND booked_at < '2024-01-01' GROUP BY date_trunc('month', booked_at);
-- q: How many bookings were over 1,000 euros?
SELECT count(*) FROM t_booking WHERE amount > 1000;
-- q: Which guests like the spa?
-- q: How many swimming pools do we have?
-- q: will bookings increase next summer?
-- q: refund all cancelled bookings
-- q: Why was the score so low?
-- q: How many guests came from Mars?
