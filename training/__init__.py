"""Rebuilds every model under `models/`: one folder a model, each with its data, its build and its evaluation."""
