"""What kind of thing each field is of what is tried together."""

from typing import Final

from .field_kinds import ERASE, KEEP, NEVER_EXPORT

# What is tried together is documents: who took part goes with the pupil, and every other row names nobody but the
# adults who wrote it. What somebody chose in a survey is tied to nobody, and is shown in sums only.
FIELDS_OF_PROJECTS: Final[dict[str, dict[str, str]]] = {
    "projects.Programme": {
        KEEP: "id key name about region target_groups funder own_share budget smallest starts ends ended_at ended_by"
        " by at",
    },
    "projects.ProgrammeGoal": {KEEP: "id programme kind text indicator target by_when ended_at ended_by by at"},
    "projects.ProgrammeMunicipality": {
        KEEP: "id programme municipality joined_on left_on left_why left_by left_at by at",
    },
    "projects.Call": {
        KEEP: "id programme name about opens_at closes_at for_schools for_municipalities first_year last_year frame"
        " most published_at published_by by at",
    },
    "projects.CallQuestion": {KEEP: "id call number text hint longest required from_analysis by at"},
    "projects.Criterion": {KEEP: "id call kind number text weight by at"},
    "projects.Application": {
        KEEP: "id call school municipality name state role submitted_at submitted_by reviewed_at closed_at closed_by"
        " why_closed by at",
    },
    "projects.ApplicationAnswer": {KEEP: "id application question text version beside by at"},
    "projects.ApplicationBudget": {KEEP: "id application lines grant own version by at"},
    "projects.Screening": {KEEP: "id application checks verdict text role by at"},
    "projects.CallDecision": {KEEP: "id application granted grant reasons conditions role by at"},
    "projects.Review": {
        KEEP: "id application reviewer conflict conflict_what declared_at submitted_at withdrawn_at by at",
    },
    "projects.ReviewSheet": {KEEP: "id review application reviewer scores text advice by at"},
    "projects.SubProject": {
        KEEP: "id programme application name about school municipality state leader leader_role stand_in starts ends"
        " grant own version outside_id by at",
    },
    "projects.StateMove": {KEEP: "id sub_project before after why role by at"},
    "projects.Participant": {
        ERASE: "id sub_project pupil case measure start_date end_date why_ended ended_by ended_at by at",
    },
    "projects.Goal": {
        KEEP: "id sub_project kind text indicator unit scale baseline baseline_n baseline_on target text_target by_when"
        " split ended_at ended_by by at",
    },
    "projects.GoalReading": {KEEP: "id goal on value n part text by at"},
    "projects.Analysis": {KEEP: "id application sub_project school municipality version document done_at by at"},
    "projects.Activity": {
        KEEP: "id sub_project name about intent reach level method starts ends planned_times ended_at ended_by by at",
    },
    "projects.EvaluationPlan": {KEEP: "id sub_project plan checksum draw by at"},
    "projects.LedgerEntry": {
        KEEP: "id sub_project on kind paid_by category text minutes rate amount takes_back by at",
    },
    "projects.Risk": {
        KEEP: "id sub_project what likely serious done_about owner_role closed_at closed_by why_closed by at",
    },
    "projects.Deviation": {KEEP: "id sub_project what decision role by at"},
    "projects.Document": {KEEP: "id sub_project name text file_name kind content checksum by at"},
    "projects.Session": {KEEP: "id programme sub_project request kind on minutes topic note by at"},
    "projects.Agreement": {KEEP: "id sub_project session what owner_role due done_at done_by by at"},
    "projects.RegionDecision": {KEEP: "id programme about text owner due done_at done_by outcome by at"},
    "projects.SupportRequest": {
        KEEP: "id school municipality kind text state role offer offered_at offered_by outcome closed_at closed_by by"
        " at",
    },
    "projects.Report": {
        KEEP: "id sub_project kind first last due state answers version submitted_at submitted_by approved_at"
        " approved_by why_back published published_at published_by by at",
    },
    "projects.Claim": {KEEP: "id report goal indicator text says register verdict by at"},
    "projects.FollowUpAsked": {
        KEEP: "id sub_project months due asked_at answers answered_at answered_by records by at",
    },
    "projects.Survey": {
        KEEP: "id application sub_project school municipality audience title questions smallest first last closed_at"
        " closed_by by at",
        NEVER_EXPORT: "key",
    },
    "projects.SchoolFigures": {KEEP: "school as_of made_at document"},
    "projects.GoalFigures": {KEEP: "id sub_project as_of made_at document"},
    "projects.PublishedFigure": {KEEP: "id kpi place year tenths is_region source read_on at"},
    "projects.SurveyAnswer": {KEEP: "id survey answers"},
    "projects.ActivityTime": {KEEP: "id activity on times held why by at"},
    "projects.RegisterFigure": {KEEP: "id sub_project measure before now low high n of few until as_of at"},
    "projects.PartCounts": {
        KEEP: "id sub_project came going_on completed early moved planned given points points_known points_followed"
        " points_partly as_of at",
    },
    "projects.Network": {KEEP: "id programme name about ended_at ended_by by at"},
    "projects.NetworkMember": {KEEP: "id network sub_project left_at left_by by at"},
    "projects.NetworkMeeting": {KEEP: "id session network by at"},
    "projects.Offer": {KEEP: "id kind name about taken_away_at taken_away_by by at"},
    "projects.HandOver": {KEEP: "id sub_project absorbed owner_role what by at"},
}
