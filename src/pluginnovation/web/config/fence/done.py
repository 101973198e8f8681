"""When the steps of sub-projects were done, and when anything was: one question over all tables that tell of it.

It reads as the asker, behind the policies of every table; being one function its plan is made once a connection, since
the policies of fourteen tables take longer to plan than to follow.
"""

from typing import Final

DONE: Final = """
CREATE FUNCTION fence.done_times(one bigint) RETURNS TABLE (sub_project bigint, step text, first date, last date)
LANGUAGE plpgsql STABLE SECURITY INVOKER SET search_path = public, pg_temp
SET plan_cache_mode = force_generic_plan AS $$
BEGIN RETURN QUERY
    SELECT t.whose, t.done, (min(t.since) AT TIME ZONE '{zone}')::date, (max(t.until) AT TIME ZONE '{zone}')::date
    FROM (
        SELECT sub_project_id AS whose, '{analysed}' AS done, done_at AS since, NULL::timestamptz AS until
            FROM projects_analysis WHERE done_at IS NOT NULL
        UNION ALL SELECT s.id, '{analysed}', a.done_at, NULL
            FROM projects_analysis a JOIN projects_subproject s ON s.application_id = a.application_id
            WHERE a.done_at IS NOT NULL
        UNION ALL SELECT sub_project_id, '{goals}', CASE WHEN ended_at IS NULL THEN at END, at FROM projects_goal
        UNION ALL SELECT g.sub_project_id, '', NULL, r.at
            FROM projects_goalreading r JOIN projects_goal g ON g.id = r.goal_id
        UNION ALL SELECT sub_project_id, '{planned}', at, NULL FROM projects_evaluationplan
        UNION ALL SELECT a.sub_project_id, '{started}',
            CASE WHEN t.held THEN t."on"::timestamp AT TIME ZONE '{zone}' END, t.at
            FROM projects_activitytime t JOIN projects_activity a ON a.id = t.activity_id
        UNION ALL SELECT sub_project_id, kind, submitted_at, greatest(at, submitted_at) FROM projects_report
        UNION ALL SELECT sub_project_id, '{handed}', at, at FROM projects_handover
        UNION ALL SELECT sub_project_id, '', NULL, at FROM projects_activity
        UNION ALL SELECT sub_project_id, '', NULL, at FROM projects_deviation
        UNION ALL SELECT sub_project_id, '', NULL, at FROM projects_ledgerentry
        UNION ALL SELECT sub_project_id, '', NULL, at FROM projects_session
        UNION ALL SELECT sub_project_id, '', NULL, at FROM projects_agreement
    ) t WHERE t.whose IS NOT NULL AND (one IS NULL OR t.whose = one) GROUP BY 1, 2;
END $$;
"""


def done_statement() -> str:
    """The function. A report's kind is the name of its step."""
    from django.conf import settings

    from pluginnovation.projects import process_state as ps

    return DONE.format(
        zone=settings.TIME_ZONE, analysed=ps.ANALYSED, goals=ps.GOALS, planned=ps.PLANNED, started=ps.STARTED,
        handed=ps.HANDED,
    )  # fmt: skip
