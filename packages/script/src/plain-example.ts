/** A script that only runs: its packages, its arguments, and what becomes of its output and its failure. */
export const PLAIN_EXAMPLE = `# /// script
# requires-python = ">=3.10"
# dependencies = ["rich>=13"]
# ///
"""Count the words of its arguments."""

import argparse
import os
import sys
from collections import Counter

from rich.console import Console
from rich.table import Table


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("words", nargs="*")
    parser.add_argument("--top", type=int, default=3)
    args = parser.parse_args()
    if not args.words:
        # A code other than 0 fails the run, and the end of the output is its error.
        print("no words were given", file=sys.stderr)
        return 2
    # Variables of env_vars and secrets are here; never print a secret.
    title = os.environ.get("TITLE", "Words")
    table = Table("word", "times", title=title)
    for word, times in Counter(args.words).most_common(args.top):
        table.add_row(word, str(times))
    Console(width=60).print(table)
    # The end of what is printed is the run's output.
    return 0


if __name__ == "__main__":
    sys.exit(main())
`;
