from hypothesis import given, settings, strategies as st
from tests.rulebook.answer_sets import answer_sets
from tests.rulebook.test_guards import *
import pytest
@pytest.fixture(scope="session")
def people(rulebook, base): return answer_sets(rulebook, base)
@MANY
@given(data=st.data())
def test_a(rulebook, base, data):
    a = data.draw(answer_sets(rulebook, base))
    reading=read(rulebook,a)
    assert reading.strict.values.get('age') != 37
    assert len(reading.strict.values)>200
@MANY
@given(data=st.data())
def test_b(rulebook, people, data):
    a = data.draw(people)
    reading=read(rulebook,a)
    assert len(reading.strict.values)>200
