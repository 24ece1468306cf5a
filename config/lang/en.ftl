### Klockslag in English. Keys are kebab-case and the same in every language; each part of the program has its own section.

### times

weekday-monday = Monday
weekday-tuesday = Tuesday
weekday-wednesday = Wednesday
weekday-thursday = Thursday
weekday-friday = Friday
weekday-saturday = Saturday
weekday-sunday = Sunday
month-january = January
month-february = February
month-march = March
month-april = April
month-may = May
month-june = June
month-july = July
month-august = August
month-september = September
month-october = October
month-november = November
month-december = December
date-long = { $weekday } { $day } { $month } { $year }
span-days-hours = { $days } d { $hours } h
span-days = { $days } d
span-hours-minutes = { $hours } h { $minutes } m
span-hours = { $hours } h
span-minutes = { $minutes } m
age-minutes = { $minutes }m

### kinds of entry (a column label: at most ten characters)

kind-opened = opened
kind-classified = classified
kind-priority = priority
kind-role = role
kind-escalation = escalation
kind-note = note
kind-decision = decision
kind-test = test
kind-meeting = meeting
kind-observation = observed
kind-hypothesis = hypothesis
kind-status-request = request
kind-answer = answer
kind-check = checklist
kind-phase = phase
kind-clock = clock
kind-action = action
kind-track = plan
kind-resource = resource
kind-supplier = supplier
kind-obstacle = obstacle
kind-message = message
kind-shift = shift
kind-handover = handover
kind-presence = presence
kind-correction = correction
kind-restored = restored
kind-closed = closed
kind-debrief = debrief
kind-report = report
kind-unknown = unknown

### states

certainty-confirmed = sure
certainty-assumed = assumed
certainty-unknown = unknown
clock-calm = calm
clock-soon = soon
clock-due = due now
clock-overdue = overdue
clock-met = met
clock-snoozed = snoozed
state-open = open
state-restored = restored
state-closed = closed
assurance-verified = verified
assurance-claimed = claimed
assurance-script = script
outcome-accepted = accepted
outcome-no-answer = no answer
outcome-declined = declined
outcome-left-message = left a message
channel-sms = SMS
channel-email = e-mail
channel-phone = phone
channel-chat = chat
channel-web = web

### entries

