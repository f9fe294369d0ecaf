"""Which operations a core room may use: a checker that reads source and names every line that breaks a rule.

The same seed and orders must give the same bytes on every machine. So the core rooms use no builtin that
touches the world or varies between processes, no function whose last digit depends on a library or on the
processor's vector units, no unstable sort, never the order of a set, and nothing that one run could leave behind
for the next: no names of the module changed from inside a function, no defaults that can grow.

What it cannot see is the type of a value made elsewhere: a set kept in another module's field passes unseen.
"""

import ast
import tomllib
from pathlib import Path

_CONTRACTS = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
PURE = next(contract for contract in _CONTRACTS["contracts"] if contract["id"] == "pure")
MODULES = set(PURE["forbidden_modules"]) | set(  # the rest is not installed, or never was thought of
    "atexit ctypes cupy dbm gc getpass glob jax locale logging mmap numexpr pandas pickle platform queue sched scipy "
    "select shelve signal sqlite3 sys sysconfig torch warnings weakref".split()
)
BUILTINS = set(
    "__debug__ __import__ breakpoint compile complex eval exec globals hash id input locals open pow print".split()
)
NUMPY = set(
    "acos acosh angle arccos arccosh arcsin arcsinh arctan arctan2 arctanh asin asinh atan atan2 atanh "
    "cbrt convolve corrcoef correlate cos cosh cov datetime64 dot einsum emath exp exp2 expm1 fft "
    "float_power fromfile genfromtxt geomspace hypot inner kron linalg load loadtxt log log10 log1p "
    "log2 logaddexp logaddexp2 logspace matmul matvec memmap polyfit pow power random save savetxt "
    "savez savez_compressed sin sinc sinh tan tanh tensordot vdot vecdot vecmat "
    "bartlett blackman clongdouble complex256 float128 hamming hanning i0 kaiser long longdouble setbufsize seterr "
    "setprintoptions ulong unwrap".split()
)
MATH_ALLOWED = set(
    "ceil comb copysign fabs floor fmod frexp fsum gcd inf isclose isfinite isinf isnan isqrt lcm ldexp "
    "modf nan pi sqrt tau trunc".split()
)
ELSEWHERE = {
    "contextlib.suppress", "importlib.reload", "importlib.resources", "numba.cuda",
    "numba.objmode", "numba.prange", "numba.set_num_threads", "numba.stencil", "operator.imatmul", "operator.ipow",
    "operator.matmul", "operator.pow",
}  # fmt: skip
ADDS = {"accumulate", "cumsum", "mean", "nanmean", "nansum", "prod", "reduce", "sum"}
SINGLE = {"'e'", "'f'", "'f2'", "'f4'", "'float16'", "'float32'", "float16", "float32", "half", "single"}
CHANGES = set(
    "add append appendleft clear discard extend fill insert pop popitem popleft remove reverse setdefault sort "
    "update".split()
)
SWITCHES = {"fastmath", "parallel"}
SORTS = {"argpartition", "argsort", "partition", "sort"}
STABLE = {"stable", "mergesort"}  # two names of one sort; numba knows only the second
KEEPS_ORDER = set(
    "Counter accumulate array asarray batched chain combinations cycle deque dict enumerate extend filter fromiter "
    "fromkeys groupby islice iter join list map pairwise permutations product reduce repr starmap str sum tuple "
    "zip zip_longest".split()
)
SETS = {"AbstractSet", "FrozenSet", "Set", "frozenset", "set"}
SET_METHODS = {"difference", "intersection", "symmetric_difference", "union"}
SCOPES = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda


def faults(source: str) -> list[str]:
    """Every rule broken by `source`, as 'line: what is wrong', in the order of the lines."""
    tree = ast.parse(source)
    reader = _Reader(tree)
    reader.visit(tree)
    return [f"{line}: {why}" for line, why in sorted(set(reader.found))]


