### Klockslag på svenska. Nycklarna är desamma i alla språk; varje del av programmet har sitt eget avsnitt.

### tider

weekday-monday = måndag
weekday-tuesday = tisdag
weekday-wednesday = onsdag
weekday-thursday = torsdag
weekday-friday = fredag
weekday-saturday = lördag
weekday-sunday = söndag
month-january = januari
month-february = februari
month-march = mars
month-april = april
month-may = maj
month-june = juni
month-july = juli
month-august = augusti
month-september = september
month-october = oktober
month-november = november
month-december = december
date-long = { $weekday } { $day } { $month } { $year }
span-days-hours = { $days } d { $hours } h
span-days = { $days } d
span-hours-minutes = { $hours } h { $minutes } min
span-hours = { $hours } h
span-minutes = { $minutes } min
age-minutes = { $minutes }m

### slag av poster (kolumnrubrik: högst tio tecken)

kind-opened = öppnad
kind-classified = klassad
kind-priority = prioritet
kind-role = roll
kind-escalation = eskalering
kind-note = anteckning
kind-decision = beslut
kind-test = test
kind-meeting = möte
kind-observation = iakttaget
kind-hypothesis = hypotes
kind-status-request = förfrågan
kind-answer = svar
kind-check = checklista
kind-phase = fas
kind-clock = klocka
kind-action = åtgärd
kind-track = plan
kind-resource = resurs
kind-supplier = leverantör
kind-obstacle = hinder
kind-message = meddelande
kind-shift = skift
kind-handover = överlämnat
kind-presence = närvaro
kind-correction = rättelse
kind-restored = återställt
kind-closed = stängd
kind-debrief = debriefing
kind-report = rapport
kind-unknown = okänt

### lägen

certainty-confirmed = säkert
certainty-assumed = antaget
certainty-unknown = okänt
clock-calm = lugn
clock-soon = snart
clock-due = nu
clock-overdue = försenat
clock-met = uppfylld
clock-snoozed = uppskjuten
state-open = öppen
state-restored = återställd
state-closed = stängd
assurance-verified = styrkt
assurance-claimed = uppgivet
assurance-script = skript
outcome-accepted = tar uppdraget
outcome-no-answer = inget svar
outcome-declined = avböjde
outcome-left-message = lämnade meddelande
channel-sms = SMS
channel-email = e-post
channel-phone = telefon
channel-chat = chatt
channel-web = webb

### poster

