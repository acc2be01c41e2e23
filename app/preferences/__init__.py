"""What officers prefer: rounds, wishes, and what came of them."""
