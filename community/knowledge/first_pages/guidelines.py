"""The rules: code of conduct, writing without a case, verification, privacy, accessibility."""

from typing import Any

CODE_OF_CONDUCT: dict[str, Any] = {
    "title": "Code of conduct",
    "slug": "code-of-conduct",
    "version": "2026-11",
    "in_force_from": "2026-11-01",
    "changes": "First version.",
    "intro": "What members promise each other, what happens when somebody breaks it, and how to object.",
    "body": [
        {
            "type": "text",
            "value": (
                "<p>You agree to this code, by its version, before your first post. When it changes in substance you "
                "are asked again, and you can read what changed.</p>"
                "<h2>What we promise each other</h2><ol>"
                "<li><b>No patients.</b> Nothing you write points to one patient, also not in disguise, in a name of "
                "a file, or spread over several posts. The guide to writing without a case says how.</li>"
                "<li><b>We are who we say.</b> One person, one account, your own licence, your own name.</li>"
                "<li><b>We say what we know and how.</b> Mark a post as question, evidence summary, local practice or "
                "opinion. Give sources for claims. Correct yourself when you were wrong.</li>"
                "<li><b>We declare interests.</b> Money, shares, employment, speaking fees: state them in your "
                "profile once a year and in the post where they matter.</li>"
                "<li><b>We argue about the matter.</b> Disagree with the reasoning, never with the person, the "
                "country or the profession.</li>"
                "<li><b>No advice to the public.</b> Members of the public read here; nobody is treated here. Do not "
                "answer questions about anyone’s own care.</li>"
                "<li><b>Nothing for sale.</b> No promotion of products, services, courses for money, or yourself as a "
                "business. No recruiting.</li>"
                "<li><b>What is said in closed spaces stays there.</b> Do not copy posts of others to other places "
                "without asking them.</li>"
                "<li><b>We help newcomers.</b> A basic question is welcome; so is a pointer to where it was answered.</li>"
                "<li><b>We report instead of fighting.</b> Use Report; moderators answer for what happens next.</li>"
                "</ol><h2>Examples</h2><p>All of these are invented.</p>"
            ),
        },
        {
            "type": "example",
            "value": {
                "verdict": "allowed",
                "text": "Our district moved to weekend ward rounds by pharmacists. Missed doses fell from 11 % to 6 % in "
                "a year, over roughly 9,000 admissions. What did it cost you elsewhere?",
                "why": "An aggregate with large numbers, a local practice, an open question.",
            },
        },
        {
            "type": "example",
            "value": {
                "verdict": "allowed",
                "text": "I disagree with the summary above: two of the three trials it cites excluded people with renal "
                "impairment, which is most of whom we see.",
                "why": "Sharp, but about the reasoning.",
            },
        },
        {
            "type": "example",
            "value": {
                "verdict": "refused",
                "text": "Only someone trained in that country would write this.",
                "why": "It attacks people for where they learned, and adds nothing.",
            },
        },
        {
            "type": "example",
            "value": {
                "verdict": "refused",
                "text": "We had exactly one birth like this all year, on the night of the storm, and she is still on the "
                "ward.",
                "why": "No name is needed to know who is meant: the only case, and the night.",
            },
        },
        {
            "type": "example",
            "value": {
                "verdict": "refused",
                "text": "Message me for 20 % off the ultrasound course I run.",
                "why": "Promotion. You may mention the method; you may not sell it.",
            },
        },
        {
            "type": "text",
            "value": (
                "<h2>What happens when the code is broken</h2><p>Moderators choose the mildest step that works:</p><ol>"
                "<li>the post is held or removed, and you are told why and how to write it differently;</li>"
                "<li>a warning that only you see;</li><li>a pause from posting, for days or weeks;</li>"
                "<li>the end of your right to post;</li><li>the end of your account.</li></ol>"
                "<p>Posts that identify a patient are removed at once, whoever wrote them and however good the reason. "
                "A false licence ends the account.</p>"
                "<h2>Objecting</h2><p>You may appeal once against each decision. Somebody who did not take the decision "
                "looks at it and answers with reasons. Moderators follow this code themselves, and what they do is "
                "recorded in a log that cannot be altered unnoticed.</p>"
            ),
        },
    ],
}

