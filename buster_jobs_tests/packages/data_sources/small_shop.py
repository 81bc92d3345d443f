"""A small shop in the plainest SQL, for the engines beside PostgreSQL: the same tables and rows in each."""

from datetime import date, datetime, timedelta

TABLES = """
CREATE TABLE customers (
    id INTEGER PRIMARY KEY, name VARCHAR(80) NOT NULL, country CHAR(2), born DATE, email VARCHAR(80),
    vip BOOLEAN NOT NULL, referrer INTEGER);
CREATE TABLE products (
    id INTEGER PRIMARY KEY, name VARCHAR(80) NOT NULL, price DECIMAL(10, 2) NOT NULL, weight DOUBLE, attributes {json});
CREATE TABLE orders (
    id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL, status VARCHAR(20) NOT NULL, region VARCHAR(20) NOT NULL,
    placed {timestamp} NOT NULL, FOREIGN KEY (customer_id) REFERENCES customers (id));
CREATE TABLE items (
    order_id INTEGER NOT NULL, product_id INTEGER NOT NULL, quantity INTEGER NOT NULL,
    PRIMARY KEY (order_id, product_id),
    FOREIGN KEY (order_id) REFERENCES orders (id), FOREIGN KEY (product_id) REFERENCES products (id));
CREATE TABLE visits (day DATE NOT NULL, visitors BIGINT);
CREATE TABLE secrets (password VARCHAR(80));
CREATE VIEW order_totals AS
    SELECT o.id AS id, o.region AS region, sum(i.quantity * p.price) AS total
    FROM orders o JOIN items i ON i.order_id = o.id JOIN products p ON p.id = i.product_id GROUP BY o.id, o.region;
"""

_COUNTRIES = ("AT", "DE", "FR", None)
_STATUSES = ("new", "paid", "shipped", "returned")
_NAMES = ("lamp", "chair", "desk", "it's a \\ box")


def statements(*, json: str = "JSON", timestamp: str = "TIMESTAMP") -> list[str]:
    """The statements that make the tables, with an engine's own words for two types."""
    script = TABLES.replace("{json}", json).replace("{timestamp}", timestamp)
    return [statement for statement in script.split(";\n") if statement.strip()]


def rows() -> dict[str, list[tuple[object, ...]]]:
    """The rows of each table, in an order in which references hold."""
    return {
        "customers": [
            (i, f"Customer {i}", _COUNTRIES[i % 4], _day("1960-01-01", i * 173),
             f"c{i}@example.org" if i % 5 else None, i % 10 == 0, i // 3 or None)
            for i in range(1, 61)
        ],
        "products": [
            (i, f"{_NAMES[i % 4]} {i}", f"{i * 7.35:.2f}", i / 3,
             f'{{"colour": "{("red", "blue")[i % 2]}", "size": {i}, "parts": [{i}, {i + 1}]}}')
            for i in range(1, 21)
        ],
        "orders": [
            (i, 1 + i % 55, _STATUSES[i % 4], ("north", "south")[i % 2],
             (datetime(2023, 1, 5, 8, 30) + timedelta(hours=29 * i)).isoformat(" "))
            for i in range(1, 201)
        ],
        "items": [(1 + i % 200, 1 + (i * 7 + i // 200 * 3) % 20, 1 + i % 5) for i in range(1, 501)],
        "visits": [(_day("2023-06-01", i), i * 10) for i in range(1, 401)],
        "secrets": [("hunter2",)],
    }  # fmt: skip


def _day(first: str, days: int) -> str:
    return (date.fromisoformat(first) + timedelta(days=days)).isoformat()
