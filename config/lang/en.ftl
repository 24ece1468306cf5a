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
month-short-january = Jan
month-short-february = Feb
month-short-march = Mar
month-short-april = Apr
month-short-may = May
month-short-june = Jun
month-short-july = Jul
month-short-august = Aug
month-short-september = Sep
month-short-october = Oct
month-short-november = Nov
month-short-december = Dec
time-on-day = { $day } { $month } { $time }
time-on-date = { $day } { $month } { $year } { $time }

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
kind-mitigated = mitigated
kind-restored = restored
kind-reopened = reopened
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
clock-stopped = no longer asked for, not done
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
outcome-answered = answered
outcome-takes = takes the role { $role }
scale-urgency = urgency
scale-impact = impact
purpose-decision = called for a decision
purpose-information = called for information
purpose-role = called to take a role
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
entry-priority = Priority { $level } ({ $urgency-name } { $urgency }, { $impact-name } { $impact })
entry-priority-agreed = Priority { $level } ({ $urgency-name } { $urgency }, { $impact-name } { $impact }), agreed with { $text }
entry-activated = The routine is in force
entry-activated-reason = The routine is in force: { $text }
entry-not-activated = The routine is not in force
entry-not-activated-reason = The routine is not in force: { $text }
entry-role-assigned = { $person } is { $role }
entry-role-released = { $person } is no longer { $role }
entry-escalation-accepted = Called { $role } { $person }{ $how }: takes it
entry-escalation-no-answer = Called { $role } { $person }{ $how }: no answer
entry-escalation-declined = Called { $role } { $person }{ $how }: declined
entry-escalation-left-message = Called { $role } { $person }{ $how }: left a message
entry-escalation-answered = Called { $role } { $person }{ $how }: answered
entry-escalation-how = { " " }({ $how })
entry-call = { $person }{ $as }, { $purpose }{ $how }: { $outcome }{ $about }
entry-call-as = { " " }({ $role })
entry-call-about = { " " }· { $about }
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
entry-action-reopened = Action { $no } open again: { $action }
entry-action-reopened-reason = Action { $no } open again: { $action } · { $text }
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
entry-moved = Entry { $seq } moved to { $time }
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
entry-opening-recovered = The beginning of this room was lost to damage. It goes on as “{ $title }”, under the routine { $routine } { $version }
entry-clock-moved = The machine's clock was moved back { $seconds ->
    [one] 1 second
   *[other] { $seconds } seconds
}
entry-clock-moved-forward = The machine's clock was moved forward { $seconds ->
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
refuse-text-long = The text is longer than { $kib } KiB, the most that can stand here. Shorten it, or record it in parts.
refuse-room-full = The lists of this room hold all that a screen can be sent. Record it as a plain note; finish or drop what is done.
refuse-name-long = { $what ->
    [title] A title
    [name] A name or a tag
   *[other] This field
} holds at most { $most } characters, and this one has { $length }. Shorten it; the rest can be a note.
refuse-many-names = An entry names at most { $most } people or tags, and this one names { $count }. Record it in parts.
refuse-routine-long = The routine is longer than { $kib } KiB. Shorten its texts.
refuse-ahead = { $time } has not come yet: it is { $now }. Give a time that has passed.
refuse-unchanged = The entry says that already. Give other words or another time.
refuse-waive-reason = A point can be waived only with a reason. Write why.
refuse-item-open = “{ $what }” is open already.
refuse-item-settled = “{ $what }” is done or waived already. Reopen it first.
refuse-meeting-running = A meeting is running. End it first.
refuse-meeting-overlap = The last meeting ended at { $time }. Give a start after that.
refuse-call-off-reason = Write why the meeting is called off; it will not count as held.
refuse-call-purpose = Only a call to staff a role gives one. Record this call with that purpose, or without the role.
refuse-call-not-accepted = Only somebody who accepts takes a role. Record the call with that outcome, or without the role.
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
refuse-restored-before-reopened = Service cannot have been restored before the incident was reopened at { $time }. Give a later time.
refuse-reopened-before-restored = The incident cannot have been reopened before service was restored at { $time }. Give a later time.
refuse-reopen-reason = Write why the incident is reopened.
refuse-close-before-restored = Record that service is restored first, then close.
refuse-close-unsettled = { $count ->
    [one] One point is neither done nor waived: “{ $item }”. Do it or waive it, then close.
   *[other] { $count } points are neither done nor waived, the first is “{ $item }”. Do or waive each, then close.
}
refuse-report-before-close = Close the incident first, then record that the report was delivered.
refuse-already-struck = That entry is struck or redacted already.
refuse-already-redacted = That entry is redacted already.
refuse-not-correctable = That entry is a step of the incident and cannot be changed. Reopen the step instead, or add a note.
refuse-no-entry-here = That entry is not in this room.
refuse-no-entry = There is no entry { $what } in this room.
refuse-hint-near = Did you mean “{ $near }”?
refuse-hint-known = There are: { $known }.
refuse-hint-none = There is none.
refuse-hint-show = `klock routine show` lists them.
refuse-no-question = The routine has no question “{ $what }”. { $hint }
refuse-no-phase = The routine has no phase “{ $what }”. { $hint }
refuse-no-point = The agenda has no point “{ $what }”. { $hint }
refuse-no-clock = The routine has no clock “{ $what }”. { $hint }
refuse-no-track = There is no plan { $what } to choose or drop. Write the plan first.
refuse-no-supplier = There is no supplier { $what } in this room.
refuse-no-obstacle = There is no obstacle { $what } that is still in the way.
refuse-no-debrief-question = The debrief has no question “{ $what }”. { $hint }
refuse-no-classifier = “{ $what }” is not among those who may classify an incident. { $hint }
refuse-no-role = The routine has no role “{ $what }”. { $hint }
refuse-no-item = The checklist has no point “{ $what }”. { $hint }
refuse-no-notice = The routine has no notice “{ $what }”. { $hint }
refuse-no-action = There is no open action { $what } in this room.
refuse-no-ended-action = There is no done or dropped action { $what } in this room.
refuse-no-resource = There is no resource { $what } that is still waited for.

### command line

