"""Outside text never meets a markup parser: every call that could parse markup is looked at in the source."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent.parent / "reader"
FILES = sorted(path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py"))

WIDGETS = {
    "Static", "Label", "Button", "Collapsible", "Tab", "TabPane", "Checkbox", "RadioButton", "SelectionList",
    "Select", "Option", "OptionList", "DataTable", "Tree", "Link", "Digits", "Placeholder", "Rule",
}  # fmt: skip
"""Widgets of Textual 8.2 that read a bare string as markup."""
SAFE_MAKERS = {"Content", "Text"}
TITLES = {"border_title", "border_subtitle"}


def test_every_markup_taking_call_gets_content_or_a_constant() -> None:
    assert [
        fault for file in FILES for fault in faults((PACKAGE / file).read_text(encoding="utf-8"), file)
    ] == []


@pytest.mark.parametrize(
    "source",
    [
        "Static(headline)",
        "Label(f'{headline}')",
        "self.notify(message)",
        "self.app.notify('x' + y, title='t')",
        "pane.border_title = headline",
        "Content.from_markup(headline)",
        "Content.from_markup(f'[b]{headline}[/b]')",
        "widget.update(f'{headline}')",
        "Text.from_markup(headline)",
        "print(headline)",
        "RichLog(markup=True)",
    ],
)
def test_unsafe_line_is_found(source: str) -> None:
    assert faults(source, "ui/x.py")


@pytest.mark.parametrize(
    "source",
    [
        "Static()",
        "Static('[b]Help[/b]')",
        "Static(Content(headline))",
        "Static(headline, markup=False)",
        "Content.from_markup('[b]$t[/b]', t=headline)",
        "self.notify(message, markup=False)",
        "pane.border_title = Content(headline)",
        "counts.update(words)",
    ],
)
def test_safe_line_is_left_alone(source: str) -> None:
    assert faults(source, "ui/x.py") == []


def faults(source: str, file: str) -> list[str]:
    """Lines in which text that is not a constant could reach a markup parser."""
    found = []
    for node in ast.walk(ast.parse(source)):
        # Only the ui knows widgets; elsewhere a class may have the name of one.
        if isinstance(node, ast.Call) and (reason := _call_fault(node, is_ui=file.startswith("ui/"))):
            found.append(f"{file}:{node.lineno}: {reason}")
        elif isinstance(node, ast.Assign) and _is_title(node) and not _is_safe(node.value):
            found.append(f"{file}:{node.lineno}: a border title takes markup")
    return found


def _call_fault(call: ast.Call, *, is_ui: bool) -> str:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    keywords = {keyword.arg: keyword.value for keyword in call.keywords}
    markup = keywords.get("markup")
    if isinstance(markup, ast.Constant) and markup.value is True:
        return "markup=True"
    is_off = isinstance(markup, ast.Constant) and markup.value is False
    first = call.args[0] if call.args else None
    if is_ui and name in WIDGETS and first is not None and not is_off and not _is_safe(first):
        return f"{name} reads a bare string as markup"
    if name == "notify" and not is_off:
        return "notify without markup=False"
    if name == "from_markup" and not isinstance(first, ast.Constant):
        return "from_markup of something that is not a constant"
    if name == "update" and isinstance(first, ast.JoinedStr | ast.BinOp):
        return "update with a built string"
    if name == "print" and isinstance(call.func, ast.Name):
        return "print; use echo"
    return ""


def _is_title(node: ast.Assign) -> bool:
    return any(isinstance(target, ast.Attribute) and target.attr in TITLES for target in node.targets)


def _is_safe(value: ast.expr) -> bool:
    if isinstance(value, ast.Constant):
        return True
    if isinstance(value, ast.Call):
        name = value.func.attr if isinstance(value.func, ast.Attribute) else getattr(value.func, "id", "")
        return name in SAFE_MAKERS or name in ("from_markup", "assemble", "styled")
    return False
