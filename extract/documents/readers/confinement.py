"""What a program that reads documents of strangers is kept from, where the kernel offers that: on Linux alone.

The network: a filter (seccomp) refuses new sockets, and the other way to come by one (io_uring). Files: Landlock
refuses to open any but those of some folders. Both hold for all programs that are started later, nothing takes them
off again, and neither rights nor a namespace are needed. macOS and Windows offer nothing of the kind to a program
without rights.

Run as `python confinement.py PARENT FOLDER PROGRAM ARGUMENTS…` this runs that program, without the network and with
the files of the system and of the folder alone, and ends it when the process PARENT ends, however that ends; without
arguments it ends with 0 where no socket can be had. It needs nothing but the standard library, so it starts without
the package.
"""

import os
import platform
import signal
import struct
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from functools import cache

_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000
_NOT_PERMITTED, _NO_SUCH_CALL, _NO_SUCH_FAMILY = 1, 38, 97
_NUMBER, _MACHINE, _FIRST_ARGUMENT = 0, 4, 16
"""Where they stand in `struct seccomp_data`, on machines with the low byte first."""
_MACHINES = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198), "riscv64": (0xC00000F3, 198)}
"""As `AUDIT_ARCH_…` calls them, and the number of `socket` there."""
_IO_URING_SETUP = 425
_FOREIGN_CALLS = 0x40000000
"""From here on x86-64 has the calls of x32, under numbers of their own."""
_AF_UNIX = 1
_TELL_WHEN_PARENT_ENDS, _NO_NEW_PRIVILEGES, _SET_SECCOMP, _FILTER = 1, 38, 22, 2

_CREATE_RULESET, _ADD_RULE, _RESTRICT = 444, 445, 446
"""The calls of Landlock, the same on all machines."""
_BENEATH = 1
_WRITE_FILE, _READ_FILE, _READ_FOLDER = 2, 4, 8
_OF_A_FILE = _WRITE_FILE | _READ_FILE
_SYSTEM = (
    "/usr", "/lib", "/lib32", "/lib64", "/bin", "/opt", "/nix", "/gnu", "/proc", "/sys", "/etc/ld.so.cache",
    "/etc/fonts", "/etc/libreoffice", "/etc/localtime", "/var/cache/fontconfig", "/var/lib/libreoffice",
    "/var/spool/libreoffice",
)  # fmt: skip
"""What programs and their libraries stand in; nothing of the people who use the machine."""
_DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom", "/dev/tty")


