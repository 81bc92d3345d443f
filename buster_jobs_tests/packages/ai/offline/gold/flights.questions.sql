-- today: 2013-11-06
-- q: how many flights left from JFK last month
SELECT count(*) FROM flights WHERE origin = 'JFK' AND month = 10;
-- q: How many flights did United have in the last 7 days?
SELECT count(*) FROM flights WHERE carrier = 'UA' AND make_date(year, month, day) >= '2013-10-30' AND make_date(year, month, day) < '2013-11-07';
-- q: flights per airline this year
SELECT carrier, count(*) FROM flights WHERE year = 2013 GROUP BY 1;
-- q: top 5 airlines by number of flights
SELECT carrier, count(*) FROM flights GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 5;
-- q: How many flights were more than 2 hours late on arrival?
SELECT count(*) FROM flights WHERE arr_delay > 120;
-- q: how many flights had an arrival delay over half an hour?
SELECT count(*) FROM flights WHERE arr_delay > 30;
-- q: How many flights had an air time of more than 5 hours?
SELECT count(*) FROM flights WHERE air_time > 300;
-- q: compare the average arrival delay of JFK and LGA
SELECT origin, avg(arr_delay) FROM flights WHERE origin IN ('JFK', 'LGA') GROUP BY 1;
-- q: average departure delay in June vs July
SELECT month, avg(dep_delay) FROM flights WHERE month IN (6, 7) GROUP BY 1;
-- or:
SELECT avg(dep_delay) FROM flights WHERE month IN (6, 7) GROUP BY month;
-- or:
SELECT avg(dep_delay) FILTER (WHERE month = 6), avg(dep_delay) FILTER (WHERE month = 7) FROM flights;
-- q: cancellation rate per month
SELECT month, 100.0 * count(*) FILTER (WHERE dep_time IS NULL) / count(*) FROM flights GROUP BY 1;
-- q: what share of American Airlines flights was cancelled?
SELECT 100.0 * count(*) FILTER (WHERE dep_time IS NULL) / count(*) FROM flights WHERE carrier = 'AA';
-- q: which destinations are not served by Delta?
SELECT DISTINCT dest FROM flights f WHERE NOT EXISTS (SELECT FROM flights g WHERE g.dest = f.dest AND carrier = 'DL');
-- q: which planes never flew?
SELECT tailnum FROM planes p WHERE NOT EXISTS (SELECT FROM flights f WHERE f.tailnum = p.tailnum);
-- q: How many planes have no flights?
SELECT count(*) FROM planes p WHERE NOT EXISTS (SELECT FROM flights f WHERE f.tailnum = p.tailnum);
-- q: airlines with more than 400 flights
SELECT carrier FROM flights GROUP BY 1 HAVING count(*) > 400;
-- q: average seats per manufacturer
SELECT manufacturer, avg(seats) FROM planes GROUP BY 1;
-- q: how many planes were built between 1990 and 2000?
SELECT count(*) FROM planes WHERE year BETWEEN 1990 AND 2000;
-- q: planes manufactured since 2005
SELECT tailnum FROM planes WHERE year >= 2005;
-- or:
SELECT count(*) FROM planes WHERE year >= 2005;
-- q: top 2 airlines per origin by number of flights
SELECT origin, carrier FROM (SELECT origin, carrier, row_number() OVER (PARTITION BY origin ORDER BY count(*) DESC, carrier) AS r FROM flights GROUP BY 1, 2) t WHERE r <= 2;
-- q: longest flight of each carrier
SELECT carrier, max(distance) FROM flights GROUP BY 1;
-- q: average number of flights per day
SELECT avg(c) FROM (SELECT year, month, day, count(*) AS c FROM flights GROUP BY 1, 2, 3) t;
-- q: avg number of flights per plane
SELECT avg(c) FROM (SELECT tailnum, count(*) AS c FROM flights WHERE tailnum IS NOT NULL GROUP BY 1) t;
-- or:
SELECT avg(c) FROM (SELECT tailnum, count(*) AS c FROM flights GROUP BY 1) t;
-- q: how many different planes does each airline use?
SELECT carrier, count(DISTINCT tailnum) FROM flights GROUP BY 1;
-- q: total distance by airline in March
SELECT carrier, sum(distance) FROM flights WHERE month = 3 GROUP BY 1;
-- q: How many flghts were cancelled in Febuary?
SELECT count(*) FROM flights WHERE dep_time IS NULL AND month = 2;
-- q: how many flights departed before 6 am?
SELECT count(*) FROM flights WHERE hour < 6;
-- q: flights to Chicago per month
SELECT month, count(*) FROM flights WHERE dest = 'ORD' GROUP BY 1;
-- q: how many flights were there on July 4?
SELECT count(*) FROM flights WHERE month = 7 AND day = 4;
-- q: what's the average temperature in January at LGA
SELECT avg(temp) FROM weather WHERE month = 1 AND origin = 'LGA';
-- q: How many flights were cancelled in March?
SELECT count(*) FROM flights WHERE dep_time IS NULL AND month = 3;
-- then: and for June?
SELECT count(*) FROM flights WHERE dep_time IS NULL AND month = 6;
-- then: what about them by carrier?
SELECT carrier, count(*) FROM flights WHERE dep_time IS NULL AND month = 6 GROUP BY 1;
-- q: average arrival delay per carrier
SELECT carrier, avg(arr_delay) FROM flights GROUP BY 1;
-- then: only from JFK
SELECT carrier, avg(arr_delay) FROM flights WHERE origin = 'JFK' GROUP BY 1;
-- then: which one is the worst?
SELECT carrier FROM flights WHERE origin = 'JFK' GROUP BY 1 ORDER BY avg(arr_delay) DESC LIMIT 1;
-- then: and from LGA?
SELECT carrier FROM flights WHERE origin = 'LGA' GROUP BY 1 ORDER BY avg(arr_delay) DESC LIMIT 1;
-- q: which airline is the most punctual?
-- q: which flights will be late tomorrow?
-- q: why is JFK so slow?
-- q: how many pilots fly for Delta?
-- q: what did the passengers eat?
-- q: cancel flight 12
-- q: how much does a flight to Boston cost?
-- q: should I fly with Delta?
-- q: what about June?
