"""Tools for interviewers who hire: interview loops, kits, scorecards and calibration.

The loop builder proposes which questions to ask in which interview so that the skills a level
requires are tested. Kits and scorecards of loops and of question sets are what interviewers use in
the room, and calibration compares the scorecards they filled in. Nothing of this is stored. The
admin of question sets is here as well, because a new set can begin with a loop.
"""
