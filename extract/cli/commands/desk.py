"""`extract desk`: the review desk, and who may use it."""

# ruff: noqa: FBT002, PLR0913, PLR0917 - to typer an option is an argument with a default

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from typer.core import TyperGroup

from extract.cli import llm_options
from extract.messages import Message

EXAMPLE = "Example: extract desk out        Users: extract desk user add li --role administrator --store URL"
SERVE = "serve"
ENDED = Message(
    "Earlier logins and tokens of this user have ended. Make new tokens with: extract desk token add"
)


class RoleName(StrEnum):
    """What a user may do."""

    VIEWER = "viewer"
    REVIEWER = "reviewer"
    ADMINISTRATOR = "administrator"


class DeskGroup(TyperGroup):
    """`extract desk OUT` serves; `extract desk user …` and `extract desk token …` do what they say."""

    def parse_args(self, ctx, args: list[str]) -> list[str]:  # type: ignore[no-untyped-def]  # noqa: ANN001
        """Put the command `serve` before anything that is none."""
        if not args or (args[0] not in self.commands and args[0] not in {"-h", "--help"}):
            args = [SERVE, *args]
        return super().parse_args(ctx, args)


app = typer.Typer(
    cls=DeskGroup,
    help=(
        "The review desk: a web application for what a run has flagged. `extract desk OUT` opens it; its options: "
        "`extract desk serve --help`.\n\n在浏览器里复核抽取结果：批准、更正、驳回、补录。"
    ),
    epilog=EXAMPLE,
    rich_markup_mode=None,
    no_args_is_help=False,
)
user = typer.Typer(help="Who may log in.\n\n用户管理。", no_args_is_help=True, rich_markup_mode=None)
token = typer.Typer(
    help="Tokens of programs for the API.\n\n接口令牌。", no_args_is_help=True, rich_markup_mode=None
)
app.add_typer(user, name="user")
app.add_typer(token, name="token")

Out = Annotated[
    Path | None,
    typer.Argument(metavar="[OUT]", help="A folder of results; without it the folder of the settings."),
]
OutOption = Annotated[
    Path | None, typer.Option("--out", metavar="OUT", help="The folder of results of the desk.")
]
StoreOption = Annotated[
    str | None,
    typer.Option(
        "--store", metavar="URL", help="postgresql://… or sqlite:///…; by default a file in OUT/.desk."
    ),
]
Name = Annotated[str, typer.Argument(help="Of the user.")]


