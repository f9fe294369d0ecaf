"""Logistic regression by Newton's method, with a ridge that keeps it finite where outcomes are perfectly separated."""

from collections.abc import Sequence

from sim.core.maths import sigmoid

STEPS = 60
CLOSE = 1e-9


def logistic(rows: Sequence[Sequence[float]], outcomes: Sequence[float], *, ridge: float = 0.1) -> list[float]:
    """Return the intercept and one coefficient for each column, in log odds.

    Maximises the log likelihood less `ridge` / 2 times the sum of the squared coefficients, intercept apart.

    Args:
        rows: One row of predictors for each trial, all equally long.
        outcomes: 0 or 1 for each trial.
        ridge: Strength of the penalty, above 0.
    """
    design = [(1.0, *row) for row in rows]
    size = len(design[0])
    b = [0.0] * size
    for _ in range(STEPS):
        gradient = [0.0 if k == 0 else -ridge * b[k] for k in range(size)]
        curvature = [[ridge if j == k and k > 0 else 0.0 for j in range(size)] for k in range(size)]
        for x, y in zip(design, outcomes, strict=True):
            p = sigmoid(sum(bk * xk for bk, xk in zip(b, x, strict=True)))
            weight = max(1e-12, p * (1.0 - p))
            for k in range(size):
                if x[k]:
                    gradient[k] += (y - p) * x[k]
                    for j in range(size):
                        curvature[k][j] += weight * x[k] * x[j]
        step = solved(curvature, gradient)
        # Newton overshoots where the likelihood is nearly flat: no coefficient moves by more than 2 at once.
        longest = max(abs(s) for s in step)
        shorten = min(1.0, 2.0 / longest) if longest > 0.0 else 1.0
        b = [bk + shorten * s for bk, s in zip(b, step, strict=True)]
        if longest < CLOSE:
            break
    return b


def solved(matrix: Sequence[Sequence[float]], right: Sequence[float]) -> list[float]:
    """Return x with matrix x = right, by elimination with the largest pivot; the matrix is not singular."""
    n = len(right)
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    for k in range(n):
        pivot = max(range(k, n), key=lambda r: abs(rows[r][k]))
        rows[k], rows[pivot] = rows[pivot], rows[k]
        for r in range(k + 1, n):
            factor = rows[r][k] / rows[k][k]
            for c in range(k, n + 1):
                rows[r][c] -= factor * rows[k][c]
    x = [0.0] * n
    for k in reversed(range(n)):
        x[k] = (rows[k][n] - sum(rows[k][c] * x[c] for c in range(k + 1, n))) / rows[k][k]
    return x