cli-cannot-print = The output could not be written: { $why }
cli-cannot-read = The input could not be read: { $why }
cli-unexpected-answer = The host answered something else than was asked. Run `klock host stop` and try again.
cli-no-home = No home directory was found. Name the data directory with KLOCK_DATA_DIR or --data-dir, or set HOME.
cli-no-terminal = The screen needs a terminal, and there is none here. Use `klock status` or another verb; `klock --help` lists them.
cli-no-open-room = No incident is open. `klock open TITLE` declares one, -r names another room, `klock rooms --all` lists them.
cli-several-rooms = { $count } incidents are open. Say which one with -r:
cli-last-room = No incident is open: using { $room } “{ $title }”, closed { $time }.
cli-closed-room = { $room } “{ $title }” was closed { $time }. To write in it: -r { $room }. It goes on after `klock reopen -r { $room } --reason TEXT`.
cli-several-closed = No incident is open, and { $count } were closed at the same time. Say which one with -r:
cli-no-rooms = There are no rooms yet. `klock open TITLE` declares an incident.
cli-no-rooms-open = No incident is open. { $count ->
    [one] One closed or demo room is
   *[other] { $count } closed or demo rooms are
} listed by `klock rooms --all`.
cli-no-routine = There is no routine “{ $what }”. There are: { $known }.
cli-no-kind = There is no kind of entry “{ $what }”. There are: { $known }.
cli-grade = Urgency and impact are 1, 2 or 3.
cli-nothing-to-log = There is nothing to record. Give a text, or - to read lines from stdin.
cli-at-place = { $place }: { $why }
cli-correction-at = A correction stands at the time when it is made: leave --at out. `klock entry amend SEQ --at TIME` corrects the time of an entry.
cli-means = klock: that is { $day } { $time }
cli-time-too-old = { $time } is more than a year back. Check the year; --old records it all the same.
cli-due = due { $time }
cli-no-clock-set = “{ $text }” is not a time to come: no clock is set.
cli-late = { $span } late
cli-late-entry = recorded { $time }
cli-zone = Times in { $zone }
cli-struck = [struck: { $text }]
cli-amended = [amended]
cli-moved = [moved from { $time }]
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
cli-open-debrief = { $count ->
    [one] 1 question of the debrief
   *[other] { $count } questions of the debrief
}
cli-closed-open = Closed. Still open:
cli-declared = declared { $time }
cli-call-gives-no-role = The call is recorded; no role changed hands. --takes-role says that they take one.
cli-restored = restored { $time }
cli-reopened = reopened { $time }
cli-down = down { $down } of { $elapsed }
cli-closed = closed { $time }
cli-led-by = CIM { $person }
cli-led-by-nobody = nobody is CIM yet
cli-meetings-held = { $count ->
    [one] 1 meeting held
   *[other] { $count } meetings held
}
cli-stale = stale
cli-unanswered = not answered yet
cli-activation-optional = Priority { $level }: “{ $routine }” may be put in force, and is not yet. `klock activate -r { $room }` does it.
cli-activation-unneeded = Priority { $level } does not call for “{ $routine }” ({ $mandatory ->
    [1] only priority 1 does
   *[other] priorities 1 to { $mandatory } do
}). It is not in force; `klock activate -r { $room } --reason TEXT` puts it in force all the same.
cli-unsettled = { $count ->
    [one] One point is neither done nor waived:
   *[other] { $count } points are neither done nor waived:
}
cli-clock-waiting = not yet
cli-recover-elsewhere = The files are on the host's machine. Run `klock recover` there.
cli-nothing-kept = Nothing is kept beside the journals.
cli-kept = { $file }: { $kind }; { $entries ->
    [one] one entry
   *[other] { $entries } entries
} can be read, { $bytes ->
    [one] 1 byte
   *[other] { $bytes } bytes
} cannot
kept-aside = entries that the journal does not have
kept-cut = the end of a journal that could not be read
kept-unfinished = a save that was not finished
kept-damaged = a journal before it was mended
cli-unreadable-bytes = ({ $bytes ->
    [one] 1 byte
   *[other] { $bytes } bytes
} that cannot be read)
cli-room-unreadable = cannot be read: { $why }
cli-verified = { $room }: { $records } records, every one sound; head { $head }
cli-verified-faults = { $room }: { $records } records, { $faults ->
    [one] 1 fault
   *[other] { $faults } faults
}; head { $head }
cli-host = Host { $version } runs as process { $pid } since { $time }
cli-host-rooms = open rooms: { $rooms } · connected: { $clients }
cli-host-data = rooms in { $path }
cli-host-socket = listens at { $path }
cli-host-read-socket = for looking on: klock --host unix://{ $path }
cli-host-group = members of { $group } come in with: klock --host unix://{ $path }
cli-host-read-group = members of { $group } look on with: klock --host unix://{ $path }
cli-host-saves = everything is saved as it comes
cli-host-failed = The host cannot run: { $why }
cli-cannot-write = { $path } could not be written: { $why }
cli-cannot-open = { $path } could not be read: { $why }
cli-routine-sound = { $path }: the routine { $id } has no fault
cli-config-sound = { $count ->
    [0] There are no files of settings; the defaults hold. `klock config init` writes some.
    [one] 1 file was read, and there is no fault in it:
   *[other] { $count } files were read, and there is no fault in them:
}
cli-written = written: { $path }
cli-left-alone = there already, left alone: { $path }
cli-path-config = settings      { $path }
cli-path-organisation = organisation  { $path }
cli-path-data = rooms         { $path }
cli-path-log = logs          { $path }
cli-part-principles = What holds
cli-part-scale = Priority: { $name }
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

cli-follow-waits = There is no host at the moment: { $why } It is looked for; nothing that is recorded will be left out.

### command line: pipes

cli-pipe-cut-mark = { " " }… [cut]
cli-pipe-cut = Line { $line } is too long for an entry: its last { $bytes ->
    [one] byte is
   *[other] { $bytes } bytes are
} left out.
cli-pipe-more-cut = { $count ->
    [one] 1 more line was
   *[other] { $count } more lines were
} too long and cut.
cli-pipe-not-utf8 = Line { $line } is not UTF-8: what could not be read stands as �.
cli-pipe-more-not-utf8 = { $count ->
    [one] 1 more line is
   *[other] { $count } more lines are
} not UTF-8.
cli-pipe-no-file = What is read cannot be kept in a file ({ $why }). While nothing can be recorded, whoever writes to this pipe has to wait.
cli-pipe-stuck = Nothing can be recorded at the moment: { $why } What is read is kept, and recorded as soon as it can be.
cli-pipe-silent = The host does not answer. `klock host status` asks how it is.
cli-pipe-unread = Nobody read the receipts in time, so some were left out. Every line was recorded; `klock timeline` shows them.
cli-pipe-line = Line { $line }: { $why }
cli-pipe-refused = { $count ->
    [one] 1 line was refused; it is kept
   *[other] { $count } lines were refused; they are kept
} in { $path }
cli-pipe-refused-shown = { $count ->
    [one] 1 line was refused
   *[other] { $count } lines were refused
}; what could not be kept in { $path } stands above
cli-pipe-left = { $count ->
    [one] 1 line that an earlier pipe left behind is recorded.
   *[other] { $count } lines that an earlier pipe left behind are recorded.
}
cli-pipe-damaged = { $count ->
    [one] 1 line that an earlier pipe left behind
   *[other] { $count } lines that an earlier pipe left behind
} cannot be read any more and is not recorded; whatever else was with it is. The file is kept for you to look at, and is not read again: { $path }
cli-pipe-waits = What was read and is not recorded waits here; the next `klock log` records it:
cli-pipe-unwritten = These lines are not recorded, and could be kept in no file:

### command line: import of alerts

cli-import-firing = FIRING
cli-import-acknowledged = ACKNOWLEDGED
cli-import-resolved = RESOLVED
cli-import-more-labels = { $count ->
    [one] 1 more label
   *[other] { $count } more labels
}, id { $id }
cli-import-id = id { $id }
cli-import-strange = This is neither an alert nor a message of a tool that klock knows; `klock import --help` lists them.
cli-import-empty = It is empty.
cli-import-test = It is a test of the tool's settings.
cli-import-no-change = It tells of no change of an alert ({ $what }).
cli-import-sns-subscription = Amazon SNS asks whether messages are to be sent here. Open this address to say yes: { $url }
cli-import-sns-subscription-odd = Amazon SNS asks whether messages are to be sent here, but the address to confirm it is none of Amazon's.
cli-import-envelope = What it carries is no JSON.
cli-import-api-error = The API answered with an error: { $why }
cli-import-no-object = It is no JSON object.
cli-import-lacks = It lacks { $what }.
cli-import-no-status = Its status “{ $status }” is none that klock knows.
cli-import-message = Message { $message }: { $why }
cli-import-alert = Message { $message }, alert { $alert }: { $why }
cli-import-moved = Message { $message }, alert { $alert }: its time cannot be right ({ $why }); it stands at the time of the import.
cli-import-time-missing = none is told
cli-import-time-unread = “{ $time }” is not understood
cli-import-time-ahead = { $time } is ahead of the clock here
cli-import-time-old = { $time } is more than a year back
cli-import-left-out = { $count ->
    [one] 1 alert was
   *[other] { $count } alerts were
} left out by the sender.
cli-import-unsound = In line { $line }, column { $column }: { $why }
cli-import-no-value = expected value, this is not sound JSON. The message is left out; what follows on another line is read.
cli-import-no-comma = expected a comma or a closing bracket, this is not sound JSON. The message is left out; what follows on another line is read.
cli-import-no-name = expected a name in double quotes, this is not sound JSON. The message is left out; what follows on another line is read.
cli-import-no-colon = expected a colon, this is not sound JSON. The message is left out; what follows on another line is read.
cli-import-open-text = a text goes on over the end of its line; a line break in it is written \n. The message is left out; what follows on another line is read.
cli-import-too-deep = brackets are nested beyond the recursion limit of { $deepest }. The message is left out; what follows on another line is read.
cli-import-too-large = a message that begins here is too large to be read at once (more than { $most } MiB, or too many values). It is left out, the rest is read. Import its alerts one by one: jq -c '.alerts[]' FILE | klock import
cli-import-cut-off = the message that begins here has no end: it was cut off, and is left out. Import it again when it is whole.
cli-import-open-list = the list that begins here has no end: it was cut off. The alerts before that are imported.
cli-import-given-up = no further message was found in 2 GiB, so reading ended here. What stands before it is imported.
cli-import-unread = In line { $line }: { $why }, this is not sound JSON. The message is left out, the rest is read.
cli-import-not-utf8 = Line { $line } is not UTF-8; � stands for what cannot be read.
cli-import-in-vain = { $count } things in a row were no alerts, so reading ended here. What stands before them is imported. Is this the right input?
cli-import-nothing = There was nothing to import on stdin.
cli-import-again = Run the same import again: what is recorded already is recognised.
cli-import-more-faults = { $count } more were not imported.
cli-import-more-asides = { $count } more are nothing to record.
cli-import-more-moved = { $count } more stand at the time of the import.
cli-import-done = { $new } new, { $known } known already, { $faults } not imported

### the report

