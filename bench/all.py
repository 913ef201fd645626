"""Every benchmark in turn: ``python -m bench.all``."""

from bench import act, desk, sweep, verify

if __name__ == "__main__":
    for module in (act, sweep, verify, desk):
        print(f"== {module.__name__}")
        module.main()
