"""Every error that this package raises, in one tree.

    ExtractError
    ├── UsageError               wrong use or configuration                     exit 2
    │   ├── SettingsError        extract.toml or the environment cannot be read
    │   ├── FactsFileError       a facts table lacks columns or cannot be parsed
    │   ├── CatalogueError       a catalogue of indicators cannot be read or contradicts itself
    │   ├── TableFormatError     a table cannot be written in the format asked for
    │   ├── ChartError           there is nothing to draw, or no way to draw it
    │   ├── ResultsFolderError   the folder of results is missing, foreign or not writable
    │   ├── AccessError          the endpoint takes no question: unknown model, no credit
    │   │   └── KeyRefusedError  the key is wrong, missing, or did not arrive
    │   ├── CacheError           the folder of answers cannot be used
    │   │   └── CacheFullError   an answer could not be kept                   exit 1
    │   └── StoreError           the store of the desk cannot be used
    ├── WorkerLostError          a process of ours ended before its work did   exit 1
    ├── BudgetError              the next question would pass a limit          exit 1
    ├── ChunkFailure             one chunk got no good answer; the others go on    exit 1
    │   ├── TruncatedAnswerError
    │   ├── RefusedAnswerError
    │   ├── FilteredAnswerError
    │   ├── EmptyAnswerError
    │   ├── MalformedAnswerError
    │   ├── CutPromptError       the endpoint read only a part of the question
    │   ├── RejectedQuestionError
    │   └── EndpointError        unreachable or failing, after all retries
    ├── DeskRefusal              the desk does not do what it was asked; `status` is that of HTTP
    │   ├── FilterError, VerdictError, CorrectionError, IdempotencyError, UploadError, AccountError
    │   ├── NotLoggedInError, LoginError, TooManyAttemptsError, ForbiddenError, NotFoundError
    │   ├── StaleVersionError, ClaimedError, CountChangedError
    │   └── StoreFullError       the disk is full or failing; nothing was saved
    └── InputError               one input file cannot be used; the others go on   exit 1
        ├── MissingFileError
        ├── UnreadableFileError
        ├── UndecodableTextError
        ├── BinaryFileError
        ├── EmptyTextError
        ├── TooLargeError
        ├── EncryptedFileError
        ├── OldFormatError       .doc, .wps, .rtf … and no LibreOffice to convert them
        ├── PictureOnlyError     a scanned PDF without a text layer
        ├── DamagedFileError     the format's own rules are broken
        ├── UnsafeArchiveError   an archive that unpacks to too much, or outside itself
        ├── SlowFileError        reading takes longer than allowed
        └── NoReportError        the text holds no government work report

Each carries `hint`, a sentence for the person who meets it: what to do next. `retryable` says whether
the same call may succeed later without any change.
"""


class ExtractError(Exception):
    """Root of the tree. `str(error)` says what and where; `hint` says what to do."""

    hint: str = ""
    retryable: bool = False
    exit_code: int = 1

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(message)
        if hint is not None:
            self.hint = hint
        if self.hint:
            self.add_note(self.hint)  # a notebook shows it below the message


class UsageError(ExtractError):
    """The command was used in a way that cannot work."""

    exit_code = 2


class SettingsError(UsageError):
    """A settings file or an environment variable holds something unusable."""

    hint = "Correct the named setting, or remove it to use the default."


class FactsFileError(UsageError):
    """A facts table cannot be understood."""

    hint = "One row per number; `value` is required. See `extract check --help` for the columns."


class TableFormatError(UsageError):
    """A table cannot be written in the format asked for."""

    hint = "Choose another --format; jsonl and csv hold every table of any length."


class ChartError(UsageError):
    """There is nothing to draw, or no way to draw it."""

    hint = "See what the tables hold: extract panel OUT."


class CatalogueError(UsageError):
    """A catalogue of indicators cannot be used."""

    hint = "Correct the named place; `extract indicators file` prints the built-in catalogue."


class ResultsFolderError(UsageError):
    """The folder of results is missing, foreign or not writable."""

    hint = "Name another folder with --out, or make this one writable."


class InputError(ExtractError):
    """One input cannot be used; the others go on."""


class MissingFileError(InputError):
    """There is no such file."""

    hint = "Check the path; quote globs so that the command expands them."


class UnreadableFileError(InputError):
    """The file is there but cannot be read."""

    hint = "Check the permissions and the disk."
    retryable = True


class UndecodableTextError(InputError):
    """The bytes are neither UTF-8 nor GB18030."""

    hint = "Save the file as UTF-8 text and run again."


