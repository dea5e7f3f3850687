from django.apps import AppConfig


class FeatureAppConfig(AppConfig):
    name = "tests.feature_app"
    label = "feature_app"
    default_auto_field = "django.db.models.BigAutoField"
