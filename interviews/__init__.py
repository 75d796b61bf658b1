"""Interview questions, question sets, answer frameworks, and practice for candidates.

A question probes skills, has follow-ups, and anchors that say what answers at each rating show. A
question set asks questions in timed sections. Files of both are in `question_files`, and the tools
for interviewers in `hiring`.
"""
