"""The visitors' home page."""

HOME = {
    "title": "Collegium",
    "hero_title": "What clinicians know, shared with clinicians.",
    "hero_lead": (
        "A community of verified health professionals. Ask how others solve it, show what works in your region, "
        "weigh the evidence together. Never a patient’s case."
    ),
    "hero_small": "Reading public spaces needs no account. Writing is for verified clinicians of every profession.",
    "body": [
        {
            "type": "steps",
            "value": {
                "heading": "How it works",
                "steps": [
                    {
                        "title": "Show who you are",
                        "text": (
                            "Sign up, then prove your licence: a match with your register, and proof that the entry "
                            "is yours. A person decides about every application."
                        ),
                    },
                    {
                        "title": "Ask without a case",
                        "text": (
                            "Write about populations, protocols and places. Every text is checked before anybody "
                            "reads it, and you are shown what to change and why."
                        ),
                    },
                    {
                        "title": "Know how far to trust it",
                        "text": (
                            "Each reply names its writer’s profession and region, whether the licence was checked, "
                            "and whether you read evidence, local practice or opinion."
                        ),
                    },
                ],
            },
        },
        {
            "type": "showcase",
            "value": {
                "heading": "Open to read now",
                "intro": "The newest threads in public spaces, and the spaces themselves.",
            },
        },
        {
            "type": "example_pair",
            "value": {
                "heading": "What “case-free” means",
                "intro": (
                    "A question can be sharp and useful and still point to nobody. Both of these are invented; "
                    "only one of them can be posted here."
                ),
                "examples": [
                    {
                        "verdict": "allowed",
                        "text": (
                            "In adults in their 50s and 60s starting treatment for drug-susceptible tuberculosis, how "
                            "often do you repeat liver tests when there are none at baseline?"
                        ),
                        "why": "A population, a treatment and a question about practice. It helps a whole ward.",
                    },
                    {
                        "verdict": "refused",
                        "text": (
                            "My patient, a teacher from the next village, came in last week with jaundice on day 9. "
                            "What would you do?"
                        ),
                        "why": "One person, a job, a place and a time: a neighbour could recognise them.",
                    },
                ],
            },
        },
        {
            "type": "values",
            "value": {
                "heading": "What we stand for",
                "intro": "",
                "entries": [
                    {
                        "title": "Patients stay out of it",
                        "text": "Not anonymised, not disguised: absent. What is not here cannot leak.",
                    },
                    {
                        "title": "Real, checked colleagues",
                        "text": "A licence is checked with its register and renewed. Nobody posts on a borrowed number.",
                    },
                    {
                        "title": "Every region teaches",
                        "text": "What works with two nurses and one oxygen concentrator counts as knowledge.",
                    },
                    {
                        "title": "Honest about certainty",
                        "text": "Evidence, local practice and opinion are labelled, and interests are declared.",
                    },
                    {
                        "title": "Nothing for sale",
                        "text": "No advertising, no sponsored posts, no sale of what members write or read.",
                    },
                    {
                        "title": "Your time is short",
                        "text": "No endless feed. Read what is new to you, and be told only what you asked for.",
                    },
                ],
            },
        },
    ],
}