@app.command(SERVE, epilog=EXAMPLE)
def serve(
    out: Out = None,
    store: StoreOption = None,
    host: Annotated[str, typer.Option("--host", help="Where to listen.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="0 for a free one.")] = 8750,
    origin: Annotated[
        str,
        typer.Option(
            "--origin",
            help="How people reach it, where a proxy stands before it: https://desk.example. Needs users.",
        ),
    ] = "",
    forwarded_allow_ips: Annotated[
        str,
        typer.Option(
            "--forwarded-allow-ips",
            metavar="IPS",
            help="Of the proxies whose X-Forwarded-For is believed, with commas: 127.0.0.1 or 10.1.0.0/16. "
            "Without it nobody's is.",
        ),
    ] = "",
    double_review: Annotated[
        float | None,
        typer.Option(
            "--double-review", min=0, max=1, help="The share of items that two people look at; remembered."
        ),
    ] = None,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Do not open a browser.")] = False,
    engine: Annotated[
        str,
        typer.Option("--engine", help="What reads uploads: rules, or llm as it is set up for `extract run`."),
    ] = "rules",
    model: llm_options.Model = None,
    base_url: llm_options.BaseUrl = None,
    max_cost: llm_options.MaxCost = None,
    max_tokens: llm_options.MaxTokens = None,
) -> int:
    """Serve the desk until Ctrl-C. `extract desk OUT` is the same.

    打开复核台；单人本机使用无需登录，供多人使用须先建用户并设置 EXTRACT_DESK_SECRET。
    """
    from extract.cli.serving import Wish, serve

    return serve(
        Wish(
            out=out,
            store=store,
            host=host,
            port=port,
            origin=origin,
            forwarded_allow_ips=forwarded_allow_ips,
            double_review=double_review,
            browser=not no_browser,
            engine=engine,
            asked=llm_options.Asked(
                {"model": model, "base_url": base_url}, max_cost=max_cost, max_tokens=max_tokens
            ),
        )
    )


@user.command("add")
def add_user(
    name: Name,
    role: Annotated[RoleName, typer.Option("--role", help="What they may do.")] = RoleName.REVIEWER,
    store: StoreOption = None,
    out: OutOption = None,
    password_stdin: Annotated[
        bool, typer.Option("--password-stdin", help="Read the password from standard input.")
    ] = False,
) -> int:
    """Add a user; the password is asked for. The first user has to be an administrator.

    添加用户；第一个用户必须是管理员。
    """
    from extract.cli.terminal import note
    from extract.desk.accounts.users import add_user
    from extract.desk.model import Role

    with _opened(store, out) as opened:
        added = add_user(opened, name, _password(password_stdin), Role(role.value))
    note(Message("%(name)s can now log in as %(role)s.", name=added.name, role=added.role.value))
    return 0


@user.command("list")
def list_users(store: StoreOption = None, out: OutOption = None) -> int:
    """List users with their roles.

    列出用户。
    """
    from extract.cli.terminal import console, heading, plain_table, print_table, safe
    from extract.desk.accounts.users import every_user

    with _opened(store, out) as opened:
        found = every_user(opened)
    table = plain_table(heading("user"), heading("role"), heading("active"), heading("since"))
    for one in found:
        since = one.created_at.date().isoformat() if one.created_at else ""
        active = heading("yes") if one.active else heading("no")
        table.add_row(safe(one.name), one.role.value, active, since)
    print_table(console(), table)
    return 0


@user.command("role")
def change_role(
    name: Name,
    role: Annotated[RoleName, typer.Argument(help="What they may do from now on.")],
    store: StoreOption = None,
    out: OutOption = None,
) -> int:
    """Give a user another role; it ends their logins and tokens.

    更改用户角色；该用户现有登录和接口令牌全部失效。
    """
    from extract.cli.terminal import note
    from extract.desk.accounts.users import change_user
    from extract.desk.model import Role

    with _opened(store, out) as opened:
        changed = change_user(opened, name, role=Role(role.value))
    note(Message("%(name)s is now %(role)s.", name=changed.name, role=changed.role.value))
    note(ENDED)
    return 0


@user.command("password")
def change_password(
    name: Name,
    store: StoreOption = None,
    out: OutOption = None,
    password_stdin: Annotated[
        bool, typer.Option("--password-stdin", help="Read the password from standard input.")
    ] = False,
) -> int:
    """Set a new password; it ends the user's logins and tokens.

    重设密码；该用户现有登录和接口令牌全部失效。
    """
    from extract.cli.terminal import note
    from extract.desk.accounts.users import change_user

    with _opened(store, out) as opened:
        change_user(opened, name, password=_password(password_stdin))
    note(Message("The password of %(name)s was changed.", name=name))
    note(ENDED)
    return 0


@user.command("remove")
def remove_user(name: Name, store: StoreOption = None, out: OutOption = None) -> int:
    """End a user's access; what they decided stays.

    停用用户；其复核记录保留。
    """
    from extract.cli.terminal import note
    from extract.desk.accounts.users import change_user

    with _opened(store, out) as opened:
        change_user(opened, name, active=False)
    note(Message("%(name)s can no longer log in.", name=name))
    return 0


@token.command("add")
def add_token(
    name: Name,
    label: Annotated[str, typer.Argument(help="What the token is for, in one word.")],
    role: Annotated[RoleName, typer.Option("--role", help="At most that of the user.")] = RoleName.REVIEWER,
    days: Annotated[
        int | None, typer.Option("--days", min=1, help="So long it is good; for ever without.")
    ] = None,
    store: StoreOption = None,
    out: OutOption = None,
) -> int:
    """Make a token for the API and print it, this once.

    生成接口令牌，只显示这一次。
    """
    from extract.cli.serving import desk_secret_of
    from extract.desk.accounts.tokens import add_token
    from extract.desk.model import Role

    with _opened(store, out) as opened:
        made = add_token(opened, desk_secret_of(opened), name, label, Role(role.value), days=days)
    typer.echo(made)
    return 0


@token.command("list")
def list_tokens(store: StoreOption = None, out: OutOption = None) -> int:
    """List tokens, without what is secret of them.

    列出接口令牌。
    """
    from extract.cli.terminal import console, heading, plain_table, print_table, safe
    from extract.desk.accounts.tokens import tokens_of

    with _opened(store, out) as opened:
        found = tokens_of(opened)
    table = plain_table(heading("user"), heading("token"), heading("role"), heading("until"))
    for one in found:
        until = one.expires_at.date().isoformat() if one.expires_at else "-"
        table.add_row(safe(one.user), safe(one.name), one.role.value, until)
    print_table(console(), table)
    return 0


@token.command("remove")
def remove_token(
    name: Name,
    label: Annotated[str, typer.Argument(help="Of the token.")],
    store: StoreOption = None,
    out: OutOption = None,
) -> int:
    """End a token.

    撤销接口令牌。
    """
    from extract.cli.terminal import note
    from extract.desk.accounts.tokens import remove_token

    with _opened(store, out) as opened:
        remove_token(opened, name, label)
    note(Message("The token %(label)s of %(name)s was revoked.", label=label, name=name))
    return 0


def _opened(store: str | None, out: Path | None):  # type: ignore[no-untyped-def]  # noqa: ANN202
    from extract.cli.serving import opened_store

    return opened_store(store, out)


def _password(stdin: bool) -> str:  # noqa: FBT001
    """A password from standard input, or typed twice without being shown."""
    import sys

    if stdin or not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    typed: str = typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    return typed
