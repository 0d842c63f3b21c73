"""Check-worthiness of sentences: a linear model over their wording, fitted with numpy alone."""
