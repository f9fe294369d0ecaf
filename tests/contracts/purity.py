"""Which operations a core room may use: a checker that reads source and names every line that breaks a rule.

The same seed and orders must give the same bytes on every machine. So the core rooms use no builtin that
touches the world or varies between processes, no function whose last digit depends on a library or on the
processor's vector units, no unstable sort, and never the order of a set. Which modules they import is
import-linter's business.

What it cannot see is the type of a value made elsewhere: a set kept in another module's field passes unseen.
"""

import ast

BUILTINS = set("__import__ breakpoint compile eval exec hash id input open pow print".split())
NUMPY = set(
    "acos acosh angle arccos arccosh arcsin arcsinh arctan arctan2 arctanh asin asinh atan atan2 atanh "
    "cbrt convolve corrcoef correlate cos cosh cov datetime64 dot einsum emath exp exp2 expm1 fft "
    "float_power fromfile genfromtxt geomspace hypot inner kron linalg load loadtxt log log10 log1p "
    "log2 logaddexp logaddexp2 logspace matmul matvec memmap polyfit pow power random save savetxt "
    "savez savez_compressed sin sinc sinh tan tanh tensordot vdot vecdot vecmat".split()
)
MATH_ALLOWED = set(
    "ceil comb copysign fabs floor fmod frexp fsum gcd inf isclose isfinite isinf isnan isqrt lcm ldexp "
    "modf nan pi sqrt tau trunc".split()
)
ELSEWHERE = {"importlib.resources", "numba.objmode", "numba.prange", "operator.matmul", "operator.pow"}
SWITCHES = {"fastmath", "parallel"}
SORTS = {"argpartition", "argsort", "partition", "sort"}
STABLE = {"stable", "mergesort"}  # two names of one sort; numba knows only the second
KEEPS_ORDER = set("array deque dict enumerate extend filter fromiter iter join list map sum tuple zip".split())
SETS = {"AbstractSet", "FrozenSet", "Set", "frozenset", "set"}
SET_METHODS = {"difference", "intersection", "symmetric_difference", "union"}
SCOPES = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda


def faults(source: str) -> list[str]:
    """Every rule broken by `source`, as 'line: what is wrong', in the order of the lines."""
    reader = _Reader()
    reader.visit(ast.parse(source))
    return [f"{line}: {why}" for line, why in sorted(reader.found)]


