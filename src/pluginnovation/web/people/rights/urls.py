"""The addresses of the pages of rights, emergencies and what takes two people."""

from django.urls import path, register_converter

from .pages import access_rules, admissions, approvals, emergency, extract, statements, unmask, why


class RowNumber:
    """A number that a database integer can hold: a longer one is no page."""

    regex = "[0-9]{1,9}"

    def to_python(self, value: str) -> int:
        """The number."""
        return int(value)

    def to_url(self, value: int) -> str:
        """Its digits."""
        return str(value)


register_converter(RowNumber, "row")

urlpatterns = [
    path("elev/<str:code>/varfor/", why.why, name="why"),
    path("elev/<str:code>/utdrag/", extract.extracts, name="extracts"),
    path("elev/<str:code>/utdrag/<row:number>/", extract.review, name="extract"),
    path("elev/<str:code>/utdrag/<row:number>/slapp/", extract.release, name="extract_release"),
    path("elev/<str:code>/utdrag/<row:number>/kasta/", extract.withdraw, name="extract_withdraw"),
    path("elev/<str:code>/utdrag/<row:number>/hamta/", extract.collect, name="extract_collect"),
    path("elev/<str:code>/synpunkter/", statements.statements, name="statements"),
    path("elev/<str:code>/synpunkter/<row:number>/svar/", statements.answer, name="statement_answer"),
    path("nodatkomst/", emergency.emergency, name="emergency"),
    path("nodatkomst/regler/", access_rules.access_rules, name="access_rules"),
    path("nodatkomst/<row:number>/avsluta/", emergency.end, name="emergency_end"),
    path("nodatkomst/<row:number>/last/", emergency.read, name="emergency_read"),
    path("skyddade/", admissions.admissions, name="admissions"),
    path("skyddade/nytt/", admissions.new, name="admission_new"),
    path("skyddade/meddelanden/<row:number>/last/", admissions.read, name="protection_notice_read"),
    path("skyddade/<row:number>/", admissions.admitted, name="admitted"),
    path("skyddade/<row:number>/aterkalla/", admissions.end, name="admission_end"),
    path("skyddade/<row:number>/namngivna/", admissions.name, name="admission_name"),
    path("skyddade/<row:number>/namngivna/bort/", admissions.unname, name="admission_unname"),
    path("tillstand/", approvals.approvals, name="approvals"),
    path("tillstand/begar-lista/", approvals.ask_list, name="ask_list"),
    path("tillstand/namn/", unmask.ask, name="ask_unmask"),
    path("tillstand/<row:number>/", approvals.approval, name="approval"),
    path("tillstand/<row:number>/gor/", approvals.use, name="approval_use"),
]