text-redacted = [borttaget]
entry-text = { $text }
entry-opened = Incident deklarerad: { $title }
entry-opened-for = Incident deklarerad: { $title } · { $customer }
entry-classified = Klassad som kritisk av { $entitled }
entry-classified-who = Klassad som kritisk av { $entitled }: { $text }
entry-priority = Prioritet { $level } (brådska { $urgency }, påverkan { $impact })
entry-priority-agreed = Prioritet { $level } (brådska { $urgency }, påverkan { $impact }), avstämd med { $text }
entry-activated = Rutinen gäller
entry-activated-reason = Rutinen gäller: { $text }
entry-not-activated = Rutinen gäller inte
entry-not-activated-reason = Rutinen gäller inte: { $text }
entry-role-assigned = { $person } är { $role }
entry-role-released = { $person } är inte längre { $role }
entry-escalation-accepted = Ringde { $role } { $person } ({ $how }): tar uppdraget
entry-escalation-no-answer = Ringde { $role } { $person } ({ $how }): inget svar
entry-escalation-declined = Ringde { $role } { $person } ({ $how }): avböjde
entry-escalation-left-message = Ringde { $role } { $person } ({ $how }): lämnade meddelande
entry-answer-confirmed = { $question }: { $text }
entry-answer-assumed = { $question }: { $text } (antaget)
entry-answer-unknown = { $question }: { $text } (okänt)
entry-answer-timed = { $time }, { $text }
entry-item-checked = Klart: { $item }
entry-item-checked-note = Klart: { $item } · { $text }
entry-item-waived = Avstått: { $item } · { $text }
entry-item-reopened = Öppen igen: { $item }
entry-item-reopened-reason = Öppen igen: { $item } · { $text }
entry-item-assigned = { $item }: tilldelad { $person }
entry-phase = Fas: { $phase }
entry-meeting-called = Kritiskt incidentmöte kallat till { $time }
entry-meeting-called-text = Kritiskt incidentmöte kallat till { $time }: { $text }
entry-meeting-started = Kritiskt incidentmöte { $no } började
entry-meeting-attended = { $person } deltar i möte { $no }
entry-agenda = Dagordning: { $point }
entry-agenda-outcome = Dagordning: { $point } · { $text }
entry-meeting-ended = Kritiskt incidentmöte { $no } hållet och avslutat
entry-meeting-ended-summary = Kritiskt incidentmöte { $no } hållet och avslutat: { $text }
entry-meeting-called-off = Kritiskt incidentmöte { $no } inställt, inte hållet
entry-meeting-called-off-reason = Kritiskt incidentmöte { $no } inställt, inte hållet: { $text }
entry-cadence = Möten med { $span } mellanrum: { $text }
entry-snoozed = { $clock } uppskjuten till { $time }: { $text }
entry-rang-before = { $clock } om { $span } ({ $time })
entry-rang-due = { $clock } är nu ({ $time })
entry-rang-overdue = { $clock } är { $span } försenad ({ $time })
entry-action-opened = Åtgärd { $no }: { $text }
entry-corrective-opened = Förebyggande åtgärd { $no }: { $text }
entry-action-updated = Åtgärd { $no } ändrad: { $action }
entry-action-updated-note = Åtgärd { $no } ändrad: { $action } · { $text }
entry-action-done = Åtgärd { $no } klar: { $action }
entry-action-done-outcome = Åtgärd { $no } klar: { $action } · { $text }
entry-action-dropped = Åtgärd { $no } struken: { $action } · { $text }
entry-track-opened = Plan { $track }: { $text }
entry-switch-condition = Vi byter plan när: { $text }
entry-track-chosen = Plan { $track } är vald: { $text }
entry-track-dropped = Plan { $track } är struken: { $text }
entry-resource-asked = Begärd resurs { $no }: { $text }
entry-resource-allocated = På plats: { $what } · { $text }
entry-resource-dropped = Behövs inte längre: { $what } · { $text }
entry-supplier = Leverantör { $name }: inget ärendenummer än
entry-supplier-case = Leverantör { $name }: ärende { $case }, inte känt om det är registrerat som kritiskt
entry-supplier-critical = Leverantör { $name }: ärende { $case }, registrerat som kritiskt
entry-supplier-staff = { $supplier } · arbetar: { $staff }
entry-obstacle-cleared = Undanröjt: { $what }
entry-obstacle-cleared-how = Undanröjt: { $what } · { $text }
entry-message-drafted = Utkast { $channel } till { $audience }: { $text }
entry-message-sent = Skickat { $channel } till { $audience }: { $text }
entry-message-failed = Inte skickat, { $channel } till { $audience }: { $text }
entry-shift = Nästa skift börjar { $time }: { $text }
entry-handed-over = { $role } lämnas över till { $person }
entry-handed-over-note = { $role } lämnas över till { $person }: { $text }
entry-handover-accepted = { $person } tar över och är { $role }
entry-joined = { $person } anslöt
entry-left = { $person } lämnade
entry-amended = Post { $seq } ändrad: { $text }
entry-struck = Post { $seq } struken
entry-struck-reason = Post { $seq } struken: { $text }
entry-starred = Post { $seq } stjärnmärkt
entry-redacted = Post { $seq } borttagen: { $text }
entry-mitigated = Lindrat: verkningarna är begränsade, felet kvarstår
entry-mitigated-note = Lindrat: { $text }
entry-restored = Tjänsten återställd
entry-restored-note = Tjänsten återställd: { $text }
entry-reopened = Återöppnad: { $text }
entry-closed = Incidenten stängd
entry-closed-note = Incidenten stängd: { $text }
entry-debrief = { $question } { $text }
entry-report-delivered = Rapporten lämnad till { $text }
entry-problem = Problemärende: { $text }
entry-lost = Posten skadades på disken och ingen kopia fanns kvar
entry-clock-moved = Datorns klocka ställdes tillbaka { $seconds ->
    [one] 1 sekund
   *[other] { $seconds } sekunder
}
entry-unknown = Skrivet av en nyare version: { $text }

