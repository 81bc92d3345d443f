"""The MySQL and MariaDB adapter, on PyMySQL: pure Python, one statement at a time, rows as they come."""
