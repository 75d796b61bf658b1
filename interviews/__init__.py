"""Interview questions, question sets, answer frameworks, and practice for candidates.

A question probes skills, has follow-ups, and anchors that say what answers at each rating show. A
question set asks questions in timed sections. Both can be exported as CSV, and the CSV of a set can
be edited in a spreadsheet and loaded again. The tools for interviewers are in `hiring`.
"""