text-redacted = [redacted]
entry-text = { $text }
entry-opened = Incident declared: { $title }
entry-opened-for = Incident declared: { $title } · { $customer }
entry-classified = Classified as critical by { $entitled }
entry-classified-who = Classified as critical by { $entitled }: { $text }
entry-priority = Priority { $level } (urgency { $urgency }, impact { $impact })
entry-priority-agreed = Priority { $level } (urgency { $urgency }, impact { $impact }), agreed with { $text }
entry-activated = The routine is in force
entry-activated-reason = The routine is in force: { $text }
entry-not-activated = The routine is not in force
entry-not-activated-reason = The routine is not in force: { $text }
entry-role-assigned = { $person } is { $role }
entry-role-released = { $person } is no longer { $role }
entry-escalation-accepted = Called { $role } { $person } ({ $how }): takes it
entry-escalation-no-answer = Called { $role } { $person } ({ $how }): no answer
entry-escalation-declined = Called { $role } { $person } ({ $how }): declined
entry-escalation-left-message = Called { $role } { $person } ({ $how }): left a message
entry-answer-confirmed = { $question }: { $text }
entry-answer-assumed = { $question }: { $text } (assumed)
entry-answer-unknown = { $question }: { $text } (unknown)
entry-answer-timed = { $time }, { $text }
entry-item-checked = Done: { $item }
entry-item-checked-note = Done: { $item } · { $text }
entry-item-waived = Waived: { $item } · { $text }
entry-item-reopened = Open again: { $item }
entry-item-reopened-reason = Open again: { $item } · { $text }
entry-item-assigned = { $item }: assigned to { $person }
entry-phase = Phase: { $phase }
entry-meeting-called = Critical incident meeting called for { $time }
entry-meeting-called-text = Critical incident meeting called for { $time }: { $text }
entry-meeting-started = Critical incident meeting { $no } started
entry-meeting-attended = { $person } takes part in meeting { $no }
entry-agenda = Agenda: { $point }
entry-agenda-outcome = Agenda: { $point } · { $text }
entry-meeting-ended = Critical incident meeting { $no } held and ended
entry-meeting-ended-summary = Critical incident meeting { $no } held and ended: { $text }
entry-meeting-called-off = Critical incident meeting { $no } called off, not held
entry-meeting-called-off-reason = Critical incident meeting { $no } called off, not held: { $text }
entry-cadence = Meetings every { $span }: { $text }
entry-snoozed = { $clock } put off until { $time }: { $text }
entry-rang-before = { $clock } in { $span } ({ $time })
entry-rang-due = { $clock } is due now ({ $time })
entry-rang-overdue = { $clock } is { $span } overdue ({ $time })
entry-action-opened = Action { $no }: { $text }
entry-corrective-opened = Corrective action { $no }: { $text }
entry-action-updated = Action { $no } changed: { $action }
entry-action-updated-note = Action { $no } changed: { $action } · { $text }
entry-action-done = Action { $no } done: { $action }
entry-action-done-outcome = Action { $no } done: { $action } · { $text }
entry-action-dropped = Action { $no } dropped: { $action } · { $text }
entry-track-opened = Plan { $track }: { $text }
entry-switch-condition = We switch plan when: { $text }
entry-track-chosen = Plan { $track } is chosen: { $text }
entry-track-dropped = Plan { $track } is dropped: { $text }
entry-resource-asked = Asked for { $no }: { $text }
entry-resource-allocated = Allocated: { $what } · { $text }
entry-resource-dropped = No longer needed: { $what } · { $text }
entry-supplier = Supplier { $name }: no case number yet
entry-supplier-case = Supplier { $name }: case { $case }, not known to be registered as critical
entry-supplier-critical = Supplier { $name }: case { $case }, registered as critical
entry-supplier-staff = { $supplier } · on it: { $staff }
entry-obstacle-cleared = Cleared: { $what }
entry-obstacle-cleared-how = Cleared: { $what } · { $text }
entry-message-drafted = Draft { $channel } to { $audience }: { $text }
entry-message-sent = Sent { $channel } to { $audience }: { $text }
entry-message-failed = Not sent, { $channel } to { $audience }: { $text }
entry-shift = Next shift starts { $time }: { $text }
entry-handed-over = { $role } is being handed over to { $person }
entry-handed-over-note = { $role } is being handed over to { $person }: { $text }
entry-handover-accepted = { $person } accepts and is { $role }
entry-joined = { $person } joined
entry-left = { $person } left
entry-amended = Entry { $seq } amended: { $text }
entry-struck = Entry { $seq } struck
entry-struck-reason = Entry { $seq } struck: { $text }
entry-starred = Entry { $seq } starred
entry-redacted = Entry { $seq } redacted: { $text }
entry-mitigated = Mitigated: the effects are contained, the fault remains
entry-mitigated-note = Mitigated: { $text }
entry-restored = Service restored
entry-restored-note = Service restored: { $text }
entry-reopened = Reopened: { $text }
entry-closed = Incident closed
entry-closed-note = Incident closed: { $text }
entry-debrief = { $question } { $text }
entry-report-delivered = Report delivered to { $text }
entry-problem = Problem record: { $text }
entry-lost = This entry was damaged on disk and no copy of it was left
entry-clock-moved = The machine's clock was moved back { $seconds ->
    [one] 1 second
   *[other] { $seconds } seconds
}
entry-unknown = Written by a newer version: { $text }

### refusals

