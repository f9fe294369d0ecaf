"""exp, log, trigonometry and powers that give the same bits on every machine.

The system's mathematical library differs between processors and operating systems in the last digit, and one
last digit is enough to make two runs part. These use only `+ - * /`, floor and the bits of a float64, which
every machine agrees on. Errors below are in ulp (units in the last place) or absolute, and are tested.

Reductions and coefficients follow fdlibm: Copyright (C) 1993 by Sun Microsystems, Inc. All rights reserved.
Developed at SunSoft, a Sun Microsystems, Inc. business. Permission to use, copy, modify, and distribute this
software is freely granted, provided that this notice is preserved.
"""

import numpy as np

from sim.core.kernel import kernel

LARGEST = 1.7976931348623157e308
"""The largest finite float64, which `exp` and `power` give instead of infinity."""

TRIG_LIMIT = 1.0e6
"""The largest angle, in radians, that `sin` and `cos` accept."""

_LN2_HI = 6.93147180369123816490e-01
_LN2_LO = 1.90821492927058770002e-10
_INV_LN2 = 1.44269504088896338700e00
_EXP_TOP = 709.782712893384
_EXP_BOTTOM = -745.1332191019412

_MANTISSA = 0x000FFFFFFFFFFFFF
_ONE_BITS = 0x3FF0000000000000
_SMALLEST_NORMAL = 2.2250738585072014e-308
_TWO_54 = 18014398509481984.0
_SQRT_2 = 1.4142135623730951

_INV_HALF_PI = 6.36619772367581382433e-01
_HALF_PI_1 = 1.57079632673412561417e00
_HALF_PI_2 = 6.07710050630396597660e-11
_HALF_PI_3 = 2.02226624879595063154e-21
_HALF_PI = 1.5707963267948966
_HALF_PI_LO = 6.123233995736766e-17
_PI = 3.141592653589793
_PI_LO = 1.2246467991473532e-16


@kernel
def _power_of_two(k: int) -> float:
    """Return 2 to the power k exactly, for -1022 <= k <= 1023."""
    return np.int64((k + 1023) << 52).view(np.float64)


@kernel
def exp(x: float) -> float:
    """Return e to the power x, within 1 ulp.

    Never infinite: above 709.78 it stays at `LARGEST`, so that ratios of exps stay numbers. Below -745.13
    it is 0. nan stays nan.
    """
    if x != x:
        return x
    if x > _EXP_TOP:
        return LARGEST
    if x < _EXP_BOTTOM:
        return 0.0
    k: float = np.floor(x * _INV_LN2 + 0.5)
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
    y = 1.0 - ((lo - (r * c) / (2.0 - c)) - hi)
    # In two halves, because 2**k alone would overflow at the top and lose bits at the bottom of the range.
    whole = int(k)
    half = whole >> 1
    return y * _power_of_two(half) * _power_of_two(whole - half)


@kernel
def log(x: float) -> float:
    """Return the natural logarithm of x, within 1 ulp.

    log of 0 is -inf, of a negative number nan, of inf inf; nan stays nan.
    """
    if x != x or x < 0.0:
        return np.nan
    if x == 0.0:
        return -np.inf
    if x > LARGEST:
        return x
    k = np.int64(0)
    if x < _SMALLEST_NORMAL:
        x *= _TWO_54
        k = np.int64(-54)
    bits = np.float64(x).view(np.int64)
    k += (bits >> 52) - 1023
    m = np.int64((bits & _MANTISSA) | _ONE_BITS).view(np.float64)
    if m > _SQRT_2:
        m *= 0.5
        k += 1
    f = m - 1.0
    s = f / (2.0 + f)
    z = s * s
    w = z * z
    odd = z * (
        6.666666666666735130e-01
        + w * (2.857142874366239149e-01 + w * (1.818357216161805012e-01 + w * 1.479819860511658591e-01))
    )
    even = w * (3.999999999940941908e-01 + w * (2.222219843214978396e-01 + w * 1.531383769920937332e-01))
    half_square = 0.5 * f * f
    return k * _LN2_HI - ((half_square - (s * (half_square + (odd + even)) + k * _LN2_LO)) - f)


@kernel
def _sin_small(x: float) -> float:
    """Return sin x for |x| <= pi/4."""
    z = x * x
    tail = 8.33333333332248946124e-03 + z * (
        -1.98412698298579493134e-04
        + z * (2.75573137070700676789e-06 + z * (-2.50507602534068634195e-08 + z * 1.58969099521155010221e-10))
    )
    return x + x * z * (-1.66666666666666324348e-01 + z * tail)


