"""What is meant by "he", "the company" and "the deal"; with that, the stand-alone wording of a claim."""
