"""Search: one index of ours on either database, and everything between a reader's words and a page of results.

`archive/search.py` is its door. The order within: stemming < words < query < engines < documents < around < keeping <
results.
"""
