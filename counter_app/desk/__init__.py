"""What people may do at the counter."""
