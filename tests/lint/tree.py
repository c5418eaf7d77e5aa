# SPDX-License-Identifier: Apache-2.0
"""What the checks share: the project's files, and C without its comments."""

import os
import re
import sys

SKIP = {".git", "build", "run", "node_modules", "__pycache__"}


def files(*suffixes, under="."):
    """Paths from the project's root that end in one of the suffixes."""
    found = []
    for folder, folders, names in os.walk(under):
        folders[:] = sorted(f for f in folders
                            if f not in SKIP and not f.startswith("run-"))
        for name in sorted(names):
            if not suffixes or name.endswith(suffixes):
                found.append(os.path.normpath(os.path.join(folder, name)))
    return found


def text(path):
    with open(path, encoding="utf-8") as f:
        return f.read()


TOKEN = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"'
                   r"|'(?:\\.|[^'\\\n])*'", re.S)


def blank(match):
    """As many lines as before, and the shape of a literal."""
    s = match.group(0)
    if s[0] in "\"'":
        return s[0] + s[0]
    return " " + "\n" * s.count("\n")


def code(path):
    """C with comments gone and literals empty; line numbers stay."""
    return TOKEN.sub(blank, text(path))


def line_of(source, position):
    return source.count("\n", 0, position) + 1


def done(problems):
    for p in problems:
        print("  " + p)
    sys.exit(1 if problems else 0)
