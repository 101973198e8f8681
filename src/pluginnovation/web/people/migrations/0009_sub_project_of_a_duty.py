import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0008_schooled"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="duty",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="duty",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="duty",
            name="delete_delete",
        ),
        migrations.AddField(
            model_name="duty",
            name="sub_project",
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="dutyevent",
            name="sub_project",
            field=models.BigIntegerField(null=True),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="duty",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "people_dutyevent" ("assignment_type", "duty_role", "end_date", "group_id", "id", "organisation_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "source", "start_date", "sub_project", "user_id") VALUES (NEW."assignment_type", NEW."duty_role", NEW."end_date", NEW."group_id", NEW."id", NEW."organisation_id", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."role", NEW."source", NEW."start_date", NEW."sub_project", NEW."user_id"); RETURN NULL;',
                    hash="9fbc26d76b82fc3a2752050bfeb9388dc0c06551",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_3dfe4",
                    table="people_duty",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="duty",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "people_dutyevent" ("assignment_type", "duty_role", "end_date", "group_id", "id", "organisation_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "source", "start_date", "sub_project", "user_id") VALUES (NEW."assignment_type", NEW."duty_role", NEW."end_date", NEW."group_id", NEW."id", NEW."organisation_id", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."role", NEW."source", NEW."start_date", NEW."sub_project", NEW."user_id"); RETURN NULL;',
                    hash="e47c30282ea68793063aac2e5a22a0e788649d12",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_1eae5",
                    table="people_duty",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="duty",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "people_dutyevent" ("assignment_type", "duty_role", "end_date", "group_id", "id", "organisation_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "source", "start_date", "sub_project", "user_id") VALUES (OLD."assignment_type", OLD."duty_role", OLD."end_date", OLD."group_id", OLD."id", OLD."organisation_id", OLD."person_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."role", OLD."source", OLD."start_date", OLD."sub_project", OLD."user_id"); RETURN NULL;',
                    hash="88e8c01201f3f17111621338ef6cad37cd728a63",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_411c5",
                    table="people_duty",
                    when="AFTER",
                ),
            ),
        ),
    ]
