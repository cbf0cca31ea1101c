"""SQL of flags that turn with time, shared by contracts."""


def on_time(done: str, due: str) -> str:
    """Done on or before the due day; false once that day has passed; null while it is still to come."""
    return (
        f"case when {done} <= {due} then true"
        f" when {due} is not null and ({done} is not null or {due} < {{as_of}}) then false end"
    )