report-demo = DEMO: this incident never happened.
report-summary = Summary
report-facts = Priority, roles and times
report-answers = The questions
report-timeline = Course of events
report-names = ~ before a name: it was claimed, not the login of who wrote it. $ before a name: a script.
report-meetings = Meetings
report-actions = Actions, plans and suppliers
report-notices = Who was told, and when
report-routine = How the routine was followed
report-debrief = Debrief
report-corrective = So that it does not happen again
report-summary-open = The incident is open and has lasted { $span }. Meetings held: { $meetings }.
report-summary-restored = Service was restored { $time }, after { $span }. Meetings held: { $meetings }.
report-summary-closed = Service was restored { $time }, after { $span }, and the incident is closed. Meetings held: { $meetings }.
report-summary-reopened = The incident is open again. Service was restored { $times }, and went down again { $reopened }: down { $spans } within { $span } so far. Meetings held: { $meetings }.
report-summary-restored-again = Service was restored { $times }: down { $spans } within { $span }. Meetings held: { $meetings }.
report-summary-closed-again = Service was restored { $times }: down { $spans } within { $span }, and the incident is closed. Meetings held: { $meetings }.
report-and = { $first } and { $last }
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
report-reopened = Reopened
report-closed = Closed
report-duration = From declared to restored
report-outage = Outage (start to restored)
report-duration-open = Open for
report-outage-open = Outage so far (from start)
report-outages = Outages
report-outages-sum = { $spans } = { $sum }
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
report-moved = (moved from { $time })
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
report-zone = All times are in { $zone }.
report-zones = Times are in { $zone }, or in the zone that stands beside them: { $others }.

### entry grammar

entry-preview-owner = owner { $person }
entry-preview-people = with { $people }
entry-preview-due = due { $time }
entry-undue = “{ $text }” sets no due time
entry-preview-track = plan { $track }
entry-preview-tags = { $tags }
entry-preview-at = at { $time } ({ $ago } ago)
time-span-not-understood = “{ $text }” is not a length of time. Write 20m, 2h, 1h30m or a number of minutes.
stamp-ahead = { $time } has not come yet · y { $time } for yesterday
stamp-ahead-day = { $time } has not come yet
stamp-old = { $day } is more than a year back: not taken as the time
stamp-far = { $day } is more than two years ahead: not taken as the time
stamp-zone = the zone { $zone } can be several: not taken as the time · write +01:00
stamp-clock = { $text } is not a time of day
time-not-understood = “{ $text }” is not a time. Write 14:05, -12m, y 23:50, friday 15:00 or 2026-11-20 23:50.
stamp-not-read = “{ $text }” is not read as a time
time-ahead-not-understood = “{ $text }” is not a time to come. Write 16:00, +20m, tomorrow 08:00, friday or 2026-11-20 08:00.
time-lacks-clock = “{ $text }” has no time of day. Write it too: { $text } 15:00.
time-not-yet = { $text } has not come yet: it is { $now }. Give a time that has passed, or write y { $text } for yesterday.
time-not-yet-day = { $time } has not come yet: it is { $now }. Give a time that has passed.
time-left-out = “{ $text }” did not exist on that day: the clocks were put forward past it. Give a time that they showed.
time-passed = { $time } has passed: it is { $now }. Give a time that is still to come.
time-too-old = { $time } is more than a year back. Check the year.
time-too-far = { $time } is more than two years ahead. Check the year.
time-zone-unclear = “{ $text }”: the zone { $zone } can be several. Write an offset instead: 14:05 +01:00.
time-span-or-time-not-understood = “{ $text }” is neither a length of time nor a time to come. Write 20m, 1h30m, 16:00 or tomorrow 08:00.
zone-not-understood = TZ={ $zone } is not understood: times are in UTC. Set TZ to a name such as Europe/Stockholm.
tally-last-night = { $count ->
    [one] 1 of { $lines } lines says a time of day that has not come today: it stands on { $day }.
   *[other] { $count } of { $lines } lines say a time of day that has not come today: they stand on { $day }.
}
tally-untimed = { $count ->
    [one] 1 of { $lines } lines has no time that was understood: it stands at { $time }.
   *[other] { $count } of { $lines } lines have no time that was understood: they stand at { $time }.
}
tally-untimed-during = { $count ->
    [one] 1 of { $lines } lines has no time that was understood: it stands at the time when it was read.
   *[other] { $count } of { $lines } lines have no time that was understood: they stand at the times when they were read, { $time }–{ $last }.
}
tally-ahead = { $count ->
    [one] 1 of { $lines } lines says a time that has not come yet: it stands at { $time }, with that time in its words. Yesterday’s times need a y before them.
   *[other] { $count } of { $lines } lines say a time that has not come yet: they stand at { $time }, with that time in their words. Yesterday’s times need a y before them.
}
tally-ahead-during = { $count ->
    [one] 1 of { $lines } lines says a time that has not come yet: it stands at the time when it was read, with that time in its words. Yesterday’s times need a y before them.
   *[other] { $count } of { $lines } lines say a time that has not come yet: they stand at the times when they were read, { $time }–{ $last }, with those times in their words. Yesterday’s times need a y before them.
}
### room screen

pane-questions = Questions
pane-checklist = Checklist
pane-timeline = Timeline
pane-actions = Actions
room-demo = DEMO
room-here = here
here-you = you
here-look-on = { $count ->
    [one] 1 looks on
   *[other] { $count } look on
}
here-writes = writing
here-writes-update = writing an update
here-fills-in = filling in a form
here-answers = answering { $question }
questions-answering = { $who } is answering
proof-short = done?
proof-lead = done? { $person } is { $role } since { $time }
proof-priority = done? agreed with { $person }
proof-first-notice = done? sent { $time }
proof-answers = done? all answered { $time }
proof-plans = done? A and B are written
proof-supplier = done? { $name } is called in
room-no-lead = no { $role } yet
room-mitigated = mitigated { $time }
room-down = down { $time }
room-down-of = of { $time }
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
timeline-moved = moved from { $time }
timeline-struck = struck
timeline-struck-reason = struck: { $text }
status-saved = saved
status-saving = saving …
status-not-saved-short = NOT SAVED
status-not-saved = NOT SAVED: { $why }
status-connecting = connecting …
status-reconnecting = no host since { $time }, reconnecting; keep typing: it is kept here, unsent
status-reconnecting-short = no host since { $time }
status-silent = the host has been silent since { $time }; what you type is kept here, unsent
status-silent-short = no answer since { $time }
status-unsent = { $count } unsent
status-unsent-one = unsent
status-warns = { $clock } { $time }

### host

connect-nobody = No host answers at { $socket }. Start one with: klock host run
connect-not-started = { $program } could not be started as a host: { $why }. Check that the program is still there and may be run.
connect-silent = The host was started but does not answer at { $socket }. Run `klock host run` to see why.
connect-silent-log = The host was started but does not answer at { $socket }. The end of its log: { $log }
connect-foreign = { $socket } belongs to user number { $uid }, not to you. Remove it, or set KLOCK_SOCKET to a path of your own.
connect-path-too-long = The path of the socket is too long for this system: { $socket }. Set KLOCK_SOCKET to a shorter one.
connect-other-protocol = The host runs version { $version }, which speaks another protocol. Finish it with `klock host stop` and start klock again.
goodbye-finished = The host has finished.
goodbye-foreign = This host serves only the user who started it.
goodbye-no-hello = The client did not introduce itself.
goodbye-older = This klock is version { $theirs } and the host runs { $ours }. Quit and start klock again with the newer program.
goodbye-garbage = The client sent something that the host cannot read: { $why }
goodbye-not-member = This host is open to the members of { $groups }, and you are not one. Ask whoever runs the system to add you, then log in anew.
goodbye-newer = This klock is version { $theirs } and the host runs { $ours }, which does not know its words. Whoever started the host can finish it with `klock host stop` and start the newer one.
goodbye-too-long = The client sent a message longer than { $most } KiB.
goodbye-flood = The client asked more than { $most } questions without waiting for an answer.
goodbye-too-often = This program connects again and again. Stop it, or wait a few seconds before it connects anew.
goodbye-does-not-read = The client did not read what the host sent.
goodbye-gave-way = The client did not introduce itself, and others wait to come in.
goodbye-full = Too many clients are connected. Close some, then try again.
refuse-reading-door = At this socket everyone looks on, and nobody can change anything. Who is to take part comes in at the other one: ask whoever runs the host.
refuse-read-only = You look on here and cannot change anything. To take part, join without --read-only at the socket for writing.
refuse-not-owner = Only the user who started the host can stop it.
refuse-no-name = Say a name: nobody can be written down as nobody.
failure-no-such-room = There is no room { $room }. `klock rooms --all` lists them.
failure-recorded-otherwise = Not recorded: its id belongs to the entry of { $time }, which says something else.
failure-answer-too-long = The answer is too long to be sent. Ask for less at a time.
failure-not-understood = The host cannot do what was asked.
failure-draft-too-long = The draft is too long to be kept. Save it as several entries.
failure-no-demo = The demo room cannot be played: { $why }
failure-no-thread = The host cannot begin to read: { $why }
host-no-desktop = No desktop notices here; warnings show on screen and ring the bell. `klock doctor` says more. ({ $why })
host-no-log = The host keeps no log: { $path } cannot be used ({ $why }). Everything else works.
host-more-remarks = More than { $count } things had to be put right. The host's log names them all; `klock verify` checks every room.
host-shared-again = The host before this one was shared with { $groups } and ended without finishing, so this one is shared with them too. `klock host stop` ends that.
host-shared-no-more = The host before this one was shared with { $groups } until the machine was restarted; this one is your own. Share it again with `klock host run --group`.
unheard-clock = { $clock } of { $room } is due { $time }: nobody will be warned unless klock runs then.
unheard-action = “{ $action }” of { $room } is due { $time }: nobody will be warned unless klock runs then.
verify-more-faults = … and { $count } more.
host-no-system = The system does not give the host what it needs: { $why }. Check the limits of processes and memory (ulimit -a).
door-not-ours = { $dir } must be a directory of your own that nobody else can enter (mode 0700). Remove it, or name another socket with KLOCK_SOCKET.
door-not-safe = { $dir } must be a directory of your own in which nobody else may write (mode 0711, no link). Remove it, or name another socket with KLOCK_SOCKET.
door-not-reachable = No group can reach the host in { $dir }, because nobody else may enter it. Run: chmod 711 { $dir }, or name another socket with KLOCK_SOCKET.
door-no-group = There is no group { $name }. `getent group` lists the groups.
door-cannot-listen = The host cannot listen at { $path }: { $why }. Name another socket with KLOCK_SOCKET.

