"""Everything people read: translations, wording of refusals, amounts and dates in words."""
