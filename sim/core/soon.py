"""Telling the processor inside a kernel what will be asked for soon, so that it has it by then.

Worth its while where many rows are asked for in another order than they lie in. It changes no result.
"""

from types import SimpleNamespace
from typing import Any

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

_numba: Any = SimpleNamespace(cgutils=cgutils, intrinsic=intrinsic)  # what numba says of its own types changes
_BYTE, _INT32 = ir.IntType(8), ir.IntType(32)
_HOW = (0, 3, 1)
"""To be read, to be kept near, data and no instructions: as the compiler numbers them."""


@_numba.intrinsic  # type: ignore[untyped-decorator]
def soon(typing: Any, array: Any, at: Any) -> Any:
    """Have array[at] brought near, of a table the beginning of that row; nothing waits for it or is changed."""

    def build(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        held = _numba.cgutils.create_struct_proxy(sig.args[0])(context, builder, args[0])
        start = builder.bitcast(held.data, _BYTE.as_pointer())
        place = builder.gep(start, [builder.mul(args[1], builder.extract_value(held.strides, 0))])
        shape = ir.FunctionType(ir.VoidType(), [_BYTE.as_pointer(), _INT32, _INT32, _INT32])
        fetch = _numba.cgutils.get_or_insert_function(builder.module, shape, "llvm.prefetch.p0i8")
        builder.call(fetch, [place, *(ir.Constant(_INT32, value) for value in _HOW)])
        return context.get_dummy_value()

    return types.none(array, types.intp), build
