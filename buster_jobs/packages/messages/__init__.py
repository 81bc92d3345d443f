"""Messages to people, one module for each way of sending. Callers decide what is said to whom."""
