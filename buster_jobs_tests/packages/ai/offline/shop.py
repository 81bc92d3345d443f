"""A shop's schema with rows, in snake_case without comments, and in CamelCase."""

SNAKE = """
CREATE TABLE categories (id serial PRIMARY KEY, name text NOT NULL UNIQUE);
CREATE TABLE products (
    id serial PRIMARY KEY, category_id int NOT NULL REFERENCES categories (id), name text NOT NULL,
    price numeric(10, 2) NOT NULL, weight_kg numeric(6, 2), discontinued boolean NOT NULL DEFAULT false
);
CREATE TABLE customers (
    id serial PRIMARY KEY, first_name text NOT NULL, last_name text NOT NULL, email text, city text, country text NOT
        NULL,
    is_active boolean NOT NULL, created_at timestamptz NOT NULL
);
CREATE TABLE orders (
    id serial PRIMARY KEY, customer_id int NOT NULL REFERENCES customers (id), status text NOT NULL,
    order_date date NOT NULL, shipped_at timestamptz, total_amount numeric(10, 2) NOT NULL
);
CREATE TABLE order_items (
    order_id int NOT NULL REFERENCES orders (id), product_id int NOT NULL REFERENCES products (id),
    quantity int NOT NULL, unit_price numeric(10, 2) NOT NULL, PRIMARY KEY (order_id, product_id)
);
INSERT INTO categories (name) VALUES ('Toys'), ('Books'), ('Garden'), ('Kitchen');
INSERT INTO products (category_id, name, price, weight_kg, discontinued)
    SELECT 1 + n % 4, 'Product ' || chr(64 + n), 3 + n * 7.5, CASE WHEN n % 5 > 0 THEN n * 0.35 END, n % 6 = 0
    FROM generate_series(1, 20) n;
INSERT INTO customers (first_name, last_name, email, city, country, is_active, created_at)
    SELECT (ARRAY['Ann', 'Bob', 'Cyd', 'Dan', 'Eve'])[1 + n % 5], 'Smith' || n,
        CASE WHEN n % 4 > 0 THEN 'c' || n || '@example.com' END,
        (ARRAY['Brooklyn', 'Leeds', 'Oslo', 'New York'])[1 + n % 4], (ARRAY['USA', 'UK', 'Norway', 'USA'])[1 + n % 4],
        n % 3 > 0, timestamptz '2022-01-15 12:00+00' + n * interval '11 days'
    FROM generate_series(1, 40) n;
INSERT INTO orders (customer_id, status, order_date, shipped_at, total_amount)
    SELECT 1 + (n * n) % 35, (ARRAY['pending', 'shipped', 'delivered', 'cancelled'])[1 + n % 4],
        date '2023-01-01' + n * 3, CASE WHEN n % 4 IN (1, 2) THEN timestamptz '2023-01-03 09:00+00' + n * interval '3
        days' END,
        20 + (n * 37) % 400
    FROM generate_series(1, 200) n;
INSERT INTO order_items (order_id, product_id, quantity, unit_price)
    SELECT o, 1 + (o * k * 7) % 18, 1 + (o + k) % 4, 3 + ((o * k) % 20) * 7.5
    FROM generate_series(1, 200) o, generate_series(1, 3) k
    ON CONFLICT DO NOTHING;
ANALYZE;
"""

_CAMEL = {
    "order_items": "OrderItems", "categories": "Categories", "products": "Products", "customers": "Customers",
    "orders": "Orders", "category_id": "CategoryId", "weight_kg": "WeightKg", "discontinued": "Discontinued",
    "first_name": "FirstName", "last_name": "LastName", "is_active": "IsActive", "created_at": "CreatedAt",
    "customer_id": "CustomerId", "order_date": "OrderDate", "shipped_at": "ShippedAt", "total_amount": "TotalAmount",
    "order_id": "OrderId", "product_id": "ProductId", "unit_price": "UnitPrice", "quantity": "Quantity",
    "country": "Country", "email": "Email", "city": "City", "price": "Price", "status": "Status", "name": "Name",
    "id": "Id",
}  # fmt: skip


def camel(sql: str) -> str:
    """The same SQL over the CamelCase names."""
    import re

    words = "|".join(sorted(_CAMEL, key=len, reverse=True))
    outside = re.split(r"('(?:[^']|'')*')", sql)
    swapped = [re.sub(rf"\b({words})\b", lambda m: f'"{_CAMEL[m.group()]}"', part) for part in outside[::2]]
    return "".join(a + b for a, b in zip(swapped, [*outside[1::2], ""], strict=True))
