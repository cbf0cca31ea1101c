"""The charts of the pages: each file makes a view model of an answer's frame, and of that a plain Plotly figure."""
