"""How reliable are the scores? Ratings in, figures out; every figure has its n, its interval and its source.

`ratings` and `figure` are the vocabulary; `tables` counts. `agreement`, `kappa`, `alpha`, `icc`, `consistency` and
`generalizability` measure; `rasch` models severity and difficulty; `drift` and `advice` build on it; `readings`
puts figures into words, and `report` gathers everything.
"""
