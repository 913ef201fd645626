# Every command of this repository; bare `make` lists them. What they do is in tools/commands.py.

PYTHON ?= python3
ARGS ?=

.PHONY: help run test check format bench torture lock clean

help:
	@$(PYTHON) tools/dev.py help

run test check format bench torture lock clean:
	@$(PYTHON) tools/dev.py $@ $(ARGS)
