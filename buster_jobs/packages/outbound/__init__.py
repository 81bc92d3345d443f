"""HTTP requests from us to addresses that settings or customers name. What is sent is the caller's business."""
