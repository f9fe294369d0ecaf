"""Eight numbers at a time, inside kernels: one instruction where the processor has wide registers.

A kernel that looks at many neighbours spends its time on the same few sums for each. A `Lanes` value holds eight
float64 and does them together; a `Mask` holds eight answers. Every operation is the one float64 operation that
IEEE 754 defines, lane by lane, and sums over lanes are taken first to last, so the bits are those of a plain loop and
the same on every processor: the compiler splits lanes where registers are narrower.

Everything here exists inside kernels alone. Lanes take `+ - * /`, unary minus and comparisons, with each other and
with a float; masks take `& | ~`.
"""

import operator
from collections.abc import Callable, Sequence
from types import SimpleNamespace
from typing import Any, Final, TypeAlias, cast

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.core.imputils import lower_builtin
from numba.core.typing.templates import ConcreteTemplate, infer_global, signature
from numba.extending import intrinsic, models, register_model

from sim.core.kernel import inlined

LANES: Final = 8
"""How many numbers a `Lanes` holds; arrays read by `load` and written by `store` or `pack` need that much spare room
behind the last place in use."""

Lanes: TypeAlias = Any
"""Eight float64, inside a kernel."""

Mask: TypeAlias = Any
"""Eight answers, inside a kernel."""

_INV_LN2: Final = 1.44269504088896338700e00
_LN2_HI: Final = 6.93147180369123816490e-01
_LN2_LO: Final = 1.90821492927058770002e-10


_numba: Any = SimpleNamespace(
    UniTuple=types.UniTuple,
    cgutils=cgutils,
    infer_global=infer_global,
    intrinsic=intrinsic,
    lower_builtin=lower_builtin,
    signature=signature,
)  # what numba says of its own types changes with its version


def _inside(fn: Callable[..., Any]) -> Callable[..., Any]:
    """Return `fn`, which tells the compiler what to build, as something kernels can call."""
    return cast("Callable[..., Any]", _numba.intrinsic(fn))


class _LanesType(types.Type):
    def __init__(self) -> None:
        super().__init__(name="Lanes")


class _MaskType(types.Type):
    def __init__(self) -> None:
        super().__init__(name="Mask")


_LANES, _MASK = _LanesType(), _MaskType()
_ONE = types.float64
_BIT, _BYTE, _INT32, _INT64 = ir.IntType(1), ir.IntType(8), ir.IntType(32), ir.IntType(64)
_EIGHT = ir.VectorType(ir.DoubleType(), LANES)
_BITS = ir.VectorType(_BIT, LANES)
_WHOLE = ir.VectorType(_INT64, LANES)
_NONE = ir.Constant(_WHOLE, [0] * LANES)


@register_model(_LanesType)
class _LanesModel(models.PrimitiveModel):
    def __init__(self, manager: Any, kind: Any) -> None:
        super().__init__(manager, kind, _EIGHT)  # type: ignore[no-untyped-call]  # numba says nothing of it


@register_model(_MaskType)
class _MaskModel(models.PrimitiveModel):
    def __init__(self, manager: Any, kind: Any) -> None:
        super().__init__(manager, kind, _BITS)  # type: ignore[no-untyped-call]


def _spread(builder: Any, value: Any) -> Any:
    """A float in all lanes; lanes as they are."""
    if value.type == _EIGHT:
        return value
    blank = ir.Constant(_EIGHT, ir.Undefined)
    first = builder.insert_element(blank, value, ir.Constant(_INT32, 0))
    return builder.shuffle_vector(first, blank, ir.Constant(ir.VectorType(_INT32, LANES), [0] * LANES))


def _turned(builder: Any, lanes: Any, places: int) -> Any:
    """The lanes moved so many places to the front, the first ones to the back."""
    order = [(k + places) % LANES for k in range(LANES)]
    return builder.shuffle_vector(lanes, lanes, ir.Constant(ir.VectorType(_INT32, LANES), order))


def _call(builder: Any, name: str, result: Any, arguments: Sequence[Any]) -> Any:
    """The compiler's own function of that name."""
    shape = ir.FunctionType(result, [argument.type for argument in arguments])
    return builder.call(_numba.cgutils.get_or_insert_function(builder.module, shape, name), arguments)


