import numpy as np
import pytest

from bihuan.engines.routing.sisr.compiling import compiled, compiled_with_arrays

pytestmark = pytest.mark.slow


def test_compiled_functions_answer_as_plain_ones():
    def middle(values, k):
        return (values[0] + values[k]) / 2

    def doubled(values):
        return values + values

    values = np.arange(4.0)
    assert compiled(middle)(values, 3) == middle(values, 3) == 1.5
    assert compiled_with_arrays(doubled)(values).tolist() == [0.0, 2.0, 4.0, 6.0]
