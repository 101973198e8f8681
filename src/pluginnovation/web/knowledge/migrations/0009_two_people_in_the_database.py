"""Publication by two, once more, in the database: what `by_two.py` decides before it writes is looked at as it is written.

Three things are refused, whatever the Python believed: a note of a publication by whoever wrote the text last; a page
that the web lets out, or a day that it sets for one, without a note that another person than the writer did so; and a
version of a page that the web saves without saying who wrote it. Commands (the seed, the night's work) have a role of
their own and no person to name, so for them only the first holds.

The database can't know who sits at a screen: it believes the names that the web writes.
"""

from django.db import migrations

# What a version says, without keys of the editor's own: `words_of` in by_two.py. A test holds the two against each other.
PLAIN = r"""
CREATE FUNCTION hub_plain(said jsonb) RETURNS jsonb LANGUAGE plpgsql IMMUTABLE
SET search_path = public, pg_temp AS $$
DECLARE
    kind text := jsonb_typeof(said);
    words text;
    stream jsonb;
BEGIN
    IF kind = 'object' THEN
        RETURN coalesce((SELECT jsonb_object_agg(one.key, hub_plain(one.value)) FROM jsonb_each(said) one
            WHERE one.key NOT IN ('pk', 'id')), '{}');
    ELSIF kind = 'array' THEN
        RETURN coalesce((SELECT jsonb_agg(hub_plain(one.value) ORDER BY one.place)
            FROM jsonb_array_elements(said) WITH ORDINALITY one (value, place)), '[]');
    ELSIF kind <> 'string' THEN
        RETURN said;
    END IF;
    words := said #>> '{}';
    IF starts_with(words, '[') THEN
        BEGIN
            stream := words::jsonb;
        EXCEPTION WHEN data_exception THEN
            stream := NULL;
        END;
        IF stream IS NOT NULL THEN
            RETURN hub_plain(stream);
        END IF;
    END IF;
    RETURN to_jsonb(regexp_replace(replace(words, E'\r\n', E'\n'), ' data-block-key="[^"]*"', '', 'g'));
END $$;

CREATE FUNCTION hub_words(content jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp AS $$
    SELECT hub_plain(content - ARRAY[
        'pk', 'id', 'path', 'depth', 'numchild', 'url_path', 'translation_key', 'locale', 'content_type', 'alias_of',
        'live', 'live_revision', 'latest_revision', 'latest_revision_created_at', 'has_unpublished_changes',
        'first_published_at', 'last_published_at', 'go_live_at', 'expire_at', 'expired', 'locked', 'locked_at',
        'locked_by', 'owner', 'draft_title', 'version', 'wagtail_admin_comments']) $$;
"""

# The account that wrote what a version says, or none: `writer_of` in by_two.py.
WRITER = """
CREATE FUNCTION hub_writer_of(of_revision bigint) RETURNS bigint LANGUAGE plpgsql STABLE
SET search_path = public, pg_temp AS $$
DECLARE
    latest wagtailcore_revision;
    earlier wagtailcore_revision;
    said jsonb;
    writer bigint;
BEGIN
    SELECT * INTO latest FROM wagtailcore_revision WHERE id = of_revision;
    said := hub_words(latest.content);
    writer := latest.user_id;
    FOR earlier IN SELECT * FROM wagtailcore_revision r WHERE r.base_content_type_id = latest.base_content_type_id
        AND r.object_id = latest.object_id AND r.id < latest.id ORDER BY r.id DESC
    LOOP
        EXIT WHEN hub_words(earlier.content) <> said;
        writer := earlier.user_id;
    END LOOP;
    RETURN writer;
END $$;

CREATE FUNCTION hub_let_out_by_another(of_revision bigint) RETURNS boolean LANGUAGE sql STABLE
SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM wagtailcore_pagelogentry WHERE revision_id = of_revision
        AND action IN ('wagtail.publish', 'wagtail.publish.schedule')
        AND user_id IS NOT NULL AND user_id IS DISTINCT FROM hub_writer_of(of_revision)) $$;
"""

