"""Every benchmark in turn: ``python -m bench.all``."""

from bench import act, sweep, verify

if __name__ == "__main__":
    for module in (act, sweep, verify):
        print(f"== {module.__name__}")
        module.main()
