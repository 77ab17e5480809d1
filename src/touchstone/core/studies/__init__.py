"""A study: the scores of one version with its rubric, measured, written to files, and read back from them.

`study` is the vocabulary and what is measured; `promise` and `forecast` are the figures that are not about agreement.
`bundle` writes and reads the export, `long_format` reads anybody's table of ratings, and `console` prints a report.
"""
