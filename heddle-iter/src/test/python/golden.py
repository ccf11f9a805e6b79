"""Makes the golden data of GoldenTest: what CPython's itertools and more-itertools do with seeded random arguments.

Usage: python3 golden.py OUTPUT_FILE
Needs Python 3.13 or later (batched with strict) and more-itertools 11.

One case a line: name, arguments, expected result, each JSON, separated by tabs. Functions are passed by name. "!" stands
for an error, "." for the end of an iterator. Where a function reads from an iterator that others may go on with, the result
ends with what is left in it.
"""

import itertools as it
import json
import operator
import random
import sys

import more_itertools as mi

SEED = 20261122
CASES = 40
R = random.Random(SEED)

PREDICATES = {
    "even": lambda x: x % 2 == 0,
    "small": lambda x: x < 5,
    "all": lambda x: True,
    "none": lambda x: False,
}
KEYS = {"mod3": lambda x: x % 3, "self": lambda x: x, "half": lambda x: x // 2, "sign": lambda x: x > 4}
OPS = {"add": operator.add, "sub": operator.sub, "max": max, "times": lambda a, b: (a * b) % 1000003}

out = []


def listed(value):
    if isinstance(value, (list, tuple)):
        return [listed(v) for v in value]
    return value


def case(name, args, result):
    parts = [json.dumps(listed(part), separators=(",", ":")) for part in (args, result)]
    out.append("\t".join([name] + parts))


def drain(iterator):
    """The elements, and "!" if it ended with an error."""
    got = []
    try:
        for e in iterator:
            got.append(listed(e))
    except ValueError:
        got.append("!")
    return got


def numbers(most=9, low=0, high=9):
    return [R.randint(low, high) for _ in range(R.randint(0, most))]


def one_source():
    for _ in range(CASES):
        xs, p, k, op = numbers(), R.choice(list(PREDICATES)), R.choice(list(KEYS)), R.choice(list(OPS))
        testing = {"takewhile": it.takewhile, "dropwhile": it.dropwhile, "filterfalse": it.filterfalse, "filter": filter}
        for name, fn in testing.items():
            source = iter(xs)
            case(name, [p, xs], [drain(fn(PREDICATES[p], source)), drain(source)])
        start = R.randint(0, 6)
        stop = start + R.choice([0, 1, 2, 3, 5, 8, 2**62])
        step = R.choice([1, 1, 2, 3, 7, 2**62])
        source = iter(xs)
        case("islice", [xs, start, stop, step], [drain(it.islice(source, start, stop, step)), drain(source)])
        case("accumulate", [xs, op], drain(it.accumulate(xs, OPS[op])))
        case("accumulate_initial", [xs, op, start], drain(it.accumulate(xs, OPS[op], initial=start)))
        n = R.randint(1, 5)
        case("batched", [xs, n], drain(it.batched(xs, n)))
        case("batched_strict", [xs, n], drain(it.batched(xs, n, strict=True)))
        case("pairwise", [xs], drain(it.pairwise(xs)))
        case("enumerate", [xs, start], drain(enumerate(xs, start)))
        case("cycle", [xs, 23], drain(it.islice(it.cycle(xs), 23)))
        case("groupby", [xs, k], [[key, list(g)] for key, g in it.groupby(xs, KEYS[k])])
        case("starmap", [list(zip(xs, xs[1:])), op], drain(it.starmap(OPS[op], zip(xs, xs[1:]))))
        case("unique_justseen", [xs, k], drain(mi.unique_justseen(xs, KEYS[k])))
        case("unique_everseen", [xs, k], drain(mi.unique_everseen(xs, KEYS[k])))
        case("sliding_window", [xs, n], drain(mi.sliding_window(xs, n)))
        case("grouper_fill", [xs, n], drain(mi.grouper(xs, n, incomplete="fill", fillvalue=-1)))
        case("grouper_strict", [xs, n], drain(mi.grouper(xs, n, incomplete="strict")))
        case("grouper_ignore", [xs, n], drain(mi.grouper(xs, n, incomplete="ignore")))
        case("chunked", [xs, n], drain(mi.chunked(xs, n)))
        case("partition", [p, xs], [drain(side) for side in mi.partition(PREDICATES[p], xs)])
        case("tail", [n, xs], drain(mi.tail(n, xs)))
        source = iter(xs)
        case("take", [n, xs], [mi.take(n, source), drain(source)])
        source = iter(xs)
        mi.consume(source, n)
        case("consume", [xs, n], drain(source))
        source = iter(xs)
        case("nth", [xs, n], [mi.nth(source, n, -1), drain(source)])
        source = iter(xs)
        case("all_equal", [xs[:2], k], mi.all_equal(xs[:2], KEYS[k]))
        case("first", [xs], mi.first(xs, -1))
        case("last", [xs], mi.last(xs, -1))
        case("one", [xs[:2]], drain(mi.one(a) for a in [xs[:2]]))
        source = iter(xs)
        head, rest = mi.spy(source, n)
        case("spy", [xs, n], [head, drain(rest)])
        kernel = numbers(4) or [1]
        case("convolve", [xs, kernel], [float(v) for v in mi.convolve(xs, kernel)])
        case("map_reduce", [xs, k], [list(i) for i in mi.map_reduce(xs, KEYS[k], lambda x: x * 2, sum).items()])
        case("consecutive_groups", [xs], [list(g) for g in mi.consecutive_groups(xs)])


def splits():
    for _ in range(CASES):
        xs, p, m = numbers(), R.choice(list(PREDICATES)), R.choice([-1, -1, 0, 1, 2])
        f = PREDICATES[p]
        case("split_at", [xs, p, m], drain(mi.split_at(xs, f, m)))
        case("split_at_keeping", [xs, p, m], drain(mi.split_at(xs, f, m, keep_separator=True)))
        case("split_before", [xs, p, m], drain(mi.split_before(xs, f, m)))
        case("split_after", [xs, p, m], drain(mi.split_after(xs, f, m)))
        case("split_when", [xs, m], drain(mi.split_when(xs, lambda a, b: a > b, m)))


def several_sources():
    for _ in range(CASES):
        xs, ys, zs = numbers(6), numbers(6), numbers(6)
        three = [xs, ys, zs][: R.randint(0, 3)]
        case("chain", three, drain(it.chain(*three)))
        case("chain_from_iterable", three, drain(it.chain.from_iterable(three)))
        sources = [iter(s) for s in three]
        case("zip", three, [drain(zip(*sources)), [drain(s) for s in sources]])
        sources = [iter(s) for s in three]
        case("zip_strict", three, drain(zip(*sources, strict=True)))
        case("zip_longest", three, drain(it.zip_longest(*three, fillvalue=-1)))
        case("roundrobin", three, drain(mi.roundrobin(*three)))
        case("interleave_longest", three, drain(mi.interleave_longest(*three)))
        flags = [y % 2 == 0 for y in ys]
        data, selectors = iter(xs), iter(flags)
        case("compress", [xs, flags], [drain(it.compress(data, selectors)), drain(data), drain(selectors)])


def combinatorics():
    for _ in range(CASES // 2):
        xs, ys = numbers(3), numbers(3)
        r = R.randint(0, 4)
        case("product", [r % 3, xs, ys], drain(it.product(xs, ys, repeat=r % 3)))
        case("permutations", [xs, r], drain(it.permutations(xs, r)))
        case("permutations_all", [xs], drain(it.permutations(xs)))
        pool = numbers(5)
        case("combinations", [pool, r], drain(it.combinations(pool, r)))
        case("combinations_with_replacement", [xs, r], drain(it.combinations_with_replacement(xs, r)))
        case("powerset", [xs + ys[:1]], drain(mi.powerset(xs + ys[:1])))
        bag = numbers(5, 0, 2)
        case("distinct_permutations", [bag, min(r, len(bag))], drain(mi.distinct_permutations(bag, min(r, len(bag)))))
        case("distinct_permutations_all", [bag], drain(mi.distinct_permutations(bag)))


def counting():
    for _ in range(CASES):
        a, b, c = R.randint(-20, 20), R.randint(-20, 20), R.choice([-7, -3, -1, 1, 2, 5])
        case("range", [a, b, c], list(range(a, b, c)))
        x, y = R.uniform(-5, 5), R.uniform(-2, 2)
        case("count_double", [x, y, 15], list(it.islice(it.count(x, y), 15)))
        case("count", [a, b, 15], list(it.islice(it.count(a, b), 15)))
        case("repeat", [a, abs(b) % 5], list(it.repeat(a, abs(b) % 5)))
    for start, stop, step in ((-2**31, 2**31 - 1, 2**30), (2**31 - 1, -2**31, -(2**31 - 1)), (2**31 - 2, 2**31 - 1, 5)):
        case("range", [start, stop, step], list(range(start, stop, step)))
    top = 2**63 - 1
    long_ranges = (
        (-top - 1, top, 2**62),
        (top, -top - 1, -top),
        (top - 1, top, 3),
        (-top - 1, top, top),
        (top, -top - 1, -top - 1),
    )
    for start, stop, step in long_ranges:
        case("range_long", [start, stop, step], list(range(start, stop, step)))


def nested(depth):
    return [nested(depth - 1) if depth and R.random() < 0.4 else R.randint(0, 9) for _ in range(R.randint(0, 4))]


def nested_lists():
    for _ in range(CASES):
        tree, levels = nested(4), R.randint(0, 3)
        case("collapse", [tree], drain(mi.collapse(tree)))
        case("collapse_levels", [tree, levels], drain(mi.collapse(tree, levels=levels)))


def drives():
    """Iterators that share a source, driven in a random order."""
    for _ in range(2 * CASES):
        xs, n = numbers(12), R.randint(1, 4)
        order = [R.randrange(n) for _ in range(30)]
        branches = it.tee(xs, n)
        case("tee", [xs, n, order], [next(branches[i], ".") for i in order])

        k = R.choice(list(KEYS))
        groups, seen, order, got = it.groupby(xs, KEYS[k]), [], [], []
        for _ in range(30):
            which = R.choice([-1] + list(range(max(0, len(seen) - 2), len(seen))) * 2)
            order.append(which)
            if which >= 0:
                got.append(next(seen[which], "."))
            else:
                key, group = next(groups, (".", None))
                got.append(key)
                if group is not None:
                    seen.append(group)
        case("groupby_drive", [xs, k, order], got)

        peekable, order, got = mi.peekable(xs), [], []
        for _ in range(20):
            op = R.choice(["peek", "next", "next", "has", R.randint(0, 99)])
            order.append(op)
            if op == "peek":
                got.append(peekable.peek("."))
            elif op == "next":
                got.append(next(peekable, "."))
            elif op == "has":
                got.append(bool(peekable))
            else:
                peekable.prepend(op, op + 1)
        case("peekable", [xs, order], got)

        seekable, order, got = mi.seekable(xs), [], []
        for _ in range(20):
            jumps = [["seek", R.randint(0, len(xs))], ["relative", R.randint(-3, 3)], ["peek", 0]]
            op = R.choice([["next", 0]] * 3 + jumps)
            order.append(op)
            if op[0] == "next":
                got.append(next(seekable, "."))
            elif op[0] == "seek":
                seekable.seek(op[1])
            elif op[0] == "peek":
                got.append(seekable.peek("."))
            else:
                seekable.relative_seek(op[1])
        case("seekable", [xs, order], got)

        bucket, order, got = mi.bucket(xs, KEYS["mod3"]), [], []
        for _ in range(12):
            key = R.randrange(4)
            op = R.choice(["next", "next", "in"])
            order.append([op, key])
            got.append(next(bucket[key], ".") if op == "next" else key in bucket)
        case("bucket", [xs, order], got)


for make in (one_source, splits, several_sources, combinatorics, counting, nested_lists, drives):
    make()

with open(sys.argv[1], "w", encoding="ascii", newline="\n") as f:
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    print(f"# Made by golden.py, seed {SEED}, Python {python}, more-itertools {mi.__version__}", file=f)
    for line in out:
        print(line, file=f)