def give_up_network(*, local_sockets: bool = False) -> bool:
    """Let this process, and all that it starts, open no socket any more. Call it before there are threads.

    Args:
        local_sockets: leave those that only reach programs of this machine (`AF_UNIX`).

    Returns:
        Whether the kernel took it.
    """
    if sys.platform != "linux" or sys.byteorder != "little" or sys.maxsize < 2**32:
        return False
    if (machine := _MACHINES.get(platform.machine())) is None:
        return False
    try:
        import ctypes
    except ImportError:
        return False
    program = _program(*machine, local_sockets=local_sockets)
    kept = ctypes.create_string_buffer(program, len(program))

    class Filter(ctypes.Structure):
        _fields_ = (("length", ctypes.c_ushort), ("program", ctypes.c_void_p))

    told = Filter(len(program) // 8, ctypes.addressof(kept))
    prctl, zero = ctypes.CDLL(None).prctl, ctypes.c_ulong(0)
    if prctl(_NO_NEW_PRIVILEGES, ctypes.c_ulong(1), zero, zero, zero):
        return False
    return bool(prctl(_SET_SECCOMP, ctypes.c_ulong(_FILTER), ctypes.byref(told), zero, zero) == 0)


def _program(machine: int, socket: int, *, local_sockets: bool) -> bytes:
    """The filter: `struct sock_filter` after `struct sock_filter`, each jump counted in steps that are passed over."""
    steps = [
        (_LOAD, 0, 0, _MACHINE),
        (_EQUAL, 1, 0, machine),
        (_RETURN, 0, 0, _REFUSE | _NOT_PERMITTED),
        (_LOAD, 0, 0, _NUMBER),
        (_AT_LEAST, 0, 1, _FOREIGN_CALLS),
        (_RETURN, 0, 0, _REFUSE | _NO_SUCH_CALL),
        (_EQUAL, 0, 1, _IO_URING_SETUP),
        (_RETURN, 0, 0, _REFUSE | _NO_SUCH_CALL),
        (_EQUAL, 1, 0, socket),
        (_RETURN, 0, 0, _ALLOW),
    ]
    if local_sockets:
        steps += [(_LOAD, 0, 0, _FIRST_ARGUMENT), (_EQUAL, 0, 1, _AF_UNIX), (_RETURN, 0, 0, _ALLOW)]
    steps.append((_RETURN, 0, 0, _REFUSE | _NO_SUCH_FAMILY))
    return b"".join(struct.pack("=HBBI", *step) for step in steps)


def keep_to_folders(read: Sequence[str], write: Sequence[str]) -> bool:
    """Let this process, and all that it starts, open no file but those beneath some folders (or these files).

    Args:
        read: may be read.
        write: may be read and written.

    Returns:
        Whether the kernel took it.
    """
    if sys.platform != "linux" or sys.maxsize < 2**32:
        return False
    try:
        import ctypes
    except ImportError:
        return False
    library = ctypes.CDLL(None)
    handled = struct.pack("=Q", _OF_A_FILE | _READ_FOLDER)
    rules = library.syscall(_CREATE_RULESET, handled, ctypes.c_size_t(len(handled)), 0)
    if rules < 0:
        return False
    for folders, access in ((read, _READ_FILE | _READ_FOLDER), (write, _OF_A_FILE | _READ_FOLDER)):
        for folder in folders:
            try:
                opened = os.open(folder, os.O_PATH | os.O_CLOEXEC)
            except OSError:
                continue
            allowed = access if os.path.isdir(folder) else access & _OF_A_FILE  # noqa: PTH112 - the module starts fast
            library.syscall(_ADD_RULE, rules, _BENEATH, struct.pack("=Qi", allowed, opened), 0)
            os.close(opened)
    zero = ctypes.c_ulong(0)
    if library.prctl(_NO_NEW_PRIVILEGES, ctypes.c_ulong(1), zero, zero, zero):
        return False
    done = bool(library.syscall(_RESTRICT, rules, 0) == 0)
    os.close(rules)
    return done


def confined(command: list[str], folder: str) -> list[str]:
    """A command that starts a program without the network, and with the files of the system and of a folder alone.

    As far as the kernel offers that. The end of this process, whatever ends it, is that of the program and of all that
    the program has started.
    """
    if sys.platform != "linux":
        return command
    return [sys.executable, "-I", "-S", __file__, str(os.getpid()), folder, *command]


@cache
def network_is_given_up() -> bool:
    """Whether a process that gives up the network here does get no socket."""
    return _passes("")


@cache
def files_are_kept() -> bool:
    """Whether a process that keeps to some folders here cannot open a file of another."""
    return _passes(__file__)


def _passes(tried: str) -> bool:
    if sys.platform != "linux":
        return False
    command = [sys.executable, "-I", "-S", __file__, *([tried] if tried else [])]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0  # noqa: S603 - this file itself


def _main(arguments: list[str]) -> int:
    """Run a program that is kept to a folder; with less, see what this process is kept from."""
    if len(arguments) > 1:
        parent, folder, *command = arguments
        _end_with(int(parent))
        give_up_network(local_sockets=True)
        home = os.path.dirname(os.path.dirname(os.path.realpath(command[0])))  # noqa: PTH120 - the module starts fast
        keep_to_folders([*_SYSTEM, home], [*_DEVICES, folder])
        return subprocess.run(command, check=False).returncode  # noqa: S603 - what the caller would have started
    return _refused_file(arguments[0]) if arguments else _refused_socket()


def _end_with(parent: int) -> None:
    """End this process and all that it starts as soon as its parent ends, even where that is killed."""
    if sys.platform != "linux":
        return

    def end(*_: object) -> None:
        os.killpg(0, signal.SIGKILL)

    signal.signal(signal.SIGTERM, end)
    with suppress(PermissionError):  # it has been given a session of its own
        os.setsid()
    try:
        import ctypes
    except ImportError:
        return
    zero = ctypes.c_ulong(0)
    ctypes.CDLL(None).prctl(_TELL_WHEN_PARENT_ENDS, ctypes.c_ulong(signal.SIGTERM), zero, zero, zero)
    if os.getppid() != parent:  # it ended before that
        end()


def _refused_socket() -> int:
    import socket

    give_up_network()
    try:
        socket.socket(socket.AF_INET).close()
    except OSError:
        return 0
    return 1


def _refused_file(path: str) -> int:
    keep_to_folders([], [])
    try:
        os.close(os.open(path, os.O_RDONLY))
    except OSError:
        return 0
    return 1


if __name__ == "__main__":
    sys.exit(_main(sys.argv[1:]))