def _place(context: Any, builder: Any, kind: Any, array: Any, at: Any, eight: Any = _EIGHT) -> Any:
    """The address of eight numbers from array[at] on."""
    data = _numba.cgutils.create_struct_proxy(kind)(context, builder, array).data
    return builder.bitcast(builder.gep(data, [at]), eight.as_pointer())


def _define(name: Any, result: Any, kinds: Sequence[tuple[Any, ...]], build: Callable[..., Any]) -> None:
    """Teach the compiler what an operator means for these kinds of arguments."""

    class Typing(ConcreteTemplate):
        cases = [_numba.signature(result, *kind) for kind in kinds]  # noqa: RUF012 - numba's way of saying it

    _numba.infer_global(name)(Typing)
    for kind in kinds:

        def lower(context: Any, builder: Any, sig: Any, args: Any) -> Any:
            return build(builder, *args)

        _numba.lower_builtin(name, *kind)(lower)


_PAIRS = ((_LANES, _LANES), (_LANES, _ONE), (_ONE, _LANES))
for _name, _method in (
    (operator.add, "fadd"),
    (operator.sub, "fsub"),
    (operator.mul, "fmul"),
    (operator.truediv, "fdiv"),
):
    _define(_name, _LANES, _PAIRS, lambda b, x, y, m=_method: getattr(b, m)(_spread(b, x), _spread(b, y)))
for _name, _sign in ((operator.lt, "<"), (operator.le, "<="), (operator.gt, ">"), (operator.ge, ">=")):
    _define(_name, _MASK, _PAIRS, lambda b, x, y, s=_sign: b.fcmp_ordered(s, _spread(b, x), _spread(b, y)))
_define(operator.ne, _MASK, _PAIRS, lambda b, x, y: b.fcmp_unordered("!=", _spread(b, x), _spread(b, y)))
_define(operator.and_, _MASK, ((_MASK, _MASK),), lambda b, x, y: b.and_(x, y))
_define(operator.or_, _MASK, ((_MASK, _MASK),), lambda b, x, y: b.or_(x, y))
_define(operator.invert, _MASK, ((_MASK,),), lambda b, x: b.not_(x))
_define(operator.neg, _LANES, ((_LANES,),), lambda b, x: b.fneg(x))


