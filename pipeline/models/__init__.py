"""The models at run time, loaded from `models/manifest.toml`; onnxruntime is imported here and nowhere else."""