class _Reader(ast.NodeVisitor):
    def __init__(self, tree: ast.Module) -> None:
        self.found: list[tuple[int, str]] = []
        self.imported: dict[str, str] = {}  # np -> numpy
        self.set_names: list[set[str]] = [set()]  # one entry a scope: the names now bound to a set
        self.set_fields: set[str] = set()
        functions = [part for part in ast.walk(tree) if isinstance(part, ast.FunctionDef)]
        self.set_makers = {part.name for part in functions if _says_set(part.returns)}
        self.shared = _bound(tree.body)  # the names of the module
        self.own: list[set[str]] = []  # one entry a function: the names bound in it
        self.singles: set[str] = set()  # names now bound to a number of single precision

    def fault(self, node: ast.expr | ast.stmt | ast.excepthandler, why: str) -> None:
        self.found.append((node.lineno, why))

    # --- names

    def visit_Import(self, node: ast.Import) -> None:
        for name in node.names:
            root = name.name.split(".")[0]
            self.imported[name.asname or root] = name.name if name.asname else root
            self.judge_module(node, name.name)

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        self.judge_module(node, node.module or "")
        for name in node.names:
            self.imported[name.asname or name.name] = f"{node.module}.{name.name}"
            self.judge_name(node, f"{node.module}.{name.name}")
            if name.name == "*":
                self.fault(node, "importing every name at once is banned")

    def judge_module(self, node: ast.expr | ast.stmt, name: str) -> None:
        if name.split(".")[0] in MODULES:
            self.fault(node, f"{name} is banned")

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
        elif node.id == "__debug__":
            self.fault(node, "__debug__ is banned")

    def visit_Attribute(self, node: ast.Attribute) -> None:
        if name := self.dotted(node):
            self.judge_name(node, name)
        else:
            if node.attr == "__hash__":
                self.fault(node, "__hash__ is banned")
            self.generic_visit(node)

    # --- what one run could leave behind for the next

    def visit_Global(self, node: ast.Global) -> None:
        self.fault(node, "global is banned")

    def is_shared(self, node: ast.AST) -> bool:
        """Whether a name is the module's, seen from inside a function that has no name like it."""
        name = node.id if isinstance(node, ast.Name) else ""
        return bool(self.own) and name in self.shared and not any(name in own for own in self.own)

    def judge_target(self, target: ast.expr) -> None:
        """A place that is written to: inside a function it must not be the module's."""
        for part in target.elts if isinstance(target, ast.Tuple | ast.List) else [target]:
            if isinstance(part, ast.Attribute | ast.Subscript) and self.is_shared(part.value):
                self.fault(part, f"{ast.unparse(part.value)} belongs to the module and is changed by a function")

    def visit_Delete(self, node: ast.Delete) -> None:
        for target in node.targets:
            self.judge_target(target)
        self.generic_visit(node)

    def judge_function(self, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) -> None:
        for default in (*node.args.defaults, *node.args.kw_defaults):
            made = isinstance(default, ast.Call) and getattr(default.func, "id", "") in {"dict", "list", "set"}
            if made or isinstance(default, ast.Dict | ast.DictComp | ast.List | ast.ListComp | ast.Set | ast.SetComp):
                self.fault(node, "a default that can change is kept from call to call")
        if getattr(node, "name", "") == "__del__":
            self.fault(node, "__del__ runs when the memory is looked through")

    # --- calls and operators

    def visit_Call(self, node: ast.Call) -> None:
        words = {word.arg: word.value for word in node.keywords if word.arg}
        name = self.dotted(node.func)
        owner = node.func.value if isinstance(node.func, ast.Attribute) and not name else None
        last = (name or ast.unparse(node.func)).rpartition(".")[2]
        for part in (node.func, words.get("key"), *(node.args if last in {"map", "filter", "reduce"} else [])):
            if isinstance(part, ast.Name) and part.id in BUILTINS - self.imported.keys():
                self.fault(node, f"{part.id} is banned")
        self.judge_reach(node, name, last)
        self.judge_precision(node, words, last)
        if owner and last in CHANGES and self.is_shared(owner):
            self.fault(node, f"{ast.unparse(owner)} belongs to the module and is changed by a function")
        if getattr(words.get("target"), "value", None) in {"cuda", "parallel"}:
            self.fault(node, "a parallel target is banned")
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

    def judge_reach(self, node: ast.Call, name: str, last: str) -> None:
        """Names reached by their spelling: `getattr(numpy, "exp")`, `import_module("time")`."""
        spelt = [part.value if isinstance(part, ast.Constant) else None for part in node.args]
        base = self.dotted(node.args[0]) if last == "getattr" and len(spelt) > 1 else ""
        if base and isinstance(spelt[1], str):
            self.judge_name(node, f"{base}.{spelt[1]}")
        if name == "importlib.import_module" and spelt and isinstance(spelt[0], str):
            self.judge_module(node, spelt[0])

    def judge_precision(self, node: ast.Call, words: dict[str, ast.expr], last: str) -> None:
        """Sums in single precision, whose last digits depend on their order far more."""
        if last not in ADDS:
            return
        summed = [part for part in (*node.args, node.func) if isinstance(part, ast.Call | ast.Attribute)]
        cast = [part for part in summed for part in ast.walk(part) if isinstance(part, ast.Call) and part is not node]
        narrow = [_single(a) for c in cast if ast.unparse(c.func).endswith(".astype") for a in c.args]
        if any(narrow) or _single(words.get("dtype")):
            self.fault(node, f"{last} in single precision is banned")

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
        self.judge_target(node.target)
        if isinstance(node.target, ast.Name) and node.target.id in self.singles:
            self.fault(node, "adding up in single precision is banned")
        if isinstance(node.op, ast.Add) and self.is_set(node.value):
            self.fault(node, "adding a set keeps the order of the set")
        self.judge_operator(node)

    def visit_Compare(self, node: ast.Compare) -> None:
        sides = [node.left, *node.comparators]
        numbers = [_is_number(side) for side in sides]
        for k, op in enumerate(node.ops):
            if isinstance(op, ast.Is | ast.IsNot) and (numbers[k] or numbers[k + 1]):
                self.fault(node, "`is` asks whether two numbers are one object")
        self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, complex):
            self.fault(node, "complex numbers are banned: their size is a hypot")

    def visit_FormattedValue(self, node: ast.FormattedValue) -> None:
        self.judge_walk(node, node.value)

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
                return name in SETS or name in self.set_makers
            case ast.Call(func=ast.Attribute(value=value, attr=attr)):
                return attr in SET_METHODS | self.set_makers or (attr == "copy" and self.is_set(value))
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
        single = isinstance(node.value, ast.Call) and _single(node.value.func)
        for target in node.targets:
            self.judge_target(target)
            self.bind(target, self.is_set(node.value))
            if isinstance(target, ast.Tuple | ast.List) and self.is_set(node.value):
                self.fault(node, "taking a set apart keeps the order of the set")
            if isinstance(target, ast.Name):
                (self.singles.add if single else self.singles.discard)(target.id)

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
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            self.judge_function(node)
            self.own.append(_own(node))
        if isinstance(node, SCOPES):
            self.set_names.append(set())
        super().visit(node)
        if isinstance(node, SCOPES):
            self.set_names.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            self.own.pop()

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


