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
    │   ├── NotLoggedInError, LoginError, TooManyAttemptsError, BusyError, ForbiddenError, NotFoundError
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

from extract.messages import Message


class ExtractError(Exception):
    """Root of the tree. `str(error)` says what and where; `hint` says what to do.

    Both are English, and messages that can be said in another language where they are shown (`extract.messages`).

    Args:
        message: a `Message`, so that it has its Chinese; a plain string stays English.
        hint: in place of that of the class.
    """

    hint: str = ""
    retryable: bool = False
    exit_code: int = 1

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(message)
        if hint is not None:
            self.hint = hint
        if self.hint:
            self.add_note(self.hint)  # a notebook shows it below the message

    def __str__(self) -> str:
        """The message as it was given, with its template and values."""
        message: str = self.args[0]
        return message


class UsageError(ExtractError):
    """The command was used in a way that cannot work."""

    exit_code = 2


class SettingsError(UsageError):
    """A settings file or an environment variable holds something unusable."""

    hint = Message("Correct the named setting, or remove it to use the default.")


class FactsFileError(UsageError):
    """A facts table cannot be understood."""

    hint = Message(
        "Give one row per number; the column `value` is required. See `extract check --help` for the columns."
    )


class TableFormatError(UsageError):
    """A table cannot be written in the format asked for."""

    hint = Message("Choose another --format; jsonl and csv can hold every table.")


class ChartError(UsageError):
    """There is nothing to draw, or no way to draw it."""

    hint = Message("See what there is: extract panel OUT")


class CatalogueError(UsageError):
    """A catalogue of indicators cannot be used."""

    hint = Message(
        "Correct the place that is named. `extract indicators file` prints the built-in catalogue as a model."
    )


class ResultsFolderError(UsageError):
    """The folder of results is missing, foreign or not writable."""

    hint = Message("Use another folder with --out, or make this one writable.")


class InputError(ExtractError):
    """One input cannot be used; the others go on."""


class MissingFileError(InputError):
    """There is no such file."""

    hint = Message("Check the path. Put patterns such as '*.txt' in quotation marks.")


class UnreadableFileError(InputError):
    """The file is there but cannot be read."""

    hint = Message("Check the file's permissions and the disk.")
    retryable = True


class UndecodableTextError(InputError):
    """The bytes are neither UTF-8 nor GB18030."""

    hint = Message("Save the file as UTF-8 text and run again.")


class BinaryFileError(InputError):
    """The bytes are of no kind that is read."""

    hint = Message("Text, Markdown, HTML, DOCX, PDF and ZIP can be read. Save the file as one of these.")


class EmptyTextError(InputError):
    """The file holds no text."""

    hint = Message("Check the file, or download it again.")


class TooLargeError(InputError):
    """The file is larger than `max_bytes`."""

    hint = Message("Raise max_bytes in extract.toml, or split the file.")


class EncryptedFileError(InputError):
    """The document opens only with a password."""

    hint = Message("Open it with its password and save a copy without one.")


class OldFormatError(InputError):
    """A format of old office programs, which is only read by way of LibreOffice."""

    hint = Message(
        "Install LibreOffice with its Writer (Debian, Ubuntu: the package libreoffice-writer), "
        "or save the file as DOCX with Word or WPS."
    )


class PictureOnlyError(InputError):
    """The pages are pictures; there is no text in them."""

    hint = Message(
        "The pages are scanned pictures. Run text recognition (OCR) first, for example: "
        "ocrmypdf -l chi_sim IN.pdf OUT.pdf"
    )


class DamagedFileError(InputError):
    """The document breaks the rules of its own format."""

    hint = Message("The file is damaged. Download it again, or open it and save a new copy.")


class UnsafeArchiveError(InputError):
    """An archive that would unpack to far too much, or outside its folder."""

    hint = Message("Do not unpack it by hand unless you trust its source.")


class SlowFileError(InputError):
    """Reading takes longer than allowed."""

    hint = Message(
        "Open it and save a new copy, or save it as text. A document that takes this long is usually damaged."
    )


class NoReportError(InputError):
    """The text holds no government work report."""

    hint = Message("Only government work reports (政府工作报告) are read.")


