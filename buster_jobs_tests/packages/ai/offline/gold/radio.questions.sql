-- today: 2026-03-16
-- q: How many shows do we have?
SELECT count(*) FROM shows;
-- q: Which host has been hired most recently?
SELECT first_name, last_name FROM hosts ORDER BY hired_on DESC LIMIT 1;
-- q: how many of our hosts are women?
SELECT count(*) FROM hosts WHERE gender = 'F';
-- q: total ad revenue last year
SELECT sum(price) FROM ad_spots WHERE aired_at >= '2025-01-01' AND aired_at < '2026-01-01';
-- or:
SELECT sum(price) FROM ad_spots WHERE paid_on >= '2025-01-01' AND paid_on < '2026-01-01';
-- q: Who are our top 5 advertisers by total spend?
SELECT a.company FROM ad_spots s JOIN advertisers a ON a.id = s.advertiser_id GROUP BY a.id, 1 ORDER BY sum(price) DESC LIMIT 5;
-- q: what is the most played track?
SELECT t.title FROM plays p JOIN tracks t ON t.id = p.track_id GROUP BY t.id, 1 ORDER BY count(*) DESC LIMIT 1;
-- q: How many ad spots are still unpaid?
SELECT count(*) FROM ad_spots WHERE paid_on IS NULL;
-- q: How much money do advertisers still owe us?
SELECT sum(price) FROM ad_spots WHERE paid_on IS NULL;
-- q: average number of listeners per show
SELECT s.title, avg(listeners) FROM audience_figures a JOIN shows s ON s.id = a.show_id GROUP BY s.id, 1;
-- q: which talk shows are broadcast live?
SELECT title FROM shows WHERE format = 'talk' AND is_live;
-- q: How many jazz tracks are in our library?
SELECT count(*) FROM tracks WHERE genre = 'jazz';
-- q: number of plays per genre, top 3
SELECT genre, count(*) FROM plays p JOIN tracks t ON t.id = p.track_id GROUP BY 1 ORDER BY 2 DESC LIMIT 3;
-- q: Which artists have never been played?
SELECT name FROM artists a WHERE NOT EXISTS (SELECT FROM plays p JOIN tracks t ON t.id = p.track_id WHERE t.artist_id = a.id);
-- q: How many song requests came in by phone in 2025?
SELECT count(*) FROM song_requests WHERE channel = 'phone' AND requested_at >= '2025-01-01' AND requested_at < '2026-01-01';
-- q: what percentage of requests did we fulfil?
SELECT 100.0 * count(*) FILTER (WHERE fulfilled) / count(*) FROM song_requests;
-- or:
SELECT 1.0 * count(*) FILTER (WHERE fulfilled) / count(*) FROM song_requests;
-- q: Which city sends us the most song requests?
SELECT listener_city FROM song_requests WHERE listener_city IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC LIMIT 1;
-- q: What was the biggest audience Morning Harbour ever had?
SELECT max(listeners) FROM audience_figures a JOIN shows s ON s.id = a.show_id WHERE s.title = 'Morning Harbour';
-- q: list all advertisers from Galway
SELECT company FROM advertisers WHERE city = 'Galway';
-- or:
SELECT id FROM advertisers WHERE city = 'Galway';
-- q: How many tracks by Irish artists did we play?
SELECT count(*) FROM plays p JOIN tracks t ON t.id = p.track_id JOIN artists a ON a.id = t.artist_id WHERE a.country = 'Ireland';
-- or:
SELECT count(DISTINCT t.id) FROM plays p JOIN tracks t ON t.id = p.track_id JOIN artists a ON a.id = t.artist_id WHERE a.country = 'Ireland';
-- q: how long is the average track?
SELECT avg(length_seconds) FROM tracks;
-- or:
SELECT avg(length_seconds) / 60 FROM tracks;
-- q: Who hosts City Talk?
SELECT h.first_name, h.last_name FROM shows s JOIN hosts h ON h.id = s.host_id WHERE s.title = 'City Talk';
-- q: Which advertisers have no contact email?
SELECT company FROM advertisers WHERE contact_email IS NULL;
-- or:
SELECT id FROM advertisers WHERE contact_email IS NULL;
-- q: ad revenue by industry in 2025
SELECT industry, sum(price) FROM ad_spots s JOIN advertisers a ON a.id = s.advertiser_id WHERE aired_at >= '2025-01-01' AND aired_at < '2026-01-01' GROUP BY 1;
-- q: How many 30-second spots did we air in January 2026?
SELECT count(*) FROM ad_spots WHERE length_seconds = 30 AND aired_at >= '2026-01-01' AND aired_at < '2026-02-01';
-- q: plays per month this year
SELECT date_trunc('month', played_at), count(*) FROM plays WHERE played_at >= '2026-01-01' AND played_at < '2027-01-01' GROUP BY 1;
-- or:
SELECT date_trunc('month', played_at)::date, count(*) FROM plays WHERE played_at >= '2026-01-01' AND played_at < '2027-01-01' GROUP BY 1;
-- q: How many hosts left in 2025?
SELECT count(*) FROM hosts WHERE left_on >= '2025-01-01' AND left_on < '2026-01-01';
-- q: What's our longest show?
SELECT title FROM shows ORDER BY duration_minutes DESC LIMIT 1;
-- q: which show launched first
SELECT title FROM shows ORDER BY launched_on LIMIT 1;
-- q: Do we have any songs from the 80s by Copper Street? How many?
SELECT count(*) FROM tracks t JOIN artists a ON a.id = t.artist_id WHERE a.name = 'Copper Street' AND release_year BETWEEN 1980 AND 1989;
-- q: average price of a 60 second ad
SELECT avg(price) FROM ad_spots WHERE length_seconds = 60;
-- q: Compare phone and app requests
SELECT channel, count(*) FROM song_requests WHERE channel IN ('phone', 'app') GROUP BY 1;
-- q: How many new advertisers did we sign in 2024?
SELECT count(*) FROM advertisers WHERE signed_on >= '2024-01-01' AND signed_on < '2025-01-01';
-- q: Which hosts present more than one show?
SELECT h.first_name, h.last_name FROM shows s JOIN hosts h ON h.id = s.host_id GROUP BY h.id, 1, 2 HAVING count(*) > 1;
-- or:
SELECT h.first_name, h.last_name, count(*) FROM shows s JOIN hosts h ON h.id = s.host_id GROUP BY h.id, 1, 2 HAVING count(*) > 1;
-- q: Which show earned the most from ads in 2025?
SELECT sh.title FROM ad_spots s JOIN shows sh ON sh.id = s.show_id WHERE aired_at >= '2025-01-01' AND aired_at < '2026-01-01' GROUP BY sh.id, 1 ORDER BY sum(price) DESC LIMIT 1;
-- q: total airtime of food ads in 2025
SELECT sum(length_seconds) FROM ad_spots s JOIN advertisers a ON a.id = s.advertiser_id WHERE a.industry = 'food' AND aired_at >= '2025-01-01' AND aired_at < '2026-01-01';
-- q: How many podcasts did people download last month?
-- q: Which hosts speak Irish?
-- q: what do we pay in royalties per play
-- q: How old are our listeners on average?
-- q: Which competitor has more listeners than us?
-- q: How many ads did Coca-Cola run in 2025?