### avslag

refuse-title-blank = Incidenten behöver en rubrik. Skriv med några ord vad som är fel.
refuse-began-after-declared = Den kan inte ha börjat { $began }, efter att den deklarerades { $declared }. Ange en tidigare början.
refuse-activation-reason = Prioriteten kräver inte rutinen. Ange ett skäl för att ändå aktivera den.
refuse-room-empty = Rummet har ingen läsbar början. Kör `klock verify` för att se vad journalen innehåller.
refuse-closed = Incidenten är stängd. Återöppna den först.
refuse-already-active = Rutinen gäller redan.
refuse-person-blank = Ange vem: skriv ett namn.
refuse-role-vacant = Ingen har den rollen.
refuse-text-blank = Det finns inget att anteckna. Skriv något först.
refuse-text-long = Texten är längre än { $kib } KiB. Korta den eller anteckna den i delar.
refuse-ahead = { $time } har inte varit än: klockan är { $now }. Ange en tid som har varit.
refuse-waive-reason = En punkt kan bara avstås med ett skäl. Skriv varför.
refuse-item-open = ”{ $what }” är redan öppen.
refuse-item-settled = ”{ $what }” är redan klar eller avstådd. Öppna den först.
refuse-meeting-running = Ett möte pågår. Avsluta det först.
refuse-meeting-overlap = Förra mötet slutade { $time }. Ange en början efter det.
refuse-call-off-reason = Skriv varför mötet ställs in; det räknas inte som hållet.
refuse-end-before-start = Mötet började { $time }. Ange ett slut efter det.
refuse-no-meeting = Inget möte pågår. Börja ett först.
refuse-cadence-reason = Skriv varför intervallet ändras.
refuse-cadence-fixed = Rutinen har inget intervall som kan ändras.
refuse-cadence-range = Välj ett intervall från 5 minuter till { $longest }.
refuse-snooze-reason = En klocka kan bara skjutas upp med ett skäl. Skriv varför.
refuse-snooze-range = Skjut upp den minst en minut och högst sju dagar.
refuse-clock-not-running = ”{ $what }” går inte, så det finns inget att skjuta upp.
refuse-drop-reason = Skriv varför den stryks.
refuse-supplier-blank = Ange leverantören.
refuse-no-handover = Ingen överlämning väntar på att tas emot.
refuse-redact-reason = En borttagning kan inte ångras. Skriv varför.
refuse-not-open = Incidenten är inte öppen. Återöppna den först.
refuse-restored-before-declared = Tjänsten kan inte ha återställts innan incidenten deklarerades. Ange en senare tid.
refuse-already-open = Incidenten är redan öppen.
refuse-reopen-reason = Skriv varför incidenten återöppnas.
refuse-close-before-restored = Anteckna först att tjänsten är återställd, stäng sedan.
refuse-close-unsettled = { $count ->
    [one] En punkt är varken klar eller avstådd: ”{ $item }”. Gör den eller avstå den, stäng sedan.
   *[other] { $count } punkter är varken klara eller avstådda, den första är ”{ $item }”. Gör eller avstå var och en, stäng sedan.
}
refuse-report-before-close = Stäng incidenten först, anteckna sedan att rapporten är lämnad.
refuse-already-struck = Posten är redan struken eller borttagen.
refuse-not-correctable = Posten är ett steg i incidenten och kan inte ändras. Öppna steget igen, eller lägg till en anteckning.
refuse-no-entry-here = Posten finns inte i det här rummet.
refuse-no-entry = Det finns ingen post { $what } i det här rummet.
refuse-no-question = Rutinen har ingen fråga ”{ $what }”. `klock routine show` räknar upp dem.
refuse-no-phase = Rutinen har ingen fas ”{ $what }”. `klock routine show` räknar upp dem.
refuse-no-point = Dagordningen har ingen punkt ”{ $what }”. `klock routine show` räknar upp dem.
refuse-no-clock = Rutinen har ingen klocka ”{ $what }”. `klock status` räknar upp dem.
refuse-no-track = Det finns ingen plan { $what } att välja eller stryka. Skriv planen först.
refuse-no-supplier = Det finns ingen leverantör { $what } i det här rummet.
refuse-no-obstacle = Det finns inget hinder { $what } som är kvar i vägen.
refuse-no-debrief-question = Debriefingen har ingen fråga ”{ $what }”. `klock routine show` räknar upp dem.
refuse-no-classifier = ”{ $what }” hör inte till dem som får klassa en incident. `klock routine show` räknar upp dem.
refuse-no-role = Rutinen har ingen roll ”{ $what }”. `klock routine show` räknar upp dem.
refuse-no-item = Checklistan har ingen punkt ”{ $what }”. `klock routine show` räknar upp dem.
refuse-no-notice = Rutinen har inget meddelande ”{ $what }”. `klock routine show` räknar upp dem.
refuse-no-action = Det finns ingen öppen åtgärd { $what } i det här rummet.
refuse-no-resource = Det finns ingen resurs { $what } som fortfarande väntas.