refuse-title-blank = The incident needs a title. Write in a few words what is wrong.
refuse-began-after-declared = It cannot have begun at { $began }, after it was declared at { $declared }. Give an earlier beginning.
refuse-activation-reason = This priority does not call for the routine. Give a reason to activate it all the same.
refuse-room-empty = This room has no readable beginning. Run `klock verify` to see what its journal holds.
refuse-closed = The incident is closed. Reopen it first.
refuse-already-active = The routine is already in force.
refuse-person-blank = Say who: give a name.
refuse-role-vacant = Nobody holds that role.
refuse-text-blank = There is nothing to record. Write something first.
refuse-text-long = The text is longer than { $kib } KiB. Shorten it, or record it in parts.
refuse-ahead = { $time } has not come yet: it is { $now }. Give a time that has passed.
refuse-waive-reason = A point can be waived only with a reason. Write why.
refuse-item-open = “{ $what }” is open already.
refuse-item-settled = “{ $what }” is done or waived already. Reopen it first.
refuse-meeting-running = A meeting is running. End it first.
refuse-meeting-overlap = The last meeting ended at { $time }. Give a start after that.
refuse-call-off-reason = Write why the meeting is called off; it will not count as held.
refuse-end-before-start = The meeting started at { $time }. Give an end after that.
refuse-no-meeting = No meeting is running. Start one first.
refuse-cadence-reason = Write why the interval changes.
refuse-cadence-fixed = This routine has no interval that can be changed.
refuse-cadence-range = Choose an interval from 5 minutes to { $longest }.
refuse-snooze-reason = A clock can be put off only with a reason. Write why.
refuse-snooze-range = Put it off by at least a minute and at most seven days.
refuse-clock-not-running = “{ $what }” is not running, so there is nothing to put off.
refuse-drop-reason = Write why it is dropped.
refuse-supplier-blank = Name the supplier.
refuse-no-handover = No handover is waiting to be accepted.
refuse-redact-reason = Redacting cannot be undone. Write why.
refuse-not-open = The incident is not open. Reopen it first.
refuse-restored-before-declared = Service cannot have been restored before the incident was declared. Give a later time.
refuse-already-open = The incident is open already.
refuse-reopen-reason = Write why the incident is reopened.
refuse-close-before-restored = Record that service is restored first, then close.
refuse-close-unsettled = { $count ->
    [one] One point is neither done nor waived: “{ $item }”. Do it or waive it, then close.
   *[other] { $count } points are neither done nor waived, the first is “{ $item }”. Do or waive each, then close.
}
refuse-report-before-close = Close the incident first, then record that the report was delivered.
refuse-already-struck = That entry is struck or redacted already.
refuse-not-correctable = That entry is a step of the incident and cannot be changed. Reopen the step instead, or add a note.
refuse-no-entry-here = That entry is not in this room.
refuse-no-entry = There is no entry { $what } in this room.
refuse-no-question = The routine has no question “{ $what }”. `klock routine show` lists them.
refuse-no-phase = The routine has no phase “{ $what }”. `klock routine show` lists them.
refuse-no-point = The agenda has no point “{ $what }”. `klock routine show` lists them.
refuse-no-clock = The routine has no clock “{ $what }”. `klock status` lists them.
refuse-no-track = There is no plan { $what } to choose or drop. Write the plan first.
refuse-no-supplier = There is no supplier { $what } in this room.
refuse-no-obstacle = There is no obstacle { $what } that is still in the way.
refuse-no-debrief-question = The debrief has no question “{ $what }”. `klock routine show` lists them.
refuse-no-classifier = “{ $what }” is not among those who may classify an incident. `klock routine show` lists them.
refuse-no-role = The routine has no role “{ $what }”. `klock routine show` lists them.
refuse-no-item = The checklist has no point “{ $what }”. `klock routine show` lists them.
refuse-no-notice = The routine has no notice “{ $what }”. `klock routine show` lists them.
refuse-no-action = There is no open action { $what } in this room.
refuse-no-resource = There is no resource { $what } that is still waited for.

