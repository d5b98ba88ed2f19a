"""Conditions: whatever the parser accepts has a value, and it is the value that Python gives to the same text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elearning.simulation.expression_parser import ExpressionError, Names, parse
from elearning.simulation.expressions import Values, evaluate, from_json, to_json, to_text

NUMBERS = {"lives": 40, "trust": 15, "boats": 12}
FLAGS = {"told_press": True, "warned": False}
CHOSEN, VISITED, ACTIVE = {"convene"}, {"first-night"}, {"health"}
NAMES = Names(
    dict.fromkeys(NUMBERS, (0, 100)), FLAGS, ["convene", "wait"], ["first-night", "end"], ["health", "shelter"]
)
VALUES = Values({**NUMBERS, **FLAGS}, CHOSEN, VISITED, ACTIVE)
SCOPE = {
    **NUMBERS, **FLAGS, "true": True, "false": False, "min": min, "max": max,
    "chose": CHOSEN.__contains__, "visited": VISITED.__contains__, "active": ACTIVE.__contains__,
}  # fmt: skip

numbers = st.recursive(
    st.sampled_from(sorted(NUMBERS)) | st.integers(0, 60).map(str),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from("+-*"), inner).map(lambda parts: f"({' '.join(parts)})"),
        inner.map(lambda part: f"(-{part})"),
        st.tuples(st.sampled_from(["min", "max"]), inner, inner).map(lambda p: f"{p[0]}({p[1]}, {p[2]})"),
    ),
    max_leaves=5,
)
truths = st.recursive(
    st.one_of(
        st.sampled_from(["true", "false", *FLAGS, 'chose("wait")', 'chose("convene")', 'visited("first-night")']),
        st.sampled_from(['active("shelter")', "active('health')"]),
        st.tuples(numbers, st.sampled_from(["<", "<=", ">", ">=", "==", "!="]), numbers).map(" ".join),
    ),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["and", "or"]), inner).map(" ".join),
        inner.map(lambda part: f"not ({part})"),
        inner.map(lambda part: f"({part})"),
    ),
    max_leaves=6,
)


@given(numbers | truths)
def test_a_condition_means_what_it_means_in_python(text: str) -> None:
    tree = parse(text, NAMES).tree
    assert evaluate(tree, VALUES) == eval(text, {"__builtins__": {}}, SCOPE)  # noqa: S307 - our own text


@given(numbers | truths)
def test_a_value_lies_within_the_bounds_that_the_parser_promises(text: str) -> None:
    parsed = parse(text, NAMES)
    assert parsed.low <= int(evaluate(parsed.tree, VALUES)) <= parsed.high


@given(numbers | truths)
def test_a_tree_survives_being_stored_and_being_written_out(text: str) -> None:
    tree = parse(text, NAMES).tree
    assert from_json(to_json(tree)) == tree
    assert parse(to_text(tree), NAMES).tree == tree


@given(st.text(max_size=60) | st.text(alphabet="()<>=!+-*\"'andornt 019_,", max_size=60))
def test_any_other_text_is_refused_with_a_column(text: str) -> None:
    try:
        tree = parse(text, NAMES).tree
    except ExpressionError as error:
        column = error.column
    else:
        evaluate(tree, VALUES)
        return
    assert 1 <= column <= len(text) + 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("lives < trust < boats", "chain"),
        ("lives and told_press", "number"),
        ("hope > 1", "hope"),
        ('chose("convenne")', "convene"),
        ("__import__('os')", "__import__"),
        ("99999999999999999999 > lives", "20 digits"),
        ("(" * 200 + "lives" + ")" * 200 + " > 1", "30 levels"),
    ],
)
def test_a_mistake_is_named(text: str, said: str) -> None:
    with pytest.raises(ExpressionError, match=said.replace("(", r"\(")):
        parse(text, NAMES)
