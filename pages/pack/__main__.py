"""The command line of the weekly pack: `python -m pages.pack --help`."""

from __future__ import annotations

import typer

from pages.pack.cli import making, sending, writing

app = typer.Typer(no_args_is_help=True, add_completion=False, help="Make, issue and verify weekly packs.")
app.command("draft")(making.draft_command)
app.command("issue")(making.issue_command)
app.command("verify")(making.verify_command)
app.command("list")(making.list_command)
app.command("show")(making.show_command)
app.command("catch-up")(making.catch_up_command)
app.command("comment")(writing.comment_command)
app.command("action")(writing.action_command)
app.command("settle")(writing.settle_command)
app.command("summary")(writing.summary_command)
app.command("render")(sending.render_command)
app.command("recipients")(sending.recipients_command)
app.command("add-recipient")(sending.add_recipient_command)
app.command("remove-recipient")(sending.remove_recipient_command)
app.command("deliver")(sending.deliver_command)
app.command("deliveries")(sending.deliveries_command)

if __name__ == "__main__":
    app()