### command line

cli-cannot-print = The output could not be written: { $why }
cli-cannot-read = The input could not be read: { $why }
cli-unexpected-answer = The host answered something else than was asked. Run `klock host stop` and try again.
cli-no-home = No home directory was found. Name the directories with --data-dir and --config-dir, or set HOME.
cli-no-terminal = The screen needs a terminal, and there is none here. Use `klock status` or another verb; `klock --help` lists them.
cli-no-open-room = No incident is open. `klock open TITLE` declares one, -r names another room, `klock rooms --all` lists them.
cli-several-rooms = { $count } incidents are open. Say which one with -r:
cli-no-rooms = There are no rooms yet. `klock open TITLE` declares an incident.
cli-no-rooms-open = No incident is open. { $count ->
    [one] One closed or demo room is
   *[other] { $count } closed or demo rooms are
} listed by `klock rooms --all`.
cli-no-routine = There is no routine “{ $what }”. There are: { $known }.
cli-no-kind = There is no kind of entry “{ $what }”. There are: { $known }.
cli-grade = Urgency and impact are 1, 2 or 3.
cli-nothing-to-log = There is nothing to record. Give a text, or - to read lines from stdin.
cli-stdin-line = in line { $line } of stdin
cli-due = due { $time }
cli-late = { $span } late
cli-late-entry = recorded { $time }
cli-struck = [struck: { $text }]
cli-amended = [amended]
cli-clocks = Clocks
cli-questions = Questions
cli-checklist = Checklist
cli-open = Open
cli-tally = { $done } done and { $waived } waived of { $total }
cli-open-actions = { $count ->
    [one] 1 action
   *[other] { $count } actions
}
cli-open-late = { $count ->
    [one] 1 action is late
   *[other] { $count } actions are late
}
cli-open-resources = { $count ->
    [one] 1 thing asked for
   *[other] { $count } things asked for
}
cli-open-suppliers = { $count ->
    [one] 1 supplier to square up with
   *[other] { $count } suppliers to square up with
}
cli-open-obstacles = { $count ->
    [one] 1 obstacle
   *[other] { $count } obstacles
}
cli-declared = declared { $time }
cli-restored = restored { $time }
cli-closed = closed { $time }
cli-led-by = CIM { $person }
cli-led-by-nobody = nobody is CIM yet
cli-meetings-held = { $count ->
    [one] 1 meeting held
   *[other] { $count } meetings held
}
cli-stale = stale
cli-unanswered = not answered yet
cli-verified = { $room }: { $records } records, every one sound; head { $head }
cli-verified-faults = { $room }: { $records } records, { $faults ->
    [one] 1 fault
   *[other] { $faults } faults
}; head { $head }
cli-host = Host { $version } runs as process { $pid } since { $time }
cli-host-rooms = open rooms: { $rooms } · connected: { $clients }
cli-host-data = rooms in { $path }
cli-host-socket = listens at { $path }
cli-host-saves = everything is saved as it comes
cli-host-failed = The host cannot run: { $why }
cli-cannot-write = { $path } could not be written: { $why }
cli-cannot-open = { $path } could not be read: { $why }
cli-routine-sound = { $path }: the routine { $id } has no fault
cli-written = written: { $path }
cli-left-alone = there already, left alone: { $path }
cli-path-config = settings      { $path }
cli-path-organisation = organisation  { $path }
cli-path-data = rooms         { $path }
cli-path-log = logs          { $path }
cli-part-principles = What holds
cli-part-classifiers = Who may classify
cli-part-roles = Roles
cli-part-questions = Questions
cli-part-phases = Phases
cli-part-checklist = Checklist
cli-part-clocks = Clocks
cli-part-agenda = Agenda of a meeting
cli-part-notices = Notices
cli-part-debrief = Debrief
cli-part-report = Report

### the report