### kommandoraden

cli-cannot-print = Utdata kunde inte skrivas: { $why }
cli-cannot-read = Indata kunde inte läsas: { $why }
cli-unexpected-answer = Värden svarade på något annat än det som frågades. Kör `klock host stop` och försök igen.
cli-no-home = Ingen hemkatalog hittades. Ange katalogerna med --data-dir och --config-dir, eller sätt HOME.
cli-no-terminal = Skärmen behöver en terminal, och här finns ingen. Använd `klock status` eller något annat kommando; `klock --help` visar alla.
cli-no-open-room = Ingen incident är öppen. `klock open TITEL` deklarerar en, -r anger ett annat rum, `klock rooms --all` visar dem.
cli-several-rooms = { $count } incidenter är öppna. Ange vilken med -r:
cli-no-rooms = Det finns inga rum än. `klock open TITEL` deklarerar en incident.
cli-no-rooms-open = Ingen incident är öppen. { $count ->
    [one] Ett stängt rum eller demorum visas
   *[other] { $count } stängda rum eller demorum visas
} av `klock rooms --all`.
cli-no-routine = Det finns ingen rutin ”{ $what }”. De som finns: { $known }.
cli-no-kind = Det finns inget slags post ”{ $what }”. De som finns: { $known }.
cli-grade = Brådska och påverkan är 1, 2 eller 3.
cli-nothing-to-log = Det finns inget att anteckna. Ange en text, eller - för att läsa rader från stdin.
cli-stdin-line = på rad { $line } av stdin
cli-due = klart { $time }
cli-late = { $span } försenad
cli-late-entry = antecknad { $time }
cli-struck = [struken: { $text }]
cli-amended = [ändrad]
cli-clocks = Klockor
cli-questions = Frågor
cli-checklist = Checklista
cli-open = Öppet
cli-tally = { $done } klara och { $waived } avstådda av { $total }
cli-open-actions = { $count ->
    [one] 1 åtgärd
   *[other] { $count } åtgärder
}
cli-open-late = { $count ->
    [one] 1 åtgärd är försenad
   *[other] { $count } åtgärder är försenade
}
cli-open-resources = { $count ->
    [one] 1 sak som efterfrågats
   *[other] { $count } saker som efterfrågats
}
cli-open-suppliers = { $count ->
    [one] 1 leverantör att stämma av med
   *[other] { $count } leverantörer att stämma av med
}
cli-open-obstacles = { $count ->
    [one] 1 hinder
   *[other] { $count } hinder
}
cli-declared = deklarerad { $time }
cli-restored = återställd { $time }
cli-closed = stängd { $time }
cli-led-by = CIM { $person }
cli-led-by-nobody = ingen är CIM än
cli-meetings-held = { $count ->
    [one] 1 möte hållet
   *[other] { $count } möten hållna
}
cli-stale = inaktuellt
cli-unanswered = inte besvarad än
cli-verified = { $room }: { $records } poster, alla hela; huvud { $head }
cli-verified-faults = { $room }: { $records } poster, { $faults ->
    [one] 1 fel
   *[other] { $faults } fel
}; huvud { $head }
cli-host = Värd { $version } kör som process { $pid } sedan { $time }
cli-host-rooms = öppna rum: { $rooms } · anslutna: { $clients }
cli-host-data = rummen finns i { $path }
cli-host-socket = lyssnar på { $path }
cli-host-saves = allt sparas allteftersom
cli-host-failed = Värden kan inte köras: { $why }
cli-cannot-write = { $path } kunde inte skrivas: { $why }
cli-cannot-open = { $path } kunde inte läsas: { $why }
cli-routine-sound = { $path }: rutinen { $id } har inga fel
cli-written = skriven: { $path }
cli-left-alone = finns redan, lämnad orörd: { $path }
cli-path-config = inställningar { $path }
cli-path-organisation = organisation  { $path }
cli-path-data = rum           { $path }
cli-path-log = loggar        { $path }
cli-part-principles = Vad som gäller
cli-part-classifiers = Vem som får klassa
cli-part-roles = Roller
cli-part-questions = Frågor
cli-part-phases = Faser
cli-part-checklist = Checklista
cli-part-clocks = Klockor
cli-part-agenda = Mötets dagordning
cli-part-notices = Meddelanden
cli-part-debrief = Debriefing
cli-part-report = Rapport

