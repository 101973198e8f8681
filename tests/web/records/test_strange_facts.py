"""Facts that are strange but well written, sent in on the page: some are turned away and named, the others count."""

from django.core.files.uploadedfile import SimpleUploadedFile

from pluginnovation.web.people.models import Enrolment
from pluginnovation.web.records.models import Job
from tests.web.records.sending import NEW, csv_files, page_of, sent, work

GRADES = "student_id,subject_code,course_code,points,grade,registered_date,kind,semester\n"
FINE = "".join(f"mira,MA,,,{grade},2025-0{month}-10,term,VT\n" for month in range(1, 7) for grade in "A")


def test_a_grade_outside_the_scale_of_its_day_is_turned_away_and_named_on_the_page(adam):
    strange = (
        "mira,MA,,,G,2025-06-11,final,VT\n"  # a grade of another scale
        "mira,EN,,,A,2010-06-10,final,VT\n"  # a grade from before its scale
        "mira,SV,,,MVG,2010-06-10,final,VT\n"  # in the scale of its day
        "mira,ZZ9,ZZTOP99,50,E,2025-06-10,final,VT\n"  # a course that nobody knows: taken, and listed by the doctor
    )
    upload = sent(adam, [*csv_files(), SimpleUploadedFile("grades.csv", (GRADES + FINE + strange).encode())])
    work()

    assert "2 rader tas inte emot" in page_of(adam, upload)
    listed = adam.get(f"{NEW}{upload.pk}/?format=csv").content.decode("utf-8-sig").splitlines()
    assert [line.split(";")[1:4] for line in listed[2:]] == [
        ["grades.csv", "8", "grade, registered_date"],
        ["grades.csv", "9", "grade, registered_date"],
    ]
    assert all("Betyget finns inte i den skala som gällde den dagen." in line for line in listed[2:])
    adam.post(f"{NEW}{upload.pk}/las-in/")
    work()
    assert Job.objects.latest("pk").state == "done"


def test_a_pupil_in_two_schools_is_taken_in_both(adam):
    organisations = (
        "id,display_name,organisation_type,parent_id\nh,Björkeby,Huvudman,\nb,Björkskolan,Skolenhet,h\n"
        "g,Granskolan,Skolenhet,h\n"
    )
    persons = "id,given_name,family_name,security_marking\nmira,Mira,Ek,Ingen\n"
    stays = (
        "person_id,organisation_id,school_type,school_year,start_date\nmira,b,GR,9,2025-08-18\nmira,g,GR,9,2025-09-01\n"
    )
    files = {"organisations": organisations, "persons": persons, "enrolments": stays}
    upload = sent(adam, [SimpleUploadedFile(f"{name}.csv", text.encode()) for name, text in files.items()])
    work()
    assert "tas inte emot" not in page_of(adam, upload)
    adam.post(f"{NEW}{upload.pk}/las-in/")
    work()

    schools = Enrolment.objects.filter(pupil__source="Birkby").values_list("organisation__display_name", flat=True)
    assert sorted(schools) == ["Björkskolan", "Granskolan"]
