"""The only folder that knows SQL: rows, connections, the trail, migrations."""
