from django.urls import path

from .views import staying, subscribing

urlpatterns = [
    path("subscribe/", subscribing.subscribe, name="subscribe"),
    path("subscribe/link/", subscribing.send_link, name="subscribe_link"),
    path("subscribe/sent/", subscribing.sent, name="subscribe_sent"),
    path("subscribe/confirm/<str:token>/", subscribing.confirmation, name="subscribe_confirm"),
    path("subscribe/preferences/<str:token>/", staying.preferences, name="subscribe_preferences"),
    path("subscribe/leave/<str:token>/", staying.unsubscribe, name="subscribe_leave"),
    path("subscribe/data/<str:token>/", staying.data, name="subscribe_data"),
    path("subscribe/data/<str:token>/file/", staying.data_file, name="subscribe_data_file"),
    path("subscribe/data/<str:token>/erase/", staying.erasure, name="subscribe_erase"),
]