# A note is written as it happens; the rest is looked at when the transaction ends, since Wagtail notes last.
FENCES = """
CREATE FUNCTION hub_note_by_two() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF (NEW.user_id IS NULL OR NEW.revision_id IS NULL) AND current_user = 'hub_web' THEN
        RAISE EXCEPTION 'hub_by_two: page % is let out by nobody', NEW.page_id USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.user_id = hub_writer_of(NEW.revision_id) THEN
        RAISE EXCEPTION 'hub_by_two: page % is let out by its writer', NEW.page_id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER hub_note_by_two AFTER INSERT OR UPDATE ON wagtailcore_pagelogentry FOR EACH ROW
    WHEN (NEW.action IN ('wagtail.publish', 'wagtail.publish.schedule')) EXECUTE FUNCTION hub_note_by_two();

CREATE FUNCTION hub_page_by_two() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF current_user <> 'hub_web' THEN
        RETURN NULL;
    END IF;
    IF TG_OP = 'UPDATE' THEN
        IF OLD.live AND NEW.live_revision_id IS NOT DISTINCT FROM OLD.live_revision_id THEN
            RETURN NULL;
        END IF;
    END IF;
    IF NEW.live_revision_id IS NULL OR NOT hub_let_out_by_another(NEW.live_revision_id) THEN
        RAISE EXCEPTION 'hub_by_two: page % has no second person', NEW.id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER hub_page_by_two AFTER INSERT OR UPDATE OF live, live_revision_id ON wagtailcore_page
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.live) EXECUTE FUNCTION hub_page_by_two();

CREATE FUNCTION hub_day_by_two() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF current_user <> 'hub_web' THEN
        RETURN NULL;
    END IF;
    IF TG_OP = 'UPDATE' THEN
        IF OLD.approved_go_live_at = NEW.approved_go_live_at AND OLD.content = NEW.content
            AND OLD.user_id IS NOT DISTINCT FROM NEW.user_id THEN
            RETURN NULL;
        END IF;
        IF OLD.approved_go_live_at IS NOT NULL AND OLD.content <> NEW.content THEN
            RAISE EXCEPTION 'hub_by_two: version % waits for its day', NEW.id USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    IF NOT hub_let_out_by_another(NEW.id) THEN
        RAISE EXCEPTION 'hub_by_two: version % has no second person', NEW.id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER hub_day_by_two AFTER INSERT OR UPDATE ON wagtailcore_revision
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.approved_go_live_at IS NOT NULL)
    EXECUTE FUNCTION hub_day_by_two();

CREATE FUNCTION hub_somebody_wrote() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF current_user <> 'hub_web' THEN
        RETURN NULL;
    END IF;
    -- A copy brings along what nobody wrote, with its old times; and what nobody wrote may be kept as it is.
    IF TG_OP = 'UPDATE' THEN
        IF OLD.user_id IS NULL AND OLD.content = NEW.content THEN
            RETURN NULL;
        END IF;
    ELSIF EXISTS (SELECT 1 FROM wagtailcore_revision r WHERE r.id < NEW.id AND r.user_id IS NULL
        AND r.created_at = NEW.created_at) THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'hub_by_two: version % has no writer', NEW.id USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER hub_somebody_wrote AFTER INSERT OR UPDATE OF user_id, content ON wagtailcore_revision FOR EACH ROW
    WHEN (NEW.user_id IS NULL) EXECUTE FUNCTION hub_somebody_wrote();
"""
AWAY = """
DROP TRIGGER hub_somebody_wrote ON wagtailcore_revision; DROP FUNCTION hub_somebody_wrote();
DROP TRIGGER hub_day_by_two ON wagtailcore_revision; DROP FUNCTION hub_day_by_two();
DROP TRIGGER hub_page_by_two ON wagtailcore_page; DROP FUNCTION hub_page_by_two();
DROP TRIGGER hub_note_by_two ON wagtailcore_pagelogentry; DROP FUNCTION hub_note_by_two();
DROP FUNCTION hub_let_out_by_another(bigint); DROP FUNCTION hub_writer_of(bigint);
DROP FUNCTION hub_words(jsonb); DROP FUNCTION hub_plain(jsonb);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("knowledge", "0008_what_pages_are_called"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [migrations.RunSQL(PLAIN + WRITER + FENCES, AWAY)]
