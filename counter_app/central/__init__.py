"""The central store: what counters send is received, put into the books, and told to their offices."""
