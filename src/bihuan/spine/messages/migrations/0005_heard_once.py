from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('outbox', '0004_channel_marks'),
    ]

    operations = [
        migrations.RenameField(model_name='heard', old_name='is_done', new_name='is_answered'),
    ]