CASE_FREE: dict[str, Any] = {
    "title": "Writing without a case",
    "slug": "writing-without-a-case",
    "intro": "How to ask the question behind the patient, so that it helps more people and exposes nobody.",
    "body": [
        {
            "type": "text",
            "value": (
                "<p>Most clinical questions begin with one person. Here they are asked without that person. That is not "
                "only about law: small details meet. A rare disease, a small town and a date are enough for a "
                "neighbour, a reporter or the patient to recognise who is meant.</p>"
                "<h2>Three steps</h2><ol>"
                "<li><b>Find the decision.</b> What would you do differently if you knew the answer? That is your "
                "question.</li>"
                "<li><b>Move to the population.</b> Say for whom it matters: “adults over 65 on anticoagulants”, “term "
                "newborns in units without blood gas analysis”.</li>"
                "<li><b>Describe the setting, not the event.</b> What you have, what you lack, what your protocol says. "
                "No day, no sequence of events, no quotation.</li></ol>"
            ),
        },
        {
            "type": "example",
            "value": {
                "verdict": "refused",
                "text": "A 34-year-old we saw on Tuesday had a third seizure after the second dose. Has anyone seen this?",
                "why": "One person, an exact age, a day, a sequence of events.",
            },
        },
        {
            "type": "example",
            "value": {
                "verdict": "allowed",
                "text": "In young adults who keep seizing after a second benzodiazepine dose: which second-line drug do "
                "you reach first when only one infusion pump is free?",
                "why": "The same decision, for everybody who has to take it.",
            },
        },
        {
            "type": "text",
            "value": (
                "<h2>What may stand in a post</h2><ul>"
                "<li>populations, age bands, conditions, treatments, protocols, equipment;</li>"
                "<li>your country, kind of hospital, staffing and resources;</li>"
                "<li>published literature, with its authors, dates and places;</li>"
                "<li>figures from your own unit where every group has at least five people;</li>"
                "<li>scenarios you have made up, if you say so in the first line.</li></ul>"
                "<h2>What may not</h2><ul>"
                "<li>anything that names or numbers a person: names, initials, record numbers, addresses, phone "
                "numbers, e-mail addresses, number plates, device numbers;</li>"
                "<li>exact dates of what happened to somebody; ages over 89;</li>"
                "<li>photographs of people, and images or files taken from a record;</li>"
                "<li>one person’s story, with or without these: “my patient”, “she was admitted”, “on day three”;</li>"
                "<li>several small facts that together point to one person: job, village, family, a rare diagnosis, an "
                "event in the news. Also when they are spread over several posts.</li></ul>"
                "<h2>What the check does</h2><p>Every text is checked when you send it, before it is stored. You see the "
                "words that stopped it and the reason.</p><ul>"
                "<li><b>A hint</b>: worth a second look; you may post as it is.</li>"
                "<li><b>Held</b>: it reads like one person’s story. A moderator reads it first, and you are told.</li>"
                "<li><b>Stopped</b>: it contains what identifies somebody. Nothing is stored; your words stay in your "
                "browser for you to change.</li></ul>"
                "<p>The check is a machine with rules and makes mistakes in both directions. You remain responsible for "
                "what you write, and a colleague who reports a post does you a favour.</p>"
            ),
        },
        {
            "type": "question",
            "value": {
                "question": "The patient has agreed. May I post then?",
                "answer": "<p>No. Readers cannot check a consent, and it cannot be taken back once a text has spread. "
                "Publish the case in a journal and discuss the paper here.</p>",
            },
        },
        {
            "type": "question",
            "value": {
                "question": "I need help with a patient right now.",
                "answer": "<p>This is the wrong place: nobody here has a duty to answer. Call your senior, your referral "
                "centre or your poison information service.</p>",
            },
        },
        {
            "type": "question",
            "value": {
                "question": "May I write about something that happened to me or my family?",
                "answer": "<p>Not as a case. Your own story identifies you and often those near to you.</p>",
            },
        },
    ],
}

VERIFICATION: dict[str, Any] = {
    "title": "How verification works",
    "slug": "verification",
    "intro": "What we ask for, who sees it, how long it lasts, and what the badge does and does not say.",
    "body": [
        {
            "type": "text",
            "value": (
                "<p>A licence number is public in many countries. Knowing one proves nothing. So we ask for two things: "
                "that the entry exists, and that it is yours.</p>"
                "<h2>What counts</h2><ul>"
                "<li><b>Register match</b>: your name, number, profession and status in an official register.</li>"
                "<li><b>Proof of control</b>: a code sent to a contact that the register or your employer publishes, or "
                "an e-mail address at a hospital or university that we have reviewed.</li>"
                "<li><b>Document</b>: licence, badge, certificate or a letter from your employer.</li>"
                "<li><b>Vouching</b>: at least two verified colleagues of your profession who do not all work where you "
                "do.</li></ul>"
                "<p><b>Verified</b> means a register match and one of the other three. Where no register can be read, a "
                "document together with proof of control or vouching leads to <b>Verified by document</b>, and two "
                "people decide. Students prove their enrolment and are shown as <b>Learner</b>.</p>"
                "<h2>What you can do meanwhile</h2><p>Read what is open to members, complete your profile, follow "
                "threads. Posting begins with verification.</p>"
                "<h2>What others see</h2><p>Your profession, specialty and region, that you are verified and how, and "
                "when it was checked. Never your number, never your documents.</p>"
                "<h2>What happens to your documents</h2><p>They are stored encrypted. Only the people who decide about "
                "your application can open them; each time they must give a reason and it is recorded. They are "
                "deleted within 30 days of the decision. We keep what kind of document it was, who issued it and its "
                "dates.</p>"
                "<h2>How long it lasts</h2><p>At most a year, or until your licence or document ends. You are reminded "
                "60, 30 and 7 days before. After that you can read but not post, until you renew. What you wrote stays, "
                "marked as verified when it was written.</p>"
                "<h2>When something goes wrong</h2><p>If a register reports that a licence has ended, posting stops at "
                "once and you are told why. Against a refusal, a suspension or a revocation you may appeal once, and "
                "another reviewer decides.</p>"
            ),
        },
        {
            "type": "note",
            "value": {
                "kind": "info",
                "title": "What the badge does not say",
                "text": "<p>It says who somebody is, not that they are right. Read the sources.</p>",
            },
        },
    ],
}

