"""What counter and centre share besides the domain: the payloads of entries. No I/O."""
