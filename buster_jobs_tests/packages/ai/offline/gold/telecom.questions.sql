-- today: 2025-01-20
-- q: How many active subscribers do we have?
SELECT count(*) FROM ops.subscribers WHERE status = 1 AND NOT removed;
-- q: how many customers per tariff
SELECT tariff_name, count(*) FROM ops.subscribers JOIN ops.tariffs USING (tariff_id) WHERE NOT removed GROUP BY 1;
-- q: Which tariff is the most popular?
SELECT tariff_name FROM ops.subscribers JOIN ops.tariffs USING (tariff_id) WHERE NOT removed GROUP BY 1 ORDER BY count(*) DESC LIMIT 1;
-- q: What is the average monthly fee?
SELECT avg(monthly_fee) FROM ops.tariffs;
-- q: which tariffs cost more than 30?
SELECT tariff_name FROM ops.tariffs WHERE monthly_fee > 30;
-- q: most expensive tariff
SELECT tariff_name FROM ops.tariffs ORDER BY monthly_fee DESC LIMIT 1;
-- q: Which tariffs have unlimited data?
SELECT tariff_name FROM ops.tariffs WHERE data_gb IS NULL;
-- q: Are there tariffs without subscribers?
SELECT tariff_name FROM ops.tariffs t WHERE NOT EXISTS (SELECT FROM ops.subscribers s WHERE s.tariff_id = t.tariff_id AND NOT removed);
-- or:
SELECT count(*) FROM ops.tariffs t WHERE NOT EXISTS (SELECT FROM ops.subscribers s WHERE s.tariff_id = t.tariff_id AND NOT removed);
-- q: How many subscribers live in Kiruna?
SELECT count(*) FROM ops.subscribers WHERE city = 'Kiruna' AND NOT removed;
-- q: How many calls were made in October 2024?
SELECT count(*) FROM ops.calls WHERE started_at >= '2024-10-01' AND started_at < '2024-11-01';
-- q: calls per month
SELECT date_trunc('month', started_at)::date, count(*) FROM ops.calls GROUP BY 1;
-- q: What's the average call duration?
SELECT extract(epoch FROM avg(ended_at - started_at)) FROM ops.calls;
-- or:
SELECT extract(epoch FROM avg(ended_at - started_at)) / 60 FROM ops.calls;
-- or:
SELECT extract(epoch FROM avg(ended_at - started_at)) / 3600 FROM ops.calls;
-- or:
SELECT avg(ended_at - started_at) FROM ops.calls;
-- q: How many calls lasted longer than 1 hour?
SELECT count(*) FROM ops.calls WHERE ended_at - started_at > interval '1 hour';
-- q: How many dropped calls did we have in each region?
SELECT region, count(*) FROM ops.calls JOIN ops.towers USING (tower_id) WHERE dropped GROUP BY 1;
-- q: what percentage of calls were dropped?
SELECT 100.0 * count(*) FILTER (WHERE dropped) / count(*) FROM ops.calls;
-- q: share of roaming calls
SELECT 100.0 * count(*) FILTER (WHERE is_roaming) / count(*) FROM ops.calls;
-- q: Which tower handled the most calls?
SELECT site_name FROM ops.calls JOIN ops.towers USING (tower_id) GROUP BY 1 ORDER BY count(*) DESC LIMIT 1;
-- q: top 3 subscribers by number of calls
SELECT full_name, count(*) FROM ops.calls JOIN ops.subscribers USING (subscriber_id) GROUP BY subscriber_id, 1 ORDER BY 2 DESC, subscriber_id LIMIT 3;
-- or:
SELECT full_name, count(*) FROM ops.calls JOIN ops.subscribers USING (subscriber_id) WHERE NOT removed GROUP BY subscriber_id, 1 ORDER BY 2 DESC, subscriber_id LIMIT 3;
-- q: At what hour are most calls made?
SELECT extract(hour FROM started_at)::int FROM ops.calls GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1;
-- q: outgoing calls by weekday
SELECT extract(isodow FROM started_at)::int, count(*) FROM ops.calls WHERE direction = 'outgoing' GROUP BY 1;
-- q: How many 5G towers are in the North?
SELECT count(*) FROM ops.towers WHERE technology = '5G' AND region = 'North';
-- q: which towers had no calls?
SELECT site_name FROM ops.towers t WHERE NOT EXISTS (SELECT FROM ops.calls c WHERE c.tower_id = t.tower_id);
-- q: What is our oldest tower?
SELECT site_name FROM ops.towers ORDER BY built_on LIMIT 1;
-- q: Total billed in 2024
SELECT sum(total) FROM ops.bills WHERE billed_on >= '2024-01-01' AND billed_on < '2025-01-01';
-- q: What was the total of all bills last year?
SELECT sum(total) FROM ops.bills WHERE billed_on >= '2024-01-01' AND billed_on < '2025-01-01';
-- q: how many bills are not settled?
SELECT count(*) FROM ops.bills WHERE settled_on IS NULL;
-- q: unpaid bills older than 90 days
SELECT bill_id FROM ops.bills WHERE settled_on IS NULL AND billed_on < '2024-10-22';
-- or:
SELECT count(*) FROM ops.bills WHERE settled_on IS NULL AND billed_on < '2024-10-22';
-- q: How many bills were settled after they were due?
SELECT count(*) FROM ops.bills WHERE settled_on > due_on;
-- q: average bill per city
SELECT city, avg(total) FROM ops.bills JOIN ops.subscribers USING (subscriber_id) GROUP BY 1;
-- or:
SELECT city, avg(total) FROM ops.bills JOIN ops.subscribers USING (subscriber_id) WHERE NOT removed GROUP BY 1;
-- q: bills over 100 in December 2024
SELECT bill_id FROM ops.bills WHERE total > 100 AND billed_on >= '2024-12-01' AND billed_on < '2025-01-01';
-- or:
SELECT count(*) FROM ops.bills WHERE total > 100 AND billed_on >= '2024-12-01' AND billed_on < '2025-01-01';
-- q: Who has the highest bill?
SELECT full_name FROM ops.bills JOIN ops.subscribers USING (subscriber_id) ORDER BY total DESC LIMIT 1;
-- or:
SELECT full_name FROM ops.bills JOIN ops.subscribers USING (subscriber_id) WHERE NOT removed ORDER BY total DESC LIMIT 1;
-- q: How many complaints about coverage did we get last month?
SELECT count(*) FROM ops.complaints WHERE topic = 'coverage' AND received_at >= '2024-12-01' AND received_at < '2025-01-01';
-- q: number of high severity complaints by topic
SELECT topic, count(*) FROM ops.complaints WHERE severity = 3 GROUP BY 1;
-- q: how many complaints are unresolved?
SELECT count(*) FROM ops.complaints WHERE resolved_at IS NULL;
-- q: How long does it take on average to resolve a complaint?
SELECT extract(epoch FROM avg(resolved_at - received_at)) / 3600 FROM ops.complaints;
-- or:
SELECT extract(epoch FROM avg(resolved_at - received_at)) / 86400 FROM ops.complaints;
-- or:
SELECT avg(resolved_at - received_at) FROM ops.complaints;
-- q: customers with at least 6 complaints
SELECT full_name FROM ops.complaints JOIN ops.subscribers USING (subscriber_id) WHERE NOT removed GROUP BY subscriber_id, 1 HAVING count(*) >= 6;
-- or:
SELECT full_name FROM ops.complaints JOIN ops.subscribers USING (subscriber_id) GROUP BY subscriber_id, 1 HAVING count(*) >= 6;
-- q: How many subscribers did we activate in 2023 by quarter?
SELECT date_trunc('quarter', activated_on)::date, count(*) FROM ops.subscribers WHERE activated_on >= '2023-01-01' AND activated_on < '2024-01-01' AND NOT removed GROUP BY 1;
-- q: How many subscribers left us in November 2024?
SELECT count(*) FROM ops.subscribers WHERE deactivated_on >= '2024-11-01' AND deactivated_on < '2024-12-01' AND NOT removed;
-- q: subscribers without an email address in Lund
SELECT full_name FROM ops.subscribers WHERE email IS NULL AND city = 'Lund' AND NOT removed;
-- or:
SELECT count(*) FROM ops.subscribers WHERE email IS NULL AND city = 'Lund' AND NOT removed;
-- q: how many subscribers are over 60 years old?
SELECT count(*) FROM ops.subscribers WHERE birth_date < '1965-01-20' AND NOT removed;
-- or:
SELECT count(*) FROM ops.subscribers WHERE birth_date <= '1964-01-20' AND NOT removed;
-- q: average number of calls per subscriber
SELECT count(*)::numeric / count(DISTINCT subscriber_id) FROM ops.calls;
-- or:
SELECT (SELECT count(*) FROM ops.calls)::numeric / (SELECT count(*) FROM ops.subscribers WHERE NOT removed);
-- q: How many bills were issued in Q3 2024?
SELECT count(*) FROM ops.bills WHERE billed_on >= '2024-07-01' AND billed_on < '2024-10-01';
-- then: and the average?
SELECT avg(total) FROM ops.bills WHERE billed_on >= '2024-07-01' AND billed_on < '2024-10-01';
-- q: prepaid vs postpaid subscribers
SELECT is_prepaid, count(*) FROM ops.subscribers JOIN ops.tariffs USING (tariff_id) WHERE NOT removed GROUP BY 1;
-- q: Why are calls dropped?
-- q: Which competitor has the best coverage?
-- q: How many text messages were sent?
-- q: how many subscribers will leave next month
-- q: suspend the subscribers with unpaid bills
-- q: What is our network's latency?
-- q: How many subscribers live in Paris?
-- q: Which salesperson sold the most contracts?