report-demo = DEMO: this incident never happened.
report-summary = Summary
report-facts = Priority, roles and times
report-answers = The questions
report-timeline = Course of events
report-meetings = Meetings
report-actions = Actions, plans and suppliers
report-notices = Who was told, and when
report-routine = How the routine was followed
report-debrief = Debrief
report-corrective = So that it does not happen again
report-summary-open = The incident is open and has lasted { $span }. Meetings held: { $meetings }.
report-summary-restored = Service was restored { $time }, after { $span }. Meetings held: { $meetings }.
report-summary-closed = Service was restored { $time }, after { $span }, and the incident is closed. Meetings held: { $meetings }.
report-open = Still open
report-nothing-open = Nothing is open.
report-open-item = Neither done nor waived: { $what }
report-open-question = Not answered: { $what }
report-open-action = Action not finished: { $what }
report-open-resource = Asked for and not allocated: { $what }
report-open-supplier = Not squared up with the supplier: { $what }
report-open-obstacle = Still in the way: { $what }
report-open-handover = Handover not accepted by: { $what }
report-open-debrief = Debrief not answered: { $what }
report-customer = Customer
report-state = State
report-priority = Priority
report-urgency = urgency
report-impact = impact
report-agreed-with = Priority agreed with
report-classified = Classified as critical by
report-routine-force = Routine
report-in-force = in force
report-not-in-force = not in force
report-lead = Critical Incident Manager
report-began = Began
report-declared = Declared
report-mitigated = Mitigated
report-restored = Restored
report-closed = Closed
report-duration = From declared to restored
report-outage = From began to restored
report-span = { $span }
report-meetings-held = Meetings held
report-checklist-tally = Checklist
report-tally = { $done } done and { $waived } waived of { $total }
report-problem = Problem record
report-delivered = Report delivered
report-since = since { $time }
report-escalations = Who was called:
report-unanswered = not answered
report-earlier = earlier:
report-version = Version
report-date = Date
report-author = Author
report-owner = Owner
report-clauses = Clauses served
report-waived = waived
report-unsettled = neither done nor waived
report-assigned = assigned to { $person }
report-late = (recorded { $time })
report-meeting = Meeting { $no }
report-called-off = Called off, not held
report-attendees = Took part
report-tracks = Plans
report-track = Plan { $track }
report-track-dropped = dropped
report-switch = We switch when
report-chosen = Plan { $track } was chosen
report-due = due { $time }
report-overdue = { $span } late
report-done = done { $time }
report-dropped = dropped { $time }
report-suppliers = Suppliers
report-no-case = no case number
report-critical = registered as critical
report-not-critical = not registered as critical
report-critical-unknown = not known whether registered as critical
report-resources = Asked for
report-allocated = allocated { $time }
report-not-needed = no longer needed
report-waiting = not allocated
report-obstacles = Obstacles
report-cleared = cleared { $time }
report-in-the-way = still in the way
report-shifts = Shifts
report-drafted = draft
report-sent = sent
report-failed = not sent
report-made = Made { $time } from the record of { $id }. Every line of that record can be checked with `klock verify`.

### entry grammar

entry-preview-owner = owner { $person }
entry-preview-people = with { $people }
entry-preview-due = due { $time }
entry-preview-due-day = due { $day } { $time }
entry-preview-track = plan { $track }
entry-preview-tags = { $tags }
entry-preview-at = at { $time } ({ $ago } ago)
entry-preview-at-day = { $day } { $time } ({ $ago } ago)
time-not-understood = “{ $text }” is not a time. Write 14:05, -12m, y 23:50 or 2026-11-20 23:50.
time-ahead-not-understood = “{ $text }” is not a time to come. Write 16:00, +20m, tomorrow 08:00 or 2026-11-20 08:00.
time-span-not-understood = “{ $text }” is not a length of time. Write 20m, 2h, 1h30m or a number of minutes.
### room screen