### store

store-tail-cut = Room { $room }: { $bytes ->
    [one] 1 byte
   *[other] { $bytes } bytes
} at the end of the journal could not be read. They may hold confirmed entries; they are kept in rooms/{ $kept }.
store-save-unfinished = Room { $room }: a save at the end of the journal was not finished ({ $bytes ->
    [one] 1 byte
   *[other] { $bytes } bytes
}). It is kept in rooms/{ $kept }; as far as can be told, it was not confirmed to anybody.
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
store-opening-recovered = Room { $room }: the record of its opening was damaged and no copy was left. It goes on as “{ $title }”, under the routine { $routine } { $version }. Check title, customer and priority.
store-unlinked = { $room }: entries { $entries } do not follow from the ones before them. Somebody or something changed the journal.
store-left-out = Room { $room }: { $lines ->
    [one] one line of the damaged journal has
   *[other] { $lines } lines of the damaged journal have
} no place in the mended one: another line has it, or they cannot belong to this room. They stand in rooms/{ $kept }.
store-replaced = Room { $room }: the journal was replaced by that of another room. { $count ->
    [one] The entry that only the index had is
   *[other] The { $count } entries that only the index had are
} kept in rooms/{ $kept }; `klock recover` shows what is kept.
store-replaced-by = Room { $room }: the journal was replaced by that of room { $other }. { $count ->
    [one] The entry that only the index had is
   *[other] The { $count } entries that only the index had are
} kept in rooms/{ $kept }; `klock recover` shows what is kept.
store-forked = Room { $room }: the journal was replaced by another copy, which goes its own way from entry { $from } on. { $count ->
    [one] The entry that only the index had is
   *[other] The { $count } entries that only the index had are
} kept in rooms/{ $kept }; `klock recover` shows what is kept.
store-twin = Room { $room }: the journal begins as that of room { $other }. One of them is a copy.
store-kept-cut = Room { $room }: rooms/{ $kept } holds bytes that could not be read, and may hold entries. `klock recover` shows them; move the file away when you have dealt with it.
store-kept-aside = Room { $room }: rooms/{ $kept } holds entries that the journal does not have. `klock recover` shows them; move the file away when you have dealt with it.
store-tightened = { $path } was open to others (mode { $mode }). It is closed now: only you can read it.
store-open = { $path } is open to others (mode { $mode }) and cannot be closed. Others may read what is in it.
store-index-set-aside = The index could not be trusted ({ $why }). It is kept as { $kept } and built anew from the journals; nothing is lost.
store-no-index = There is no index for now ({ $why }). Everything works from the journals, slower.
store-newer = Room { $room }: { $entries ->
    [one] one entry was
   *[other] { $entries } entries were
} written by a newer version of klock. They are kept and shown as unknown; update klock to read them.
store-full = The disk is full. Nothing typed is lost; free some space, and saving works again by itself. ({ $path })
store-read-only = The disk is read-only here. Nothing typed is lost; make it writable, and saving works again by itself. ({ $path })
store-denied = { $path }: permission denied. Give it to the user who runs klock.
store-file-foreign = { $path } belongs to user { $uid } and is not read. Give it to the user who runs klock, or move it away.
store-foreign = { $path } belongs to user { $uid }. Run klock as that user, or name a directory of your own with KLOCK_DATA_DIR.
store-odd = { $path } is { $what ->
    [directory] a directory
    [fifo] a named pipe
    [socket] a socket
    [device] a device
    [link] a symbolic link
   *[other] too long to be
}, not a file of klock's. Move it away.
store-too-many-files = { $path }: too many files are open. Raise the limit (ulimit -n) or close something.
store-failing = { $path }: the disk reports an input/output error. It may be failing; copy the data somewhere else.
store-sync-failed = The disk did not confirm a save. Nothing counts as saved until it does. ({ $path }: { $why })
store-locked = { $path } is in use by another host (process { $pid }). Stop it with `klock host stop`.
store-no-such-room = There is no room { $room }. `klock rooms --all` lists them.
store-nothing-left = Nothing can be read of room { $room }. What is left of it is kept in rooms/{ $kept }: look at it with `klock recover`, then move the file away.
store-preparing = Room { $room } is being looked through. Ask again in a moment.
store-wrong-seq = Room { $room } has moved on: entry { $expected } was expected and { $found } was found. Try again.
store-unwritable = Room { $room }, entry { $seq } cannot be written: { $why }. Update klock.
store-io = { $path }: { $what } failed ({ $why }). Run `klock verify`.
store-unusable = Cannot make or write { $path }: { $why }. Name another directory with KLOCK_DATA_DIR.
store-file-limit = A file may not become longer here (ulimit -f). Nothing typed is lost: raise the limit and start the host again with `klock host stop`. ({ $path })
why-permission = permission denied
why-read-only = the file system is read-only
why-full = the disk is full
why-in-the-way = something else stands in its place or above it, such as a file where a directory should be
why-foreign = it belongs to user { $uid }
### the store: what was found and put right, why something was not saved

verify-damaged = The journal is damaged after entry { $seq }.
verify-unlinked = Entry { $seq } does not follow from the entry before it: one of them was changed or taken away.
verify-torn = The journal ends in { $bytes } bytes that are no entry.
verify-tail-lost = The journal has lost its end: { $count ->
    [one] entry { $entries }.
   *[other] entries { $entries }.
}
verify-lost = { $count ->
    [one] Entry { $entries } was lost to damage earlier.
   *[other] Entries { $entries } were lost to damage earlier.
}
verify-words-gone = { $count ->
    [one] The words of entry { $entries } are gone, and no entry says that they were redacted.
   *[other] The words of entries { $entries } are gone, and no entry says that they were redacted.
}
verify-index = The index did not agree with the journal; it is rebuilt.
verify-more = { $count ->
    [one] One more fault
   *[other] { $count } more faults
} of the same kind.
verify-words-there = { $count ->
    [one] The words of entry { $entries } were to be removed, and are still there. Removing them is tried again.
   *[other] The words of entries { $entries } were to be removed, and are still there. Removing them is tried again.
}
verify-kept-cut = rooms/{ $kept } holds bytes that could not be read, and may hold entries. Look at them with `klock recover`, then move the file away.
verify-kept-aside = rooms/{ $kept } holds entries that this journal does not have. Look at them with `klock recover`, then move the file away.
verify-twin = The journal begins as that of room { $other }: one of them is a copy.
verify-unchecked = Could not be checked: { $why }

### screen: commands