def _single(node: ast.expr | None) -> bool:
    """Whether an expression names a float of single precision or less."""
    return node is not None and ast.unparse(node).rpartition(".")[2] in SINGLE


def _is_number(node: ast.expr) -> bool:
    """Whether an expression is plainly a number: written, negated, computed or converted."""
    match node:
        case ast.Constant(value=value):
            return isinstance(value, int | float | complex) and not isinstance(value, bool)
        case ast.UnaryOp(op=ast.USub() | ast.UAdd(), operand=operand):
            return _is_number(operand)
        case ast.BinOp(left=left, right=right):
            return _is_number(left) or _is_number(right)
        case ast.Call(func=ast.Name(id=name)):
            return name in {"float", "int", "len", "round", "sum"}
    return False


def _bound(body: list[ast.stmt]) -> set[str]:
    """The names that a module binds itself: assigned, imported or defined."""
    names: set[str] = set()
    for part in body:
        match part:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                names.add(name)
            case ast.Assign(targets=targets):
                names |= {target.id for target in targets if isinstance(target, ast.Name)}
            case ast.AnnAssign(target=ast.Name(id=name)):
                names.add(name)
            case ast.Import(names=imported) | ast.ImportFrom(names=imported):
                names |= {name.asname or name.name.split(".")[0] for name in imported}
    return names


def _own(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) -> set[str]:
    """The names bound inside a function: its arguments and whatever it assigns."""
    arguments = node.args
    found = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg]
    names = {argument.arg for argument in found if argument}
    for part in ast.walk(node):
        if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store):
            names.add(part.id)
        elif isinstance(part, ast.FunctionDef | ast.ClassDef) and part is not node:
            names.add(part.name)
    return names