### rapporten

report-demo = DEMO: den här incidenten har aldrig inträffat.
report-summary = Sammanfattning
report-facts = Prioritet, roller och tider
report-answers = Frågorna
report-timeline = Händelseförlopp
report-meetings = Möten
report-actions = Åtgärder, planer och leverantörer
report-notices = Vem som informerades, och när
report-routine = Hur rutinen följdes
report-debrief = Debriefing
report-corrective = För att det inte ska hända igen
report-summary-open = Incidenten är öppen och har pågått i { $span }. Hållna möten: { $meetings }.
report-summary-restored = Normal funktion återställdes { $time }, efter { $span }. Hållna möten: { $meetings }.
report-summary-closed = Normal funktion återställdes { $time }, efter { $span }, och incidenten är stängd. Hållna möten: { $meetings }.
report-open = Fortfarande öppet
report-nothing-open = Inget är öppet.
report-open-item = Varken klar eller avstådd: { $what }
report-open-question = Inte besvarad: { $what }
report-open-action = Åtgärd inte avslutad: { $what }
report-open-resource = Efterfrågat men inte tilldelat: { $what }
report-open-supplier = Inte avstämt med leverantören: { $what }
report-open-obstacle = Fortfarande i vägen: { $what }
report-open-handover = Överlämning inte mottagen av: { $what }
report-open-debrief = Inte besvarad i debriefingen: { $what }
report-customer = Kund
report-state = Läge
report-priority = Prioritet
report-urgency = brådska
report-impact = påverkan
report-agreed-with = Prioriteten överenskommen med
report-classified = Klassad som kritisk av
report-routine-force = Rutin
report-in-force = gäller
report-not-in-force = gäller inte
report-lead = Critical Incident Manager
report-began = Började
report-declared = Deklarerad
report-mitigated = Begränsad
report-restored = Återställd
report-closed = Stängd
report-duration = Från deklarerad till återställd
report-outage = Från början till återställd
report-span = { $span }
report-meetings-held = Hållna möten
report-checklist-tally = Checklista
report-tally = { $done } klara och { $waived } avstådda av { $total }
report-problem = Problempost
report-delivered = Rapporten levererad
report-since = sedan { $time }
report-escalations = Vilka som ringdes:
report-unanswered = inte besvarad
report-earlier = tidigare:
report-version = Version
report-date = Datum
report-author = Författare
report-owner = Ägare
report-clauses = Punkter som uppfylls
report-waived = avstådd
report-unsettled = varken klar eller avstådd
report-assigned = tilldelad { $person }
report-late = (antecknad { $time })
report-meeting = Möte { $no }
report-called-off = Inställt, inte hållet
report-attendees = Deltog
report-tracks = Planer
report-track = Plan { $track }
report-track-dropped = övergiven
report-switch = Vi byter när
report-chosen = Plan { $track } valdes
report-due = klart { $time }
report-overdue = { $span } försenad
report-done = klar { $time }
report-dropped = struken { $time }
report-suppliers = Leverantörer
report-no-case = inget ärendenummer
report-critical = registrerat som kritiskt
report-not-critical = inte registrerat som kritiskt
report-critical-unknown = okänt om det är registrerat som kritiskt
report-resources = Efterfrågat
report-allocated = tilldelat { $time }
report-not-needed = behövs inte längre
report-waiting = inte tilldelat
report-obstacles = Hinder
report-cleared = undanröjt { $time }
report-in-the-way = fortfarande i vägen
report-shifts = Skift
report-drafted = utkast
report-sent = skickat
report-failed = inte skickat
report-made = Gjord { $time } ur posterna i { $id }. Varje rad i dem kan kontrolleras med `klock verify`.