command-declare = Declare an incident
command-open-room = Go into the selected room
command-demo = Look around in a demo room
command-past = Show or hide closed rooms
command-note = Take a note
command-answer = Answer the selected question
command-meeting = Start a critical-incident meeting, or show the one that runs
command-update = Record an update or notice as sent
command-search = Search the timeline
command-filter = Filter by kind, person, tag, plan, star or time
command-filter-clear = Show everything again
command-latest = Follow the latest entries
command-next-starred = Go to the next starred entry
command-next-new = Go to the next entry that is new to you
command-undo = Undo your last entry by striking it
command-action = Open an action
command-plans = Plan A and plan B
command-switch-condition = Say what would make us switch to plan B
command-open-list = What is open: actions, obstacles, resources, suppliers
command-resources = Resources asked for and allocated
command-resource = Ask for a resource
command-suppliers = Suppliers and their cases
command-supplier = Call a supplier in
command-obstacles = Obstacles in the way of the team
command-obstacle = Raise an obstacle
command-clocks = Every clock, when it is due
command-snooze = Put the next clock off, with a reason
command-cadence = Set how often the team meets, with a reason
command-meeting-call = Call a meeting
command-meetings = The meetings so far
command-notices = The notices that the routine asks for
command-messages = Messages sent and drafted
command-roles = Who holds which role
command-people = Who is here, and what they are writing
command-type-as = Say who types here from now on
command-contacts = Whom to call: the contact lists
command-escalate = Record a call: for a decision, for information, to staff a role
command-hand-over = Hand the lead over
command-accept-handover = Accept the handover
command-shift = Plan the next shift
command-priority = Set the priority by urgency and impact
command-classify = Say who classified the incident
command-activate = Put the routine in force
command-phases = Phases
command-mitigated = Mitigated: contained, not solved
command-restored = Service is restored
command-reopen = Reopen the incident
command-close = Close the incident
command-unsettled = Points of the checklist neither done nor waived
command-debrief = The debrief's questions
command-corrective = Open a corrective action
command-report-delivered = The report was delivered
command-problem = Link the problem record
command-drafts = Drafts that were found
command-pane-next = Next pane
command-pane-previous = Previous pane
command-pane-questions = Questions
command-pane-checklist = Checklist
command-pane-timeline = Timeline
command-pane-actions = Actions
command-zoom = Make the pane full screen, or small again
command-next-room = Go to the next open room
command-rooms = Leave for the lobby; the room lives on
command-history = The question's earlier answers
command-check = Check the selected point
command-item-help = What the point asks for
command-check-noted = Check the point, with a note
command-waive = Waive the point, with a reason
command-reopen-item = Reopen the point
command-assign-item = Give the point to somebody
command-entry-open = Show the entry in full
command-star = Star the entry, or take the star away
command-amend = Amend the entry; the old words stay visible
command-strike = Strike the entry; it stays readable
command-copy = Copy the entry
command-copy-block = Copy the entry with its line breaks
command-redact = Remove the entry's words for good
command-action-open = Open the row
command-action-done = The action is done, or open again
command-action-update = Change owner, due time or plan
command-action-drop = Drop the action, with a reason
command-send = Save the entry
command-newline = Line break
command-kind-next = Complete the word, or change the kind of entry
command-kind-previous = Previous kind of entry
command-complete-next = Next of what is offered
command-complete-previous = Previous of what is offered
command-recall-earlier = Call back an earlier entry
command-recall-later = Back towards what you were writing
command-editor = Write in the larger editor
command-leave-line = Leave the line; the text stays
command-meeting-point = Finish an agenda point, with its outcome
command-meeting-attend = Somebody takes part
command-meeting-end = End the meeting
command-meeting-call-off = Call the meeting off; it does not count
command-form-enter = On, and save at the end
command-form-next = Next field, or complete the name
command-form-previous = Previous field
command-form-submit = Save the form
command-row-open = Choose the row
command-row-new = New
command-row-edit = Change the row
command-row-end = End what the row is about
command-editor-save = Take the text over
command-palette = Find a command by typing
command-help = Help for here
command-back = Back
command-down = Down
command-up = Up
command-half-down = Half a page down
command-half-up = Half a page up
command-page-down = A page down
command-page-up = A page up
command-first = To the first
command-last = To the last
command-go-to-alarm = Go to the room that warns
command-acknowledge = Acknowledge the warnings
command-come-back = Come back to the room you were in
command-language = Switch between English and Swedish
command-theme = Next theme
command-redraw = Draw everything again
command-suspend = Put the program aside
command-leave = Leave; the room lives on

### screen: where keys count

mode-global = Everywhere
mode-lobby = In the lobby
mode-room = In the room
mode-questions = In the questions
mode-checklist = In the checklist
mode-timeline = In the timeline
mode-actions = In the actions
mode-entry = In the entry line
mode-meeting = In a meeting
mode-form = In a form
mode-list = In a list
mode-palette = In the palette
mode-help = In help
mode-editor = In the editor

### screen: hints

hint-note = note
hint-acknowledge = I saw it
hint-people = who is here
hint-zoom = zoom
hint-answer = answer
hint-history = history
hint-check = check
hint-waive-item = waive
hint-star = star
hint-amend = amend
hint-done = done
hint-change = change
hint-meeting = meeting
hint-update = update
hint-commands = commands
hint-search = search
hint-help = help
hint-declare = declare
hint-open = open
hint-demo = demo
hint-leave = leave
hint-save = save
hint-kind = kind
hint-editor = editor
hint-back = back
hint-leave-line = leave
hint-title = what is wrong, in a few words
hint-lead = who leads; “me” is you
hint-time-past = now · 14:05 · -12m · y 23:50
hint-time-ahead = +20m · 15:30 · tomorrow 08:00
hint-amend-when = as it stands · 14:05 · -12m · y 23:50
hint-minutes = 20m · 1h30m
hint-time-due = +20m · 15:30 · tomorrow 08:00 · friday
hint-snooze = 20m · 1h30m · 15:30
hint-waive = why this point is not to be done this time
hint-how = phone, SMS, in person …
hint-about = the question and the answer

### screen: fields

field-title = Title
field-activate = Activate the routine
field-activation-reason = Why
field-agreed-with = Agreed with
field-classified-by = Classified by
field-classifier = Who that was
field-urgency = Urgency
field-impact = Impact
field-customer = Customer
field-began = Began
field-declared = Declared
field-lead = Lead
field-routine = Routine
field-time = Time
field-answer = Answer
field-certainty = How sure
field-note = Note
field-reason = Reason
field-person = Person
field-starts = Starts
field-meeting-where = Where
field-outcome = Outcome
field-summary = Summary
field-minutes = For how long
field-interval = Every
field-how = How
field-call-outcome = What came of it
field-purpose = Why
field-called-as = As what
field-about = About what, and what was said
field-takes-role = They take a role
field-to = To
field-handover-note = What they need to know
field-who = Who
field-action = What is to be done
field-owner = Owner
field-due = Due
field-track = Plan
field-plan = The plan
field-condition = We switch when
field-what = What is needed
field-who-came = Who or what came
field-supplier = Supplier
field-case = Their case number
field-critical = Registered as critical
field-staff = Who they put on it
field-obstacle = What is in the way
field-cleared-how = How it was cleared
field-channel = Channel
field-audience = To whom
field-message = What was said
field-sent = It has been sent
field-when = When
field-report-to = Delivered to
field-reference = Reference
field-text = Text
field-search = Words
field-kind = Kind
field-tag = Tag
field-starred = Starred only
field-since = Since
field-until = Until

### screen: choices

choice-yes = yes
choice-no = no
choice-any = any
choice-grade = { $grade } { $label }: { $hint }
choice-not-yet = not yet
choice-not-known = not known
choice-no-plan = no plan
choice-unchanged = as it is
choice-no-role = no role
choice-takes-no-role = no, roles stay as they are
choice-plan = plan { $track }

### screen: forms

