"""Pure rules: values in, values out; no clock, file, database or logger."""
