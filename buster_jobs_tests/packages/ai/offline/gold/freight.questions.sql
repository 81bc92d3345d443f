-- today: 2025-01-20
-- q: How many shipments did we deliver in December 2024?
SELECT count(*) FROM shpmt WHERE delivered_at >= '2024-12-01' AND delivered_at < '2025-01-01';
-- q: how many customers do we have per country?
SELECT cntry, count(*) FROM cust GROUP BY 1;
-- q: How many shipments were cancelled?
SELECT count(*) FROM shpmt WHERE stat_cd = 'CX';
-- q: how many shipments are in transit right now
SELECT count(*) FROM shpmt WHERE stat_cd = 'IT';
-- q: What's our total freight for 2024?
SELECT sum(freight_cents) FROM shpmt WHERE shipped_at >= '2024-01-01' AND shipped_at < '2025-01-01';
-- or:
SELECT sum(freight_cents) / 100.0 FROM shpmt WHERE shipped_at >= '2024-01-01' AND shipped_at < '2025-01-01';
-- q: freight by carrier
SELECT carrier_nm, sum(freight_cents) FROM shpmt LEFT JOIN carrier USING (carrier_cd) GROUP BY 1;
-- or:
SELECT carrier_nm, sum(freight_cents) FROM shpmt JOIN carrier USING (carrier_cd) GROUP BY 1;
-- q: which carrier moved the most shipments?
SELECT carrier_nm FROM shpmt JOIN carrier USING (carrier_cd) GROUP BY 1 ORDER BY count(*) DESC LIMIT 1;
-- q: Top 5 customers by number of shipments
SELECT cust_nm, count(*) FROM shpmt JOIN cust USING (cust_id) GROUP BY cust.cust_id ORDER BY 2 DESC, cust.cust_id LIMIT 5;
-- q: shipments per month in 2024
SELECT date_trunc('month', shipped_at)::date, count(*) FROM shpmt WHERE shipped_at >= '2024-01-01' AND shipped_at < '2025-01-01' GROUP BY 1;
-- q: number of shipments by status
SELECT stat_cd, count(*) FROM shpmt GROUP BY 1;
-- q: Which warehouse ships the most?
SELECT whse_nm FROM shpmt JOIN whse ON whse_id = orig_whse_id GROUP BY 1 ORDER BY count(*) DESC LIMIT 1;
-- q: which warehouses have never shipped anything?
SELECT whse_nm FROM whse WHERE NOT EXISTS (SELECT FROM shpmt WHERE orig_whse_id = whse_id);
-- q: how many wholesale customers are in Spain
SELECT count(*) FROM cust WHERE seg_cd = 'W' AND cntry = 'Spain';
-- q: What percentage of shipments were delivered?
SELECT 100.0 * count(*) FILTER (WHERE stat_cd = 'DL') / count(*) FROM shpmt;
-- q: what share of shipments goes to Rome
SELECT 100.0 * count(*) FILTER (WHERE dest_city = 'Rome') / count(*) FROM shpmt;
-- q: average weight of items per category
SELECT category, avg(wt_kg) FROM item GROUP BY 1;
-- q: what is the heaviest item?
SELECT item_desc FROM item ORDER BY wt_kg DESC LIMIT 1;
-- or:
SELECT sku FROM item ORDER BY wt_kg DESC LIMIT 1;
-- q: How many hazardous items do we carry?
SELECT count(*) FROM item WHERE is_hazmat;
-- q: items heavier than 150 kg
SELECT item_id FROM item WHERE wt_kg > 150;
-- or:
SELECT sku FROM item WHERE wt_kg > 150;
-- or:
SELECT item_desc FROM item WHERE wt_kg > 150;
-- q: How many units on hand do we have in each warehouse?
SELECT whse_nm, sum(qty_on_hand) FROM stock JOIN whse USING (whse_id) GROUP BY 1;
-- q: total units on hand of Toys
SELECT sum(qty_on_hand) FROM stock JOIN item USING (item_id) WHERE category = 'Toys';
-- q: Which customers haven't shipped anything in 2024?
SELECT cust_nm FROM cust c WHERE NOT EXISTS (SELECT FROM shpmt s WHERE s.cust_id = c.cust_id AND shipped_at >= '2024-01-01' AND shipped_at < '2025-01-01');
-- q: how many shipments have no carrier?
SELECT count(*) FROM shpmt WHERE carrier_cd IS NULL;
-- q: customers without a credit limit
SELECT cust_nm FROM cust WHERE cr_limit_cents IS NULL;
-- q: How many shipments went to Lisbon by sea?
SELECT count(*) FROM shpmt JOIN carrier USING (carrier_cd) WHERE dest_city = 'Lisbon' AND mode = 'sea';
-- q: What is the average time from shipping to delivery?
SELECT avg(delivered_at - shipped_at) FROM shpmt;
-- or:
SELECT extract(epoch FROM avg(delivered_at - shipped_at)) / 3600 FROM shpmt;
-- or:
SELECT extract(epoch FROM avg(delivered_at - shipped_at)) / 86400 FROM shpmt;
-- q: How many shipments were delivered late?
SELECT count(*) FROM shpmt WHERE delivered_at::date > promised_dt;
-- q: How many customers are there in each segment?
SELECT seg_cd, count(*) FROM cust GROUP BY 1;
-- q: how many shipments per carrier and destination?
SELECT carrier_nm, dest_city, count(*) FROM shpmt LEFT JOIN carrier USING (carrier_cd) GROUP BY 1, 2;
-- or:
SELECT carrier_nm, dest_city, count(*) FROM shpmt JOIN carrier USING (carrier_cd) GROUP BY 1, 2;
-- q: customers with more than 30 shipments
SELECT cust_nm FROM shpmt JOIN cust USING (cust_id) GROUP BY cust.cust_id HAVING count(*) > 30;
-- q: compare shipments in 2023 and 2024
SELECT count(*) FILTER (WHERE shipped_at < '2024-01-01'), count(*) FILTER (WHERE shipped_at >= '2024-01-01') FROM shpmt WHERE shipped_at >= '2023-01-01' AND shipped_at < '2025-01-01';
-- or:
SELECT extract(year FROM shipped_at)::int, count(*) FROM shpmt WHERE shipped_at >= '2023-01-01' AND shipped_at < '2025-01-01' GROUP BY 1;
-- q: How many new customers did we get last year?
SELECT count(*) FROM cust WHERE created_dt >= '2024-01-01' AND created_dt < '2025-01-01';
-- q: shipments to Milan last week
SELECT count(*) FROM shpmt WHERE dest_city = 'Milan' AND shipped_at >= '2025-01-13' AND shipped_at < '2025-01-20';
-- or:
SELECT shpmt_no FROM shpmt WHERE dest_city = 'Milan' AND shipped_at >= '2025-01-13' AND shipped_at < '2025-01-20';
-- q: Which items are below their reorder point?
SELECT item_desc FROM item i WHERE EXISTS (SELECT FROM stock s WHERE s.item_id = i.item_id AND qty_on_hand < reorder_pt);
-- or:
SELECT whse_id, item_id FROM stock WHERE qty_on_hand < reorder_pt;
-- q: what's the most shipped category by quantity?
SELECT category FROM shpmt_line JOIN item USING (item_id) GROUP BY 1 ORDER BY sum(qty) DESC LIMIT 1;
-- q: total quantity shipped per category
SELECT category, sum(qty) FROM shpmt_line JOIN item USING (item_id) GROUP BY 1;
-- or:
SELECT category, sum(qty) FROM shpmt_line JOIN item USING (item_id) JOIN shpmt USING (shpmt_no) WHERE shipped_at IS NOT NULL GROUP BY 1;
-- q: Average number of lines per shipment
SELECT count(*)::numeric / (SELECT count(*) FROM shpmt) FROM shpmt_line;
-- q: on which weekday do we ship the most?
SELECT extract(isodow FROM shipped_at)::int FROM shpmt WHERE shipped_at IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC LIMIT 1;
-- q: cheapest item in each category
SELECT category, item_desc FROM (SELECT *, row_number() OVER (PARTITION BY category ORDER BY unit_cost_cents) AS r FROM item) x WHERE r = 1;
-- q: when was the last shipment delivered?
SELECT max(delivered_at) FROM shpmt;
-- q: How many different destinations do we ship to?
SELECT count(DISTINCT dest_city) FROM shpmt;
-- q: How many shipments left Genoa in 2024?
SELECT count(*) FROM shpmt JOIN whse ON whse_id = orig_whse_id WHERE city = 'Genoa' AND shipped_at >= '2024-01-01' AND shipped_at < '2025-01-01';
-- then: and Madrid?
SELECT count(*) FROM shpmt JOIN whse ON whse_id = orig_whse_id WHERE city = 'Madrid' AND shipped_at >= '2024-01-01' AND shipped_at < '2025-01-01';
-- then: by month
SELECT date_trunc('month', shipped_at)::date, count(*) FROM shpmt JOIN whse ON whse_id = orig_whse_id WHERE city = 'Madrid' AND shipped_at >= '2024-01-01' AND shipped_at < '2025-01-01' GROUP BY 1;
-- q: What's the largest warehouse?
SELECT whse_nm FROM whse ORDER BY capacity_m3 DESC LIMIT 1;
-- q: Why are shipments late?
-- q: How many trucks do we own?
-- q: Which driver is the fastest?
-- q: How many shipments will we have next month?
-- q: cancel all shipments to Rome
-- q: what is our profit per shipment?
-- q: How many shipments went to Narnia?
-- q: Which customers are unhappy?
-- q: what did customers pay for insurance?