@_inside
def load(typing: Any, array: Any, at: Any) -> Any:
    """Return the eight numbers from array[at] on."""

    def build(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        got = builder.load(_place(context, builder, sig.args[0], args[0], args[1]))
        got.align = 8
        return got

    return _LANES(array, types.intp), build


@_inside
def store(typing: Any, array: Any, at: Any, lanes: Any) -> Any:
    """Write eight numbers from array[at] on."""

    def build(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        builder.store(args[2], _place(context, builder, sig.args[0], args[0], args[1])).align = 8
        return context.get_dummy_value()

    return types.none(array, types.intp, lanes), build


@_inside
def pack(typing: Any, array: Any, at: Any, lanes: Any, mask: Any) -> Any:
    """Write the numbers whose answer is yes side by side from array[at] on, in order; what follows stays as it is."""

    def build(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        there = _place(context, builder, sig.args[0], args[0], args[1])
        rest = builder.load(there)
        rest.align = 8
        packed = _call(builder, "llvm.experimental.vector.compress.v8f64", _EIGHT, [args[2], args[3], rest])
        builder.store(packed, there).align = 8
        return context.get_dummy_value()

    return types.none(array, types.intp, lanes, mask), build


@_inside
def pack_places(typing: Any, array: Any, at: Any, first: Any, mask: Any) -> Any:
    """Write first + k for every lane k whose answer is yes, whole numbers side by side, from array[at] on.

    What is left over of the places up to array[at + 8] holds 0.
    """

    def build(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        lanes = builder.add(_alike(builder, args[2]), ir.Constant(_WHOLE, list(range(LANES))))
        _compress(context, builder, sig, args, lanes, args[3], _NONE)
        return context.get_dummy_value()

    return types.none(array, types.intp, types.int64, mask), build


@_inside
def pack_others(typing: Any, array: Any, at: Any, first: Any, past: Any, me: Any, mask: Any) -> Any:
    """Write first + k for every lane k whose answer is yes, but what is `past` or more and `me`; return how many.

    They are written side by side from array[at] on. What is left over of the places up to array[at + 8] holds 0.
    """

    def build(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        lanes = builder.add(_alike(builder, args[2]), ir.Constant(_WHOLE, list(range(LANES))))
        inside = builder.icmp_signed("<", lanes, _alike(builder, args[3]))
        others = builder.and_(inside, builder.icmp_signed("!=", lanes, _alike(builder, args[4])))
        wanted = builder.and_(args[5], others)
        _compress(context, builder, sig, args, lanes, wanted, _NONE)
        return builder.zext(builder.ctpop(builder.bitcast(wanted, _BYTE)), _INT64)

    return types.int64(array, types.intp, types.int64, types.int64, types.int64, mask), build


@_inside
def pack_whole(typing: Any, array: Any, to: Any, source: Any, at: Any, mask: Any) -> Any:
    """Write the whole numbers from source[at] on whose answer is yes side by side from array[to] on, in order.

    What follows stays as it is.
    """

    def build(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        lanes = builder.load(_place(context, builder, sig.args[2], args[2], args[3], _WHOLE))
        rest = builder.load(_place(context, builder, sig.args[0], args[0], args[1], _WHOLE))
        lanes.align = rest.align = 8
        _compress(context, builder, sig, args, lanes, args[4], rest)
        return context.get_dummy_value()

    return types.none(array, types.intp, source, types.intp, mask), build


def _alike(builder: Any, value: Any) -> Any:
    """The same whole number in all lanes."""
    first = builder.insert_element(ir.Constant(_WHOLE, ir.Undefined), value, ir.Constant(_INT32, 0))
    return builder.shuffle_vector(first, first, ir.Constant(ir.VectorType(_INT32, LANES), [0] * LANES))


def _compress(context: Any, builder: Any, sig: Any, args: Any, lanes: Any, mask: Any, rest: Any) -> None:
    """Write the whole numbers whose answer is yes side by side, and what stands in the same places of `rest` behind."""
    packed = _call(builder, "llvm.experimental.vector.compress.v8i64", _WHOLE, [lanes, mask, rest])
    builder.store(packed, _place(context, builder, sig.args[0], args[0], args[1], _WHOLE)).align = 8


@_inside
def columns(typing: Any, table: Any, places: Any, at: Any) -> Any:
    """Return the eight columns of eight rows: those that places[at] and the next seven name.

    `table` has rows of eight float64 side by side.
    """

    def build(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        data = _numba.cgutils.create_struct_proxy(sig.args[0])(context, builder, args[0]).data
        which = _numba.cgutils.create_struct_proxy(sig.args[1])(context, builder, args[1]).data
        rows = []
        for k in range(LANES):
            place = builder.load(builder.gep(which, [builder.add(args[2], ir.Constant(_INT64, k))]))
            row = builder.gep(data, [builder.mul(place, ir.Constant(_INT64, LANES))])
            rows.append(builder.load(builder.bitcast(row, _EIGHT.as_pointer())))
            rows[-1].align = 8
        # Rows 4, then 2, then 1 apart change half their numbers with each other.
        for apart in (4, 2, 1):
            low = [k + (0 if k & apart == 0 else LANES - apart) for k in range(LANES)]
            high = [k + (apart if k & apart == 0 else LANES) for k in range(LANES)]
            for k in range(LANES):
                if k & apart == 0:
                    a, b = rows[k], rows[k + apart]
                    for row, order in ((k, low), (k + apart, high)):
                        chosen = ir.Constant(ir.VectorType(_INT32, LANES), order)
                        rows[row] = builder.shuffle_vector(a, b, chosen)
        return context.make_tuple(builder, sig.return_type, rows)

    return _numba.UniTuple(_LANES, LANES)(table, places, types.intp), build


@_inside
def fill(typing: Any, value: Any) -> Any:
    """Return the same number in all lanes."""
    return _LANES(types.float64), lambda context, builder, sig, args: _spread(builder, args[0])


@_inside
def count_up(typing: Any, first: Any) -> Any:
    """Return first, first + 1, ... first + 7."""

    def build(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        return builder.fadd(_spread(builder, args[0]), ir.Constant(_EIGHT, [float(k) for k in range(LANES)]))

    return _LANES(types.float64), build


@_inside
def how_many(typing: Any, mask: Any) -> Any:
    """Return how many answers are yes."""

    def build(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        return builder.zext(builder.ctpop(builder.bitcast(args[0], _BYTE)), _INT64)

    return types.int64(mask), build


@_inside
def where(typing: Any, mask: Any, yes: Any, no: Any) -> Any:
    """Return the number of `yes` where the answer is yes, of `no` where it is no."""

    def build(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        return builder.select(args[0], _spread(builder, args[1]), _spread(builder, args[2]))

    return _LANES(mask, yes, no), build


@_inside
def root(typing: Any, lanes: Any) -> Any:
    """Return the square roots."""
    return _LANES(lanes), lambda context, builder, sig, args: _call(builder, "llvm.sqrt.v8f64", _EIGHT, args)


@_inside
def size(typing: Any, lanes: Any) -> Any:
    """Return the absolute values."""
    return _LANES(lanes), lambda context, builder, sig, args: _call(builder, "llvm.fabs.v8f64", _EIGHT, args)


@_inside
def floor(typing: Any, lanes: Any) -> Any:
    """Return the whole numbers just below."""
    return _LANES(lanes), lambda context, builder, sig, args: _call(builder, "llvm.floor.v8f64", _EIGHT, args)


@_inside
def add_up(typing: Any, start: Any, lanes: Any) -> Any:
    """Return start plus the first lane, plus the second, and so on."""

    def build(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        total = args[0]
        for k in range(LANES):
            total = builder.fadd(total, builder.extract_element(args[1], ir.Constant(_INT32, k)))
        return total

    return types.float64(types.float64, lanes), build


@_inside
def total(typing: Any, lanes: Any) -> Any:
    """Return the sum of eight numbers: of halves four apart, then two, then one. Sooner done than `add_up`."""

    def build(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        found = args[0]
        for apart in (4, 2, 1):
            found = builder.fadd(found, _turned(builder, found, apart))
        return builder.extract_element(found, ir.Constant(_INT32, 0))

    return types.float64(lanes), build


@_inside
def _power_of_two(typing: Any, lanes: Any) -> Any:
    """Return 2 to the power of whole numbers from -1022 to 1023."""

    def build(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        shifted = builder.add(builder.fptosi(args[0], _WHOLE), ir.Constant(_WHOLE, [1023] * LANES))
        return builder.bitcast(builder.shl(shifted, ir.Constant(_WHOLE, [52] * LANES)), _EIGHT)

    return _LANES(lanes), build


@inlined
def least(a: Lanes, b: Lanes) -> Lanes:
    """Return the smaller numbers; of `b` where either is none."""
    return where(a < b, a, b)


@inlined
def most(a: Lanes, b: Lanes) -> Lanes:
    """Return the larger numbers; of `b` where either is none."""
    return where(a > b, a, b)


@_inside
def smallest(typing: Any, lanes: Any) -> Any:
    """Return the smallest of eight numbers."""

    def build(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        found = args[0]
        for apart in (4, 2, 1):
            other = _turned(builder, found, apart)
            found = builder.select(builder.fcmp_ordered("<", found, other), found, other)
        return builder.extract_element(found, ir.Constant(_INT32, 0))

    return types.float64(lanes), build


@inlined
def exp(x: Lanes) -> Lanes:
    """Return e to the power of numbers from -700 to 700, with the bits of `sim.core.maths.exp`; below, as of -700."""
    x = most(x, fill(-700.0))
    k = floor(x * _INV_LN2 + 0.5)
    hi = x - k * _LN2_HI
    lo = k * _LN2_LO
    r = hi - lo
    t = r * r
    c = r - t * (
        1.66666666666666019037e-01
        + t
        * (
            -2.77777777770155933842e-03
            + t * (6.61375632143793436117e-05 + t * (-1.65339022054652515390e-06 + t * 4.13813679705723846039e-08))
        )
    )
    return (1.0 - ((lo - (r * c) / (2.0 - c)) - hi)) * _power_of_two(k)
