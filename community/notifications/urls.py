"""Addresses of a member's notifications and of the link that unsubscribes."""

from django.urls import path

from community.notifications import views

urlpatterns = [
    path("notifications/", views.notification_list, name="notification-list"),
    path("notifications/read/", views.notification_read_all, name="notification-read-all"),
    path(
        "notifications/unsubscribe/<str:token>/",
        views.notification_unsubscribe,
        name="notification-unsubscribe",
    ),
    path("notifications/<slug:public_id>/open/", views.notification_open, name="notification-open"),
    path("notifications/<slug:public_id>/read/", views.notification_read, name="notification-read"),
    path("settings/notifications/devices/", views.device_add, name="device-add"),
    path("settings/notifications/devices/<slug:public_id>/remove/", views.device_remove, name="device-remove"),
    path("settings/notifications/", views.notification_settings, name="notification-settings"),
]
