"""Documents are read by another process, which ends when it takes too much; the next one starts anew."""

import json
import subprocess
import sys
from dataclasses import asdict

import pytest

from extract.documents.readers import serving, watch
from extract.documents.readers.bounds import Bounds
from extract.documents.readers.confinement import network_is_given_up
from extract.documents.readers.isolation import ReadingProcess
from extract.documents.readers.watch import has_kernel_limits
from extract.errors import DamagedFileError, EmptyTextError, InputError, SlowFileError, TooLargeError

from .made import docx, lines, page, paragraphs, pdf


@pytest.fixture(scope="module", params=["kernel", "watched"])
def process(request):
    """Bounded by the kernel where there are such limits, and as it is where there are none."""
    if request.param == "kernel" and not has_kernel_limits():
        pytest.skip("the kernel of this machine has no limits")
    one = ReadingProcess(watched=request.param == "watched")
    yield one
    one.close()


def test_what_comes_back_is_what_the_reader_made(process):
    decoded = process.read(docx("一、回顾\n增长6.4%。"), "docx", Bounds())
    assert decoded.text == "一、回顾\n增长6.4%。\n"
    assert decoded.hints.headings[0].level == 1


def test_an_error_comes_back_as_the_leaf_that_it_is(process):
    with pytest.raises(EmptyTextError, match="no text") as caught:
        process.read(b"<html></html>", "html", Bounds())
    assert caught.value.hint


def test_any_fault_of_a_parser_is_a_damaged_file(process):
    with pytest.raises(DamagedFileError):
        process.read(b"%PDF-1.4 and nothing else", "pdf", Bounds())


def test_too_much_time_ends_the_process_and_the_next_document_is_read(process):
    """Processor time, so that a busy machine refuses nothing; a page that was read adds to it."""
    slow = page(paragraphs("增长6.4%。\n" * 20_000), furniture=400).encode()
    with pytest.raises(SlowFileError, match=r"0\.2 seconds"):
        process.read(slow, "html", Bounds(seconds=0.2, seconds_per_page=0))
    assert process.read(docx("好"), "docx", Bounds()).text == "好\n"


def test_the_clock_ends_it_too(process):
    slow = page(paragraphs("增长6.4%。\n" * 20_000), furniture=400).encode()
    with pytest.raises(SlowFileError):
        process.read(slow, "html", Bounds(wall_seconds=0.2))


def test_too_much_memory_is_refused(process):
    large = docx("增长6.4%。" * 400_000)
    with pytest.raises(TooLargeError, match="45 MB"):
        process.read(large, "docx", Bounds(memory_bytes=45_000_000))
    assert process.read(docx("好"), "docx", Bounds()).text == "好\n"


def test_a_process_that_is_killed_costs_one_document():
    process = ReadingProcess()
    try:
        process.read(docx("好"), "docx", Bounds())
        running = process._running()
        running.kill()
        running.wait()
        assert process.read(docx("好"), "docx", Bounds()).text == "好\n"
    finally:
        process.close()


def test_each_page_that_was_read_adds_time(monkeypatch):
    """From the page on at which the pages may take more than the document by itself."""
    monkeypatch.setattr(serving.time, "process_time", lambda: 100.0)
    allowed = []
    clock = serving.Clock(Bounds(seconds=2, seconds_per_page=0.5), allowed.append)
    for _ in range(4):
        clock.extend()
    assert allowed == [102.0, 102.0, 102.0, 102.5, 103.0]


def test_many_pages_are_read_where_each_may_take_its_time(process):
    """The time of the document alone would not do."""
    data = pdf(*[lines("增长6.4%。") for _ in range(40)])
    assert len(process.read(data, "pdf", Bounds(seconds=0.01, seconds_per_page=1)).hints.pages) == 40


def test_a_module_of_the_working_folder_is_not_taken_for_a_library(tmp_path, monkeypatch):
    """A file `docx.py` beside the reports must not run."""
    (tmp_path / "docx.py").write_text("raise SystemExit('ran')")
    monkeypatch.chdir(tmp_path)
    one = ReadingProcess()
    try:
        assert one.read(docx("好"), "docx", Bounds()).text == "好\n"
    finally:
        one.close()


def test_an_answer_names_its_error_only_from_the_tree(process):
    with pytest.raises(InputError):
        process.read(b"", "docx", Bounds())


@pytest.mark.skipif(not has_kernel_limits(), reason="the kernel of this machine has no limits")
@pytest.mark.parametrize("fault", [None, SlowFileError("slow"), MemoryError(), RecursionError(), KeyError()])
def test_a_document_leaves_no_timer_to_the_next_one(monkeypatch, fault):
    """What it did not use of its time would end whoever comes next."""
    import signal

    monkeypatch.setattr(serving, "bound_memory", lambda _: None)  # this process is that of the tests
    armed = []

    def read(*_):
        armed.append(signal.getitimer(signal.ITIMER_PROF)[0] > 0)
        if fault:
            raise fault
        return b"read"

    bounds = asdict(Bounds(seconds=1_000))
    serving.answered(read, {"bounds": bounds}, b"", None)
    left = signal.getitimer(signal.ITIMER_PROF)[0]
    watch.unbound_time()
    assert armed == [True]
    assert left == 0


def test_what_reads_documents_gets_no_socket():
    """Whatever a document makes a library do, nobody is told of it."""
    if not network_is_given_up():
        pytest.skip("the kernel of this machine takes the network from no program")
    tried = (
        "import socket\nfrom extract.documents.readers.serving import serve\n"
        "def kinds(*_):\n"
        "    out = b''\n"
        "    for family in (socket.AF_INET, socket.AF_INET6, socket.AF_UNIX, socket.AF_NETLINK):\n"
        "        try: socket.socket(family).close()\n"
        "        except OSError: out += b'-'\n"
        "        else: out += b'+'\n"
        "    return out\n"
        "serve(kinds)\n"
    )
    request = json.dumps({"size": 0, "bounds": asdict(Bounds()), "watched": False}).encode() + b"\n"
    done = subprocess.run([sys.executable, "-c", tried], input=request, capture_output=True, check=True)
    assert done.stdout.endswith(b"\n----")


class KilledAtFirst(ReadingProcess):
    """Its processes are killed by somebody as soon as they run, the first few times.

    Args:
        times: how many times.
    """

    def __init__(self, times):
        super().__init__(watched=False)
        self.times = times
        self.started = 0

    def _running(self):
        process = super()._running()
        self.started += 1
        if self.started <= self.times:
            process.kill()
        return process


@pytest.mark.skipif(sys.platform == "win32", reason="there nobody can tell that a process was killed")
def test_a_document_whose_process_was_killed_is_read_by_the_next():
    """Memory that others took ended it; twice is too often, and the document is said to be no damaged one."""
    process = KilledAtFirst(1)
    try:
        assert process.read(docx("好"), "docx", Bounds()).text == "好\n"
        process = KilledAtFirst(2)
        with pytest.raises(TooLargeError, match="was killed") as told:
            process.read(docx("好"), "docx", Bounds())
        assert "max_memory" not in told.value.hint
        assert process.read(docx("好"), "docx", Bounds()).text == "好\n"
    finally:
        process.close()
