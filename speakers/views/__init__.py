"""The speakers' side's own views in the admin; Wagtail's are in viewsets."""
