"""How long a thing may be, and which modules there must not be. STYLE in one place: CONTRIBUTING.md says why."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

from files import ROOT, our_files

PYTHON_FILE_LINES = 300
FUNCTION_LINES = 40
VIEW_LINES = 20
TEMPLATE_LINES = 120

VIEW_MODULES = {"views", "portal"}
REFUSED_MODULES = {"utils", "helpers", "services", "signals"}

# The few exceptions: "path" or "path::function", each with its reason. One that is no longer needed is refused.
EXCEPTIONS: dict[str, str] = {}


def is_generated(path: Path) -> bool:
    """Django writes migrations; nobody reads one from end to end."""
    return "migrations" in path.parts


def is_view_module(path: Path) -> bool:
    return path.stem in VIEW_MODULES or bool(VIEW_MODULES & set(path.parts[:-1]))


def functions(tree: ast.AST, prefix: str = "") -> Iterator[tuple[str, int]]:
    """Each function's dotted name and its number of lines, decorators and docstring included."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            name = f"{prefix}{node.name}"
            if not isinstance(node, ast.ClassDef):
                first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
                yield name, (node.end_lineno or first) - first + 1
            yield from functions(node, f"{name}.")
        else:
            yield from functions(node, prefix)


def too_long_in_python(path: Path, text: str) -> Iterator[tuple[str, str]]:
    lines = len(text.splitlines())
    if lines > PYTHON_FILE_LINES:
        yield str(path), f"{lines} lines, and {PYTHON_FILE_LINES} is the limit"
    limit, what = (VIEW_LINES, "a view") if is_view_module(path) else (FUNCTION_LINES, "a function")
    for name, length in functions(ast.parse(text, filename=str(path))):
        if length > limit:
            yield f"{path}::{name}", f"{length} lines, and {limit} is the limit for {what}"


def faults() -> Iterator[tuple[str, str]]:
    """What breaks a limit, as (key for EXCEPTIONS, what is wrong)."""
    for path in our_files():
        if path.suffix == ".py":
            if path == Path("site/__init__.py"):
                yield str(path), "`site` is a module of Python's own: this folder must not be a package"
            if path.stem in REFUSED_MODULES or REFUSED_MODULES & set(path.parts[:-1]):
                yield str(path), "a module is named for what it holds"
            if path.parts[0] == "tests" and not (ROOT / path.parent / "__init__.py").is_file():
                yield str(path.parent), "a folder of tests needs an __init__.py, or it hides the app of its name"
            if not is_generated(path):
                yield from too_long_in_python(path, (ROOT / path).read_text("utf-8"))
        elif "templates" in path.parts:
            lines = len((ROOT / path).read_text("utf-8").splitlines())
            if lines > TEMPLATE_LINES:
                yield str(path), f"{lines} lines, and {TEMPLATE_LINES} is the limit for a template"


def main() -> int:
    found = dict(faults())
    complaints = [f"{key}: {what}" for key, what in found.items() if key not in EXCEPTIONS]
    complaints += [f"{key}: an exception that is no longer needed" for key in EXCEPTIONS if key not in found]
    complaints += [f"{key}: an exception without a reason" for key, reason in EXCEPTIONS.items() if not reason.strip()]
    print("\n".join(complaints), end="\n" if complaints else "")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
