from django.urls import path

from . import autosave, passing, promises, views

app_name = "portal"
urlpatterns = [
    path("", views.index, name="index"),
    path("preview/<str:token>/", views.shared_preview, name="shared_preview"),
    path("<int:talk_pk>/", views.my_talk, name="talk"),
    path("<int:talk_pk>/save/", autosave.autosave, name="autosave"),
    path("<int:talk_pk>/preview/", views.preview, name="preview"),
    path("<int:talk_pk>/slides/", views.slides, name="slides"),
    path("<int:talk_pk>/send/", passing.send, name="send"),
    path("<int:talk_pk>/take-back/", passing.take_back, name="take_back"),
    path("<int:talk_pk>/correct/", passing.correct, name="correct"),
    path("<int:talk_pk>/promises/<int:pk>/", promises.promise, name="promise"),
]
