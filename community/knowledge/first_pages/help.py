"""The help pages."""

from typing import Any

STARTING: dict[str, Any] = {
    "title": "Your first hour",
    "slug": "first-hour",
    "intro": "From signing up to your first reply.",
    "body": [
        {
            "type": "text",
            "value": (
                "<ol><li><b>Sign up</b> with an e-mail address you will keep, and confirm it by the link we send.</li>"
                "<li><b>Complete your profile</b>: profession, specialty, country. They stand beside everything you "
                "write and bring you the questions you can answer.</li>"
                "<li><b>Apply for verification</b>. The page shows which registers we can read in your country, what "
                "else counts, and what is still missing. You can stop and continue later.</li>"
                "<li><b>Read and follow</b> while you wait. Unread replies are counted for you, and “first unread” "
                "brings you to where you stopped.</li>"
                "<li><b>Write</b> once you are verified. The guide to writing without a case takes five minutes.</li></ol>"
            ),
        },
        {
            "type": "question",
            "value": {
                "question": "How long does verification take?",
                "answer": "<p>A person looks at every application, the oldest first. You see the state at any time, and "
                "you are told when something is missing or decided.</p>",
            },
        },
        {
            "type": "question",
            "value": {
                "question": "Who may join?",
                "answer": "<p>Everybody in a health profession that is licensed or registered where they work, and "
                "students of one. The full list is in the application.</p>",
            },
        },
    ],
}

WRITING: dict[str, Any] = {
    "title": "Asking and answering",
    "slug": "asking-and-answering",
    "intro": "Titles, stances, tags, mentions, quotes and formatting.",
    "body": [
        {
            "type": "text",
            "value": (
                "<h2>A title that is found</h2><p>Write what a colleague would type: the condition or task, the setting, "
                "the decision. “Oxygen weaning in bronchiolitis without blood gases” is found; “Quick question” is "
                "not.</p>"
                "<h2>The stance of a post</h2><p>Each post says how it wants to be read: <b>question</b>, <b>evidence "
                "summary</b> (give the sources), <b>local practice</b> (say where and with what) or <b>opinion</b>.</p>"
                "<h2>Tags</h2><p>Two to five. Choose from the suggestions: they keep one word for one thing.</p>"
                "<h2>Mentioning and quoting</h2><p>Type @ and the beginning of a name to bring somebody in; they are "
                "told, if they may read the space. “Quote” puts the passage you have marked into your reply.</p>"
                "<h2>Formatting</h2><p>**bold**, *italic*, “- ” at the start of a line for a list, “&gt; ” for a "
                "quotation, [words](address) for a link. The preview shows what will be published.</p>"
                "<h2>Changing and withdrawing</h2><p>You can edit your posts. Earlier versions stay visible to those "
                "who can read the thread, so that replies keep their sense.</p>"
            ),
        }
    ],
}

SPACES: dict[str, Any] = {
    "title": "Spaces and who can read them",
    "slug": "spaces",
    "intro": "Where to post, and who will see it.",
    "body": [
        {
            "type": "text",
            "value": (
                "<p>A space belongs to a specialty, a topic or a region. It states its purpose and who may read and "
                "write in it. The same words stand above the box you write in.</p><ul>"
                "<li><b>Public</b>: everybody can read, also without an account. Verified members write.</li>"
                "<li><b>Members</b>: everybody with an account can read.</li>"
                "<li><b>Verified</b>: only verified members can read.</li>"
                "<li><b>A profession</b>: verified members of that profession.</li>"
                "<li><b>Private group</b>: those who were added.</li></ul>"
                "<p>A space you may not read does not appear anywhere for you: not in lists, not in numbers, not in "
                "notifications.</p>"
            ),
        }
    ],
}

REACHING: dict[str, Any] = {
    "title": "What reaches you, and how",
    "slug": "notifications",
    "intro": "The bell, e-mail, and how to have less of both.",
    "body": [
        {
            "type": "text",
            "value": (
                "<p>You are told about replies in threads you follow, mentions, your own posts when a moderator has "
                "looked at them, and your verification. The bell counts what you have not seen.</p>"
                "<h2>E-mail</h2><p>E-mails say that there is something new and where, never what it says: mailboxes are "
                "not the place for it. Every e-mail has a link that stops its kind with one click. What the kinds are, "
                "and which you want, stands under “What reaches me”.</p>"
            ),
        }
    ],
}

HELD: dict[str, Any] = {
    "title": "When a post is held or removed",
    "slug": "held-or-removed",
    "intro": "What moderators see, what they decide, and how to object.",
    "body": [
        {
            "type": "text",
            "value": (
                "<h2>Held</h2><p>When the check finds what reads like one person’s story, your post waits for a "
                "moderator. Only you and moderators can see it. You can change or withdraw it meanwhile.</p>"
                "<h2>Reported</h2><p>Members can report a post with a reason. It stays visible until somebody decides, "
                "unless it may identify a patient.</p>"
                "<h2>Decided</h2><p>You are told what was decided and why. Removed posts leave a line that says so.</p>"
                "<h2>Objecting</h2><p>You may appeal once. Somebody else decides.</p>"
            ),
        }
    ],
}

ACCOUNT: dict[str, Any] = {
    "title": "Signing in, your data",
    "slug": "account",
    "intro": "Passkeys, second factors, sessions, downloading and deleting.",
    "body": [
        {
            "type": "text",
            "value": (
                "<h2>Signing in</h2><p>By password or passkey. A passkey is quicker and cannot be phished; your phone or "
                "computer keeps it. Add a second factor (an app that shows codes) and keep the recovery codes "
                "somewhere safe. Staff must have one.</p>"
                "<h2>Sessions</h2><p>Your settings list where you are signed in; you can end any of them.</p>"
                "<h2>Download</h2><p>One file with everything you gave us: profile, posts, settings, verification.</p>"
                "<h2>Delete</h2><p>Your profile and documents are erased, your posts stay without your name. It cannot "
                "be undone.</p>"
            ),
        }
    ],
}

KEYBOARD: dict[str, Any] = {
    "title": "Keyboard, colours, printing",
    "slug": "keyboard",
    "intro": "Ways to work faster, or simply your way.",
    "body": [
        {
            "type": "text",
            "value": (
                "<h2>Keyboard</h2><p>Press ? on any page to see the shortcuts. The important ones: j and k move through "
                "lists and threads, g then h goes home, g then f to the forums, g then n to what is new, Ctrl with "
                "Enter sends what you write. Single keys can be switched off in the same window.</p>"
                "<h2>Colours</h2><p>Light, dark, or as your system says: at the foot of every page and in your menu.</p>"
                "<h2>Printing</h2><p>Threads print without menus, with names, dates and the full addresses of links.</p>"
            ),
        }
    ],
}

HELP = [STARTING, WRITING, SPACES, REACHING, HELD, ACCOUNT, KEYBOARD]
