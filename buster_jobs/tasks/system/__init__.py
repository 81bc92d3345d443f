"""What sets right what went wrong."""
