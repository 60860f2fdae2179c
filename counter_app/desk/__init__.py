"""What people may do at the counter: one plain function a button, rights checked here."""
