"""How numbers, days, names and formulas are said in the three scripts; for pages and packs alike."""