pane-questions = Questions
pane-checklist = Checklist
pane-timeline = Timeline
pane-actions = Actions
room-demo = DEMO
room-here = here
room-no-lead = no { $role } yet
room-restored = restored { $time }
room-closed = closed { $time }
room-mitigated = mitigated { $time }
room-no-routine = The routine is not in force: no clocks run
room-no-clock = No clock is running
room-in = in { $time }
room-also = { $clock } { $time }
room-also-soon = ▲ { $clock } { $time }
room-also-overdue = ‼ { $clock } { $time } overdue
room-meeting-running = meeting { $no } running
room-meeting-called = meeting called for { $time }
room-agenda = agenda { $done } of { $total }
room-obstacles = { $count ->
    [one] ■ 1 obstacle
   *[other] ■ { $count } obstacles
}
room-late-actions = ! { $count } late
room-resources = { $count ->
    [one] ? 1 resource
   *[other] ? { $count } resources
}
room-suppliers = { $count ->
    [one] ? 1 supplier
   *[other] ? { $count } suppliers
}
room-held = { $count ->
    [0] no meeting held
    [one] 1 meeting held
   *[other] { $count } meetings held
}
room-eta = ETA { $time } in { $span }
room-eta-unsure = ETA { $time } in { $span } ({ $certainty })
room-eta-passed = ETA { $time } passed { $span } ago
room-unanswered = { $count ->
    [one] 1 question unanswered
   *[other] { $count } questions unanswered
}
room-stalest = stalest: { $question } { $span }
room-first-notice-sent = first notice ✓ { $time }
room-first-notice-due = first notice ○ due { $time }
room-first-notice-late = first notice ‼ { $span } late
room-handover = handover to { $person } waits to be accepted
room-shift = next shift { $time }: { $text }
room-phase = phase: { $phase }
status-other-room = { $room } { $title }: { $clock } { $time }
questions-open = { $count } unanswered
questions-stale = { $count } stale
questions-none = The routine has no questions
questions-unanswered = not answered
questions-stale-age = stale { $age }
questions-time-left = { $time } (in { $span })
questions-time-passed = { $time } (passed { $span } ago)
checklist-due = { $count } due
checklist-progress = { $done } of { $total }
checklist-none = The routine has no checklist
checklist-since = since { $time }
checklist-now = now
checklist-at = at { $time }
actions-late = { $count } late
actions-open = { $count } open
actions-done = { $count } done
actions-none = No actions yet
actions-none-how = Write in the line below who does what by when: @olle restart the gateway +15m #A
actions-plan = Plan { $track }
actions-chosen = chosen
actions-dropped = dropped
actions-switch = switch when: { $text }
actions-since = since { $time }
actions-asked = asked { $time }
actions-no-case = no case number
actions-not-critical = not known as critical
actions-no-staff = nobody on it
actions-late-by = late { $span }
actions-due = due { $time }
actions-nobody = nobody
timeline-all = all
timeline-filter = only { $filter }
timeline-newer = { $count } newer
timeline-newer-more = more than { $count } newer
timeline-fetching = fetching …
timeline-fetching-how = The entries are on their way.
timeline-none = Nothing noted yet
timeline-none-how = Type a note in the line below. It gets the time of its first key.
timeline-no-match = No entry matches the filter
timeline-no-match-how = Clear the filter to see every entry again.
timeline-new = new since you last looked
timeline-noted = noted { $time }
timeline-amended = amended
timeline-struck = struck
timeline-struck-reason = struck: { $text }
status-saved = saved
status-saving = saving …
status-not-saved = NOT SAVED: { $why }
status-connecting = connecting …
status-reconnecting = reconnecting since { $time }, keep typing

### host