class BinaryFileError(InputError):
    """The bytes are of no kind that is read."""

    hint = "Text, Markdown, HTML, DOCX, PDF and ZIP are read; save other files as one of these."


class EmptyTextError(InputError):
    """The file holds no text."""

    hint = "Check the download; the file is empty or holds only blanks."


class TooLargeError(InputError):
    """The file is larger than `max_bytes`."""

    hint = "Raise max_bytes in extract.toml, or split the file."


class EncryptedFileError(InputError):
    """The document opens only with a password."""

    hint = "Open it with its password and save it without one. 请用密码打开，另存为不加密的文件。"


class OldFormatError(InputError):
    """A format of old office programs, which is only read by way of LibreOffice."""

    hint = (
        "Install LibreOffice, or save the file as DOCX: soffice --headless --convert-to docx FILE. "
        "请用 LibreOffice、WPS 或 Word 另存为 DOCX。"
    )


class PictureOnlyError(InputError):
    """The pages are pictures; there is no text in them."""

    hint = "Run text recognition (OCR) over it first, for example: ocrmypdf -l chi_sim IN.pdf OUT.pdf. 扫描件，请先做文字识别。"


class DamagedFileError(InputError):
    """The document breaks the rules of its own format."""

    hint = "Download it again, or open it and save it anew. 文件已损坏，请重新下载或另存。"


class UnsafeArchiveError(InputError):
    """An archive that would unpack to far too much, or outside its folder."""

    hint = "Do not unpack it by hand unless you know where it comes from. 压缩包可疑，请核实来源。"


class SlowFileError(InputError):
    """Reading takes longer than allowed."""

    hint = "Open it and save it anew, or as text; a document that is this slow is mostly damaged. 文件解析超时，请另存后再试。"


class NoReportError(InputError):
    """The text holds no government work report."""

    hint = "Only government work reports (政府工作报告) are read; other articles are left alone."


class AccessError(UsageError):
    """The endpoint takes no question at all: wrong key, unknown model, no credit. The run stops.

    Attributes:
        unsent: no request left this machine.
    """

    unsent: bool = False
    hint = "Check --base-url, --model and the key with `extract doctor`; results so far are kept."


class KeyRefusedError(AccessError):
    """The endpoint does not let us in.

    Attributes:
        arrived: false where the endpoint says that no key came, though one was sent.
    """

    arrived: bool = True


class CacheError(UsageError):
    """The folder of answers cannot be used as it is."""

    hint = "Look at it with `extract cache verify`, or name another folder with --cache."


class CacheFullError(CacheError):
    """An answer could not be kept: the disk is full or failing."""

    hint = "Free some space and run again: the answers kept so far cost nothing."
    retryable = True
    exit_code = 1


class ChunkFailure(ExtractError):  # noqa: N818 - a family; each leaf is called an error
    """One chunk got no good answer; the others go on. `code` names the failure in results.

    Attributes:
        spent: what asking in vain has cost: requests, prompt tokens, completion tokens, cached tokens
            and so on (the fields of `extract.engines.llm.exchange.Usage`).
        down: the endpoint itself is in trouble, whatever the question.
        retry_after: seconds that the endpoint asks to wait before the next try, where it says so.
        unsent: no request left this machine; there was nobody to send it to.
        excused: the request only looked whether an endpoint that went down is back; it counts as no attempt.
    """

    code: str = "failed"
    spent: tuple[int, ...] = (0, 0, 0, 0)
    down: bool = False
    retry_after: float | None = None
    unsent: bool = False
    excused: bool = False


class RejectedQuestionError(ChunkFailure):
    """The endpoint does not take this question; asking again would change nothing.

    Attributes:
        parameter: what it does not take of the request, where it names something of it.
    """

    code = "rejected"
    parameter: str | None = None
    hint = "Try another --mode (see `extract doctor`); the message says what the endpoint did not like."


class TruncatedAnswerError(ChunkFailure):
    """The answer broke off at the token limit."""

    code = "truncated"
    hint = "The chunk is split and asked again; raise --max-output-tokens if it happens often."


class RefusedAnswerError(ChunkFailure):
    """The model refused to answer."""

    code = "refused"
    hint = "Try another model for this chunk; the rules engine reads it without a model."


class FilteredAnswerError(ChunkFailure):
    """The provider's content filter held the answer back."""

    code = "filtered"
    hint = "Try another provider for this chunk; the rules engine reads it without a model."


class EmptyAnswerError(ChunkFailure):
    """The endpoint sent no choice or no content."""

    code = "empty"
    hint = "Run again; if it stays empty, try another --mode or model."
    retryable = True


