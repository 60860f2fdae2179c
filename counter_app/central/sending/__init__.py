"""Messages to consumers: what there is to tell, by whom it is sent, and what became of it."""