form-keys = Tab next · Enter on and save · Ctrl+s save · Esc back
form-sending = saving …
form-held = unsent, goes by itself · Esc closes this and leaves it to go
form-declare = Declare an incident
form-stamp-begun = Recorded with the time of { $time }, when you began.
form-stamp-now = Begun { $time }; recorded with the time at which you save.
form-priority = Priority { $level }: { $name }
form-classifier-gone = “{ $classifier }” may not classify by “{ $routine }”: choose again.
form-first-notice = { $notice }: within { $span }.
activation-mandatory = Priority { $level } makes “{ $routine }” mandatory: it is put in force.
activation-optional = Priority { $level } allows “{ $routine }”: it is put in force if you say so above.
activation-later = At priority { $level } “{ $routine }” stays as it is: not in force.
activation-unneeded = Priority { $level } does not call for “{ $routine }”. It can be put in force with a reason.
form-answer-present = Now: { $text } ({ $who } { $time })
form-check = Check with a note
form-waive = Waive a point
form-reopen-item = Reopen a point
form-assign-item = Give a point to somebody
form-meeting-call = Call a meeting
form-attend = Who takes part?
form-meeting-end = End the meeting
form-meeting-call-off = Call the meeting off
form-snooze = Put a clock off
form-cadence = How often the team meets
form-assign-role = Who is { $role }?
form-call = A call
form-call-lead = { $person } stays { $role }.
form-call-takes-whom = Write who becomes { $role }.
form-call-takes = { $person } becomes { $role }.
form-call-takes-from = { $person } becomes { $role }; { $holder } no longer is.
form-hand-over = Hand the lead over
form-shift = The next shift
form-action = A new action
form-corrective = A corrective action
form-action-update = Change action { $no }
form-action-reopen = Action { $no } is open again
form-action-done = Action { $no } is done
form-action-drop = Drop action { $no }
form-plan = Plan { $track }
form-switch = What makes us switch
form-plan-choose = Go for plan { $track }
form-plan-drop = Give plan { $track } up
form-resource = Ask for a resource
form-allocate = Allocated
form-resource-drop = No longer needed
form-supplier = Supplier
form-obstacle = An obstacle
form-obstacle-clear = Out of the way
form-message = An update
form-priority-set = Set the priority
form-classify = Who classified it?
form-activate = Put the routine in force
form-mitigate = Mitigated
form-restore = Service is restored
form-reopen = Reopen the incident
form-close = Close the incident
form-report = The report was delivered
form-problem = Problem record
form-amend = Amend the entry of { $time }
form-strike = Strike the entry of { $time }
form-redact = Remove the words of { $time } for good
form-search = Search
form-filter = Filter
form-answered-by-others = ✎ { $who } is answering it too, at this moment.
form-answered-meanwhile = { $who } answered at { $time }: { $text } · Yours becomes the newer version; the history has both.
form-entry-struck-meanwhile = { $who } struck this entry at { $time }: it can no longer be changed.
form-entry-amended-meanwhile = { $who } amended this entry at { $time }: { $text }
form-entry-moved-meanwhile = { $who } corrected the time of this entry at { $time }.
form-entry-redacted-meanwhile = { $who } took the words of this entry out for good at { $time }.
guide-meeting-call = Calling is not holding: the clock counts meetings that are held.
guide-points-left = { $count ->
    [one] One agenda point is left.
   *[other] { $count } agenda points are left.
}
guide-meeting-call-off = A meeting that is called off does not count as held.
guide-cadence = At the longest { $longest } between meetings.
guide-call = A call changes no role unless you choose one at the end.
guide-hand-over = The lead is yours until the other accepts.
guide-supplier = Squared up when the case has a number, is registered as critical, and somebody is on it.
guide-message = Send it by your own means, then record here what was said and to whom.
guide-notice-step = Recording it checks the step and stops its clock.
guide-must-include = It must say: { $text }
guide-activate = Once in force, every point of the routine is done, or waived with a reason.
guide-activate-unneeded = Priority { $level } does not call for it: say why.
guide-restore = Normal function is back: the duration stops, the debrief's clock starts.
guide-restore-unsettled = { $count ->
    [one] One point is neither done nor waived.
   *[other] { $count } points are neither done nor waived.
} They are shown next.
guide-close = Closing ends the incident: the report's clock starts.
guide-close-unsettled = { $count ->
    [one] One point is neither done nor waived.
   *[other] { $count } points are neither done nor waived.
} Deal with them first.
guide-amend = The old words and the old time stay visible.
guide-close-open = Still open:
guide-close-open-line = · { $what }
guide-redact = For what should never have been written. The words go from disk too; that they were there, when and by whom stays.
guide-filter = Empty fields ask for nothing. Esc in the timeline shows everything again.
fault-missing = { $field } is needed.
fault-choose-entitled = Choose who classified it.

### screen: lists

list-empty = Nothing here yet.
list-roles = Roles
list-people = Who is here
people-line = { $who } ({ $sure }): { $doing }
people-line-own = { $who } ({ $sure }), you: { $doing }
people-head = no mark: own login · ~ a name that was claimed · $ a script
people-reads = reading
people-looks-on = looks on, cannot write
list-contacts = Contacts
contacts-none = Nobody is in contacts.toml yet. `klock config init` writes an example; `klock config path` says where.
list-clocks = Clocks
list-plans = Plan A and plan B
list-resources = Resources
list-suppliers = Suppliers
list-obstacles = Obstacles
list-messages = Messages
list-notices = Notices of the routine
list-meeting = Critical-incident meeting
list-meetings = Meetings
list-unsettled = Neither done nor waived
list-phases = Phases
list-debrief = Debrief
list-drafts = Drafts that were found
verb-assign = assign
verb-type-as = who types
verb-call = record a call
verb-release = release
verb-snooze = put off
verb-cadence = how often
verb-write = write
verb-condition = when to switch
verb-go-for = go for it
verb-drop = drop
verb-allocate = allocated
verb-new = new
verb-change = change
verb-clear = cleared
verb-send-again = once more
verb-point = finish point
verb-attend = takes part
verb-note = note
verb-end = end
verb-go = go there
verb-enter = enter
verb-answer = answer
verb-take = take it up
verb-forget = forget
role-line = { $role }: nobody
role-line-held = { $role }: { $person } since { $time }
attempt-line = { $time } { $person }: { $outcome }
clock-line = { $clock }: { $time }, { $state }
clock-line-idle = { $clock }: not started
clock-snoozed-why = put off: { $text }
plans-switch = We switch when: { $text }
plans-no-switch = Not yet said when we would switch.
plan-line = Plan { $track }: { $text }
plan-line-none = Plan { $track }: none yet
plan-line-chosen = Plan { $track }, chosen: { $text }
plan-line-dropped = Plan { $track }, given up: { $text }
resource-line = { $text } (asked for { $time })
resource-line-came = { $text }: { $who } ({ $time })
resource-line-dropped = { $text } ({ $time }), no longer needed
supplier-line = { $name }: case { $case }
supplier-detail = registered as critical: { $critical } · on it: { $staff }
obstacle-line = { $text } ({ $time })
message-line = { $time } { $channel } to { $audience }
notice-line = { $title } ({ $channel })
meeting-since = Meeting { $no } since { $time } ({ $span }), { $notes ->
    [one] 1 note
   *[other] { $notes } notes
}
meeting-people = Take part: { $people }
meeting-nobody = Nobody is noted as taking part yet.
meeting-none = The meeting is being started …
meeting-line-runs = Meeting { $no } since { $time }, goes on
meeting-line-held = Meeting { $no }, { $time } to { $end }
meeting-line-off = Meeting { $no } at { $time }, called off: { $text }
meeting-line-people = { $count } took part, { $points } points dealt with
history-struck = STRUCK · { $time } { $who } ({ $sure }), { $certainty }
history-struck-reason = STRUCK: { $text } · { $time } { $who } ({ $sure }), { $certainty }
history-corrected = corrected since · { $time } { $who } ({ $sure }), { $certainty }
history-detail = { $time } { $who } ({ $sure }), { $certainty }
unsettled-head = Each point is done, or waived with a reason. Enter goes there.
draft-detail = begun { $time }

### screen: overlays

who-title = Who types here from now on?
who-as-typed = as typed
who-nobody = Nobody is known here yet: type a name.
palette-title = Commands
palette-nothing = No command like that here.
help-title = Help for here
help-keys = j k move · Esc closes
help-grammar = An entry
help-grammar-time = A time before it says when it happened: -12m, 14:05, 14.05, 1:04 PM, 13:04 UTC, y 23:50, 2026-11-20 23:50, also as [14:05:12] or - 14:05. One that has not come yet is a plan: a note of now, due then.
help-grammar-kind = Then the kind, as much of its name as is needed, and a colon: d: decision, t: test, act: action.
help-grammar-tokens = Inside it @person and #tag. A decision, an action, and a note with an @person at its beginning or end also take #A or #B for the plan and +20m, by 15:30 or by friday for when it is due. The words stay as typed.
help-grammar-literal = A backslash in front takes everything after it as it stands.
help-byline-head = Who wrote it
help-byline = ~anna: the name was claimed, in a shared window or by a setting; $anna: a script wrote it; anna: their own login.
help-serves = Serves { $clauses }
help-entry = { $date } { $time } { $zone } · { $who } ({ $sure })
help-entry-recorded = Entry { $seq }, recorded { $time }
help-entry-amended = Amended: { $text }
help-entry-moved = Stood at { $time } before its time was corrected.
confirm-keys = y yes · Esc no
confirm-yes = y
confirm-leave-unsaved = { $count ->
    [one] One entry is not saved yet.
   *[other] { $count } entries are not saved yet.
} Leave all the same? What is typed is kept as a draft.
confirm-leave-unsent = The host does not answer: { $count ->
    [one] one text is
   *[other] { $count } texts are
} not saved. Leave all the same? What is still unsaved then is written in the shell.
confirm-leave-held = The disk takes nothing: { $count ->
    [one] one thing is
   *[other] { $count } things are
} unsent. Leave all the same? What was written is then put in the shell.
confirm-discard = What you wrote here is not saved. Throw it away?
paste-title = { $count } pasted lines
paste-one = as one entry
paste-many = each line as an entry of its own
paste-cancel = not at all
toast-paste-stalls = A paste has no end yet: { $count } letters of it are here. Esc ends it, and keeps them.
editor-entry = Entry
editor-keys = Ctrl+s or Esc takes the text over

