"""Labels of talks about somebody else, by the lines that they need."""

CONCERN = "report_concern"
CHILD = "concern_child"  # no label: a worry about a child
MISSING = "report_missing_person"  # in actions/referral/referral.py the label with lines for children