### entry grammar

entry-preview-owner = ansvarig { $person }
entry-preview-people = med { $people }
entry-preview-due = senast { $time }
entry-preview-due-day = senast { $day } { $time }
entry-preview-track = plan { $track }
entry-preview-tags = { $tags }
entry-preview-at = kl. { $time } (för { $ago } sedan)
entry-preview-at-day = { $day } { $time } (för { $ago } sedan)
time-not-understood = ”{ $text }” är ingen tid. Skriv 14:05, -12m, i går 23:50 eller 2026-11-20 23:50.
time-ahead-not-understood = ”{ $text }” är ingen kommande tid. Skriv 16:00, +20m, i morgon 08:00 eller 2026-11-20 08:00.
time-span-not-understood = ”{ $text }” är ingen tidslängd. Skriv 20m, 2h, 1h30m eller ett antal minuter.
### room screen

pane-questions = Frågor
pane-checklist = Checklista
pane-timeline = Tidslinje
pane-actions = Åtgärder
room-demo = DEMO
room-here = här
room-no-lead = ingen { $role } än
room-restored = återställt { $time }
room-closed = stängt { $time }
room-mitigated = lindrat { $time }
room-no-routine = Rutinen är inte i kraft: inga klockor går
room-no-clock = Ingen klocka går
room-in = om { $time }
room-also = { $clock } { $time }
room-also-soon = ▲ { $clock } { $time }
room-also-overdue = ‼ { $clock } { $time } försenat
room-meeting-running = möte { $no } pågår
room-meeting-called = möte kallat till { $time }
room-agenda = dagordning { $done } av { $total }
room-obstacles = ■ { $count } hinder
room-late-actions = ! { $count } sena
room-resources = { $count ->
    [one] ? 1 resurs
   *[other] ? { $count } resurser
}
room-suppliers = { $count ->
    [one] ? 1 leverantör
   *[other] ? { $count } leverantörer
}
room-held = { $count ->
    [0] inget möte hållet
    [one] 1 möte hållet
   *[other] { $count } möten hållna
}
room-eta = Klart { $time } om { $span }
room-eta-unsure = Klart { $time } om { $span } ({ $certainty })
room-eta-passed = Klart { $time } passerat för { $span } sedan
room-unanswered = { $count ->
    [one] 1 fråga obesvarad
   *[other] { $count } frågor obesvarade
}
room-stalest = äldst: { $question } { $span }
room-first-notice-sent = första sms ✓ { $time }
room-first-notice-due = första sms ○ senast { $time }
room-first-notice-late = första sms ‼ { $span } sent
room-handover = överlämning till { $person } väntar på svar
room-shift = nästa skift { $time }: { $text }
room-phase = fas: { $phase }
status-other-room = { $room } { $title }: { $clock } { $time }
questions-open = { $count } obesvarade
questions-stale = { $count } gamla
questions-none = Rutinen har inga frågor
questions-unanswered = ej besvarad
questions-stale-age = gammalt { $age }
questions-time-left = { $time } (om { $span })
questions-time-passed = { $time } (passerat för { $span } sedan)
checklist-due = { $count } att göra nu
checklist-progress = { $done } av { $total }
checklist-none = Rutinen har ingen checklista
checklist-since = sedan { $time }
checklist-now = nu
checklist-at = kl. { $time }
actions-late = { $count } sena
actions-open = { $count } öppna
actions-done = { $count } klara
actions-none = Inga åtgärder än
actions-none-how = Skriv på raden nedan vem som gör vad och till när: @olle starta om gatewayen +15m #A
actions-plan = Plan { $track }
actions-chosen = vald
actions-dropped = nedlagd
actions-switch = byt när: { $text }
actions-since = sedan { $time }
actions-asked = begärd { $time }
actions-no-case = inget ärendenummer
actions-not-critical = ej känt som kritiskt
actions-no-staff = ingen arbetar med det
actions-late-by = sen { $span }
actions-due = senast { $time }
actions-nobody = ingen
timeline-all = alla
timeline-filter = bara { $filter }
timeline-newer = { $count } nyare
timeline-newer-more = mer än { $count } nyare
timeline-fetching = hämtar …
timeline-fetching-how = Anteckningarna är på väg.
timeline-none = Inget antecknat än
timeline-none-how = Skriv en anteckning på raden nedan. Den får klockslaget för första tangenten.
timeline-no-match = Ingen anteckning passar filtret
timeline-no-match-how = Rensa filtret för att se alla igen.
timeline-new = nytt sedan du tittade senast
timeline-noted = noterat { $time }
timeline-amended = ändrat
timeline-struck = struket
timeline-struck-reason = struket: { $text }
status-saved = sparat
status-saving = sparar …
status-not-saved = INTE SPARAT: { $why }
status-connecting = ansluter …
status-reconnecting = återansluter sedan { $time }, skriv vidare