class AccessError(UsageError):
    """The endpoint takes no question at all: wrong key, unknown model, no credit. The run stops.

    Attributes:
        unsent: no request left this machine.
    """

    unsent: bool = False
    hint = Message(
        "Check --base-url, --model and the key with `extract doctor`. The results so far are kept."
    )


class RunCancelledError(UsageError):
    """Somebody cancelled the run; no further question is asked."""

    hint = Message("What was finished is kept.")


class KeyRefusedError(AccessError):
    """The endpoint does not let us in.

    Attributes:
        arrived: false where the endpoint says that no key came, though one was sent.
    """

    arrived: bool = True


class CacheError(UsageError):
    """The folder of answers cannot be used as it is."""

    hint = Message("Check it with `extract cache verify`, or use another folder with --cache.")


class CacheFullError(CacheError):
    """An answer could not be kept: the disk is full or failing."""

    hint = Message("Free some disk space and run again. Answers already saved are not paid for again.")
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
        unread: an answer came that could not be used as it was; it was paid for, though what it took is not told.
        excused: the request only looked whether an endpoint that went down is back; it counts as no attempt.
    """

    code: str = "failed"
    spent: tuple[int, ...] = (0, 0, 0, 0)
    down: bool = False
    retry_after: float | None = None
    unsent: bool = False
    unread: bool = False
    excused: bool = False


class RejectedQuestionError(ChunkFailure):
    """The endpoint does not take this question; asking again would change nothing.

    Attributes:
        parameter: what it does not take of the request, where it names something of it.
    """

    code = "rejected"
    parameter: str | None = None
    hint = Message("Try another --mode; `extract doctor` tells which ones work.")


class TruncatedAnswerError(ChunkFailure):
    """The answer broke off at the token limit."""

    code = "truncated"
    hint = Message("The part is split and sent again. If this happens often, raise --max-output-tokens.")


class RefusedAnswerError(ChunkFailure):
    """The model refused to answer."""

    code = "refused"
    hint = Message("Try another model, or use the rules engine for this report.")


class FilteredAnswerError(ChunkFailure):
    """The provider's content filter held the answer back."""

    code = "filtered"
    hint = Message("Try another provider, or use the rules engine for this report.")


class EmptyAnswerError(ChunkFailure):
    """The endpoint sent no choice or no content."""

    code = "empty"
    hint = Message("Run again. If the answer stays empty, try another --mode or model.")
    retryable = True


class MalformedAnswerError(ChunkFailure):
    """The answer did not fit the schema, even after it was asked again."""

    code = "malformed"
    hint = Message("Try another --mode (see `extract doctor`) or a stronger model.")


class CutPromptError(ChunkFailure):
    """The endpoint read only a part of the question, so that its answer says nothing."""

    code = "cut"
    hint = Message(
        "Give the model a longer context (Ollama: OLLAMA_CONTEXT_LENGTH=16384; llama.cpp: -c 16384), "
        "then run again."
    )


class EndpointError(ChunkFailure):
    """The endpoint could not be reached or failed, after all retries."""

    code = "endpoint"
    hint = Message(
        "Check the endpoint with `extract doctor`, then run again. Only the failed parts are sent again."
    )
    retryable = True


class WorkerLostError(ExtractError):
    """A process of ours ended before its work did."""

    hint = Message("Run again with --jobs 1, which needs less memory.")


class BudgetError(ExtractError):
    """The next question would pass --max-cost or --max-tokens."""

    hint = Message("Raise the limit and run again. Finished answers are kept and are not paid for again.")


class StoreError(UsageError):
    """The store of the desk cannot be opened, or another version of this program made it."""

    hint = Message("Check --store, and that the folder or the database server can be reached and written to.")


class DeskRefusal(ExtractError):  # noqa: N818 - a family; each leaf is called an error
    """The desk does not do what it was asked.

    Attributes:
        status: of the answer, as HTTP has it.
        code: its name in JSON.
        retry_after: after so many seconds it may be done; None where that is not known.
    """

    status: int = 400
    code: str = "refused"
    retry_after: int | None = None

    def __init__(self, message: str, *, hint: str | None = None, retry_after: int | None = None) -> None:
        super().__init__(message, hint=hint)
        self.retry_after = retry_after


