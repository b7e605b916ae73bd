"""Takes the network from this process and from all that it starts, where the kernel offers that: on Linux, by seccomp.

A filter refuses new sockets, and the other way to come by one (io_uring). It holds for every program that is started
later, and nothing takes it off again. Neither rights nor a namespace are needed. macOS and Windows offer nothing of
the kind to a program without rights.

Run as `python offline.py PROGRAM ARGUMENTS…` this becomes that program, without the network; alone it ends with 0
where no socket can be had. It needs nothing but the standard library, so it starts without the package.
"""

import os
import platform
import struct
import subprocess
import sys
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
_NO_NEW_PRIVILEGES, _SET_SECCOMP, _FILTER = 38, 22, 2


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
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    zero = ctypes.c_ulong(0)
    if prctl(_NO_NEW_PRIVILEGES, ctypes.c_ulong(1), zero, zero, zero):
        return False
    return prctl(_SET_SECCOMP, ctypes.c_ulong(_FILTER), ctypes.byref(told), zero, zero) == 0


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


def without_network(command: list[str]) -> list[str]:
    """A command that starts a program without the network, where the kernel offers that."""
    if sys.platform != "linux":
        return command
    return [sys.executable, "-I", "-S", __file__, *command]


@cache
def network_is_given_up() -> bool:
    """Whether a process that gives up the network here does get no socket."""
    if sys.platform != "linux":
        return False
    tried = subprocess.run(without_network([]), capture_output=True, check=False)  # noqa: S603 - this file itself
    return tried.returncode == 0


def _main(command: list[str]) -> int:
    """Become a program without the network; with none, see whether a socket can be had."""
    give_up_network(local_sockets=True)
    if command:
        os.execv(command[0], command)  # noqa: S606 - what the caller would have started
    import socket

    try:
        socket.socket(socket.AF_INET).close()
    except OSError:
        return 0
    return 1


if __name__ == "__main__":
    sys.exit(_main(sys.argv[1:]))
