"""What a number means: KPI definitions, the compiler from a question to SQL, and the answers. No clock, no path."""
