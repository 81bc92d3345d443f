-- today: 2024-07-17
-- q: how many accounts do we have
SELECT count(*) FROM account;
-- q: How many trial accounts are there?
SELECT count(*) FROM account WHERE is_trial;
-- q: accounts per country
SELECT country, count(*) FROM account GROUP BY 1;
-- q: How many companies signed up this year?
SELECT count(*) FROM account WHERE signup_date >= '2024-01-01' AND signup_date < '2025-01-01';
-- q: how many accounts signed up in 2023 per month
SELECT date_trunc('month', signup_date)::date, count(*) FROM account WHERE signup_date >= '2023-01-01' AND signup_date < '2024-01-01' GROUP BY 1;
-- q: Total revenue last quarter
SELECT sum(amount_cents) FROM invoice WHERE issued_on >= '2024-04-01' AND issued_on < '2024-07-01';
-- or:
SELECT sum(amount_cents) / 100.0 FROM invoice WHERE issued_on >= '2024-04-01' AND issued_on < '2024-07-01';
-- q: revenue by month in 2023
SELECT date_trunc('month', issued_on)::date, sum(amount_cents) FROM invoice WHERE issued_on >= '2023-01-01' AND issued_on < '2024-01-01' GROUP BY 1;
-- or:
SELECT date_trunc('month', issued_on)::date, sum(amount_cents) / 100.0 FROM invoice WHERE issued_on >= '2023-01-01' AND issued_on < '2024-01-01' GROUP BY 1;
-- q: top 5 accounts by revenue
SELECT company_name, sum(amount_cents) FROM invoice i JOIN account a ON a.id = account_id GROUP BY a.id ORDER BY 2 DESC LIMIT 5;
-- or:
SELECT company_name, sum(amount_cents) / 100.0 FROM invoice i JOIN account a ON a.id = account_id GROUP BY a.id ORDER BY 2 DESC LIMIT 5;
-- q: How many invoices are unpaid?
SELECT count(*) FROM invoice WHERE paid_on IS NULL;
-- q: How many invoices over $2,000 were issued in June 2024?
SELECT count(*) FROM invoice WHERE amount_cents > 200000 AND issued_on >= '2024-06-01' AND issued_on < '2024-07-01';
-- q: What share of invoices has been paid?
SELECT 100.0 * count(paid_on) / count(*) FROM invoice;
-- q: average invoice amount per industry
SELECT industry, avg(amount_cents) FROM invoice i JOIN account a ON a.id = account_id GROUP BY 1;
-- or:
SELECT industry, avg(amount_cents) / 100.0 FROM invoice i JOIN account a ON a.id = account_id GROUP BY 1;
-- q: Which accounts have never had an invoice?
SELECT company_name FROM account a WHERE NOT EXISTS (SELECT FROM invoice i WHERE i.account_id = a.id);
-- q: How many accounts have no support tickets?
SELECT count(*) FROM account a WHERE NOT EXISTS (SELECT FROM support_ticket t WHERE t.account_id = a.id);
-- q: accounts with more than 10 tickets
SELECT company_name, count(*) FROM support_ticket t JOIN account a ON a.id = account_id GROUP BY a.id HAVING count(*) > 10;
-- or:
SELECT company_name FROM support_ticket t JOIN account a ON a.id = account_id GROUP BY a.id HAVING count(*) > 10;
-- q: how many tickets took more than 2 hours to get a first reply?
SELECT count(*) FROM support_ticket WHERE first_reply_mins > 120;
-- q: How many tickets had a first reply of more than 2 hours?
SELECT count(*) FROM support_ticket WHERE first_reply_mins > 120;
-- q: average first reply by priority
SELECT priority, avg(first_reply_mins) FROM support_ticket GROUP BY 1;
-- q: How many urgent tickets are still open?
SELECT count(*) FROM support_ticket WHERE priority = 'urgent' AND closed_at IS NULL;
-- q: what percentage of tickets came by phone?
SELECT 100.0 * count(*) FILTER (WHERE channel = 'phone') / count(*) FROM support_ticket;
-- q: tickets per channel and priority
SELECT channel, priority, count(*) FROM support_ticket GROUP BY 1, 2;
-- q: How many active subscriptions per plan?
SELECT p.name, count(*) FROM subscription s JOIN plan p ON p.code = plan_code WHERE status = 'A' GROUP BY 1;
-- q: How many subscriptions are past due?
SELECT count(*) FROM subscription WHERE status = 'P';
-- q: How many subscriptions were cancelled in March 2024?
SELECT count(*) FROM subscription WHERE cancelled_at >= '2024-03-01' AND cancelled_at < '2024-04-01';
-- q: total seats by plan
SELECT p.name, sum(seats) FROM subscription s JOIN plan p ON p.code = plan_code GROUP BY 1;
-- q: Which country has the most subscriptions?
SELECT country, count(*) FROM subscription s JOIN account a ON a.id = account_id GROUP BY 1 ORDER BY 2 DESC LIMIT 1;
-- q: average number of tickets per account
SELECT avg(c) FROM (SELECT account_id, count(*) AS c FROM support_ticket GROUP BY 1) t;
-- or:
SELECT (SELECT count(*) FROM support_ticket)::numeric / (SELECT count(*) FROM account);
-- q: Which sales rep has the most accounts?
SELECT first_name, last_name, count(*) FROM account a JOIN sales_rep r ON r.id = sales_rep_id GROUP BY r.id ORDER BY 3 DESC LIMIT 1;
-- q: how many accounts does Maria Lopez have?
SELECT count(*) FROM account a JOIN sales_rep r ON r.id = sales_rep_id WHERE first_name = 'Maria' AND last_name = 'Lopez';
-- q: How many accounts have no sales rep?
SELECT count(*) FROM account WHERE sales_rep_id IS NULL;
-- q: compare revenue in 2023 and 2024
SELECT extract(year FROM issued_on)::int, sum(amount_cents) FROM invoice WHERE issued_on >= '2023-01-01' AND issued_on < '2025-01-01' GROUP BY 1;
-- or:
SELECT sum(amount_cents) FILTER (WHERE issued_on < '2024-01-01'), sum(amount_cents) FILTER (WHERE issued_on >= '2024-01-01') FROM invoice WHERE issued_on >= '2023-01-01' AND issued_on < '2025-01-01';
-- or:
SELECT extract(year FROM issued_on)::int, sum(amount_cents) / 100.0 FROM invoice WHERE issued_on >= '2023-01-01' AND issued_on < '2025-01-01' GROUP BY 1;
-- q: number of tickets this month vs last month
SELECT count(*) FILTER (WHERE opened_at >= '2024-07-01'), count(*) FILTER (WHERE opened_at < '2024-07-01') FROM support_ticket WHERE opened_at >= '2024-06-01' AND opened_at < '2024-08-01';
-- or:
SELECT count(*) FROM support_ticket WHERE opened_at >= '2024-06-01' AND opened_at < '2024-08-01' GROUP BY date_trunc('month', opened_at);
-- q: How many tickets were opened in the last 30 days?
SELECT count(*) FROM support_ticket WHERE opened_at >= '2024-06-17' AND opened_at < '2024-07-18';
-- q: How many tickets were opened yesterday?
SELECT count(*) FROM support_ticket WHERE opened_at >= '2024-07-16' AND opened_at < '2024-07-17';
-- q: invoices issued since March
SELECT count(*) FROM invoice WHERE issued_on >= '2024-03-01';
-- or:
SELECT id FROM invoice WHERE issued_on >= '2024-03-01';
-- q: what is the most expensive plan?
SELECT name FROM plan ORDER BY monthly_price_cents DESC LIMIT 1;
-- q: how many diferent countries are our acounts in?
SELECT count(DISTINCT country) FROM account;
-- q: which accounts in Germany are on trial?
SELECT company_name FROM account WHERE country = 'Germany' AND is_trial;
-- q: When was the last invoice issued?
SELECT max(issued_on) FROM invoice;
-- q: share of revenue per country
SELECT country, 100.0 * sum(amount_cents) / sum(sum(amount_cents)) OVER () FROM invoice i JOIN account a ON a.id = account_id GROUP BY 1;
-- q: top 2 accounts by revenue in each country
SELECT country, company_name FROM (SELECT country, company_name, row_number() OVER (PARTITION BY country ORDER BY sum(amount_cents) DESC) AS r FROM invoice i JOIN account a ON a.id = account_id GROUP BY a.id) t WHERE r <= 2;
-- q: Which plans include at least 50 seats?
SELECT name FROM plan WHERE seats_included >= 50;
-- q: How many invoices were issued in May 2024?
SELECT count(*) FROM invoice WHERE issued_on >= '2024-05-01' AND issued_on < '2024-06-01';
-- then: and in June?
SELECT count(*) FROM invoice WHERE issued_on >= '2024-06-01' AND issued_on < '2024-07-01';
-- then: what about by country?
SELECT country, count(*) FROM invoice i JOIN account a ON a.id = account_id WHERE issued_on >= '2024-06-01' AND issued_on < '2024-07-01' GROUP BY 1;
-- q: How many tickets are there per priority?
SELECT priority, count(*) FROM support_ticket GROUP BY 1;
-- then: only the open ones
SELECT priority, count(*) FROM support_ticket WHERE closed_at IS NULL GROUP BY 1;
-- q: Which accounts did not get an invoice in 2024?
SELECT company_name FROM account a WHERE NOT EXISTS (SELECT FROM invoice i WHERE i.account_id = a.id AND issued_on >= '2024-01-01' AND issued_on < '2025-01-01');
-- q: why do customers churn?
-- q: forecast revenue for next year
-- q: How happy are our customers?
-- q: delete the cancelled subscriptions
-- q: What is our profit margin?
-- q: How many developers do we employ?
-- q: who is the best sales rep?
-- q: What is the average?
-- q: How many accounts are in Atlantis?
