"""The command line of the data side: `python -m data --help`."""

from __future__ import annotations

import typer

from data.cli import check, customers, demo, forget, ingest, lake, mappings, watch

app = typer.Typer(no_args_is_help=True, add_completion=False, help="Load files, look after the lake.")
app.command("ingest")(ingest.ingest_command)
app.command("watch")(watch.watch_command)
app.command("template")(ingest.template_command)
app.add_typer(mappings.app, name="mappings")
app.command("batches")(lake.batches_command)
app.command("undo")(lake.undo_command)
app.command("status")(lake.status_command)
app.command("check")(check.check_command)
app.command("demo")(demo.demo_command)
app.command("customers")(customers.customers_command)
app.command("forget")(forget.forget_command)
app.command("maintain")(lake.maintain_command)
app.command("backup")(lake.backup_command)
app.command("restore")(lake.restore_command)

if __name__ == "__main__":
    app()
