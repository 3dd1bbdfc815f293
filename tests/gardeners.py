"""A case about the garden that several tests begin with."""

FOUNDER = """\
case: A founder who is a nuisance
question: 1
as_of: 2024-06-01
gardeners:
  gus: {founder: yes, nuisance: yes, rent_paid: 2024-03-31}
plots:
  south:
    lease: {to: gus, since: 2020-01-01}
    beds: [{number: 1, area: 12, crop: beans}, {number: 2, area: 8, crop: beans}]
"""