### värd

connect-nobody = Ingen värd svarar på { $socket }. Starta en med: klock host run
connect-not-started = { $program } kunde inte startas som värd: { $why }. Kontrollera att programmet finns kvar och får köras.
connect-silent = Värden startades men svarar inte på { $socket }. Kör ”klock doctor”, eller ”klock host run” för att se varför.
connect-silent-log = Värden startades men svarar inte på { $socket }. Slutet av dess logg: { $log }
connect-foreign = { $socket } tillhör användare nummer { $uid }, inte dig. Ta bort den, eller ange en egen sökväg i KLOCK_SOCKET.
connect-path-too-long = Sökvägen till socketen är för lång för det här systemet: { $socket }. Ange en kortare i KLOCK_SOCKET.
connect-other-protocol = Värden kör version { $version }, som talar ett annat protokoll. Avsluta den med ”klock host stop” och starta klock igen.
goodbye-finished = Värden har avslutats.
goodbye-foreign = Den här värden betjänar bara den användare som startade den.
goodbye-no-hello = Klienten presenterade sig inte.
goodbye-older = Detta klock är version { $theirs } och värden kör { $ours }. Avsluta och starta klock igen med det nyare programmet.
goodbye-garbage = Klienten skickade något som värden inte kan läsa: { $why }
failure-no-such-room = Det finns inget rum { $room }. ”klock rooms --all” visar vilka som finns.
failure-answer-too-long = Svaret är för långt för att skickas. Be om mindre åt gången.
failure-not-understood = Värden kan inte göra det som begärdes.
failure-draft-too-long = Utkastet är för långt för att sparas. Spara det som flera poster.
failure-no-demo = Demorummet kan inte spelas upp: { $why }
host-no-desktop = Varningar visas inte på skrivbordet: { $why }. De visas här och hörs som en ljudsignal ändå.