### screen: entry line, messages, lobby

line-invitation = press n and write: what happened, who, by when
line-invitation-here = what happened, who, by when: d: @olle restart gateway +15m #A
line-looks-on-door = you look on; at this socket nobody can write: ask whoever runs the host
line-looks-on = you look on; to write: klock join { $room }
line-saving = saving …
line-saved = saved
toast-answered-too = Your answer is the newer one: { $who } answered “{ $question }” too, at { $time }. The history has both.
toast-restored-by = { $who } recorded that service is restored.
toast-closed-by = { $who } closed the incident. What you write is recorded all the same.
toast-reopened-by = { $who } opened the incident again.
toast-answered-after = Your answer is in the history: { $who } answered “{ $question }” after you, at { $time }.
toast-type-as-unsent = What waits to be saved carries the name it was written under: wait until it is saved, then change.
toast-types-as = Entries from here carry the name { $who } now, as claimed.
toast-looks-on = You are looking on: nothing can be written from here.
toast-no-such-key = { $key } means nothing here. { $help } shows the keys.
toast-not-in-this-list = That key does nothing to this row.
toast-paste-nowhere = Nothing here takes text: what was pasted is not kept.
toast-no-item = No point is selected.
toast-language = English
toast-theme = Theme: { $name }
toast-theme-lasts = theme = "{ $name }"
toast-language-lasts = lang = "{ $lang }"
toast-set = { $name } until you leave. For good: { $setting } in { $file }
toast-text-in-history = { $why } The text is one Up away in the entry line.
toast-recorded-otherwise = An earlier version of this was recorded at { $time }. These words are not: save again to record them too.
toast-nothing-new = Nothing is new here.
toast-nothing-starred = Nothing is starred here.
toast-undone = Your entry of { $time } is struck; it stays readable.
toast-not-now = Not now, { $why }. ({ $what })
why-no-room = go into a room first
why-no-rooms = there is no room yet
why-no-other-room = no other room is open
why-looks-on = you look on here
why-over = the incident is over; it can be reopened
why-not-over = the incident goes on; it is to be restored first
why-not-restored = the incident is not restored yet
why-closed = the incident is closed; it can be reopened
why-not-closed = the incident is not closed yet
why-active = the routine is in force already
why-no-phases = the routine of this room has no phases
why-all-settled = every point of the checklist is done or waived
why-no-question = no question is selected
why-no-item = no point of the checklist is selected
why-item-open = the selected point is still open
why-no-action = no open action is selected
why-no-entry = the timeline is empty
why-struck = this entry is struck already
why-redacted = the words of this entry were taken out for good
why-a-step = this entry is a step of the incident: reopen the step, or add a note
why-nothing-to-undo = you have no entry here to take back
why-not-filtered = everything is shown already
why-no-meeting = no meeting is going on
why-no-clock = no clock runs
why-no-cadence = no clock of the routine can be set
why-no-handover = nothing was handed over
why-no-drafts = there are no drafts
why-no-alarm = no warning waits to be acknowledged
why-no-alarm-elsewhere = no other room warns
why-nowhere-to-go-back = you came from no other room
toast-pointed = The latest entry is selected now; the same key again acts on it.
toast-copied = Sent to the terminal’s clipboard.
toast-copied-tmux = In tmux’s buffer, and sent to the clipboard of { $terminal }, the terminal used last.
toast-copied-tmux-only = In tmux’s buffer alone: tmux knows of no clipboard in this terminal. paste-buffer has it.
toast-not-copied = The clipboard did not take it.
toast-drafts-wait = { $count ->
    [1] A draft of yours waits
   *[other] { $count } drafts of yours wait
}: look for “drafts” with { $key }.
toast-draft-found = A draft of { $time } is in the entry line again.{ $others ->
    [0] {""}
   *[other] {" "}{ $others } more: look for “drafts”.
}
toast-faults = { $count ->
    [one] One fault
   *[other] { $count } faults
} in your settings; the defaults serve. First: { $first }
failure-cannot-save = NOT SAVED YET; it is kept here and goes by itself as soon as it can: { $why }
failure-broken = It could not be read: { $why }
connection-lost = The host is away; it is being started again.
banner-soon = { $room } { $title }: { $clock } in { $span } ({ $time }) · { $key } goes there
banner-due = { $room } { $title }: { $clock } is due NOW ({ $time }) · { $key } goes there
banner-overdue = { $room } { $title }: { $clock } is { $span } LATE ({ $time }) · { $key } goes there
lobby-title = Rooms
lobby-waiting = Connecting …
lobby-welcome = Nothing is going on.
lobby-promise = What you type is saved, the times are right, the clock is kept.
lobby-declare = Declare an incident
lobby-demo = Look around in a demo room
lobby-past = Show the rooms that are closed
lobby-clock-calm = { $clock } in { $left } ({ $time })
lobby-clock-ahead = { $clock } in { $left } ({ $time }), { $state }
lobby-clock = { $clock } { $left } ({ $time }), { $state }
lobby-facts = lead { $lead } · { $entries ->
    [one] 1 entry
   *[other] { $entries } entries
} · { $here } here
farewell-held = The disk took nothing. This is not saved:
farewell-unsaved = The host did not answer. This may not be saved:
farewell = Room { $room } lives on. Come back with: klock join { $room }
cli-screen-failed = The screen ended: { $why }

### tmux

cli-tmux-missing = tmux is not installed, or not in PATH. Install it (apt-get install tmux, brew install tmux), or run klock join ROOM in several terminals.
cli-tmux-refused = tmux refused: { $why }
cli-tmux-silent = klock: the host does not answer
cli-tmux-not-saved = NOT SAVED
cli-tmux-others =
    { $count ->
        [one] +1 room
       *[other] +{ $count } rooms
    }
### reaching a host

host-setting-bad = { $what } does not say where a host is. Write ssh://[user@]machine[:port], with ?klock=PATH when klock is not where the far shell looks; or unix:///path/to.sock for a group's host; or local for your own.
connect-stopped = The host (process { $pid }) is stopped and does not answer; nothing was asked of it. Continue it with: kill -CONT { $pid }
connect-unanswered = The host does not answer; it may be stopped, or very busy. Nothing was changed. Try again, or look at its process.
connect-unconfirmed = The host does not answer (stopped?). What you asked was sent but is NOT confirmed: it is not recorded now, and will be if the host goes on. Look with `klock timeline` before you repeat it.
connect-nobody-there = No host answers at { $socket }. Whoever runs it there starts it with: klock host run
connect-open-place = Others than its owner may write in { $dir }, so anybody could pose as the host there. Its owner closes it with: chmod go-w { $dir }
connect-impostor = User number { $uid } listens at { $socket }, but its directory belongs to user number { $owner }. Do not trust it; ask the one who runs the host.
connect-no-ssh = { $program } could not be started: { $why }. Install OpenSSH, or name its program in KLOCK_SSH.
connect-ssh = { $machine } cannot be reached. ssh says: { $said }
connect-ssh-mute = { $machine } cannot be reached, and ssh does not say why. Try: ssh { $machine } klock relay
connect-no-klock = { $machine } has no klock where its shell looks: { $said }. Install it there, or say where it is: ssh://{ $machine }?klock=PATH
connect-babble = The shell of { $machine } prints something before klock relay: “{ $text }”. In its start-up files, move that to where only interactive shells come.
connect-far-protocol = The host there runs version { $version }, which speaks another protocol. Bring klock to the same version on both sides.
connect-relay-to-relay = klock relay only goes to a host on its own machine. Unset KLOCK_HOST there, or set it to local or unix:///path/to.sock.
connect-relay-failed = The relay cannot work: { $why }
connect-killed = The host ended before it could serve: { $why }. Run `klock host run` to see why.
connect-flooded = The host (process { $pid }) says one thing after the other and does not answer. It is not well: end it with kill { $pid }, and try again.
connect-flooded-far = The host there says one thing after the other and does not answer. Ask whoever runs it to end it.
connect-unreachable = Process { $pid } is the host of { $dir } but cannot be reached: its socket { $socket } is gone. End it with: kill { $pid }. Everything saved is kept, and the next klock starts a new host.
connect-unreachable-unknown = A host that cannot be seen from here holds { $dir }, and its socket { $socket } cannot be reached. It may run in another container or on another machine: end it there, or name another directory with KLOCK_DATA_DIR.
connect-foreign-home = { $dir } belongs to { $user } (user number { $uid }), who could not use klock any more if root wrote there. Run klock as that user, or name a directory of root's own with KLOCK_DATA_DIR.
connection-silent = The host does not answer; it may be stopped. What you write is kept until it does.
failure-ask-too-long = It is too long to be sent. Save it as several entries.

