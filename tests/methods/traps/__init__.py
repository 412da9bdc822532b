"""Seventeen traps of statistical libraries: ``test_trap_NN_...`` shows the fall, with numbers, and the way past.

Where the library is installed (statsmodels), a test shows what it does. Where it is not (R, pyfixest, esda), the test
holds kbkit's own function to the number that is right.
"""
