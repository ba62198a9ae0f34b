"""The subcommands of `seegrad`: one file each, `add_arguments(parser)` and `run(arguments) -> exit code`."""


class CommandError(Exception):
    """What a command could not do, in words for its user, and its exit code: 2 when what it was given is wrong."""

    def __init__(self, message: str, exit_code: int = 2) -> None:
        super().__init__(message)
        self.exit_code = exit_code
