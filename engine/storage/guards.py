"""Database triggers that keep the trail append-only, on both databases.

They stop accidents and the application; only a checkpoint kept elsewhere stops whoever owns the
database (docs/reference/audit.md says what each measure finds).
"""

SQLITE = (
    "CREATE TRIGGER event_no_update BEFORE UPDATE ON event"
    " BEGIN SELECT RAISE(ABORT, 'event is append-only'); END",
    "CREATE TRIGGER event_no_delete BEFORE DELETE ON event"
    " BEGIN SELECT RAISE(ABORT, 'event is append-only'); END",
    # REPLACE deletes without firing the delete trigger, so the insert is guarded as well.
    "CREATE TRIGGER event_append BEFORE INSERT ON event WHEN NEW.seq IS NOT"
    " (SELECT ifnull(max(seq), 0) + 1 FROM event WHERE stream = NEW.stream)"
    " BEGIN SELECT RAISE(ABORT, 'event: seq must be the next of its stream'); END",
)

POSTGRES = (
    "CREATE FUNCTION event_deny() RETURNS trigger LANGUAGE plpgsql AS"
    " $$ BEGIN RAISE EXCEPTION 'event is append-only'; END $$",
    "CREATE FUNCTION event_append() RETURNS trigger LANGUAGE plpgsql AS $$"
    " DECLARE last bigint;"
    " BEGIN"
    " SELECT max(seq) INTO last FROM event WHERE stream = NEW.stream;"
    " IF NEW.seq IS DISTINCT FROM coalesce(last, 0) + 1 THEN"
    " RAISE EXCEPTION 'event: seq must be the next of its stream'; END IF;"
    " IF NEW.leaf IS DISTINCT FROM sha256('\\x00'::bytea || convert_to(NEW.canon, 'UTF8')) THEN"
    " RAISE EXCEPTION 'event: leaf does not match'; END IF;"
    " RETURN NEW; END $$",
    "CREATE TRIGGER event_no_change BEFORE UPDATE OR DELETE ON event"
    " FOR EACH ROW EXECUTE FUNCTION event_deny()",
    "CREATE TRIGGER event_no_truncate BEFORE TRUNCATE ON event"
    " FOR EACH STATEMENT EXECUTE FUNCTION event_deny()",
    "CREATE TRIGGER event_append BEFORE INSERT ON event"
    " FOR EACH ROW EXECUTE FUNCTION event_append()",
    # ALWAYS: a replica role must not switch them off.
    "ALTER TABLE event ENABLE ALWAYS TRIGGER event_no_change",
    "ALTER TABLE event ENABLE ALWAYS TRIGGER event_no_truncate",
    "ALTER TABLE event ENABLE ALWAYS TRIGGER event_append",
)

DROP_SQLITE = (
    "DROP TRIGGER event_append",
    "DROP TRIGGER event_no_delete",
    "DROP TRIGGER event_no_update",
)

DROP_POSTGRES = (
    "DROP TRIGGER event_append ON event",
    "DROP TRIGGER event_no_truncate ON event",
    "DROP TRIGGER event_no_change ON event",
    "DROP FUNCTION event_append",
    "DROP FUNCTION event_deny",
)
