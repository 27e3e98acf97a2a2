"""Reads official register files into the database: streaming, in constant memory, and as often as one likes.

`run.import_file` is the way in. Each kind of file has a module that turns lines into records; `writing` compares
records with what is stored and writes only what differs.
"""
