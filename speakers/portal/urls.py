from django.urls import path

from . import autosave, clearing, helping, passing, profile, promises, reply, uploads, views

app_name = "portal"
urlpatterns = [
    path("", views.index, name="index"),
    path("profile/", profile.profile, name="profile"),
    path("profile/save/", autosave.autosave_profile, name="autosave_profile"),
    path("preview/<str:token>/", views.shared_preview, name="shared_preview"),
    path("<int:talk_pk>/", views.my_talk, name="talk"),
    path("<int:talk_pk>/save/", autosave.autosave, name="autosave"),
    path("<int:talk_pk>/preview/", views.preview, name="preview"),
    path("<int:talk_pk>/slides/", views.slides, name="slides"),
    path("<int:talk_pk>/slides/copy/", views.slides, {"what": "copy"}, name="slides_copy"),
    path("<int:talk_pk>/slides/made/", views.slides, {"what": "made"}, name="slides_made"),
    path("<int:talk_pk>/slides/upload/", uploads.upload, name="upload"),
    path("<int:talk_pk>/reply/", reply.reply, name="reply"),
    path("<int:talk_pk>/questions.docx", reply.questions, name="questions"),
    path("<int:talk_pk>/send/", passing.send, name="send"),
    path("<int:talk_pk>/take-back/", passing.take_back, name="take_back"),
    path("<int:talk_pk>/helpers/", helping.helpers, name="helpers"),
    path("<int:talk_pk>/clearance/", clearing.clearance, name="clearance"),
    path("<int:talk_pk>/correct/", passing.correct, name="correct"),
    path("<int:talk_pk>/promises/<int:pk>/", promises.promise, name="promise"),
]
