"""What members do with their notifications. Notices themselves are not events: the event that caused them is."""

from django.utils.translation import gettext_lazy as _

VERBS = {
    "notifications.preferences.changed": _("changed how to be notified"),
    "notifications.device.added": _("let a device be pushed to"),
    "notifications.device.removed": _("stopped pushing to a device"),
    "notifications.mail.unsubscribed": _("unsubscribed from e-mails of a kind"),
}