PRIVACY: dict[str, Any] = {
    "title": "Privacy",
    "slug": "privacy",
    "intro": "What is stored about you, for what, who sees it, and how to get it back or have it deleted.",
    "body": [
        {
            "type": "text",
            "value": (
                "<h2>What we store</h2><ul>"
                "<li><b>Account</b>: e-mail address, sign-in methods, sessions. Second-factor secrets are encrypted.</li>"
                "<li><b>Profile</b>: what you enter. For most fields you choose who sees them: verified members, all "
                "members, or nobody. You appear in the directory only if you say so.</li>"
                "<li><b>Verification</b>: the claim you made, what it was checked against and when, and who decided. "
                "Documents are deleted within 30 days of the decision.</li>"
                "<li><b>What you write</b>: posts with their earlier versions, and your profession, specialty and region "
                "at the time of writing.</li>"
                "<li><b>What happened</b>: a log of acts (who did what, when) without any words you wrote. It cannot be "
                "altered, so that decisions can be checked later.</li></ul>"
                "<h2>What we do not do</h2><ul>"
                "<li>no advertising, no profiling, no sale or lending of data;</li>"
                "<li>no trackers, no scripts or fonts from other companies, no pictures in e-mails that report back;</li>"
                "<li>no content of posts in e-mails: they say that something is new, not what.</li></ul>"
                "<h2>Cookies</h2><p>One for your session, one that protects forms. Your choice of colours and keyboard "
                "shortcuts stays in your browser and is not sent to us. None of these needs your consent, so there is "
                "no banner.</p>"
                "<h2>Who can read what</h2><p>Public spaces can be read by everybody, also by search engines. Other "
                "spaces say who may read them, above the box you write in. Moderators can read what is reported or "
                "held. Verifiers can read applications. Administrators run the servers.</p>"
                "<h2>Your rights</h2><p>In your settings you can download everything you gave us, and delete your "
                "account. On deletion your profile and your documents are erased. Your posts stay, without your name, "
                "so that threads remain readable; you can ask for single posts to be removed first.</p>"
                "<h2>Patients</h2><p>No patient data belongs here. If you find any, report it: it is hidden at once and "
                "then removed from every place it reached.</p>"
            ),
        },
        {
            "type": "note",
            "value": {
                "kind": "info",
                "title": "For those who run this site",
                "text": "<p>Add your organisation, your contact for data protection and the law that applies to you "
                "under Settings in the editors’ area, and complete this page.</p>",
            },
        },
    ],
}

ACCESSIBILITY: dict[str, Any] = {
    "title": "Accessibility",
    "slug": "accessibility",
    "intro": "What we aim for, what we know is not good enough yet, and how to tell us.",
    "body": [
        {
            "type": "text",
            "value": (
                "<p>The site aims to meet the Web Content Accessibility Guidelines 2.2 at level AA. Every page is checked "
                "by a program, in light and dark colours, and the main paths are tried with the keyboard alone.</p>"
                "<h2>What you can rely on</h2><ul>"
                "<li>everything works with the keyboard, and you always see where you are;</li>"
                "<li>everything works without JavaScript;</li>"
                "<li>text can be enlarged to 400 % and keeps to one column;</li>"
                "<li>colours follow your system, or your choice; high-contrast modes are respected;</li>"
                "<li>nothing moves if you have asked your system for less motion;</li>"
                "<li>signing in needs no puzzle: paste your password or use a passkey;</li>"
                "<li>single-key shortcuts can be switched off;</li>"
                "<li>nothing is said by colour alone.</li></ul>"
                "<h2>What we know</h2><ul>"
                "<li>Members write the posts. Headings and link texts in them may be poor.</li>"
                "<li>Evidence that applicants upload can be scanned and without text; only reviewers see it.</li>"
                "<li>The editors’ area is Wagtail, which publishes its own statement.</li></ul>"
                "<h2>Tell us</h2><p>If something is in your way, write to the contact on the help page. Say which page and "
                "what you use; we answer within five working days.</p>"
            ),
        }
    ],
}

GUIDELINES = [CODE_OF_CONDUCT, CASE_FREE, VERIFICATION, PRIVACY, ACCESSIBILITY]
