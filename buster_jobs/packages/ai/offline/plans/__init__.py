"""From a draft to plans: which table is the root, by which keys the others are joined, what is computed of them."""
