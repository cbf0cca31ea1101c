"""The pages people open, and what stands behind them: kit, access gate, HTTP routes."""
