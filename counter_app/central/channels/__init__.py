"""The channels: 1912, the WhatsApp bot and UPAY speak for consumers, and record like counters."""
