"""Every benchmark in turn: ``python -m bench.all``."""

from bench import act, verify

if __name__ == "__main__":
    for module in (act, verify):
        print(f"== {module.__name__}")
        module.main()
