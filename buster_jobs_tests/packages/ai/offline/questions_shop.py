"""Questions of the shop with the SQL whose rows are the answer; None: to be declined."""

QUESTIONS: list[tuple[str, str | None]] = [
    ("How many customers are there?", "SELECT count(*) FROM customers"),
    ("How many active customers do we have?", "SELECT count(*) FROM customers WHERE is_active"),
    ("How many customers are not active?", "SELECT count(*) FROM customers WHERE NOT is_active"),
    (
        "How many inactive customers are in Brooklyn?",
        "SELECT count(*) FROM customers WHERE NOT is_active AND city = 'Brooklyn'",
    ),
    ("How many customers live in New York?", "SELECT count(*) FROM customers WHERE city = 'New York'"),
    ("How many customers in New York?", "SELECT count(*) FROM customers WHERE city = 'New York'"),
    ("number of customers per country", "SELECT country, count(*) FROM customers GROUP BY 1"),
    ("How many customers have no email?", "SELECT count(*) FROM customers WHERE email IS NULL"),
    ("What is the average price of products?", "SELECT avg(price) FROM products"),
    (
        "What is the average price per category?",
        "SELECT c.name, avg(price) FROM products p JOIN categories c ON c.id = category_id GROUP BY 1",
    ),
    ("What is the median price?", "SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY price) FROM products"),
    ("Which product is the most expensive?", "SELECT name, price FROM products ORDER BY price DESC LIMIT 1"),
    (
        "What is the cheapest product in the category Books?",
        "SELECT name, price FROM products WHERE category_id = 2 ORDER BY price LIMIT 1",
    ),
    ("the 5 most expensive products", "SELECT name, price FROM products ORDER BY price DESC LIMIT 5"),
    ("top 3 products by price", "SELECT name, price FROM products ORDER BY price DESC LIMIT 3"),
    (
        "How many orders were placed in March 2023?",
        "SELECT count(*) FROM orders WHERE order_date >= '2023-03-01' AND order_date < '2023-04-01'",
    ),
    ("How many orders are there per status?", "SELECT status, count(*) FROM orders GROUP BY 1"),
    ("How many orders were cancelled?", "SELECT count(*) FROM orders WHERE status = 'cancelled'"),
    (
        "What percentage of orders were cancelled?",
        "SELECT 100.0 * count(*) FILTER (WHERE status = 'cancelled') / count(*) FROM orders",
    ),
    (
        "What is the total amount of orders per customer?",
        "SELECT first_name, last_name, sum(total_amount) FROM orders o JOIN customers c ON c.id = "
        "customer_id GROUP BY c.id",
    ),
    (
        "Which customer has the most orders?",
        "SELECT first_name, last_name, count(*) FROM orders o JOIN customers c ON c.id = customer_id GROUP "
        "BY c.id ORDER BY 3 DESC, 1, 2 LIMIT 1",
    ),
    ("Which city has the highest total amount?", None),
    ("How many orders were shipped?", None),
    (
        "How many orders were shipped in April 2023?",
        "SELECT count(*) FROM orders WHERE shipped_at >= '2023-04-01' AND shipped_at < '2023-05-01'",
    ),
    ("What is the total amount of all orders?", "SELECT sum(total_amount) FROM orders"),
    (
        "What is the average total amount per city?",
        "SELECT city, avg(total_amount) FROM orders o JOIN customers c ON c.id = customer_id GROUP BY 1",
    ),
    (
        "Which city has the highest average total amount?",
        "SELECT city, avg(total_amount) FROM orders o JOIN customers c ON c.id = customer_id GROUP BY 1 "
        "ORDER BY 2 DESC LIMIT 1",
    ),
    (
        "total quantity per category",
        "SELECT c.name, sum(quantity) FROM order_items i JOIN products p ON p.id = product_id JOIN "
        "categories c ON c.id = category_id GROUP BY 1",
    ),
    (
        "How many orders per month in 2023?",
        "SELECT date_trunc('month', order_date)::date, count(*) FROM orders WHERE order_date < '2024-01-01' GROUP BY 1",
    ),
    ("How many orders were there before 2023-06-01?", "SELECT count(*) FROM orders WHERE order_date < '2023-06-01'"),
    ("How many orders have a total amount over 300?", "SELECT count(*) FROM orders WHERE total_amount > 300"),
    (
        "How many orders had a total amount between 100 and 200?",
        "SELECT count(*) FROM orders WHERE total_amount BETWEEN 100 AND 200",
    ),
    ("How many products cost more than 50?", "SELECT count(*) FROM products WHERE price > 50"),
    ("How many products have a price above 50?", "SELECT count(*) FROM products WHERE price > 50"),
    ("How many products are discontinued?", "SELECT count(*) FROM products WHERE discontinued"),
    (
        "How many customers have no orders?",
        "SELECT count(*) FROM customers c WHERE NOT EXISTS (SELECT FROM orders WHERE customer_id = c.id)",
    ),
    ("How many customers have orders?", "SELECT count(DISTINCT customer_id) FROM orders"),
    (
        "Which categories have more than 4 products?",
        "SELECT c.name, count(*) FROM products p JOIN categories c ON c.id = category_id GROUP BY 1 HAVING "
        "count(*) > 4",
    ),
    ("How many different cities do customers come from?", "SELECT count(DISTINCT city) FROM customers"),
    ("How many different cities are there?", "SELECT count(DISTINCT city) FROM customers"),
    (
        "What is the average total amount of pending orders?",
        "SELECT avg(total_amount) FROM orders WHERE status = 'pending'",
    ),
    (
        "How many orders were pending or cancelled?",
        "SELECT count(*) FROM orders WHERE status IN ('pending', 'cancelled')",
    ),
    ("How many orders have the status delivered?", "SELECT count(*) FROM orders WHERE status = 'delivered'"),
    ("List the products in the category Garden", "SELECT name FROM products WHERE category_id = 3"),
    ("What are the minimum and maximum price?", "SELECT min(price), max(price) FROM products"),
    (
        "How many orders from Oslo were delivered in 2023?",
        "SELECT count(*) FROM orders o JOIN customers c ON c.id = customer_id WHERE city = 'Oslo' AND status "
        "= 'delivered' AND order_date < '2024-01-01'",
    ),
    (
        "What is the heaviest product?",
        "SELECT name, weight_kg FROM products WHERE weight_kg IS NOT NULL ORDER BY weight_kg DESC LIMIT 1",
    ),
    ("How many products are heavier than 3 kg?", "SELECT count(*) FROM products WHERE weight_kg > 3"),
    (
        "Which weekday has the most orders?",
        "SELECT extract(isodow FROM order_date)::int, count(*) FROM orders GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 1",
    ),
    (
        "average total amount per quarter",
        "SELECT date_trunc('quarter', order_date)::date, avg(total_amount) FROM orders GROUP BY 1",
    ),
    (
        "total amount per country and status",
        "SELECT country, status, sum(total_amount) FROM orders o JOIN customers c ON c.id = customer_id GROUP BY 1, 2",
    ),
    (
        "How many customers were created in 2022?",
        "SELECT count(*) FROM customers WHERE created_at >= '2022-01-01' AND created_at < '2023-01-01'",
    ),
    ("Show all categories", "SELECT name FROM categories"),
    ("Why did sales drop?", None),
    ("What is our profit?", None),
    ("What will revenue be next month?", None),
    ("Delete all cancelled orders", None),
    ("Who are you?", None),
    ("Which customers are the best?", None),
    ("How many employees do we have?", None),
    ("What is the average?", None),
    (
        "How many orders were placed last week?",
        "SELECT count(*) FROM orders WHERE order_date >= '2024-07-08' AND order_date < '2024-07-15'",
    ),
    ("Which product sold the most?", None),
    ("Compare orders in Brooklyn with orders in Leeds", None),
    ("Is Toys better than Books?", None),
    ("What is the average price of products per customer?", None),
    ("How many orders does the average customer have?", None),
]
