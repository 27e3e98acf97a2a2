"""The sentences that the scripts of going live and of uploading show, in the language of the page."""

from django.utils.translation import gettext as _


def golive_words() -> dict[str, str]:
    """Read by golive.js; `{n}` is filled there."""
    return {**_devices(), **_states(), **_troubles(), **_network()}


def _devices() -> dict[str, str]:
    return {
        "camera": _("Camera"),
        "microphone": _("Microphone"),
        "share_screen": _("Show my screen"),
        "stop_screen": _("Stop showing my screen"),
        "mute": _("Mute"),
        "unmute": _("Muted. Turn the microphone on"),
        "no_screen": _("No screen was chosen."),
    }


def _states() -> dict[str, str]:
    return {
        "ready": _("Ready. Nobody sees you yet."),
        "ready_again": _("The webinar is live, but this page is not sending. Press “Go live” to go on."),
        "testing": _("Recording five seconds. Say something."),
        "tested": _("This is how you are seen and heard."),
        "checking": _("Measuring your line …"),
        "connecting": _("Connecting …"),
        "sending": _("You are live. What you say and show is seen a few seconds later."),
        "paused": _("Sending is paused; the webinar stays open. Press “Go live” to go on."),
        "flushing": _("Sending what is left …"),
        "ended": _("The webinar has ended. The recording is ready to be watched."),
    }


def _troubles() -> dict[str, str]:
    return {
        "unsupported": _("This browser cannot send video. Use a current Chrome, Edge, Safari or Firefox, or OBS."),
        "denied": _("The browser may not use camera or microphone. Allow both in the address bar, then try again."),
        "no_camera": _("No camera was found, or another program uses it. You can go on with your screen alone."),
        "no_microphone": _("No microphone was found, or another program uses it."),
        "camera_lost": _("The camera is gone. Plug it in or choose another; the sound goes on."),
        "microphone_lost": _("The microphone is gone. Plug it in or choose another: nobody hears you now."),
        "no_format": _("This browser recorded nothing. Try another browser, or send from OBS."),
        "silent": _("Nothing has been sent for 3 seconds. If it does not go on by itself, it is begun again."),
        "away": _("The connection is gone. Go on speaking: it is recorded here and sent when the line is back."),
        "line_refused": _("The site no longer takes your video. Load this page again."),
        "waiting": _("{n} s wait to be sent"),
        "lowered": _("Your line is thin: the picture is smaller now, the sound stays as it is."),
        "too_thin": _("Your line is too thin even for a small picture. Turn the camera off, or use another network."),
        "full": _("The connection has been gone too long. What was recorded is sent first; then it goes on by itself."),
        "stopped": _("A moderator has stopped the video and cut its last seconds. Press “Go live” to go on."),
        "taken": _("Another presenter is sending now. Press “Go live” to take over."),
        "cut": _("Stopped, and the last seconds are cut for everybody. Press “Go live” to go on."),
        "failed": _("That did not work."),
        "no_answer": _("The site did not answer. Please try again."),
    }


def _network() -> dict[str, str]:
    return {
        "network_high": _("{n} Mbit/s: enough for a sharp picture."),
        "network_medium": _("{n} Mbit/s: enough for a medium picture, which is now chosen."),
        "network_low": _("{n} Mbit/s: enough for a small picture, which is now chosen."),
        "network_thin": _("{n} Mbit/s: too thin for video. Try a cable, or another network."),
        "network_none": _("The line could not be measured. Try again."),
    }


def upload_words() -> dict[str, str]:
    """Read by upload.js; `{n}` and `{total}` are filled there."""
    return {
        "reading": _("Looking at the file …"),
        "sending": _("{n} of {total} MB are safe"),
        "again": _("This file was begun before: it goes on where it stopped."),
        "other": _("Another file was begun before. Choose that one to go on, or give it up first."),
        "away": _("The connection is gone. It goes on by itself when the line is back."),
        "working": _("All is here. It is being prepared: {n} %"),
        "ready": _("The recording is ready."),
        "failed": _("This file cannot be used: it should be a video in MP4 or WebM."),
        "refused": _("That did not work."),
        "cancelled": _("Given up. Nothing of it is kept."),
        "paused": _("Paused."),
    }
