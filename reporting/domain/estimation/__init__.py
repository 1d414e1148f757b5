"""What those who did not answer travelled: estimators, and the ladder that chooses among them.

Plain Python with numpy, scipy and scikit-learn; the formulas and their sources stand in `docs/estimation.md`. Every
estimator follows one protocol: the constructor only stores, `fit` learns attributes that end in `_`, `predict` gives
sums over people.
"""