class _Reader(ast.NodeVisitor):
    def __init__(self) -> None:
        self.found: list[tuple[int, str]] = []
        self.imported: dict[str, str] = {}  # np -> numpy
        self.set_names: list[set[str]] = [set()]  # one entry a scope: the names now bound to a set
        self.set_fields: set[str] = set()

    def fault(self, node: ast.expr | ast.stmt | ast.excepthandler, why: str) -> None:
        self.found.append((node.lineno, why))

    # --- names

    def visit_Import(self, node: ast.Import) -> None:
        for name in node.names:
            root = name.name.split(".")[0]
            self.imported[name.asname or root] = name.name if name.asname else root

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        for name in node.names:
            self.imported[name.asname or name.name] = f"{node.module}.{name.name}"
            self.judge_name(node, f"{node.module}.{name.name}")

    def dotted(self, node: ast.AST) -> str:
        """The full name of something imported, '' for everything else."""
        if isinstance(node, ast.Attribute):
            base = self.dotted(node.value)
            return f"{base}.{node.attr}" if base else ""
        return self.imported.get(node.id, "") if isinstance(node, ast.Name) else ""

    def judge_name(self, node: ast.expr | ast.stmt, name: str) -> None:
        root, *rest = name.split(".")
        inexact = {"math": {*rest[:1]} - MATH_ALLOWED, "numpy": {*rest} & NUMPY}.get(root)
        if inexact or root in {"builtins", "cmath"} or name in ELSEWHERE:
            self.fault(node, f"{name} is banned")

    def visit_Name(self, node: ast.Name) -> None:
        if node.id in self.imported:
            self.judge_name(node, self.imported[node.id])

    def visit_Attribute(self, node: ast.Attribute) -> None:
        if name := self.dotted(node):
            self.judge_name(node, name)
        else:
            self.generic_visit(node)

    # --- calls and operators

    def visit_Call(self, node: ast.Call) -> None:
        words = {word.arg: word.value for word in node.keywords if word.arg}
        name = self.dotted(node.func)
        owner = node.func.value if isinstance(node.func, ast.Attribute) and not name else None
        last = (name or ast.unparse(node.func)).rpartition(".")[2]
        for part in (node.func, words.get("key"), *(node.args if last in {"map", "filter"} else [])):
            if isinstance(part, ast.Name) and part.id in BUILTINS - self.imported.keys():
                self.fault(node, f"{part.id} is banned")
        if last in SORTS and (name.startswith("numpy.") or (owner and last != "partition")):  # str has that too
            of_a_list = last == "sort" and words.keys() & {"key", "reverse"}
            if not of_a_list and getattr(words.get("kind"), "value", None) not in STABLE:
                self.fault(node, f'{last} without kind="stable" (for a list: sorted)')
        for switch in SWITCHES & words.keys():
            self.judge_switch(node, switch, words[switch])
        breaks_ties = last in {"sorted", "min", "max"} and "key" in words
        if (last in KEEPS_ORDER or breaks_ties) and any(map(self.is_set, node.args)):
            self.fault(node, f"{last} of a set keeps the order of the set")
        if owner and (last == "dot" or (last == "pop" and self.is_set(owner))):
            self.fault(node, f".{last}() is banned here")
        self.generic_visit(node)

    def visit_Dict(self, node: ast.Dict) -> None:
        for key, value in zip(node.keys, node.values, strict=True):
            if isinstance(key, ast.Constant) and key.value in SWITCHES:
                self.judge_switch(node, key.value, value)
        self.generic_visit(node)

    def judge_switch(self, node: ast.expr, switch: str, value: ast.expr) -> None:
        if not (isinstance(value, ast.Constant) and value.value is False):
            self.fault(node, f"{switch} is banned")

    def judge_operator(self, node: ast.BinOp | ast.AugAssign, *sides: ast.expr) -> None:
        whole = [isinstance(side, ast.Constant) and isinstance(side.value, int) for side in sides]
        if isinstance(node.op, ast.MatMult):
            self.fault(node, "@ is banned")
        if isinstance(node.op, ast.Pow) and whole != [True, True]:
            self.fault(node, "** is banned, except between written whole numbers")
        self.generic_visit(node)

    def visit_BinOp(self, node: ast.BinOp) -> None:
        self.judge_operator(node, node.left, node.right)

    def visit_AugAssign(self, node: ast.AugAssign) -> None:
        self.judge_operator(node)

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> None:
        if node.type is None or getattr(node.type, "id", "") in {"BaseException", "Exception"}:
            self.fault(node, "catching every exception is banned")
        self.generic_visit(node)

    # --- the order of sets

    def is_set(self, node: ast.AST | None) -> bool:
        """Whether an expression is plainly a set: written, made, computed, or a name now bound to one."""
        match node:
            case ast.Set() | ast.SetComp():
                return True
            case ast.Call(func=ast.Name(id=name)):
                return name in SETS
            case ast.Call(func=ast.Attribute(value=value, attr=attr)):
                return attr in SET_METHODS or (attr == "copy" and self.is_set(value))
            case ast.BinOp(left=left, op=ast.Sub() | ast.BitOr() | ast.BitAnd() | ast.BitXor(), right=right):
                of_keys = any(ast.unparse(side).endswith((".keys()", ".items()")) for side in (left, right))
                return of_keys or self.is_set(left) or self.is_set(right)
            case ast.IfExp(body=body, orelse=orelse):
                return self.is_set(body) or self.is_set(orelse)
            case ast.Name(id=name):
                return any(name in names for names in self.set_names)
            case ast.Attribute(attr=attr):
                return attr in self.set_fields
        return False

    def bind(self, target: ast.expr, to_a_set: bool) -> None:
        if isinstance(target, ast.Attribute) and to_a_set:
            self.set_fields.add(target.attr)
        if isinstance(target, ast.Name):
            (self.set_names[-1].add if to_a_set else self.set_names[-1].discard)(target.id)

    def visit_Assign(self, node: ast.Assign) -> None:
        self.generic_visit(node)
        for target in node.targets:
            self.bind(target, self.is_set(node.value))

    def visit_NamedExpr(self, node: ast.NamedExpr) -> None:
        self.generic_visit(node)
        self.bind(node.target, self.is_set(node.value))

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        self.generic_visit(node)
        self.bind(node.target, _says_set(node.annotation) or self.is_set(node.value))

    def visit_arg(self, node: ast.arg) -> None:
        if _says_set(node.annotation):
            self.set_names[-1].add(node.arg)

    def visit(self, node: ast.AST) -> None:
        """Visit a node, and forget on leaving a function or class which of its own names were sets."""
        if isinstance(node, ast.ClassDef):
            fields = [part for part in node.body if isinstance(part, ast.AnnAssign)]
            self.set_fields |= {ast.unparse(part.target) for part in fields if _says_set(part.annotation)}
        if isinstance(node, SCOPES):
            self.set_names.append(set())
        super().visit(node)
        if isinstance(node, SCOPES):
            self.set_names.pop()

    def judge_walk(self, node: ast.expr | ast.stmt, walked: ast.expr) -> None:
        if self.is_set(walked):
            self.fault(walked, "walks through a set in whatever order it has (sort it first)")
        self.generic_visit(node)

    def visit_For(self, node: ast.For) -> None:
        self.judge_walk(node, node.iter)

    def visit_comprehension(self, node: ast.comprehension) -> None:
        self.judge_walk(node, node.iter)  # type: ignore[arg-type]

    def visit_Starred(self, node: ast.Starred) -> None:
        self.judge_walk(node, node.value)

    def visit_YieldFrom(self, node: ast.YieldFrom) -> None:
        self.judge_walk(node, node.value)


def _says_set(annotation: ast.expr | None) -> bool:
    words = ast.unparse(annotation).strip("'\"").partition("[")[0] if annotation else ""
    return words.rpartition(".")[2] in SETS
