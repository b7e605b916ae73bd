"""Documents that link to elsewhere, converted by the LibreOffice of this machine: it asks nobody and takes nothing."""

import http.server
import io
import struct
import subprocess
import sys
import threading
import zipfile
import zlib

import pytest

from extract.documents.readers import confinement, office
from extract.documents.readers.formats import Format

SECRET = b"SECRET-OF-THIS-MACHINE"
NAMES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
    "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
    "script": "urn:oasis:names:tc:opendocument:xmlns:script:1.0",
    "xlink": "http://www.w3.org/1999/xlink",
    "ooo": "http://openoffice.org/2004/office",
    "dom": "http://www.w3.org/2001/xml-events",
    "manifest": "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0",
    "library": "http://openoffice.org/2000/library",
}
XMLNS = " ".join(f'xmlns:{name}="{uri}"' for name, uri in NAMES.items())
ODT_KIND = "application/vnd.oasis.opendocument.text"


@pytest.fixture(scope="module")
def program():
    """LibreOffice with Writer."""
    found = office.converter()
    if found is None or not office.has_writer(found):
        pytest.skip("LibreOffice with Writer is not installed")
    return found


@pytest.fixture
def server():
    """A server of this machine that writes down what it is asked for."""
    asked = []

    class Listening(http.server.BaseHTTPRequestHandler):
        def __getattr__(self, name):
            if name.startswith("do_"):
                return self.answer
            raise AttributeError(name)

        def answer(self):
            asked.append(f"{self.command} {self.path}")
            self.send_response(200)
            self.end_headers()
            self.wfile.write(SECRET)

        def log_message(self, *_):
            pass

    one = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Listening)
    threading.Thread(target=one.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{one.server_port}", asked
    one.shutdown()
    one.server_close()


@pytest.fixture
def private(tmp_path):
    """Files of somebody who uses this machine."""
    (tmp_path / "secret.txt").write_bytes(SECRET)
    (tmp_path / "secret.rtf").write_bytes(b"{\\rtf1 " + SECRET + b"}")
    (tmp_path / "secret.odt").write_bytes(odt(f"<text:p>{SECRET.decode()}</text:p>"))
    (tmp_path / "secret.png").write_bytes(png())
    return tmp_path


def png():
    def part(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = part(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))
    said = part(b"tEXt", b"Comment\x00" + SECRET)
    return b"\x89PNG\r\n\x1a\n" + head + said + part(b"IDAT", zlib.compress(bytes(4))) + part(b"IEND", b"")


def odt(body, scripts="", more=()):
    files = {
        "content.xml": f'<office:document-content {XMLNS} office:version="1.2">{scripts}<office:body><office:text>'
        f"<text:p>hello</text:p>{body}</office:text></office:body></office:document-content>",
        **dict(more),
    }
    kinds = {"/": ODT_KIND, **dict.fromkeys(files, "text/xml")}
    files["META-INF/manifest.xml"] = (
        f"<manifest:manifest {XMLNS}>"
        + "".join(
            f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{kind}"/>'
            for path, kind in kinds.items()
        )
        + "</manifest:manifest>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", ODT_KIND)
        for path, content in files.items():
            archive.writestr(path, content)
    return out.getvalue()


def linking_odt(url, private):
    """Pictures, sections, objects and frames from elsewhere, and a macro that runs when it is opened."""
    linked = 'xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"'
    framed = "".join(
        f'<text:p><draw:frame svg:width="1cm" svg:height="1cm"><draw:{kind} xlink:href="{href}" {linked}/>'
        "</draw:frame></text:p>"
        for kind in ("image", "object", "floating-frame")
        for href in (f"{url}/{kind}", f"{(private / 'secret.png').as_uri()}")
    )
    sections = "".join(
        f'<text:section text:name="part{n}"><text:section-source xlink:href="{href}" xlink:type="simple"/>'
        f"<text:p>before</text:p></text:section>"
        for n, href in enumerate(
            (f"{url}/section.odt", *((private / f"secret.{kind}").as_uri() for kind in ("txt", "odt", "rtf")))
        )
    )
    macro = f'Sub Main\nOpen "{private / "ran"}" For Output As #1\nClose #1\nEnd Sub'
    return odt(
        framed + sections,
        '<office:scripts><office:event-listeners><script:event-listener script:language="ooo:script" '
        'script:event-name="dom:load" xlink:type="simple" '
        'xlink:href="vnd.sun.star.script:Standard.One.Main?language=Basic&amp;location=document"/>'
        "</office:event-listeners></office:scripts>",
        {
            "Basic/script-lc.xml": f'<library:libraries {XMLNS}><library:library library:name="Standard" '
            'library:link="false"/></library:libraries>',
            "Basic/Standard/script-lb.xml": f'<library:library {XMLNS} library:name="Standard" '
            'library:readonly="false" library:passwordprotected="false"><library:element library:name="One"/>'
            "</library:library>",
            "Basic/Standard/One.xml": f"<script:module {XMLNS} script:name='One' "
            f"script:language='StarBasic'>{macro}</script:module>",
        }.items(),
    )


def linking_rtf(url, private):
    """Pictures, texts and a template from elsewhere."""
    fields = "".join(
        rf'{{\field{{\*\fldinst {kind} "{place}"}}{{\fldrslt before}}}}'
        for kind in (r"INCLUDEPICTURE \\d", "INCLUDETEXT")
        for place in (
            f"{url}/rtf",
            *((private / name).as_posix() for name in ("secret.png", "secret.rtf", "secret.txt")),
            *((private / name).as_uri() for name in ("secret.png", "secret.rtf", "secret.txt")),
        )
    )
    return (rf"{{\rtf1\ansi hello {{\*\template {url}/t.dot}}{fields}}}").encode()


MADE = {Format.ODT: linking_odt, Format.RTF: linking_rtf}


def parts(made):
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def words(made):
    return b"".join(content for name, content in parts(made).items() if name.endswith(".xml"))


@pytest.mark.parametrize("form", MADE)
def test_links_of_a_document_are_not_followed(program, server, private, monkeypatch, form):
    """By its settings, wherever it runs."""
    monkeypatch.setattr(office, "confined", lambda command, _: command)
    url, asked = server
    made = office.to_docx(MADE[form](url, private), form, program)
    assert b"hello" in words(made)
    assert asked == []
    assert SECRET not in words(made)
    assert not (private / "ran").exists()


@pytest.mark.parametrize("form", MADE)
def test_what_a_document_links_to_is_out_of_reach(program, server, private, monkeypatch, form):
    """By the kernel, whatever the settings are and whatever LibreOffice makes of them."""
    if not (confinement.network_is_given_up() and confinement.files_are_kept()):
        pytest.skip("the kernel of this machine keeps programs from nothing")
    monkeypatch.setattr(office, "_CLOSED", ())
    url, asked = server
    made = office.to_docx(MADE[form](url, private), form, program)
    assert b"hello" in words(made)
    assert asked == []
    assert not any(SECRET in content for content in parts(made).values())


def test_a_confined_program_reads_and_writes_its_folder_and_nothing_of_people(tmp_path):
    if not confinement.files_are_kept():
        pytest.skip("the kernel of this machine keeps programs from nothing")
    own, other = tmp_path / "own", tmp_path / "other"
    for folder in (own, other):
        folder.mkdir()
        (folder / "a.txt").write_text("here")
    script = f"cat {own}/a.txt; echo x > {own}/b.txt; cat {other}/a.txt; echo x > {other}/a.txt; ls {other}"
    command = confinement.confined(["/bin/sh", "-c", script], str(own))
    done = subprocess.run(command, capture_output=True, check=False)
    assert done.stdout == b"here"
    assert (own / "b.txt").read_text() == "x\n"
    assert (other / "a.txt").read_text() == "here"


def test_a_program_is_started_as_it_was_named_where_nothing_is_offered(monkeypatch):
    monkeypatch.setattr(sys, "platform", "darwin")
    assert confinement.confined(["soffice", "a.doc"], "/folder") == ["soffice", "a.doc"]
