"""The weekly pack: frozen, commented, comparable. Knows metrics and data, never Streamlit."""