@kernel
def _cos_small(x: float) -> float:
    """Return cos x for |x| <= pi/4."""
    z = x * x
    tail = z * (
        4.16666666666666019037e-02
        + z
        * (
            -1.38888888888741095749e-03
            + z
            * (
                2.48015872894767294178e-05
                + z * (-2.75573143513906633035e-07 + z * (2.08757232129817482790e-09 + z * -1.13596475577881948265e-11))
            )
        )
    )
    half = 0.5 * z
    w = 1.0 - half
    return w + (((1.0 - w) - half) + z * tail)


@kernel
def _quarter_turns(x: float, ahead: int) -> float:
    """Return sin(x + ahead * pi/2), for |x| <= TRIG_LIMIT; nan for any other x."""
    if not (-TRIG_LIMIT <= x <= TRIG_LIMIT):
        return np.nan
    n = np.floor(x * _INV_HALF_PI + 0.5)
    # pi/2 in three pieces: the first two are short enough that their products with n are exact.
    far = x - n * _HALF_PI_1
    step = n * _HALF_PI_2
    near = far - step
    r = near - (n * _HALF_PI_3 - ((far - near) - step))
    quadrant = (np.int64(n) + ahead) & 3
    y = _sin_small(r) if quadrant & 1 == 0 else _cos_small(r)
    return -y if quadrant & 2 else y


@kernel
def sin(x: float) -> float:
    """Return the sine of x radians, within 2.3e-16; nan when |x| is beyond `TRIG_LIMIT`."""
    return _quarter_turns(x, 0)


@kernel
def cos(x: float) -> float:
    """Return the cosine of x radians, within 2.3e-16; nan when |x| is beyond `TRIG_LIMIT`."""
    return _quarter_turns(x, 1)


@kernel
def _atan_unit(x: float) -> float:
    """Return the angle in [0, pi/4] whose tangent is x, for 0 <= x <= 1."""
    hi = 0.0
    lo = 0.0
    if x >= 0.6875:
        hi = 7.85398163397448278999e-01
        lo = 3.06161699786838301793e-17
        x = (x - 1.0) / (x + 1.0)
    elif x >= 0.4375:
        hi = 4.63647609000806093515e-01
        lo = 2.26987774529616870924e-17
        x = (2.0 * x - 1.0) / (2.0 + x)
    z = x * x
    w = z * z
    odd = z * (
        3.33333333333329318027e-01
        + w
        * (
            1.42857142725034663711e-01
            + w
            * (
                9.09088713343650656196e-02
                + w * (6.66107313738753120669e-02 + w * (4.97687799461593236017e-02 + w * 1.62858201153657823623e-02))
            )
        )
    )
    even = w * (
        -1.99999999998764832476e-01
        + w
        * (
            -1.11111104054623557880e-01
            + w * (-7.69187620504482999495e-02 + w * (-5.83357013379057348645e-02 + w * -3.65315727442169155270e-02))
        )
    )
    return hi - ((x * (odd + even) - lo) - x)


@kernel
def atan2(y: float, x: float) -> float:
    """Return the angle of the vector (x, y), from -pi to pi, counter-clockwise from east, within 4.5e-16.

    The zero vector has angle 0, and both zeros count as positive. x and y must be finite, else nan.
    """
    across = abs(x)
    up = abs(y)
    if not (across <= LARGEST and up <= LARGEST):
        return np.nan
    if across == 0.0 and up == 0.0:
        return 0.0
    if up <= across:
        angle = _atan_unit(up / across)
    else:
        angle = _HALF_PI - (_atan_unit(across / up) - _HALF_PI_LO)
    if x < 0.0:
        angle = _PI - (angle - _PI_LO)
    return -angle if y < 0.0 else angle


@kernel
def sigmoid(x: float) -> float:
    """Return 1 / (1 + exp(-x)), within 3 ulp, between 0 and 1 for every x; nan stays nan."""
    if x >= 0.0:
        return 1.0 / (1.0 + exp(-x))
    e = exp(x)
    return e / (1.0 + e)


@kernel
def power(x: float, y: float) -> float:
    """Return x to the power y for x >= 0, with relative error below (2 + |y log x|) * 2.3e-16; nan for x < 0.

    Anything to the power 0 is 1. 0 to a positive power is 0, and to a negative one, like every result too
    large to hold, `LARGEST`. Whole powers need not be exact: write x * x where x * x is meant.
    """
    if y == 0.0:
        return 1.0
    if x == 0.0:
        return 0.0 if y > 0.0 else LARGEST if y < 0.0 else np.nan
    return exp(y * log(x))