connect-nobody = No host answers at { $socket }. Start one with: klock host run
connect-not-started = { $program } could not be started as a host: { $why }. Check that the program is still there and may be run.
connect-silent = The host was started but does not answer at { $socket }. Run “klock doctor”, or “klock host run” to see why.
connect-silent-log = The host was started but does not answer at { $socket }. The end of its log: { $log }
connect-foreign = { $socket } belongs to user number { $uid }, not to you. Remove it, or set KLOCK_SOCKET to a path of your own.
connect-path-too-long = The path of the socket is too long for this system: { $socket }. Set KLOCK_SOCKET to a shorter one.
connect-other-protocol = The host runs version { $version }, which speaks another protocol. Finish it with “klock host stop” and start klock again.
goodbye-finished = The host has finished.
goodbye-foreign = This host serves only the user who started it.
goodbye-no-hello = The client did not introduce itself.
goodbye-older = This klock is version { $theirs } and the host runs { $ours }. Quit and start klock again with the newer program.
goodbye-garbage = The client sent something that the host cannot read: { $why }
failure-no-such-room = There is no room { $room }. “klock rooms --all” lists them.
failure-answer-too-long = The answer is too long to be sent. Ask for less at a time.
failure-not-understood = The host cannot do what was asked.
failure-draft-too-long = The draft is too long to be kept. Save it as several entries.
failure-no-demo = The demo room cannot be played: { $why }
host-no-desktop = Warnings are not shown on the desktop: { $why }. They are shown here and sounded as a bell all the same.

### store

store-tail-cut = Room { $room }: an unfinished save at the end of the journal was taken away ({ $bytes ->
    [one] 1 byte
   *[other] { $bytes } bytes
}). It was never confirmed to anybody.
store-tail-restored = Room { $room }: the journal had lost its end; { $entries ->
    [one] one entry was
   *[other] { $entries } entries were
} put back from the index.
store-mended = Room { $room }: the journal was damaged; { $filled ->
    [one] one entry was
   *[other] { $filled } entries were
} put back from the index. The damaged file is kept as { $kept }.
store-lost = Room { $room }: { $count ->
    [one] entry { $entries } was damaged and no copy of it was
   *[other] entries { $entries } were damaged and no copies of them were
} left. The report names them too.
store-unlinked = { $room }: entries { $entries } do not follow from the ones before them. Somebody or something changed the journal.
store-index-set-aside = The index could not be trusted ({ $why }). It is kept as { $kept } and built anew from the journals; nothing is lost.
store-no-index = There is no index for now ({ $why }). Everything works from the journals, slower.
store-newer = Room { $room }: { $entries ->
    [one] one entry was
   *[other] { $entries } entries were
} written by a newer version of klock. They are kept and shown as unknown; update klock to read them.
store-full = The disk is full ({ $path }). Nothing typed is lost; free some space, and saving resumes by itself.
store-read-only = { $path } may not be written. Make the directory writable, and saving resumes by itself.
store-sync-failed = The disk did not confirm a save ({ $path }: { $why }). Nothing counts as saved until it does.
store-locked = { $path } is in use by another host (process { $pid }). Stop it with `klock host stop`.
store-no-such-room = There is no room { $room }. `klock rooms --all` lists them.
store-wrong-seq = Room { $room } has moved on: entry { $expected } was expected and { $found } was found. Try again.
store-unwritable = Room { $room }, entry { $seq } cannot be written: { $why }. Update klock.
store-io = { $path }: { $what } failed ({ $why }). Run `klock doctor`.
### the store: what was found and put right, why something was not saved

verify-damaged = The journal is damaged after entry { $seq }.
verify-unlinked = Entry { $seq } does not follow from the entry before it: one of them was changed or taken away.
verify-torn = The journal ends in { $bytes } bytes that are no entry.
verify-tail-lost = The journal has lost its end: entries { $entries }.
verify-lost = Entries { $entries } were lost to damage earlier.
verify-words-gone = The words of entries { $entries } are gone, and no entry says that they were redacted.
verify-index = The index did not agree with the journal; it is rebuilt.
