-- today: 2026-03-16
-- q: How many books are in the catalogue?
SELECT count(*) FROM book;
-- q: how many members joined in 2025?
SELECT count(*) FROM member WHERE joined_on >= '2025-01-01' AND joined_on < '2026-01-01';
-- q: loans per month in 2025
SELECT date_trunc('month', loaned_at), count(*) FROM loan WHERE loaned_at >= '2025-01-01' AND loaned_at < '2026-01-01' GROUP BY 1;
-- or:
SELECT date_trunc('month', loaned_at)::date, count(*) FROM loan WHERE loaned_at >= '2025-01-01' AND loaned_at < '2026-01-01' GROUP BY 1;
-- or:
SELECT to_char(loaned_at, 'YYYY-MM'), count(*) FROM loan WHERE loaned_at >= '2025-01-01' AND loaned_at < '2026-01-01' GROUP BY 1;
-- q: Which 3 authors have the most books?
SELECT a.full_name FROM book b JOIN author a ON a.author_id = b.author_id GROUP BY a.author_id, 1 ORDER BY count(*) DESC LIMIT 3;
-- q: How many copies does each branch hold?
SELECT b.branch_name, count(*) FROM copy c JOIN branch b ON b.branch_id = c.branch_id GROUP BY 1;
-- or:
SELECT b.branch_name, count(c.copy_id) FROM branch b LEFT JOIN copy c ON b.branch_id = c.branch_id GROUP BY 1;
-- q: What is the total amount of unpaid fines?
SELECT sum(amount) FROM fine WHERE paid_on IS NULL;
-- q: how much did we collect in late return fines in 2025
SELECT sum(amount) FROM fine WHERE reason = 'late return' AND paid_on >= '2025-01-01' AND paid_on < '2026-01-01';
-- q: Which members have never borrowed anything?
SELECT first_name, last_name FROM member m WHERE NOT EXISTS (SELECT FROM loan l WHERE l.member_id = m.member_id);
-- or:
SELECT member_id FROM member m WHERE NOT EXISTS (SELECT FROM loan l WHERE l.member_id = m.member_id);
-- q: How many books are currently on loan?
SELECT count(*) FROM loan WHERE returned_at IS NULL;
-- or:
SELECT count(DISTINCT copy_id) FROM loan WHERE returned_at IS NULL;
-- or:
SELECT count(DISTINCT c.book_id) FROM loan JOIN copy c USING (copy_id) WHERE returned_at IS NULL;
-- q: how many loans are overdue?
SELECT count(*) FROM loan WHERE returned_at IS NULL AND due_date < '2026-03-16';
-- q: What's the most borrowed book?
SELECT b.title, b.isbn FROM loan l JOIN copy c ON c.copy_id = l.copy_id JOIN book b ON b.book_id = c.book_id GROUP BY b.book_id ORDER BY count(*) DESC LIMIT 1;
-- or:
SELECT b.title FROM loan l JOIN copy c ON c.copy_id = l.copy_id JOIN book b ON b.book_id = c.book_id GROUP BY b.book_id ORDER BY count(*) DESC LIMIT 1;
-- q: average number of pages by genre
SELECT genre, avg(pages) FROM book GROUP BY 1;
-- q: What percentage of our members are students?
SELECT 100.0 * count(*) FILTER (WHERE membership_type = 'student') / count(*) FROM member;
-- or:
SELECT 1.0 * count(*) FILTER (WHERE membership_type = 'student') / count(*) FROM member;
-- or:
SELECT round(100.0 * count(*) FILTER (WHERE membership_type = 'student') / count(*), 2) FROM member;
-- or:
SELECT round(100.0 * count(*) FILTER (WHERE membership_type = 'student') / count(*), 1) FROM member;
-- q: How many Spanish books do we own?
SELECT count(*) FROM book WHERE language = 'Spanish';
-- or:
SELECT count(*) FROM copy c JOIN book b USING (book_id) WHERE language = 'Spanish';
-- q: list the books by Stephen King
SELECT title FROM book b JOIN author a USING (author_id) WHERE a.full_name = 'Stephen King';
-- q: How many titles by British authors do we have?
SELECT count(*) FROM book b JOIN author a USING (author_id) WHERE a.nationality = 'British';
-- q: Which branch opened first?
SELECT branch_name FROM branch ORDER BY opened_on LIMIT 1;
-- q: loans by branch this year
SELECT b.branch_name, count(*) FROM loan l JOIN copy c ON c.copy_id = l.copy_id JOIN branch b ON b.branch_id = c.branch_id WHERE l.loaned_at >= '2026-01-01' GROUP BY 1;
-- q: Who are the top 4 borrowers?
SELECT m.first_name, m.last_name FROM loan l JOIN member m ON m.member_id = l.member_id GROUP BY m.member_id, 1, 2 ORDER BY count(*) DESC LIMIT 4;
-- q: Compare the number of loans of Fiction and Mystery
SELECT b.genre, count(*) FROM loan l JOIN copy c ON c.copy_id = l.copy_id JOIN book b ON b.book_id = c.book_id WHERE b.genre IN ('Fiction', 'Mystery') GROUP BY 1;
-- q: average fine by reason
SELECT reason, avg(amount) FROM fine GROUP BY 1;
-- q: How many members are blocked?
SELECT count(*) FROM member WHERE is_blocked;
-- q: How many holds are waiting for pickup or still queued?
SELECT count(*) FROM hold WHERE status IN ('ready', 'waiting');
-- q: Which books have no copies?
SELECT title FROM book b WHERE NOT EXISTS (SELECT FROM copy c WHERE c.book_id = b.book_id);
-- or:
SELECT isbn FROM book b WHERE NOT EXISTS (SELECT FROM copy c WHERE c.book_id = b.book_id);
-- q: What did we spend on new copies in 2023?
SELECT sum(purchase_price) FROM copy WHERE acquired_on >= '2023-01-01' AND acquired_on < '2024-01-01';
-- q: number of lost or damaged copies per branch
SELECT b.branch_name, count(*) FROM copy c JOIN branch b ON b.branch_id = c.branch_id WHERE condition IN ('lost', 'damaged') GROUP BY 1;
-- or:
SELECT b.branch_name, count(c.copy_id) FROM branch b LEFT JOIN copy c ON b.branch_id = c.branch_id AND condition IN ('lost', 'damaged') GROUP BY 1;
-- or:
SELECT b.branch_name, condition, count(*) FROM copy c JOIN branch b ON b.branch_id = c.branch_id WHERE condition IN ('lost', 'damaged') GROUP BY 1, 2;
-- q: How many loans did each membership type make?
SELECT m.membership_type, count(*) FROM loan l JOIN member m ON m.member_id = l.member_id GROUP BY 1;
-- q: how long do members keep a book on average?
SELECT avg(returned_at - loaned_at) FROM loan;
-- or:
SELECT avg(extract(epoch FROM returned_at - loaned_at) / 86400) FROM loan;
-- or:
SELECT avg(returned_at::date - loaned_at::date) FROM loan;
-- or:
SELECT extract(epoch FROM avg(returned_at - loaned_at)) / 86400 FROM loan;
-- or:
SELECT extract(epoch FROM avg(returned_at - loaned_at)) / 3600 FROM loan;
-- q: members whose card expires this month
SELECT first_name, last_name FROM member WHERE expires_on >= '2026-03-01' AND expires_on < '2026-04-01';
-- or:
SELECT card_no FROM member WHERE expires_on >= '2026-03-01' AND expires_on < '2026-04-01';
-- q: What is the oldest book in our collection?
SELECT title FROM book ORDER BY published_year LIMIT 1;
-- q: books with more than 600 pages published after 2000
SELECT title FROM book WHERE pages > 600 AND published_year > 2000;
-- or:
SELECT isbn FROM book WHERE pages > 600 AND published_year > 2000;
-- q: how many fines were issued at most recent date
SELECT count(*) FROM fine WHERE issued_on = (SELECT max(issued_on) FROM fine);
-- q: Which genre was borrowed least in 2025?
SELECT b.genre FROM loan l JOIN copy c ON c.copy_id = l.copy_id JOIN book b ON b.book_id = c.book_id WHERE loaned_at >= '2025-01-01' AND loaned_at < '2026-01-01' GROUP BY 1 ORDER BY count(*) LIMIT 1;
-- q: total fines per member, top 10
SELECT m.first_name, m.last_name, sum(f.amount) FROM fine f JOIN loan l ON l.loan_id = f.loan_id JOIN member m ON m.member_id = l.member_id GROUP BY m.member_id, 1, 2 ORDER BY 3 DESC LIMIT 10;
-- q: What share of loans were renewed at least once?
SELECT 100.0 * count(*) FILTER (WHERE renewals >= 1) / count(*) FROM loan;
-- or:
SELECT 1.0 * count(*) FILTER (WHERE renewals >= 1) / count(*) FROM loan;
-- or:
SELECT round(100.0 * count(*) FILTER (WHERE renewals >= 1) / count(*), 2) FROM loan;
-- or:
SELECT round(100.0 * count(*) FILTER (WHERE renewals >= 1) / count(*), 1) FROM loan;
-- q: How many people visited the library last week?
-- q: Which librarian processed the most loans?
-- q: How many e-books were downloaded in 2025?
-- q: what rating do readers give to Haruki Murakami
-- q: How many loans were there at the Lakeside branch?
-- q: What will our fine income be next year?