class FilterError(DeskRefusal):
    """A filter or an order that is not on the list."""

    code = "bad_filter"
    hint = Message(
        "The filters are state, kind, code, type, report, region, year and reviewer, besides sort and page."
    )


class VerdictError(DeskRefusal):
    """A verdict that does not fit the item."""

    status = 422
    code = "bad_verdict"
    hint = Message(
        "Records can be approved, corrected or rejected. For numbers without a record and "
        "unread parts, add a record or mark them as not a fact."
    )


class CorrectionError(DeskRefusal):
    """A correction that gives no record.

    Attributes:
        fields: what is wrong with each field, by its path.
    """

    status = 422
    code = "bad_correction"
    hint = Message("Correct the fields that are marked.")

    def __init__(self, message: str, fields: dict[str, str] | None = None) -> None:
        super().__init__(message)
        self.fields = fields or {}


class IdempotencyError(DeskRefusal):
    """A key that was used before, for something else."""

    status = 422
    code = "key_used_before"
    hint = Message("Use a new key for each decision. Repeat a key only to send the same decision again.")


class UnstorableError(DeskRefusal):
    """A text or a number that the store cannot keep; the store itself is well."""

    status = 422
    code = "unstorable"
    hint = Message("Remove control characters, and shorten very long texts and numbers.")


class UploadError(DeskRefusal):
    """A file that is not taken in."""

    code = "bad_upload"
    hint = Message("Check the names, the size and the number of the files.")


class AccountError(DeskRefusal):
    """A user, role, password or token that cannot be as asked."""

    status = 422
    code = "bad_account"
    hint = Message("Names may hold letters, digits and . _ -. Passwords need at least 10 characters.")
    exit_code = 2


class NotLoggedInError(DeskRefusal):
    """Nobody is logged in, or the session or token has ended."""

    status = 401
    code = "not_logged_in"
    hint = Message("Log in, or send a token in the header `Authorization: Bearer …`.")


class LoginError(DeskRefusal):
    """Name and password do not fit."""

    status = 401
    code = "login_failed"
    hint = Message(
        "Check both. An administrator can set a new password with: extract desk user password NAME"
    )


class TooManyAttemptsError(DeskRefusal):
    """Too many failed logins."""

    status = 429
    code = "too_many_attempts"
    hint = Message("Wait a few minutes, then try again.")
    retryable = True


class BusyError(DeskRefusal):
    """More people want the same at once than the desk takes."""

    status = 503
    code = "busy"
    hint = Message("Try again in a few seconds.")
    retryable = True


class ForbiddenError(DeskRefusal):
    """The role does not go so far, or the request came from another site."""

    status = 403
    code = "forbidden"
    hint = Message("Ask an administrator for another role.")


class NotFoundError(DeskRefusal):
    """There is no such item, report, job or user."""

    status = 404
    code = "not_found"
    hint = Message("Go back to the queue. A later run may have replaced it.")


class StaleVersionError(DeskRefusal):
    """The item has changed since it was opened. The desk adds both versions to the answer."""

    status = 409
    code = "stale_version"
    hint = Message("Compare the two versions and decide again.")


class JobEndedError(DeskRefusal):
    """An upload that has ended cannot be cancelled any more."""

    status = 409
    code = "job_ended"
    hint = Message("What was read of it stands in the queue.")


class ClaimedError(DeskRefusal):
    """Somebody else has the item open."""

    status = 409
    code = "claimed"
    hint = Message("Choose another item, wait, or take this one over.")


class CountChangedError(DeskRefusal):
    """The filter now holds another number of items than was confirmed.

    Attributes:
        count: how many it holds now.
    """

    status = 409
    code = "count_changed"
    hint = Message("Check the new number and confirm again.")

    def __init__(self, message: str, count: int) -> None:
        super().__init__(message)
        self.count = count


class StoreFullError(DeskRefusal):
    """The store could not write: the disk is full or failing. Nothing of the decision was saved."""

    status = 507
    code = "store_full"
    hint = Message("Free some disk space and save again. Nothing else was lost.")
    retryable = True
