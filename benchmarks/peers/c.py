"""The C tape interpreter: c_tape.c compiled on this machine with gcc -O3, run over the tapes of this engine."""

from __future__ import annotations

import ctypes
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.peers import PeerMissingError
from engine.ops import LEAF, OPS
from engine.tape import CONSTANT, Tape

SOURCE = Path(__file__).resolve().parent.parent / "c_tape.c"
FLAGS = ("-O3", "-shared", "-fPIC")


class Interpreter:
    """The compiled library."""

    def __init__(self) -> None:
        gcc = shutil.which("gcc")
        if not gcc:
            raise PeerMissingError(
                "The C tape interpreter needs gcc, which is not on this machine. On Debian or Ubuntu: apt install gcc"
            )
        with tempfile.TemporaryDirectory() as folder:
            built = Path(folder) / "c_tape.so"
            command = [gcc, *FLAGS, "-o", str(built), str(SOURCE), "-lm"]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            if done.returncode:
                raise PeerMissingError(f"gcc could not compile c_tape.c:\n{done.stderr.strip()}")
            self.library = ctypes.CDLL(str(built))
            self.version = subprocess.run(
                [gcc, "-dumpfullversion"], capture_output=True, text=True, check=True
            ).stdout.strip()

    def code(self, op: str) -> int:
        code = self.library.tape_code(op.encode())
        if code < 0:
            raise ValueError(f"c_tape.c has no {op}")
        return code


class CTape:
    """A tape in the interpreter's columns."""

    def __init__(self, interpreter: Interpreter, tape: Tape) -> None:
        self.library = interpreter.library
        size = len(tape)
        self.output = tape.output
        self.op = np.zeros(size, dtype=np.uint8)
        self.a, self.b = np.zeros(size, dtype=np.int32), np.zeros(size, dtype=np.int32)
        self.data: NDArray[np.float64] = np.array(tape.data, dtype=np.float64)
        self.start = self.data.copy()
        self.grad: NDArray[np.float64] = np.zeros(size)
        roles = tape.roles
        for node, (op, operands) in enumerate(zip(tape.ops, tape.operands, strict=True)):
            if op == LEAF:
                continue
            constant = OPS[op].infix == "**" and roles[operands[1]] == CONSTANT
            self.op[node] = interpreter.code(f"{op}_constant" if constant else op)
            self.a[node], self.b[node] = operands[0], operands[-1]
        self.parameters = np.array(
            [node for node, role in enumerate(roles) if role == "parameter"], dtype=np.int32
        )

    def reset(self) -> None:
        self.data[:] = self.start

    def step(self) -> None:
        """Forward and backward, once."""
        self.library.tape_forward(len(self.op), *map(_at, (self.op, self.a, self.b, self.data)))
        columns = map(_at, (self.op, self.a, self.b, self.data, self.grad))
        self.library.tape_backward(len(self.op), *columns, self.output)

    def train(self, steps: int, rate: float) -> Sequence[float]:
        """Gradient descent inside C; the parameters afterwards."""
        columns = map(_at, (self.op, self.a, self.b, self.data, self.grad))
        count = len(self.parameters)
        self.library.tape_train(
            len(self.op), *columns, self.output, _at(self.parameters), count, ctypes.c_double(rate), steps
        )
        return self.data[self.parameters].tolist()


def _at(array: NDArray) -> ctypes.c_void_p:
    return ctypes.c_void_p(array.ctypes.data)