class MalformedAnswerError(ChunkFailure):
    """The answer did not fit the schema, even after it was asked again."""

    code = "malformed"
    hint = "Try another --mode (see `extract doctor`) or a more capable model."


class CutPromptError(ChunkFailure):
    """The endpoint read only a part of the question, so that its answer says nothing."""

    code = "cut"
    hint = "Give the model a longer context (Ollama: OLLAMA_CONTEXT_LENGTH=16384; llama.cpp: -c 16384), then run again."


class EndpointError(ChunkFailure):
    """The endpoint could not be reached or failed, after all retries."""

    code = "endpoint"
    hint = "Check the endpoint with `extract doctor`, then run again: only failed chunks are asked."
    retryable = True


class WorkerLostError(ExtractError):
    """A process of ours ended before its work did."""

    hint = "Run it again with --jobs 1, which needs less memory."


class BudgetError(ExtractError):
    """The next question would pass --max-cost or --max-tokens."""

    hint = "Raise the limit and run again: finished answers are kept and cost nothing."


class StoreError(UsageError):
    """The store of the desk cannot be opened, or another version of this program made it."""

    hint = "Check --store, and that the folder or the database server can be reached and written to."


class DeskRefusal(ExtractError):  # noqa: N818 - a family; each leaf is called an error
    """The desk does not do what it was asked.

    Attributes:
        status: of the answer, as HTTP has it.
        code: its name in JSON.
    """

    status: int = 400
    code: str = "refused"


class FilterError(DeskRefusal):
    """A filter or an order that is not on the list."""

    code = "bad_filter"
    hint = "Filters: state, kind, code, type, report, region, year, reviewer; also sort and page."


class VerdictError(DeskRefusal):
    """A verdict that does not fit the item."""

    status = 422
    code = "bad_verdict"
    hint = "Records are approved, corrected or rejected; open numbers and unread parts are added or no fact."


class CorrectionError(DeskRefusal):
    """A correction that gives no record.

    Attributes:
        fields: what is wrong with each field, by its path.
    """

    status = 422
    code = "bad_correction"
    hint = "Correct the fields that are named."

    def __init__(self, message: str, fields: dict[str, str] | None = None) -> None:
        super().__init__(message)
        self.fields = fields or {}


class IdempotencyError(DeskRefusal):
    """A key that was used before, for something else."""

    status = 422
    code = "key_used_before"
    hint = "Use a new key for each decision; the same key is only for sending the same decision again."


class UploadError(DeskRefusal):
    """A file that is not taken in."""

    code = "bad_upload"
    hint = "Send plain files with plain names, within the limits of size and number."


class AccountError(DeskRefusal):
    """A user, role, password or token that cannot be as asked."""

    status = 422
    code = "bad_account"
    hint = "Names are letters, digits, . _ -; passwords have at least 10 characters."
    exit_code = 2


class NotLoggedInError(DeskRefusal):
    """Nobody is logged in, or the session or token has ended."""

    status = 401
    code = "not_logged_in"
    hint = "Log in, or send a token: Authorization: Bearer …"


class LoginError(DeskRefusal):
    """Name and password do not fit."""

    status = 401
    code = "login_failed"
    hint = "Check both; an administrator can set a new password with: extract desk user password NAME"


class TooManyAttemptsError(DeskRefusal):
    """Too many failed logins."""

    status = 429
    code = "too_many_attempts"
    hint = "Wait some minutes and try again."
    retryable = True


class ForbiddenError(DeskRefusal):
    """The role does not go so far, or the request came from another site."""

    status = 403
    code = "forbidden"
    hint = "Ask an administrator for another role."


class NotFoundError(DeskRefusal):
    """There is no such item, report, job or user."""

    status = 404
    code = "not_found"
    hint = "Go back to the queue; a later run may have replaced it."


class StaleVersionError(DeskRefusal):
    """The item has changed since it was opened. The desk adds both versions to the answer."""

    status = 409
    code = "stale_version"
    hint = "Compare both versions and decide again."


class ClaimedError(DeskRefusal):
    """Somebody else has the item open."""

    status = 409
    code = "claimed"
    hint = "Take the next one, wait, or take it over."


class CountChangedError(DeskRefusal):
    """The filter now holds another number of items than was confirmed.

    Attributes:
        count: how many it holds now.
    """

    status = 409
    code = "count_changed"
    hint = "Look at the new count and confirm again."

    def __init__(self, message: str, count: int) -> None:
        super().__init__(message)
        self.count = count


class StoreFullError(DeskRefusal):
    """The store could not write: the disk is full or failing. Nothing of the decision was saved."""

    status = 507
    code = "store_full"
    hint = "Free some space and save again; nothing was lost but this one try."
    retryable = True
