"""The billing side's files: their bytes into rows of the domain and rejects; payments and complaints out."""
