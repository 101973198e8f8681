"""A pupil who is marked protected leaves every picture in the same moment, whoever writes the mark."""

from django.db import migrations

FORGET = """
CREATE FUNCTION signals_forget_the_protected() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM signals_pupilsnapshot WHERE pupil = NEW.code;
    DELETE FROM signals_signalchange WHERE pupil = NEW.code;
    DELETE FROM signals_answer WHERE pupil = NEW.code;
    RETURN NULL;
END $$;
CREATE TRIGGER signals_forget_the_protected AFTER UPDATE OF security_marking ON people_person
    FOR EACH ROW WHEN (NEW.security_marking <> 'Ingen') EXECUTE FUNCTION signals_forget_the_protected();
"""
UNDO = """
DROP TRIGGER signals_forget_the_protected ON people_person;
DROP FUNCTION signals_forget_the_protected();
"""


class Migration(migrations.Migration):
    dependencies = [("signals", "0001_pictures"), ("people", "0003_duties_and_visits_kept")]

    operations = [migrations.RunSQL(FORGET, UNDO)]