### quick note

quick-title = Quick note
quick-which-room = which room is it for?
quick-waits = no room yet: it is sent as soon as there is one
quick-would-lose = the host is away, this text would be lost: leave once more to leave it

### doctor

cli-doctor-ok = ok
cli-doctor-warn = warning
cli-doctor-fail = fails
cli-doctor-skipped = skipped
cli-doctor-topic-terminal = terminal
cli-doctor-topic-locale = locale
cli-doctor-topic-colours = colours
cli-doctor-topic-emoji = emoji
cli-doctor-topic-tmux = tmux
cli-doctor-topic-notices = notices
cli-doctor-topic-host = host
cli-doctor-topic-rights = rights
cli-doctor-topic-disk = disk
cli-doctor-topic-store = rooms
cli-doctor-topic-settings = settings
cli-doctor-topic-routines = routines
cli-doctor-topic-contacts = contacts
cli-doctor-topic-ssh = ssh
cli-doctor-topic-time = time
cli-doctor-sum =
    { $failed ->
        [0] nothing fails
        [one] 1 check fails
       *[other] { $failed } checks fail
    }, { $warned ->
        [one] 1 warning
       *[other] { $warned } warnings
    }
cli-doctor-no-answer = no answer within { $seconds } s
cli-doctor-no-answer-remedy = something this check asks hangs: a mount, a server or a service; look there
cli-doctor-no-terminal = not at a terminal: run it where the screen is to be
cli-doctor-terminal = { $term }, { $columns } × { $rows }
cli-doctor-terminal-small-remedy = make it at least 40 × 9: everything can be reached then
cli-doctor-terminal-dumb = TERM is "{ $term }": it cannot show a screen
cli-doctor-terminal-dumb-remedy = set TERM to what the terminal is, such as xterm-256color
cli-doctor-locale = { $locale }
cli-doctor-locale-other = { $locale } is no UTF-8 locale: frames, marks and å ä ö can come out wrong
cli-doctor-locale-remedy = export LANG=C.UTF-8 (or en_GB.UTF-8), also on the machine that you reach by ssh
cli-doctor-colours = { $count } colours
cli-doctor-colours-all = true colour
cli-doctor-colours-none = none, as NO_COLOR or the terminal says: words and shapes tell the same
cli-doctor-emoji = as wide as they are counted
cli-doctor-emoji-wide = an emoji takes { $simple } columns, a joined one { $joined }; klock counts 2 and 2
cli-doctor-emoji-remedy = a line with such a sign can look shifted in { $term }; another terminal, or none of these signs in titles
cli-doctor-emoji-silent = the terminal did not say how wide it draws them
cli-doctor-tmux-outside = { $version } is there; run klock doctor inside it to have its settings checked
cli-doctor-tmux-none = not installed: klock does without, klock tmux does not
cli-doctor-tmux-fine = { $version }, its settings serve
cli-doctor-tmux-old = { $version } has no popups
cli-doctor-tmux-old-remedy = install tmux 3.2 or newer for the quick note
cli-doctor-tmux-option = { $option } is { $value }: { $why }
cli-doctor-tmux-put = into tmux.conf: { $line }
cli-doctor-tmux-escape = Esc lags
cli-doctor-tmux-focus = what comes while you look elsewhere is not marked as new
cli-doctor-tmux-clipboard = what is copied does not reach your own clipboard
cli-doctor-tmux-terminal = colours are few and italics are lost
cli-doctor-tmux-bell = the bell of a warning is not heard
cli-doctor-tmux-size = the smallest client makes the room small for everybody
cli-doctor-notice-title = klock doctor
cli-doctor-notice-body = Warnings of the clock will look like this.
cli-doctor-notice-sent = one was sent: do you see it?
cli-doctor-notice-not-sent = none was sent, as asked
cli-doctor-notice-off = switched off in settings.toml
cli-doctor-notice-failed = the desktop takes none: { $why }
cli-doctor-notice-remedy = warnings still ring in the terminal; on a server set desktop-notices = false, on a desktop start its notification service
cli-doctor-host = { $reach }: version { $version }, process { $pid }
cli-doctor-host-none = none runs; the first who needs one starts it
cli-doctor-host-version-remedy = this program is { $version }: klock host stop, and the next client starts its own version
cli-doctor-host-shared-remedy = ask whoever runs that host; only they can start, stop or open it
cli-doctor-host-remedy = klock host stop, or end its process, and try again; its log is host.log in the log directory (klock config path)
cli-doctor-odd-remedy = klock opens nothing there but files of its own; the other rooms work meanwhile
cli-doctor-lock-remedy = no host can start until that is put right; the lock holds nothing, and the next host makes it again
cli-doctor-host-unreachable-remedy = end that process, then try again; nothing that was saved is lost
cli-doctor-no-log-remedy = make the directory writable, or name another with KLOCK_LOG_DIR
cli-doctor-shared-remedy = klock host stop ends the sharing; klock host run --group begins it
cli-doctor-foreign-home-remedy = run klock without sudo, or as that user
cli-doctor-socket-long = the socket's path has { $length } bytes, { $longest } are allowed: { $path }
cli-doctor-socket-long-remedy = set KLOCK_SOCKET, or XDG_RUNTIME_DIR, to a short path
cli-doctor-cannot-save-remedy = nothing is lost while the screen stays open: free space, or make the disk writable; it goes on by itself
cli-doctor-rights = our directories are their owner's alone
cli-doctor-no-directory = { $path } is no directory
cli-doctor-no-directory-remedy = move it away, or name another one with KLOCK_DATA_DIR
cli-doctor-owner = { $path } belongs to the user with number { $uid }, not to you
cli-doctor-owner-remedy = have its owner give it to you: chown, or look at the rights of { $path }
cli-doctor-mode = { $path } has mode { $mode }: others can get in, or you cannot
cli-doctor-mode-remedy = chmod 700 { $path }
cli-doctor-no-data = { $path } is not there yet; the first room makes it
cli-doctor-free = { $megabytes } MB free
cli-doctor-free-remedy = make room: with a full disk nothing can be recorded
cli-doctor-sync = append and sync take { $p50 } ms (p50), { $p99 } ms (p99); an entry is promised within { $promised } ms (p50)
cli-doctor-sync-remedy = Enter will be felt to wait: keep the rooms on a local disk (KLOCK_DATA_DIR)
cli-doctor-cannot-write = { $path } takes nothing: { $why }
cli-doctor-cannot-write-remedy = free space, make it writable, or name another directory with KLOCK_DATA_DIR
cli-doctor-no-rooms = no room was ever opened here
cli-doctor-journals =
    { $count ->
        [one] 1 journal
       *[other] { $count } journals
    }, { $megabytes } MB, whole at the end
cli-doctor-journal-cut = { $path } ends in the middle of a line: it was never acknowledged, and goes when the room is next opened
cli-doctor-no-index = the index is missing: it is made again from the journals
cli-doctor-verify = klock verify reads everything from end to end
cli-doctor-settings =
    { $count ->
        [0] as built in
        [one] 1 file, no fault
       *[other] { $count } files, no fault
    }
cli-doctor-settings-remedy = klock config check shows the line; what is built in holds until then
cli-doctor-routines =
    { $count ->
        [one] 1 routine
       *[other] { $count } routines
    }, new rooms get { $id }
cli-doctor-routine-remedy = klock routine check { $path }; the file is left out until then
cli-doctor-no-contacts = nobody is listed in contacts.toml (klock config init makes an example)
cli-doctor-contacts =
    { $count ->
        [one] 1 person, with a number
       *[other] { $count } people, all with a number
    }
cli-doctor-contacts-silent = without a telephone number: { $names } ({ $count })
cli-doctor-contacts-remedy = add phone = "…" to them in contacts.toml: they are to be called
cli-doctor-ssh-missing = ssh is not installed, or not in PATH
cli-doctor-ssh-missing-remedy = install OpenSSH's client (apt-get install openssh-client) to reach rooms on other machines
cli-doctor-ssh-near = it is there; the host is on this machine
cli-doctor-ssh-agent = no agent: SSH_AUTH_SOCK is not set, so that each connection may ask for a passphrase
cli-doctor-ssh-agent-remedy = eval "$(ssh-agent)" and ssh-add
cli-doctor-ssh-remedy = try it by hand: ssh to { $reach }, and there klock --version
cli-doctor-time = { $date } { $time }, { $zone }
cli-doctor-time-remedy = the time zone is not known: set TZ, such as TZ=Europe/Stockholm
cli-doctor-time-behind = the clock is { $seconds } s behind what was written last
cli-doctor-time-behind-remedy = set the clock, or let NTP do it; entries keep their order meanwhile