### store

store-tail-cut = Rum { $room }: en ofullbordad sparning i slutet av journalen togs bort ({ $bytes ->
    [one] 1 byte
   *[other] { $bytes } byte
}). Den hade aldrig bekräftats för någon.
store-tail-restored = Rum { $room }: journalen hade förlorat sitt slut; { $entries ->
    [one] en post
   *[other] { $entries } poster
} lades tillbaka från indexet.
store-mended = Rum { $room }: journalen var skadad; { $filled ->
    [one] en post
   *[other] { $filled } poster
} lades tillbaka från indexet. Den skadade filen finns kvar som { $kept }.
store-lost = Rum { $room }: { $count ->
    [one] post { $entries } var skadad och ingen kopia av den
   *[other] posterna { $entries } var skadade och inga kopior av dem
} fanns kvar. Rapporten nämner det också.
store-unlinked = { $room }: anteckningarna { $entries } följer inte på dem före. Någon eller något har ändrat journalen.
store-index-set-aside = Indexet gick inte att lita på ({ $why }). Det finns kvar som { $kept } och byggs om från journalerna; inget har gått förlorat.
store-no-index = Det finns inget index just nu ({ $why }). Allt fungerar från journalerna, långsammare.
store-newer = Rum { $room }: { $entries ->
    [one] en post är skriven
   *[other] { $entries } poster är skrivna
} av en nyare version av klock. De finns kvar och visas som okända; uppdatera klock för att läsa dem.
store-full = Disken är full ({ $path }). Inget du har skrivit är förlorat; frigör utrymme, så fortsätter sparandet av sig självt.
store-read-only = { $path } får inte skrivas. Gör katalogen skrivbar, så fortsätter sparandet av sig självt.
store-sync-failed = Disken bekräftade inte en sparning ({ $path }: { $why }). Inget räknas som sparat förrän den gör det.
store-locked = { $path } används av en annan värd (process { $pid }). Stoppa den med `klock host stop`.
store-no-such-room = Det finns inget rum { $room }. `klock rooms --all` räknar upp dem.
store-wrong-seq = Rum { $room } har gått vidare: post { $expected } väntades och { $found } fanns. Försök igen.
store-unwritable = Rum { $room }, post { $seq } kan inte skrivas: { $why }. Uppdatera klock.
store-io = { $path }: { $what } misslyckades ({ $why }). Kör `klock doctor`.
### lagret: vad som hittades och rättades till, varför något inte sparades

verify-damaged = Journalen är skadad efter anteckning { $seq }.
verify-unlinked = Anteckning { $seq } följer inte på den före: någon av dem har ändrats eller tagits bort.
verify-torn = Journalen slutar med { $bytes } byte som inte är någon anteckning.
verify-tail-lost = Journalen har förlorat sitt slut: anteckningarna { $entries }.
verify-lost = Anteckningarna { $entries } gick tidigare förlorade genom skada.
verify-words-gone = Orden i anteckningarna { $entries } är borta, och ingen anteckning säger att de har strukits.
verify-index = Indexet stämde inte med journalen; det byggs om.
