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
month-short-january = jan
month-short-february = feb
month-short-march = mars
month-short-april = apr
month-short-may = maj
month-short-june = juni
month-short-july = juli
month-short-august = aug
month-short-september = sep
month-short-october = okt
month-short-november = nov
month-short-december = dec
time-on-day = { $day } { $month } { $time }
time-on-date = { $day } { $month } { $year } { $time }

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
kind-mitigated = lindrat
kind-restored = återställt
kind-reopened = återöppnat
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
clock-stopped = gäller inte längre, ej gjort
clock-snoozed = uppskjuten
state-open = öppen
state-restored = återställd
state-closed = stängd
assurance-verified = styrkt
assurance-claimed = uppgivet
assurance-script = skript
outcome-accepted = accepterade
outcome-no-answer = inget svar
outcome-declined = avböjde
outcome-left-message = lämnade meddelande
outcome-answered = svarade
outcome-takes = tar rollen { $role }
scale-urgency = brådska
scale-impact = påverkan
purpose-decision = uppringd för ett beslut
purpose-information = uppringd för information
purpose-role = uppringd för att ta en roll
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
entry-priority = Prioritet { $level } ({ $urgency-name } { $urgency }, { $impact-name } { $impact })
entry-priority-agreed = Prioritet { $level } ({ $urgency-name } { $urgency }, { $impact-name } { $impact }), avstämd med { $text }
entry-activated = Rutinen gäller
entry-activated-reason = Rutinen gäller: { $text }
entry-not-activated = Rutinen gäller inte
entry-not-activated-reason = Rutinen gäller inte: { $text }
entry-role-assigned = { $person } är { $role }
entry-role-released = { $person } är inte längre { $role }
entry-escalation-accepted = Ringde { $role } { $person }{ $how }: tar uppdraget
entry-escalation-no-answer = Ringde { $role } { $person }{ $how }: inget svar
entry-escalation-declined = Ringde { $role } { $person }{ $how }: avböjde
entry-escalation-left-message = Ringde { $role } { $person }{ $how }: lämnade meddelande
entry-escalation-answered = Ringde { $role } { $person }{ $how }: svarade
entry-escalation-how = { " " }({ $how })
entry-call = { $person }{ $as }, { $purpose }{ $how }: { $outcome }{ $about }
entry-call-as = { " " }({ $role })
entry-call-about = { " " }· { $about }
entry-answer-confirmed = { $question }: { $text }
entry-answer-assumed = { $question }: { $text } (antaget)
entry-answer-unknown = { $question }: { $text } (okänt)
entry-answer-timed = { $time }, { $text }
entry-item-checked = Avbockad: { $item }
entry-item-checked-note = Avbockad: { $item } · { $text }
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
entry-action-reopened = Åtgärd { $no } öppen igen: { $action }
entry-action-reopened-reason = Åtgärd { $no } öppen igen: { $action } · { $text }
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
entry-moved = Post { $seq } flyttad till { $time }
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
entry-opening-recovered = Rummets början gick förlorad när journalen skadades. Det fortsätter som ”{ $title }”, med rutinen { $routine } { $version }
entry-clock-moved = Datorns klocka ställdes tillbaka { $seconds ->
    [one] 1 sekund
   *[other] { $seconds } sekunder
}
entry-clock-moved-forward = Datorns klocka ställdes fram { $seconds ->
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
refuse-text-long = Texten är längre än { $kib } KiB, det mesta som får plats här. Korta den eller anteckna den i delar.
refuse-room-full = Rummets listor rymmer allt som en skärm kan ta emot. Anteckna det som en vanlig anteckning; avsluta eller stryk det som är klart.
refuse-name-long = { $what ->
    [title] En rubrik
    [name] Ett namn eller en tagg
   *[other] Det här fältet
} rymmer högst { $most } tecken, och det här har { $length }. Korta det; resten kan bli en anteckning.
refuse-many-names = En anteckning nämner högst { $most } personer eller taggar, och den här nämner { $count }. Anteckna den i delar.
refuse-routine-long = Rutinen är längre än { $kib } KiB. Korta dess texter.
refuse-ahead = { $time } har inte varit än: klockan är { $now }. Ange en tid som har varit.
refuse-unchanged = Posten säger redan det. Ange andra ord eller en annan tid.
refuse-waive-reason = En punkt kan bara avstås med ett skäl. Skriv varför.
refuse-item-open = ”{ $what }” är redan öppen.
refuse-item-settled = ”{ $what }” är redan klar eller avstådd. Öppna den först.
refuse-meeting-running = Ett möte pågår. Avsluta det först.
refuse-meeting-overlap = Förra mötet slutade { $time }. Ange en början efter det.
refuse-call-off-reason = Skriv varför mötet ställs in; det räknas inte som hållet.
refuse-call-purpose = Bara ett samtal för att tillsätta en roll ger en roll. Anteckna samtalet med det syftet, eller utan rollen.
refuse-call-not-accepted = Bara den som accepterar tar en roll. Anteckna samtalet med det utfallet, eller utan rollen.
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
refuse-restored-before-reopened = Normal funktion kan inte ha återställts innan incidenten öppnades igen { $time }. Ange en senare tid.
refuse-reopened-before-restored = Incidenten kan inte ha öppnats igen innan normal funktion återställdes { $time }. Ange en senare tid.
refuse-reopen-reason = Skriv varför incidenten återöppnas.
refuse-close-before-restored = Anteckna först att tjänsten är återställd, stäng sedan.
refuse-close-unsettled = { $count ->
    [one] En punkt är varken klar eller avstådd: ”{ $item }”. Gör den eller avstå den, stäng sedan.
   *[other] { $count } punkter är varken klara eller avstådda, den första är ”{ $item }”. Gör eller avstå var och en, stäng sedan.
}
refuse-report-before-close = Stäng incidenten först, anteckna sedan att rapporten är lämnad.
refuse-already-struck = Posten är redan struken eller borttagen.
refuse-already-redacted = Orden i den posten är redan borttagna.
refuse-not-correctable = Posten är ett steg i incidenten och kan inte ändras. Öppna steget igen, eller lägg till en anteckning.
refuse-no-entry-here = Posten finns inte i det här rummet.
refuse-no-entry = Det finns ingen post { $what } i det här rummet.
refuse-hint-near = Menade du ”{ $near }”?
refuse-hint-known = Det finns: { $known }.
refuse-hint-none = Det finns ingen.
refuse-hint-show = `klock routine show` räknar upp dem.
refuse-no-question = Rutinen har ingen fråga ”{ $what }”. { $hint }
refuse-no-phase = Rutinen har ingen fas ”{ $what }”. { $hint }
refuse-no-point = Dagordningen har ingen punkt ”{ $what }”. { $hint }
refuse-no-clock = Rutinen har ingen klocka ”{ $what }”. { $hint }
refuse-no-track = Det finns ingen plan { $what } att välja eller stryka. Skriv planen först.
refuse-no-supplier = Det finns ingen leverantör { $what } i det här rummet.
refuse-no-obstacle = Det finns inget hinder { $what } som är kvar i vägen.
refuse-no-debrief-question = Debriefingen har ingen fråga ”{ $what }”. { $hint }
refuse-no-classifier = ”{ $what }” hör inte till dem som får klassa en incident. { $hint }
refuse-no-role = Rutinen har ingen roll ”{ $what }”. { $hint }
refuse-no-item = Checklistan har ingen punkt ”{ $what }”. { $hint }
refuse-no-notice = Rutinen har inget meddelande ”{ $what }”. { $hint }
refuse-no-action = Det finns ingen öppen åtgärd { $what } i det här rummet.
refuse-no-ended-action = Det finns ingen klar eller struken åtgärd { $what } i det här rummet.
refuse-no-resource = Det finns ingen resurs { $what } som fortfarande väntas.

### kommandoraden

cli-cannot-print = Utdata kunde inte skrivas: { $why }
cli-cannot-read = Indata kunde inte läsas: { $why }
cli-unexpected-answer = Värden svarade på något annat än det som frågades. Kör `klock host stop` och försök igen.
cli-no-home = Ingen hemkatalog hittades. Ange datakatalogen med KLOCK_DATA_DIR eller --data-dir, eller sätt HOME.
cli-no-terminal = Skärmen behöver en terminal, och här finns ingen. Använd `klock status` eller något annat kommando; `klock --help` visar alla.
cli-no-open-room = Ingen incident är öppen. `klock open TITEL` deklarerar en, -r anger ett annat rum, `klock rooms --all` visar dem.
cli-several-rooms = { $count } incidenter är öppna. Ange vilken med -r:
cli-last-room = Ingen incident är öppen: det gäller { $room } ”{ $title }”, stängd { $time }.
cli-closed-room = { $room } ”{ $title }” stängdes { $time }. För att skriva i den: -r { $room }. Den fortsätter efter `klock reopen -r { $room } --reason TEXT`.
cli-several-closed = Ingen incident är öppen, och { $count } stängdes samtidigt. Ange vilken med -r:
cli-no-rooms = Det finns inga rum än. `klock open TITEL` deklarerar en incident.
cli-no-rooms-open = Ingen incident är öppen. { $count ->
    [one] Ett stängt rum eller demorum visas
   *[other] { $count } stängda rum eller demorum visas
} av `klock rooms --all`.
cli-no-routine = Det finns ingen rutin ”{ $what }”. De som finns: { $known }.
cli-no-kind = Det finns inget slags post ”{ $what }”. De som finns: { $known }.
cli-grade = Brådska och påverkan är 1, 2 eller 3.
cli-nothing-to-log = Det finns inget att anteckna. Ange en text, eller - för att läsa rader från stdin.
cli-at-place = { $place }: { $why }
cli-correction-at = En rättelse står på tiden då den görs: utelämna --at. `klock entry amend SEQ --at TID` rättar tiden för en post.
cli-means = klock: det är { $day } { $time }
cli-time-too-old = { $time } är mer än ett år sedan. Kontrollera året; --old antecknar det ändå.
cli-due = senast { $time }
cli-no-clock-set = ”{ $text }” är ingen kommande tid: ingen klocka ställs.
cli-late = { $span } försenad
cli-late-entry = antecknad { $time }
cli-zone = Tider i { $zone }
cli-struck = [struken: { $text }]
cli-amended = [ändrad]
cli-moved = [flyttad från { $time }]
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
cli-open-debrief = { $count ->
    [one] 1 debriefingfråga
   *[other] { $count } debriefingfrågor
}
cli-closed-open = Stängd. Fortfarande öppet:
cli-declared = deklarerad { $time }
cli-call-gives-no-role = Samtalet är antecknat; ingen roll bytte innehavare. --takes-role säger att de tar en.
cli-restored = återställd { $time }
cli-reopened = öppnad igen { $time }
cli-down = nere { $down } av { $elapsed }
cli-closed = stängd { $time }
cli-led-by = CIM { $person }
cli-led-by-nobody = ingen är CIM än
cli-meetings-held = { $count ->
    [one] 1 möte hållet
   *[other] { $count } möten hållna
}
cli-stale = inaktuellt
cli-unanswered = inte besvarad än
cli-activation-optional = Prioritet { $level }: ”{ $routine }” kan aktiveras men gäller inte än. `klock activate -r { $room }` gör det.
cli-activation-unneeded = Prioritet { $level } kräver inte ”{ $routine }” ({ $mandatory ->
    [1] det gör bara prioritet 1
   *[other] det gör prioritet 1 till { $mandatory }
}). Rutinen gäller inte; `klock activate -r { $room } --reason TEXT` aktiverar den ändå.
cli-unsettled = { $count ->
    [one] En punkt är varken klar eller avstådd:
   *[other] { $count } punkter är varken klara eller avstådda:
}
cli-clock-waiting = inte än
cli-recover-elsewhere = Filerna finns på värdens maskin. Kör `klock recover` där.
cli-nothing-kept = Inget har lagts undan bredvid journalerna.
cli-kept = { $file }: { $kind }; { $entries ->
    [one] en post
   *[other] { $entries } poster
} går att läsa, { $bytes ->
    [one] 1 byte
   *[other] { $bytes } byte
} går inte att läsa
kept-aside = poster som journalen inte har
kept-cut = slutet av en journal som inte gick att läsa
kept-unfinished = en sparning som inte blev färdig
kept-damaged = en journal före lagningen
cli-unreadable-bytes = ({ $bytes ->
    [one] 1 byte
   *[other] { $bytes } byte
} som inte går att läsa)
cli-room-unreadable = går inte att läsa: { $why }
cli-verified = { $room }: { $records } poster, alla hela; huvud { $head }
cli-verified-faults = { $room }: { $records } poster, { $faults ->
    [one] 1 fel
   *[other] { $faults } fel
}; huvud { $head }
cli-host = Värd { $version } kör som process { $pid } sedan { $time }
cli-host-rooms = öppna rum: { $rooms } · anslutna: { $clients }
cli-host-data = rummen finns i { $path }
cli-host-socket = lyssnar på { $path }
cli-host-read-socket = för att titta på: klock --host unix://{ $path }
cli-host-group = medlemmar i { $group } går med: klock --host unix://{ $path }
cli-host-read-group = medlemmar i { $group } tittar på: klock --host unix://{ $path }
cli-host-saves = allt sparas allteftersom
cli-host-failed = Värden kan inte köras: { $why }
cli-cannot-write = { $path } kunde inte skrivas: { $why }
cli-cannot-open = { $path } kunde inte läsas: { $why }
cli-routine-sound = { $path }: rutinen { $id } har inga fel
cli-config-sound = { $count ->
    [0] Det finns inga inställningsfiler; förvalen gäller. `klock config init` skriver några.
    [one] 1 fil lästes, och den har inga fel:
   *[other] { $count } filer lästes, och de har inga fel:
}
cli-written = skriven: { $path }
cli-left-alone = finns redan, lämnad orörd: { $path }
cli-path-config = inställningar { $path }
cli-path-organisation = organisation  { $path }
cli-path-data = rum           { $path }
cli-path-log = loggar        { $path }
cli-part-principles = Vad som gäller
cli-part-scale = Prioritet: { $name }
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

cli-follow-waits = Det finns ingen värd just nu: { $why } Den söks; inget som antecknas kommer att utelämnas.

### command line: pipes

cli-pipe-cut-mark = { " " }… [avkortat]
cli-pipe-cut = Rad { $line } är för lång för en anteckning: { $bytes ->
    [one] dess sista byte är utelämnad
   *[other] dess sista { $bytes } byte är utelämnade
}.
cli-pipe-more-cut = { $count ->
    [one] Ytterligare 1 rad var för lång
   *[other] Ytterligare { $count } rader var för långa
} och kortades av.
cli-pipe-not-utf8 = Rad { $line } är inte UTF-8: det som inte gick att läsa står som �.
cli-pipe-more-not-utf8 = { $count ->
    [one] Ytterligare 1 rad
   *[other] Ytterligare { $count } rader
} är inte UTF-8.
cli-pipe-no-file = Det som läses kan inte sparas i en fil ({ $why }). När inget kan antecknas får den som skriver till röret vänta.
cli-pipe-stuck = Inget kan antecknas just nu: { $why } Det som läses sparas, och antecknas så snart det går.
cli-pipe-silent = Värden svarar inte. `klock host status` frågar hur den mår.
cli-pipe-unread = Ingen läste kvittona i tid, så en del utelämnades. Alla rader är sparade; `klock timeline` visar dem.
cli-pipe-line = Rad { $line }: { $why }
cli-pipe-refused = { $count ->
    [one] 1 rad avvisades; den finns kvar
   *[other] { $count } rader avvisades; de finns kvar
} i { $path }
cli-pipe-refused-shown = { $count ->
    [one] 1 rad avvisades
   *[other] { $count } rader avvisades
}; det som inte kunde sparas i { $path } står ovan
cli-pipe-left = { $count ->
    [one] 1 rad som ett tidigare rör lämnade efter sig är antecknad.
   *[other] { $count } rader som ett tidigare rör lämnade efter sig är antecknade.
}
cli-pipe-damaged = { $count ->
    [one] 1 rad som ett tidigare rör lämnade efter sig
   *[other] { $count } rader som ett tidigare rör lämnade efter sig
} går inte längre att läsa och är inte antecknad; allt annat där är det. Filen finns kvar att titta på och läses inte igen: { $path }
cli-pipe-waits = Det som har lästs och inte är antecknat väntar här; nästa `klock log` antecknar det:
cli-pipe-unwritten = De här raderna är inte antecknade och kunde inte sparas i någon fil:

### command line: import of alerts

cli-import-firing = LARM
cli-import-acknowledged = KVITTERAT
cli-import-resolved = LÖST
cli-import-more-labels = { $count ->
    [one] 1 etikett till
   *[other] { $count } etiketter till
}, id { $id }
cli-import-id = id { $id }
cli-import-strange = Det här är varken ett larm eller ett meddelande från ett verktyg som klock känner till; `klock import --help` räknar upp dem.
cli-import-empty = Det är tomt.
cli-import-test = Det är en provsändning från verktyget.
cli-import-no-change = Det anger ingen ändring av ett larm ({ $what }).
cli-import-sns-subscription = Amazon SNS frågar om meddelanden ska skickas hit. Öppna adressen för att svara ja: { $url }
cli-import-sns-subscription-odd = Amazon SNS frågar om meddelanden ska skickas hit, men adressen för att bekräfta är inte Amazons.
cli-import-envelope = Innehållet är inte JSON.
cli-import-api-error = API:et svarade med ett fel: { $why }
cli-import-no-object = Det är inget JSON-objekt.
cli-import-lacks = Det saknar { $what }.
cli-import-no-status = Dess läge ”{ $status }” är inget som klock känner till.
cli-import-message = Meddelande { $message }: { $why }
cli-import-alert = Meddelande { $message }, larm { $alert }: { $why }
cli-import-moved = Meddelande { $message }, larm { $alert }: dess tid kan inte stämma ({ $why }); det står vid tiden för importen.
cli-import-time-missing = ingen är angiven
cli-import-time-unread = ”{ $time }” går inte att tolka
cli-import-time-ahead = { $time } ligger i framtiden enligt klockan här
cli-import-time-old = { $time } är mer än ett år tillbaka
cli-import-left-out = { $count ->
    [one] 1 larm utelämnades
   *[other] { $count } larm utelämnades
} av avsändaren.
cli-import-unsound = På rad { $line }, kolumn { $column }: { $why }
cli-import-no-value = ett värde väntades, JSON-texten är felaktig. Meddelandet hoppas över; det som följer på en annan rad läses.
cli-import-no-comma = ett komma eller en slutparentes väntades, JSON-texten är felaktig. Meddelandet hoppas över; det som följer på en annan rad läses.
cli-import-no-name = ett namn inom citattecken väntades, JSON-texten är felaktig. Meddelandet hoppas över; det som följer på en annan rad läses.
cli-import-no-colon = ett kolon väntades, JSON-texten är felaktig. Meddelandet hoppas över; det som följer på en annan rad läses.
cli-import-open-text = en text fortsätter efter radens slut; en radbrytning i den skrivs \n. Meddelandet hoppas över; det som följer på en annan rad läses.
cli-import-too-deep = parenteser är nästlade djupare än gränsen { $deepest }. Meddelandet hoppas över; det som följer på en annan rad läses.
cli-import-too-large = ett meddelande som börjar här är för stort för att läsas på en gång (mer än { $most } MiB, eller för många värden). Det hoppas över, resten läses. Importera larmen ett och ett: jq -c '.alerts[]' FIL | klock import
cli-import-cut-off = meddelandet som börjar här saknar slut: det är avklippt och hoppas över. Importera det igen när det är helt.
cli-import-open-list = listan som börjar här saknar slut: den är avklippt. Larmen före det är importerade.
cli-import-given-up = inget mer meddelande hittades på 2 GiB, så läsningen slutade här. Det som står före är importerat.
cli-import-unread = På rad { $line }: { $why }, JSON-texten är felaktig. Meddelandet hoppas över, resten läses.
cli-import-not-utf8 = Rad { $line } är inte UTF-8; � står för det som inte kan läsas.
cli-import-in-vain = { $count } saker i rad var inga larm, så läsningen slutade här. Det som står före är importerat. Är det rätt indata?
cli-import-nothing = Det fanns inget att importera på stdin.
cli-import-again = Kör samma import igen: det som redan är antecknat känns igen.
cli-import-more-faults = { $count } till importerades inte.
cli-import-more-asides = { $count } till är inget att anteckna.
cli-import-more-moved = { $count } till står vid tiden för importen.
cli-import-done = { $new } nya, { $known } redan kända, { $faults } inte importerade

### rapporten

report-demo = DEMO: den här incidenten har aldrig inträffat.
report-summary = Sammanfattning
report-facts = Prioritet, roller och tider
report-answers = Frågorna
report-timeline = Händelseförlopp
report-names = ~ före ett namn: det är uppgivet och inte skribentens inloggning. $ före ett namn: ett skript.
report-meetings = Möten
report-actions = Åtgärder, planer och leverantörer
report-notices = Vem som informerades, och när
report-routine = Hur rutinen följdes
report-debrief = Debriefing
report-corrective = För att det inte ska hända igen
report-summary-open = Incidenten är öppen och har pågått i { $span }. Hållna möten: { $meetings }.
report-summary-restored = Normal funktion återställdes { $time }, efter { $span }. Hållna möten: { $meetings }.
report-summary-closed = Normal funktion återställdes { $time }, efter { $span }, och incidenten är stängd. Hållna möten: { $meetings }.
report-summary-reopened = Incidenten är öppen igen. Normal funktion återställdes { $times } och upphörde igen { $reopened }: nere { $spans } inom { $span } hittills. Hållna möten: { $meetings }.
report-summary-restored-again = Normal funktion återställdes { $times }: nere { $spans } inom { $span }. Hållna möten: { $meetings }.
report-summary-closed-again = Normal funktion återställdes { $times }: nere { $spans } inom { $span }, och incidenten är stängd. Hållna möten: { $meetings }.
report-and = { $first } och { $last }
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
report-agreed-with = Prioriteten överenskommen med
report-classified = Klassad som kritisk av
report-routine-force = Rutin
report-in-force = gäller
report-not-in-force = gäller inte
report-lead = Critical Incident Manager
report-began = Började
report-declared = Deklarerad
report-mitigated = Lindrat
report-restored = Återställd
report-reopened = Öppnad igen
report-closed = Stängd
report-duration = Från deklarerad till återställd
report-outage = Avbrott (start till återställd)
report-duration-open = Öppen i
report-outage-open = Avbrott hittills (från start)
report-outages = Avbrott
report-outages-sum = { $spans } = { $sum }
report-span = { $span }
report-meetings-held = Hållna möten
report-checklist-tally = Checklista
report-tally = { $done } klara och { $waived } avstådda av { $total }
report-problem = Problemärende
report-delivered = Rapporten lämnad
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
report-moved = (flyttad från { $time })
report-meeting = Möte { $no }
report-called-off = Inställt, inte hållet
report-attendees = Deltog
report-tracks = Planer
report-track = Plan { $track }
report-track-dropped = struken
report-switch = Vi byter när
report-chosen = Plan { $track } valdes
report-due = senast { $time }
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
report-zone = Alla tider är i { $zone }.
report-zones = Tiderna är i { $zone }, eller i den zon som står bredvid: { $others }.

### entry grammar

entry-preview-owner = ansvarig { $person }
entry-preview-people = med { $people }
entry-preview-due = senast { $time }
entry-undue = ”{ $text }” sätter ingen sluttid
entry-preview-track = plan { $track }
entry-preview-tags = { $tags }
entry-preview-at = kl. { $time } (för { $ago } sedan)
time-span-not-understood = ”{ $text }” är ingen tidslängd. Skriv 20m, 2h, 1h30m eller ett antal minuter.
stamp-ahead = { $time } har inte varit än · i går { $time } för gårdagen
stamp-ahead-day = { $time } har inte varit än
stamp-old = { $day } är mer än ett år sedan: tas inte som tiden
stamp-far = { $day } är mer än två år framåt: tas inte som tiden
stamp-zone = zonen { $zone } kan vara flera: tas inte som tiden · skriv +01:00
stamp-clock = { $text } är inget klockslag
time-not-understood = ”{ $text }” är ingen tid. Skriv 14:05, -12m, i går 23:50, fredag 15:00 eller 2026-11-20 23:50.
stamp-not-read = ”{ $text }” läses inte som en tid
time-ahead-not-understood = ”{ $text }” är ingen kommande tid. Skriv 16:00, +20m, i morgon 08:00, fredag eller 2026-11-20 08:00.
time-lacks-clock = ”{ $text }” saknar klockslag. Skriv det också: { $text } 15:00.
time-not-yet = { $text } har inte varit än: klockan är { $now }. Ange en tid som har varit, eller skriv i går { $text } för gårdagen.
time-not-yet-day = { $time } har inte varit än: det är { $now }. Ange en tid som har varit.
time-left-out = ”{ $text }” fanns inte den dagen: klockorna ställdes fram förbi den. Ange en tid som de visade.
time-passed = { $time } har passerat: det är { $now }. Ange en tid som ska komma.
time-too-old = { $time } är mer än ett år sedan. Kontrollera året.
time-too-far = { $time } är mer än två år framåt. Kontrollera året.
time-zone-unclear = ”{ $text }”: zonen { $zone } kan vara flera. Skriv avståndet till UTC i stället: 14:05 +01:00.
time-span-or-time-not-understood = ”{ $text }” är varken en tidslängd eller en kommande tid. Skriv 20m, 1h30m, 16:00 eller i morgon 08:00.
zone-not-understood = TZ={ $zone } går inte att förstå: tiderna är i UTC. Sätt TZ till ett namn som Europe/Stockholm.
tally-last-night = { $count ->
    [one] 1 av { $lines } rader anger ett klockslag som inte har varit i dag: den står på { $day }.
   *[other] { $count } av { $lines } rader anger ett klockslag som inte har varit i dag: de står på { $day }.
}
tally-untimed = { $count ->
    [one] 1 av { $lines } rader har ingen tid som gick att förstå: den står på { $time }.
   *[other] { $count } av { $lines } rader har ingen tid som gick att förstå: de står på { $time }.
}
tally-untimed-during = { $count ->
    [one] 1 av { $lines } rader har ingen tid som gick att förstå: den står på tiden då den lästes.
   *[other] { $count } av { $lines } rader har ingen tid som gick att förstå: de står på tiderna då de lästes, { $time }–{ $last }.
}
tally-ahead = { $count ->
    [one] 1 av { $lines } rader anger en tid som inte har varit än: den står på { $time }, med tiden kvar i orden. Gårdagens tider skrivs med y framför.
   *[other] { $count } av { $lines } rader anger en tid som inte har varit än: de står på { $time }, med tiderna kvar i orden. Gårdagens tider skrivs med y framför.
}
tally-ahead-during = { $count ->
    [one] 1 av { $lines } rader anger en tid som inte har varit än: den står på tiden då den lästes, med tiden kvar i orden. Gårdagens tider skrivs med y framför.
   *[other] { $count } av { $lines } rader anger en tid som inte har varit än: de står på tiderna då de lästes, { $time }–{ $last }, med tiderna kvar i orden. Gårdagens tider skrivs med y framför.
}
### room screen

pane-questions = Frågor
pane-checklist = Checklista
pane-timeline = Tidslinje
pane-actions = Åtgärder
room-demo = DEMO
room-here = här
here-you = du
here-look-on = { $count ->
    [one] 1 tittar på
   *[other] { $count } tittar på
}
here-writes = skriver
here-writes-update = skriver en uppdatering
here-fills-in = fyller i ett formulär
here-answers = svarar på { $question }
questions-answering = { $who } svarar
proof-short = klart?
proof-lead = klart? { $person } är { $role } sedan { $time }
proof-priority = klart? överenskommet med { $person }
proof-first-notice = klart? skickat { $time }
proof-answers = klart? alla besvarade { $time }
proof-plans = klart? A och B är skrivna
proof-supplier = klart? { $name } är inkallad
room-no-lead = { $role } saknas
room-mitigated = lindrat { $time }
room-down = nere { $time }
room-down-of = av { $time }
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
room-late-actions = { $count ->
    [one] ! 1 sen
   *[other] ! { $count } sena
}
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
questions-open = { $count ->
    [one] 1 obesvarad
   *[other] { $count } obesvarade
}
questions-stale = { $count ->
    [one] 1 gammal
   *[other] { $count } gamla
}
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
checklist-at = { $time }
actions-late = { $count ->
    [one] 1 sen
   *[other] { $count } sena
}
actions-open = { $count ->
    [one] 1 öppen
   *[other] { $count } öppna
}
actions-done = { $count ->
    [one] 1 klar
   *[other] { $count } klara
}
actions-none = Inga åtgärder än
actions-none-how = Skriv på raden nedan vem som gör vad och till när: @olle starta om gatewayen +15m #A
actions-plan = Plan { $track }
actions-chosen = vald
actions-dropped = struken
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
timeline-no-match = Ingen post passar filtret
timeline-no-match-how = Rensa filtret för att se alla igen.
timeline-new = nytt sedan du tittade senast
timeline-noted = noterat { $time }
timeline-amended = ändrat
timeline-moved = flyttad från { $time }
timeline-struck = struket
timeline-struck-reason = struket: { $text }
status-saved = sparat
status-saving = sparar …
status-not-saved-short = INTE SPARAT
status-not-saved = INTE SPARAT: { $why }
status-connecting = ansluter …
status-reconnecting = ingen värd sedan { $time }, återansluter; skriv vidare: det sparas här, osänt
status-reconnecting-short = ingen värd sedan { $time }
status-silent = värden har inte svarat sedan { $time }; det du skriver finns kvar här, osänt
status-silent-short = inget svar sedan { $time }
status-unsent = { $count ->
    [one] 1 osänd
   *[other] { $count } osända
}
status-unsent-one = osänd
status-warns = { $clock } { $time }

### värd

connect-nobody = Ingen värd svarar på { $socket }. Starta en med: klock host run
connect-not-started = { $program } kunde inte startas som värd: { $why }. Kontrollera att programmet finns kvar och får köras.
connect-silent = Värden startades men svarar inte på { $socket }. Kör `klock host run` för att se varför.
connect-silent-log = Värden startades men svarar inte på { $socket }. Slutet av dess logg: { $log }
connect-foreign = { $socket } tillhör användare nummer { $uid }, inte dig. Ta bort den, eller ange en egen sökväg i KLOCK_SOCKET.
connect-path-too-long = Sökvägen till socketen är för lång för det här systemet: { $socket }. Ange en kortare i KLOCK_SOCKET.
connect-other-protocol = Värden kör version { $version }, som talar ett annat protokoll. Avsluta den med `klock host stop` och starta klock igen.
goodbye-finished = Värden har avslutats.
goodbye-foreign = Den här värden betjänar bara den användare som startade den.
goodbye-no-hello = Klienten presenterade sig inte.
goodbye-older = Detta klock är version { $theirs } och värden kör { $ours }. Avsluta och starta klock igen med det nyare programmet.
goodbye-garbage = Klienten skickade något som värden inte kan läsa: { $why }
goodbye-not-member = Den här värden är öppen för medlemmar i { $groups }, och du är inte det. Be den som sköter systemet att lägga till dig och logga sedan in på nytt.
goodbye-newer = Detta klock är version { $theirs } och värden kör { $ours }, som inte förstår det. Den som startade värden kan avsluta den med `klock host stop` och starta den nyare.
goodbye-too-long = Klienten skickade ett meddelande som är längre än { $most } KiB.
goodbye-flood = Klienten ställde fler än { $most } frågor utan att vänta på svar.
goodbye-too-often = Det här programmet ansluter om och om igen. Stoppa det, eller vänta några sekunder innan det ansluter på nytt.
goodbye-does-not-read = Klienten läste inte det som värden skickade.
goodbye-gave-way = Klienten presenterade sig inte, och andra väntar på att komma in.
goodbye-full = För många klienter är anslutna. Stäng några och försök igen.
refuse-reading-door = Vid den här socketen tittar alla på, och ingen kan ändra något. Den som ska delta kommer in via den andra: fråga den som kör värden.
refuse-read-only = Du tittar bara på här och kan inte ändra något. Gå med utan --read-only via socketen för skrivning för att delta.
refuse-not-owner = Bara den användare som startade värden kan stoppa den.
refuse-no-name = Ange ett namn: ingen kan inte skrivas upp.
failure-no-such-room = Det finns inget rum { $room }. `klock rooms --all` räknar upp dem.
failure-recorded-otherwise = Inte antecknat: dess id hör till anteckningen från { $time }, som säger något annat.
failure-answer-too-long = Svaret är för långt för att skickas. Be om mindre åt gången.
failure-not-understood = Värden kan inte göra det som begärdes.
failure-draft-too-long = Utkastet är för långt för att sparas. Spara det som flera poster.
failure-no-demo = Demorummet kan inte spelas upp: { $why }
failure-no-thread = Värden kan inte börja läsa: { $why }
host-no-desktop = Inga aviseringar på skrivbordet här; varningar syns på skärmen och hörs som ljudsignal. `klock doctor` säger mer. ({ $why })
host-no-log = Värden för ingen logg: { $path } går inte att använda ({ $why }). Allt annat fungerar.
host-more-remarks = Mer än { $count } saker behövde rättas till. Värdens logg anger alla; `klock verify` kontrollerar alla rum.
host-shared-again = Värden före den här delades med { $groups } och avslutades i förtid, så den här delas också med dem. `klock host stop` avslutar det.
host-shared-no-more = Värden före den här delades med { $groups } tills datorn startades om; den här är bara din. Dela den igen med `klock host run --group`.
unheard-clock = { $clock } för { $room }: senast { $time }. Ingen varnas om inte klock körs då.
unheard-action = ”{ $action }” för { $room }: senast { $time }. Ingen varnas om inte klock körs då.
verify-more-faults = … och { $count } till.
host-no-system = Systemet ger inte värden det den behöver: { $why }. Kontrollera gränserna för processer och minne (ulimit -a).
door-not-ours = { $dir } måste vara en egen katalog som ingen annan kommer in i (rättigheter 0700). Ta bort den, eller ange en annan socket med KLOCK_SOCKET.
door-not-safe = { $dir } måste vara en egen katalog som ingen annan får skriva i (rättigheter 0711, ingen länk). Ta bort den, eller ange en annan socket med KLOCK_SOCKET.
door-not-reachable = Ingen grupp når värden i { $dir }, eftersom ingen annan kommer in där. Kör: chmod 711 { $dir }, eller ange en annan socket med KLOCK_SOCKET.
door-no-group = Det finns ingen grupp { $name }. `getent group` listar grupperna.
door-cannot-listen = Värden kan inte lyssna på { $path }: { $why }. Ange en annan socket med KLOCK_SOCKET.

### store

store-tail-cut = Rum { $room }: { $bytes ->
    [one] 1 byte
   *[other] { $bytes } byte
} i slutet av journalen gick inte att läsa. De kan innehålla bekräftade poster; de finns kvar i rooms/{ $kept }.
store-save-unfinished = Rum { $room }: en sparning i slutet av journalen blev inte färdig ({ $bytes ->
    [one] 1 byte
   *[other] { $bytes } byte
}). Den finns kvar i rooms/{ $kept }; såvitt går att avgöra bekräftades den aldrig för någon.
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
store-opening-recovered = Rum { $room }: posten om hur det öppnades skadades och ingen kopia fanns kvar. Det fortsätter som ”{ $title }”, med rutinen { $routine } { $version }. Kontrollera titel, kund och prioritet.
store-unlinked = { $room }: posterna { $entries } följer inte på dem före. Någon eller något har ändrat journalen.
store-left-out = Rum { $room }: { $lines ->
    [one] en rad i den skadade journalen
   *[other] { $lines } rader i den skadade journalen
} har ingen plats i den lagade: en annan rad har den, eller så kan de inte höra till rummet. De står i rooms/{ $kept }.
store-replaced = Rum { $room }: journalen har ersatts med ett annat rums. { $count ->
    [one] Posten som bara indexet hade
   *[other] De { $count } poster som bara indexet hade
} finns kvar i rooms/{ $kept }; `klock recover` visar vad som finns kvar.
store-replaced-by = Rum { $room }: journalen har ersatts med den från rum { $other }. { $count ->
    [one] Posten som bara indexet hade
   *[other] De { $count } poster som bara indexet hade
} finns kvar i rooms/{ $kept }; `klock recover` visar vad som finns kvar.
store-forked = Rum { $room }: journalen har ersatts med en annan kopia, som går sin egen väg från post { $from }. { $count ->
    [one] Posten som bara indexet hade
   *[other] De { $count } poster som bara indexet hade
} finns kvar i rooms/{ $kept }; `klock recover` visar vad som finns kvar.
store-twin = Rum { $room }: journalen börjar som den i rum { $other }. En av dem är en kopia.
store-kept-cut = Rum { $room }: rooms/{ $kept } innehåller byte som inte gick att läsa och som kan vara poster. `klock recover` visar dem; flytta undan filen när du är klar med den.
store-kept-aside = Rum { $room }: rooms/{ $kept } innehåller poster som journalen inte har. `klock recover` visar dem; flytta undan filen när du är klar med den.
store-tightened = { $path } var öppen för andra (läge { $mode }). Den är stängd nu: bara du kan läsa den.
store-open = { $path } är öppen för andra (läge { $mode }) och går inte att stänga. Andra kan läsa det som finns där.
store-index-set-aside = Indexet gick inte att lita på ({ $why }). Det finns kvar som { $kept } och byggs om från journalerna; inget har gått förlorat.
store-no-index = Det finns inget index just nu ({ $why }). Allt fungerar från journalerna, långsammare.
store-newer = Rum { $room }: { $entries ->
    [one] en post är skriven
   *[other] { $entries } poster är skrivna
} av en nyare version av klock. De finns kvar och visas som okända; uppdatera klock för att läsa dem.
store-full = Disken är full. Inget du har skrivit är förlorat; frigör utrymme, så går det att spara igen av sig självt. ({ $path })
store-read-only = Disken går bara att läsa här. Inget du har skrivit är förlorat; gör den skrivbar, så går det att spara igen av sig självt. ({ $path })
store-denied = { $path }: åtkomst nekad. Ge den till den användare som kör klock.
store-file-foreign = { $path } tillhör användare { $uid } och läses inte. Ge den till den användare som kör klock, eller flytta undan den.
store-foreign = { $path } tillhör användare { $uid }. Kör klock som den användaren, eller ange en egen katalog med KLOCK_DATA_DIR.
store-odd = { $path } är { $what ->
    [directory] en katalog
    [fifo] ett namngivet rör
    [socket] en socket
    [device] en enhet
    [link] en symbolisk länk
   *[other] för lång
} och ingen fil från klock. Flytta undan den.
store-too-many-files = { $path }: för många filer är öppna. Höj gränsen (ulimit -n) eller stäng något.
store-failing = { $path }: disken rapporterar ett in- eller utmatningsfel. Den kan vara på väg att gå sönder; kopiera data till ett annat ställe.
store-sync-failed = Disken bekräftade inte en sparning. Inget räknas som sparat förrän den gör det. ({ $path }: { $why })
store-locked = { $path } används av en annan värd (process { $pid }). Stoppa den med `klock host stop`.
store-no-such-room = Det finns inget rum { $room }. `klock rooms --all` räknar upp dem.
store-nothing-left = Inget går att läsa av rum { $room }. Det som är kvar av det finns i rooms/{ $kept }: titta på det med `klock recover` och flytta sedan undan filen.
store-preparing = Rum { $room } gås igenom. Fråga igen om en stund.
store-wrong-seq = Rum { $room } har gått vidare: post { $expected } väntades och { $found } fanns. Försök igen.
store-unwritable = Rum { $room }, post { $seq } kan inte skrivas: { $why }. Uppdatera klock.
store-io = { $path }: { $what } misslyckades ({ $why }). Kör `klock verify`.
store-unusable = Det går inte att skapa eller skriva { $path }: { $why }. Ange en annan katalog med KLOCK_DATA_DIR.
store-file-limit = En fil får inte bli längre här (ulimit -f). Inget som är skrivet går förlorat: höj gränsen och starta om värden med `klock host stop`. ({ $path })
why-permission = åtkomst nekad
why-read-only = filsystemet är skrivskyddat
why-full = disken är full
why-in-the-way = något annat står på dess plats eller ovanför, till exempel en fil där det ska vara en katalog
why-foreign = det tillhör användare { $uid }
### lagret: vad som hittades och rättades till, varför något inte sparades

verify-damaged = Journalen är skadad efter post { $seq }.
verify-unlinked = Post { $seq } följer inte på den före: någon av dem har ändrats eller tagits bort.
verify-torn = Journalen slutar med { $bytes } byte som inte är någon post.
verify-tail-lost = Journalen har förlorat sitt slut: { $count ->
    [one] post { $entries }.
   *[other] posterna { $entries }.
}
verify-lost = { $count ->
    [one] Post { $entries } gick tidigare förlorad genom skada.
   *[other] Posterna { $entries } gick tidigare förlorade genom skada.
}
verify-words-gone = { $count ->
    [one] Orden i post { $entries } är borta, och ingen post säger att de har strukits.
   *[other] Orden i posterna { $entries } är borta, och ingen post säger att de har strukits.
}
verify-index = Indexet stämde inte med journalen; det byggs om.
verify-more = { $count ->
    [one] Ett fel till
   *[other] { $count } fel till
} av samma slag.
verify-words-there = { $count ->
    [one] Orden i post { $entries } skulle tas bort och finns kvar. Ett nytt försök görs.
   *[other] Orden i posterna { $entries } skulle tas bort och finns kvar. Ett nytt försök görs.
}
verify-kept-cut = rooms/{ $kept } innehåller byte som inte gick att läsa och som kan vara poster. Titta på dem med `klock recover` och flytta sedan undan filen.
verify-kept-aside = rooms/{ $kept } innehåller poster som den här journalen inte har. Titta på dem med `klock recover` och flytta sedan undan filen.
verify-twin = Journalen börjar som den i rum { $other }: en av dem är en kopia.
verify-unchecked = Gick inte att kontrollera: { $why }

### screen: commands

command-declare = Deklarera en incident
command-open-room = Gå in i det valda rummet
command-demo = Se dig om i ett demorum
command-past = Visa eller dölj stängda rum
command-note = Skriv en anteckning
command-answer = Besvara den valda frågan
command-meeting = Starta ett kritiskt incidentmöte, eller visa det som pågår
command-update = Notera ett meddelande som skickat
command-search = Sök i tidslinjen
command-filter = Filtrera på slag, person, etikett, plan, stjärna eller tid
command-filter-clear = Visa allt igen
command-latest = Följ de senaste posterna
command-next-starred = Gå till nästa stjärnmärkta post
command-next-new = Gå till nästa post som är ny för dig
command-undo = Ångra din senaste post genom att stryka den
command-action = Öppna en åtgärd
command-plans = Plan A och plan B
command-switch-condition = Skriv vad som får oss att byta till plan B
command-open-list = Det som är öppet: åtgärder, hinder, resurser, leverantörer
command-resources = Begärda och tilldelade resurser
command-resource = Begär en resurs
command-suppliers = Leverantörer och deras ärenden
command-supplier = Kalla in en leverantör
command-obstacles = Hinder i vägen för gruppen
command-obstacle = Anmäl ett hinder
command-clocks = Alla klockor och när de faller ut
command-snooze = Skjut upp nästa klocka, med skäl
command-cadence = Ändra hur ofta gruppen möts, med skäl
command-meeting-call = Kalla till möte
command-meetings = Mötena hittills
command-notices = De meddelanden som rutinen kräver
command-messages = Skickade meddelanden och utkast
command-roles = Vem som har vilken roll
command-people = Vilka som är här, och vad de skriver
command-type-as = Säg vem som skriver här från och med nu
command-contacts = Vem man ringer: kontaktlistorna
command-escalate = Notera ett samtal: för beslut, för information, för att tillsätta en roll
command-hand-over = Lämna över ledningen
command-accept-handover = Ta emot överlämningen
command-shift = Planera nästa skift
command-priority = Sätt prioritet utifrån brådska och påverkan
command-classify = Ange vem som klassade incidenten
command-activate = Låt rutinen gälla
command-phases = Faser
command-mitigated = Lindrat: begränsat, inte löst
command-restored = Tjänsten är återställd
command-reopen = Öppna incidenten igen
command-close = Stäng incidenten
command-unsettled = Punkter i checklistan som varken är gjorda eller avstådda
command-debrief = Debriefingens frågor
command-corrective = Öppna en förebyggande åtgärd
command-report-delivered = Rapporten är lämnad
command-problem = Länka problemärendet
command-drafts = Upphittade utkast
command-pane-next = Nästa ruta
command-pane-previous = Föregående ruta
command-pane-questions = Frågor
command-pane-checklist = Checklista
command-pane-timeline = Tidslinje
command-pane-actions = Åtgärder
command-zoom = Gör rutan till hel skärm, eller liten igen
command-next-room = Gå till nästa öppna rum
command-rooms = Gå till lobbyn; rummet lever vidare
command-history = Frågans tidigare svar
command-check = Bocka av den valda punkten
command-item-help = Vad punkten kräver
command-check-noted = Bocka av punkten, med en anteckning
command-waive = Avstå från punkten, med skäl
command-reopen-item = Öppna punkten igen
command-assign-item = Ge punkten till någon
command-entry-open = Visa hela posten
command-star = Stjärnmärk posten, eller ta bort stjärnan
command-amend = Rätta posten; de gamla orden syns kvar
command-strike = Stryk posten; den går fortfarande att läsa
command-copy = Kopiera posten
command-copy-block = Kopiera posten med radbrytningar
command-redact = Ta bort postens ord för alltid
command-action-open = Öppna raden
command-action-done = Åtgärden är gjord, eller öppen igen
command-action-update = Ändra ansvarig, klockslag eller plan
command-action-drop = Släpp åtgärden, med skäl
command-send = Spara posten
command-newline = Radbrytning
command-kind-next = Komplettera ordet, eller byt slag av post
command-kind-previous = Föregående slag av post
command-complete-next = Nästa förslag
command-complete-previous = Föregående förslag
command-recall-earlier = Hämta en tidigare post
command-recall-later = Tillbaka mot det du skrev
command-editor = Skriv i den större redigeraren
command-leave-line = Lämna raden; texten blir kvar
command-meeting-point = Avsluta en punkt på dagordningen, med utfall
command-meeting-attend = Någon deltar
command-meeting-end = Avsluta mötet
command-meeting-call-off = Ställ in mötet; det räknas inte
command-form-enter = Vidare, och spara i slutet
command-form-next = Nästa fält, eller komplettera namnet
command-form-previous = Föregående fält
command-form-submit = Spara formuläret
command-row-open = Välj raden
command-row-new = Ny
command-row-edit = Ändra raden
command-row-end = Avsluta det raden gäller
command-editor-save = Ta över texten
command-palette = Hitta ett kommando genom att skriva
command-help = Hjälp för just här
command-back = Tillbaka
command-down = Nedåt
command-up = Uppåt
command-half-down = En halv sida nedåt
command-half-up = En halv sida uppåt
command-page-down = En sida nedåt
command-page-up = En sida uppåt
command-first = Till den första
command-last = Till den sista
command-go-to-alarm = Gå till rummet som varnar
command-acknowledge = Kvittera varningarna
command-come-back = Tillbaka till rummet du var i
command-language = Byt mellan svenska och engelska
command-theme = Nästa färgtema
command-redraw = Rita om allt
command-suspend = Lägg programmet åt sidan
command-leave = Lämna; rummet lever vidare

### screen: where keys count

mode-global = Överallt
mode-lobby = I lobbyn
mode-room = I rummet
mode-questions = I frågorna
mode-checklist = I checklistan
mode-timeline = I tidslinjen
mode-actions = I åtgärderna
mode-entry = På skrivraden
mode-meeting = I ett möte
mode-form = I ett formulär
mode-list = I en lista
mode-palette = I paletten
mode-help = I hjälpen
mode-editor = I redigeraren

### screen: hints

hint-note = anteckna
hint-acknowledge = jag har sett
hint-people = vilka som är här
hint-zoom = förstora
hint-answer = svara
hint-history = historik
hint-check = bocka av
hint-waive-item = avstå
hint-star = stjärna
hint-amend = rätta
hint-done = klar
hint-change = ändra
hint-meeting = möte
hint-update = meddela
hint-commands = kommandon
hint-search = sök
hint-help = hjälp
hint-declare = deklarera
hint-open = öppna
hint-demo = demo
hint-leave = lämna
hint-save = spara
hint-kind = slag
hint-editor = redigerare
hint-back = tillbaka
hint-leave-line = lämna
hint-title = vad som är fel, i några få ord
hint-lead = vem som leder; ”jag” är du
hint-time-past = nu · 14:05 · -12m · igår 23:50
hint-time-ahead = +20m · 15:30 · imorgon 08:00
hint-amend-when = som den står · 14:05 · -12m · igår 23:50
hint-minutes = 20m · 1h30m
hint-time-due = +20m · 15:30 · imorgon 08:00 · fredag
hint-snooze = 20m · 1h30m · 15:30
hint-waive = varför punkten inte ska göras den här gången
hint-how = telefon, sms, på plats …
hint-about = frågan och svaret

### screen: fields

field-title = Rubrik
field-activate = Låt rutinen gälla
field-activation-reason = Varför
field-agreed-with = Överenskommet med
field-classified-by = Klassad av
field-classifier = Vem det var
field-urgency = Brådska
field-impact = Påverkan
field-customer = Kund
field-began = Började
field-declared = Deklarerad
field-lead = Leds av
field-routine = Rutin
field-time = Tidpunkt
field-answer = Svar
field-certainty = Hur säkert
field-note = Anteckning
field-reason = Skäl
field-person = Person
field-starts = Börjar
field-meeting-where = Var
field-outcome = Utfall
field-summary = Sammanfattning
field-minutes = Hur länge
field-interval = Var
field-how = Hur
field-call-outcome = Hur det gick
field-purpose = Varför
field-called-as = Som vad
field-about = Om vad, och vad som sades
field-takes-role = Tar en roll
field-to = Till
field-handover-note = Vad de behöver veta
field-who = Vem
field-action = Vad som ska göras
field-owner = Ansvarig
field-due = Klart senast
field-track = Plan
field-plan = Planen
field-condition = Vi byter när
field-what = Vad som behövs
field-who-came = Vem eller vad som kom
field-supplier = Leverantör
field-case = Deras ärendenummer
field-critical = Registrerat som kritiskt
field-staff = Vem de har satt på det
field-obstacle = Vad som är i vägen
field-cleared-how = Hur det löstes
field-channel = Kanal
field-audience = Till vilka
field-message = Vad som sades
field-sent = Det är skickat
field-when = När
field-report-to = Lämnad till
field-reference = Referens
field-text = Text
field-search = Ord
field-kind = Slag
field-tag = Etikett
field-starred = Bara stjärnmärkta
field-since = Sedan
field-until = Till

### screen: choices

choice-yes = ja
choice-no = nej
choice-any = vilken som helst
choice-grade = { $grade } { $label }: { $hint }
choice-not-yet = inte ännu
choice-not-known = vet inte
choice-no-plan = ingen plan
choice-unchanged = som den är
choice-no-role = ingen roll
choice-takes-no-role = nej, rollerna förblir som de är
choice-plan = plan { $track }

### screen: forms

form-keys = Tab nästa · Enter vidare och spara · Ctrl+s spara · Esc tillbaka
form-sending = sparar …
form-held = oskickat, skickas av sig självt · Esc stänger, det skickas ändå
form-declare = Deklarera en incident
form-stamp-begun = Antecknas med tiden { $time }, då du började.
form-stamp-now = Påbörjad { $time }; antecknas med tiden då du sparar.
form-priority = Prioritet { $level }: { $name }
form-classifier-gone = ”{ $classifier }” får inte klassa enligt ”{ $routine }”: välj igen.
form-first-notice = { $notice }: inom { $span }.
activation-mandatory = Prioritet { $level } gör ”{ $routine }” obligatorisk: den aktiveras.
activation-optional = Prioritet { $level } tillåter ”{ $routine }”: den aktiveras om du väljer det ovan.
activation-later = Vid prioritet { $level } förblir ”{ $routine }” som den är: den gäller inte.
activation-unneeded = Prioritet { $level } kräver inte ”{ $routine }”. Den kan aktiveras med ett skäl.
form-answer-present = Nu: { $text } ({ $who } { $time })
form-check = Bocka av med anteckning
form-waive = Avstå från en punkt
form-reopen-item = Öppna en punkt igen
form-assign-item = Ge en punkt till någon
form-meeting-call = Kalla till möte
form-attend = Vem deltar?
form-meeting-end = Avsluta mötet
form-meeting-call-off = Ställ in mötet
form-snooze = Skjut upp en klocka
form-cadence = Hur ofta gruppen möts
form-assign-role = Vem är { $role }?
form-call = Ett samtal
form-call-lead = { $person } är fortfarande { $role }.
form-call-takes-whom = Skriv vem som blir { $role }.
form-call-takes = { $person } blir { $role }.
form-call-takes-from = { $person } blir { $role }; { $holder } är det inte längre.
form-hand-over = Lämna över ledningen
form-shift = Nästa skift
form-action = En ny åtgärd
form-corrective = En förebyggande åtgärd
form-action-update = Ändra åtgärd { $no }
form-action-reopen = Åtgärd { $no } är öppen igen
form-action-done = Åtgärd { $no } är gjord
form-action-drop = Släpp åtgärd { $no }
form-plan = Plan { $track }
form-switch = Vad som får oss att byta
form-plan-choose = Gå på plan { $track }
form-plan-drop = Ge upp plan { $track }
form-resource = Begär en resurs
form-allocate = Tilldelat
form-resource-drop = Behövs inte längre
form-supplier = Leverantör
form-obstacle = Ett hinder
form-obstacle-clear = Ur vägen
form-message = Ett meddelande
form-priority-set = Sätt prioritet
form-classify = Vem klassade den?
form-activate = Låt rutinen gälla
form-mitigate = Lindrat
form-restore = Tjänsten är återställd
form-reopen = Öppna incidenten igen
form-close = Stäng incidenten
form-report = Rapporten är lämnad
form-problem = Problemärende
form-amend = Rätta posten från { $time }
form-strike = Stryk posten från { $time }
form-redact = Ta bort orden från { $time } för alltid
form-search = Sök
form-filter = Filtrera
form-answered-by-others = ✎ { $who } svarar också, just nu.
form-answered-meanwhile = { $who } svarade { $time }: { $text } · Ditt blir den nyare versionen; historiken har båda.
form-entry-struck-meanwhile = { $who } strök posten { $time }: den kan inte längre ändras.
form-entry-amended-meanwhile = { $who } rättade posten { $time }: { $text }
form-entry-moved-meanwhile = { $who } rättade postens tid { $time }.
form-entry-redacted-meanwhile = { $who } tog bort postens ord för gott { $time }.
guide-meeting-call = Att kalla är inte att hålla: klockan räknar möten som hålls.
guide-points-left = { $count ->
    [one] En punkt på dagordningen är kvar.
   *[other] { $count } punkter på dagordningen är kvar.
}
guide-meeting-call-off = Ett inställt möte räknas inte som hållet.
guide-cadence = Längst { $longest } mellan mötena.
guide-call = Ett samtal ändrar ingen roll om du inte väljer en sist i formuläret.
guide-hand-over = Du leder tills den andra har tagit emot.
guide-supplier = Avstämt när ärendet har ett nummer, är registrerat som kritiskt och någon arbetar med det.
guide-message = Skicka det på vanligt sätt och notera här vad som sades och till vilka.
guide-notice-step = När det antecknas bockas steget av och dess klocka stannar.
guide-must-include = Det måste säga: { $text }
guide-activate = När rutinen gäller ska varje punkt göras, eller avstås med skäl.
guide-activate-unneeded = Prioritet { $level } kräver den inte: ange varför.
guide-restore = Normal funktion är tillbaka: tiden stannar, klockan för debriefingen startar.
guide-restore-unsettled = { $count ->
    [one] En punkt är varken gjord eller avstådd.
   *[other] { $count } punkter är varken gjorda eller avstådda.
} De visas sedan.
guide-close = Stängningen avslutar incidenten: rapportens klocka startar.
guide-close-unsettled = { $count ->
    [one] En punkt är varken gjord eller avstådd.
   *[other] { $count } punkter är varken gjorda eller avstådda.
} Ta hand om dem först.
guide-amend = De gamla orden och den gamla tiden syns kvar.
guide-close-open = Fortfarande öppet:
guide-close-open-line = · { $what }
guide-redact = För det som aldrig borde ha skrivits. Orden försvinner också från disken; att de fanns, när och av vem står kvar.
guide-filter = Tomma fält kräver inget. Esc i tidslinjen visar allt igen.
fault-missing = { $field } behövs.
fault-choose-entitled = Välj vem som klassade den.

### screen: lists

list-empty = Inget här ännu.
list-roles = Roller
list-people = Vilka som är här
people-line = { $who } ({ $sure }): { $doing }
people-line-own = { $who } ({ $sure }), du: { $doing }
people-head = utan tecken: egen inloggning · ~ uppgivet namn · $ skript
people-reads = läser
people-looks-on = tittar på, kan inte skriva
list-contacts = Kontakter
contacts-none = Ingen finns i contacts.toml än. `klock config init` skriver ett exempel; `klock config path` säger var.
list-clocks = Klockor
list-plans = Plan A och plan B
list-resources = Resurser
list-suppliers = Leverantörer
list-obstacles = Hinder
list-messages = Meddelanden
list-notices = Rutinens meddelanden
list-meeting = Kritiskt incidentmöte
list-meetings = Möten
list-unsettled = Varken gjort eller avstått
list-phases = Faser
list-debrief = Debriefing
list-drafts = Upphittade utkast
verb-assign = tilldela
verb-type-as = vem som skriver
verb-call = notera samtal
verb-release = lämna
verb-snooze = skjut upp
verb-cadence = hur ofta
verb-write = skriv
verb-condition = när vi byter
verb-go-for = gå på den
verb-drop = släpp
verb-allocate = tilldelat
verb-new = ny
verb-change = ändra
verb-clear = löst
verb-send-again = en gång till
verb-point = avsluta punkt
verb-attend = deltar
verb-note = anteckna
verb-end = avsluta
verb-go = gå dit
verb-enter = gå in i
verb-answer = svara
verb-take = ta upp det
verb-forget = glöm
role-line = { $role }: ingen
role-line-held = { $role }: { $person } sedan { $time }
attempt-line = { $time } { $person }: { $outcome }
clock-line = { $clock }: { $time }, { $state }
clock-line-idle = { $clock }: inte startad
clock-snoozed-why = uppskjuten: { $text }
plans-switch = Vi byter när: { $text }
plans-no-switch = Det är inte sagt när vi byter.
plan-line = Plan { $track }: { $text }
plan-line-none = Plan { $track }: ingen ännu
plan-line-chosen = Plan { $track }, vald: { $text }
plan-line-dropped = Plan { $track }, struken: { $text }
resource-line = { $text } (begärt { $time })
resource-line-came = { $text }: { $who } ({ $time })
resource-line-dropped = { $text } ({ $time }), behövs inte längre
supplier-line = { $name }: ärende { $case }
supplier-detail = registrerat som kritiskt: { $critical } · arbetar med det: { $staff }
obstacle-line = { $text } ({ $time })
message-line = { $time } { $channel } till { $audience }
notice-line = { $title } ({ $channel })
meeting-since = Möte { $no } sedan { $time } ({ $span }), { $notes ->
    [one] 1 anteckning
   *[other] { $notes } anteckningar
}
meeting-people = Deltar: { $people }
meeting-nobody = Ingen är ännu noterad som deltagare.
meeting-none = Mötet startas …
meeting-line-runs = Möte { $no } sedan { $time }, pågår
meeting-line-held = Möte { $no }, { $time } till { $end }
meeting-line-off = Möte { $no } { $time }, inställt: { $text }
meeting-line-people = { $count } deltog, { $points } punkter behandlade
history-struck = STRUKET · { $time } { $who } ({ $sure }), { $certainty }
history-struck-reason = STRUKET: { $text } · { $time } { $who } ({ $sure }), { $certainty }
history-corrected = rättat sedan dess · { $time } { $who } ({ $sure }), { $certainty }
history-detail = { $time } { $who } ({ $sure }), { $certainty }
unsettled-head = Varje punkt görs, eller avstås med skäl. Enter går dit.
draft-detail = påbörjat { $time }

### screen: overlays

who-title = Vem skriver här från och med nu?
who-as-typed = som det står
who-nobody = Ingen är känd här än: skriv ett namn.
palette-title = Kommandon
palette-nothing = Inget sådant kommando här.
help-title = Hjälp för just här
help-keys = j k flyttar · Esc stänger
help-grammar = En post
help-grammar-time = En tid före säger när det hände: -12m, 14:05, 14.05, kl 14, 13:04 UTC, igår 23:50, 2026-11-20 23:50, också som [14:05:12] eller - 14:05. En tid som inte har varit än är en plan: en anteckning nu, som ska vara klar då.
help-grammar-kind = Sedan slaget, så mycket av namnet som behövs, och kolon: b: beslut, t: test, å: åtgärd.
help-grammar-tokens = I texten @person och #etikett. Ett beslut, en åtgärd och en anteckning med en @person först eller sist tar också #A eller #B för planen och +20m, senast 15:30 eller senast fredag för när det ska vara klart. Orden står kvar som de skrevs.
help-grammar-literal = Ett bakstreck framför tar allt efter det som det står.
help-byline-head = Vem som skrev
help-byline = ~anna: namnet är uppgivet, i ett delat fönster eller i en inställning; $anna: ett skript skrev det; anna: egen inloggning.
help-serves = Svarar mot { $clauses }
help-entry = { $date } { $time } { $zone } · { $who } ({ $sure })
help-entry-recorded = Post { $seq }, noterad { $time }
help-entry-amended = Rättat: { $text }
help-entry-moved = Stod på { $time } innan tiden rättades.
confirm-keys = j ja · Esc nej
confirm-yes = j
confirm-leave-unsaved = { $count ->
    [one] En post är inte sparad ännu.
   *[other] { $count } poster är inte sparade ännu.
} Lämna ändå? Det skrivna finns kvar som utkast.
confirm-leave-unsent = Värden svarar inte: { $count ->
    [one] en text är inte sparad
   *[other] { $count } texter är inte sparade
}. Lämna ändå? Det som då fortfarande är osparat skrivs i skalet.
confirm-leave-held = Disken tar inte emot något: { $count ->
    [one] en sak är oskickad
   *[other] { $count } saker är oskickade
}. Lämna ändå? Det skrivna läggs då i skalet.
confirm-discard = Det du skrev här är inte sparat. Kasta det?
paste-title = { $count } inklistrade rader
paste-one = som en post
paste-many = varje rad som en egen post
paste-cancel = inte alls
toast-paste-stalls = En inklistring är inte slut än: { $count } tecken har kommit. Esc avslutar den och behåller dem.
editor-entry = Post
editor-keys = Ctrl+s eller Esc tar över texten

### screen: entry line, messages, lobby

line-invitation = tryck n och skriv: vad hände, vem, till när
line-invitation-here = vad hände, vem, till när: b: @olle starta om gatewayen +15m #A
line-looks-on-door = du tittar på; vid den här socketen kan ingen skriva: fråga den som kör värden
line-looks-on = du tittar på; för att skriva: klock join { $room }
line-saving = sparar …
line-saved = sparad
toast-answered-too = Ditt svar är det nyare: { $who } svarade också på ”{ $question }”, { $time }. Historiken har båda.
toast-restored-by = { $who } noterade att tjänsten är återställd.
toast-closed-by = { $who } stängde incidenten. Det du skriver noteras ändå.
toast-reopened-by = { $who } öppnade incidenten igen.
toast-answered-after = Ditt svar finns i historiken: { $who } svarade på ”{ $question }” efter dig, { $time }.
toast-type-as-unsent = Det som väntar på att sparas bär namnet det skrevs under: vänta tills det är sparat och byt sedan.
toast-types-as = Anteckningar härifrån bär nu namnet { $who }, som uppgivet.
toast-looks-on = Du tittar på: härifrån kan inget skrivas.
toast-no-such-key = { $key } betyder inget här. { $help } visar tangenterna.
toast-not-in-this-list = Den tangenten gör inget med den här raden.
toast-paste-nowhere = Inget här tar emot text: det som klistrades in sparas inte.
toast-no-item = Ingen punkt är vald.
toast-language = Svenska
toast-theme = Färgtema: { $name }
toast-theme-lasts = theme = "{ $name }"
toast-language-lasts = lang = "{ $lang }"
toast-set = { $name } tills du lämnar. För gott: { $setting } i { $file }
toast-text-in-history = { $why } Texten finns på skrivraden med Upp.
toast-recorded-otherwise = En tidigare version antecknades { $time }. De här orden är inte antecknade: spara igen så antecknas de också.
toast-nothing-new = Inget är nytt här.
toast-nothing-starred = Inget är stjärnmärkt här.
toast-undone = Din post från { $time } är struken; den går fortfarande att läsa.
toast-not-now = Inte nu, { $why }. ({ $what })
why-no-room = gå in i ett rum först
why-no-rooms = det finns inget rum ännu
why-no-other-room = inget annat rum är öppet
why-looks-on = du tittar bara på här
why-over = incidenten är över; den kan öppnas igen
why-not-over = incidenten pågår; den ska vara återställd först
why-not-restored = incidenten är inte återställd ännu
why-closed = incidenten är stängd; den kan öppnas igen
why-not-closed = incidenten är inte stängd ännu
why-active = rutinen gäller redan
why-no-phases = rummets rutin har inga faser
why-all-settled = varje punkt i checklistan är gjord eller avstådd
why-no-question = ingen fråga är vald
why-no-item = ingen punkt i checklistan är vald
why-item-open = den valda punkten är fortfarande öppen
why-no-action = ingen öppen åtgärd är vald
why-no-entry = tidslinjen är tom
why-struck = posten är redan struken
why-redacted = postens ord är borttagna för gott
why-a-step = posten är ett steg i incidenten: öppna steget igen, eller lägg till en anteckning
why-nothing-to-undo = du har ingen post här att ta tillbaka
why-not-filtered = allt visas redan
why-no-meeting = inget möte pågår
why-no-clock = ingen klocka går
why-no-cadence = ingen av rutinens klockor går att ställa
why-no-handover = inget har lämnats över
why-no-drafts = det finns inga utkast
why-no-alarm = ingen varning väntar på att kvitteras
why-no-alarm-elsewhere = inget annat rum varnar
why-nowhere-to-go-back = du kom inte från något annat rum
toast-pointed = Den senaste posten är nu vald; samma tangent igen verkar på den.
toast-copied = Skickat till terminalens urklipp.
toast-copied-tmux = I tmux buffert, och skickat till urklippet i { $terminal }, den terminal som användes senast.
toast-copied-tmux-only = Bara i tmux buffert: tmux känner inget urklipp i den här terminalen. paste-buffer klistrar in.
toast-not-copied = Urklipp tog inte emot det.
toast-drafts-wait = { $count ->
    [1] Ett utkast av dig väntar
   *[other] { $count } utkast av dig väntar
}: sök på ”utkast” med { $key }.
toast-draft-found = Ett utkast från { $time } är tillbaka på skrivraden.{ $others ->
    [0] {""}
   *[other] {" "}{ $others } till: sök på ”utkast”.
}
toast-faults = { $count ->
    [one] Ett fel
   *[other] { $count } fel
} i dina inställningar; förvalen gäller. Först: { $first }
failure-cannot-save = INTE SPARAT ÄN; det ligger kvar här och skickas av sig självt så snart det går: { $why }
failure-broken = Det gick inte att läsa: { $why }
connection-lost = Värden är borta; den startas igen.
banner-soon = { $room } { $title }: { $clock } om { $span } ({ $time }) · { $key } går dit
banner-due = { $room } { $title }: { $clock } är NU ({ $time }) · { $key } går dit
banner-overdue = { $room } { $title }: { $clock } är { $span } SEN ({ $time }) · { $key } går dit
lobby-title = Rum
lobby-waiting = Ansluter …
lobby-welcome = Inget pågår.
lobby-promise = Det du skriver sparas, tiderna stämmer, klockan hålls.
lobby-declare = Deklarera en incident
lobby-demo = Se dig om i ett demorum
lobby-past = Visa rummen som är stängda
lobby-clock-calm = { $clock } om { $left } ({ $time })
lobby-clock-ahead = { $clock } om { $left } ({ $time }), { $state }
lobby-clock = { $clock } { $left } ({ $time }), { $state }
lobby-facts = leds av { $lead } · { $entries ->
    [one] 1 post
   *[other] { $entries } poster
} · { $here } här
farewell-held = Disken tog inte emot något. Det här är inte sparat:
farewell-unsaved = Värden svarade inte. Det här är kanske inte sparat:
farewell = Rum { $room } lever vidare. Kom tillbaka med: klock join { $room }
cli-screen-failed = Skärmen avslutades: { $why }

### tmux

cli-tmux-missing = tmux är inte installerat, eller finns inte i PATH. Installera det (apt-get install tmux, brew install tmux), eller kör klock join RUM i flera terminaler.
cli-tmux-refused = tmux vägrade: { $why }
cli-tmux-silent = klock: värden svarar inte
cli-tmux-not-saved = SPARAS INTE
cli-tmux-others =
    { $count ->
        [one] +1 rum
       *[other] +{ $count } rum
    }
### reaching a host

host-setting-bad = { $what } säger inte var en värd finns. Skriv ssh://[användare@]dator[:port], med ?klock=SÖKVÄG när klock inte ligger där skalet letar; eller unix:///sökväg/till.sock för en grupps värd; eller local för din egen.
connect-stopped = Värden (process { $pid }) är stoppad och svarar inte; inget har begärts av den. Låt den fortsätta med: kill -CONT { $pid }
connect-unanswered = Värden svarar inte; den kan vara stoppad eller mycket upptagen. Inget har ändrats. Försök igen, eller se efter hur processen mår.
connect-unconfirmed = Värden svarar inte (stoppad?). Det du bad om är skickat men INTE bekräftat: det är inte antecknat nu, och blir det om värden fortsätter. Se efter med `klock timeline` innan du gör om det.
connect-nobody-there = Ingen värd svarar på { $socket }. Den som kör den där startar den med: klock host run
connect-open-place = Fler än ägaren får skriva i { $dir }, så vem som helst kan utge sig för att vara värden där. Ägaren stänger den med: chmod go-w { $dir }
connect-impostor = Användare nummer { $uid } lyssnar på { $socket }, men katalogen tillhör användare nummer { $owner }. Lita inte på den; fråga den som kör värden.
connect-no-ssh = { $program } kunde inte startas: { $why }. Installera OpenSSH, eller ange programmet i KLOCK_SSH.
connect-ssh = { $machine } kan inte nås. ssh säger: { $said }
connect-ssh-mute = { $machine } kan inte nås, och ssh säger inte varför. Prova: ssh { $machine } klock relay
connect-no-klock = { $machine } har ingen klock där skalet letar: { $said }. Installera den där, eller säg var den finns: ssh://{ $machine }?klock=SÖKVÄG
connect-babble = Skalet på { $machine } skriver något före klock relay: ”{ $text }”. Flytta det i dess startfiler dit bara interaktiva skal kommer.
connect-far-protocol = Värden där kör version { $version }, som talar ett annat protokoll. Se till att klock har samma version på båda sidor.
connect-relay-to-relay = klock relay går bara till en värd på sin egen dator. Ta bort KLOCK_HOST där, eller sätt den till local eller unix:///sökväg/till.sock.
connect-relay-failed = Förmedlingen fungerar inte: { $why }
connect-killed = Värden avslutades innan den kunde ta emot någon: { $why }. Kör `klock host run` för att se varför.
connect-flooded = Värden (process { $pid }) skickar meddelande på meddelande men svarar inte. Den mår inte bra: avsluta den med kill { $pid } och försök igen.
connect-flooded-far = Värden där skickar meddelande på meddelande men svarar inte. Be den som kör värden att avsluta den.
connect-unreachable = Process { $pid } är värd för { $dir } men går inte att nå: dess socket { $socket } är borta. Avsluta den med: kill { $pid }. Allt som är sparat finns kvar, och nästa klock startar en ny värd.
connect-unreachable-unknown = En värd som inte syns härifrån använder { $dir }, och dess socket { $socket } går inte att nå. Den kan köras i en annan container eller på en annan dator: avsluta den där, eller ange en annan katalog med KLOCK_DATA_DIR.
connect-foreign-home = { $dir } tillhör { $user } (användarnummer { $uid }), som inte längre skulle kunna använda klock om root skrev där. Kör klock som den användaren, eller ange en egen katalog för root med KLOCK_DATA_DIR.
connection-silent = Värden svarar inte; den kan vara stoppad. Det du skriver behålls tills den gör det.
failure-ask-too-long = Det är för långt för att skickas. Spara det som flera anteckningar.

### snabb notering

quick-title = Snabb anteckning
quick-which-room = vilket rum gäller det?
quick-waits = inget rum än: den skickas så snart det finns ett
quick-would-lose = värden är borta, texten skulle gå förlorad: lämna en gång till för att ge upp den

### doktor

cli-doctor-ok = bra
cli-doctor-warn = varning
cli-doctor-fail = fel
cli-doctor-skipped = ej prövat
cli-doctor-topic-terminal = terminal
cli-doctor-topic-locale = språkmiljö
cli-doctor-topic-colours = färger
cli-doctor-topic-emoji = emoji
cli-doctor-topic-tmux = tmux
cli-doctor-topic-notices = aviseringar
cli-doctor-topic-host = värd
cli-doctor-topic-rights = rättigheter
cli-doctor-topic-disk = disk
cli-doctor-topic-store = rum
cli-doctor-topic-settings = inställningar
cli-doctor-topic-routines = rutiner
cli-doctor-topic-contacts = kontakter
cli-doctor-topic-ssh = ssh
cli-doctor-topic-time = tid
cli-doctor-sum =
    { $failed ->
        [0] inget fel
        [one] 1 fel
       *[other] { $failed } fel
    }, { $warned ->
        [one] 1 varning
       *[other] { $warned } varningar
    }
cli-doctor-no-answer = inget svar inom { $seconds } s
cli-doctor-no-answer-remedy = något som prövningen frågar hänger sig: en montering, en server eller en tjänst; sök där
cli-doctor-no-terminal = inte vid en terminal: kör den där skärmen ska vara
cli-doctor-terminal = { $term }, { $columns } × { $rows }
cli-doctor-terminal-small-remedy = gör den minst 40 × 9: då går allt att nå
cli-doctor-terminal-dumb = TERM är ”{ $term }”: den kan inte visa en skärm
cli-doctor-terminal-dumb-remedy = sätt TERM till vad terminalen är, till exempel xterm-256color
cli-doctor-locale = { $locale }
cli-doctor-locale-other = { $locale } är ingen UTF-8-miljö: ramar, märken och å ä ö kan bli fel
cli-doctor-locale-remedy = export LANG=C.UTF-8 (eller sv_SE.UTF-8), även på den maskin som nås med ssh
cli-doctor-colours = { $count } färger
cli-doctor-colours-all = alla färger
cli-doctor-colours-none = inga, som NO_COLOR eller terminalen säger: ord och former säger detsamma
cli-doctor-emoji = så breda som de räknas
cli-doctor-emoji-wide = en emoji tar { $simple } kolumner, en sammansatt { $joined }; klock räknar 2 och 2
cli-doctor-emoji-remedy = en rad med ett sådant tecken kan se förskjuten ut i { $term }; ta en annan terminal, eller undvik tecknen i titlar
cli-doctor-emoji-silent = terminalen sade inte hur breda den ritar dem
cli-doctor-tmux-outside = { $version } finns; kör klock doctor inne i tmux för att pröva inställningarna
cli-doctor-tmux-none = inte installerat: klock klarar sig utan, klock tmux gör det inte
cli-doctor-tmux-fine = { $version }, inställningarna duger
cli-doctor-tmux-old = { $version } har inga popuprutor
cli-doctor-tmux-old-remedy = installera tmux 3.2 eller nyare för den snabba anteckningen
cli-doctor-tmux-option = { $option } är { $value }: { $why }
cli-doctor-tmux-put = i tmux.conf: { $line }
cli-doctor-tmux-escape = Esc dröjer
cli-doctor-tmux-focus = det som kommer medan du ser åt annat håll märks inte som nytt
cli-doctor-tmux-clipboard = det som kopieras når inte ditt eget urklipp
cli-doctor-tmux-terminal = färgerna är få och kursiv stil går förlorad
cli-doctor-tmux-bell = varningens ljud hörs inte
cli-doctor-tmux-size = den minsta klienten gör rummet litet för alla
cli-doctor-notice-title = klock doctor
cli-doctor-notice-body = Så här ser klockans varningar ut.
cli-doctor-notice-sent = en skickades: syns den?
cli-doctor-notice-not-sent = ingen skickades, som begärt
cli-doctor-notice-off = avstängda i settings.toml
cli-doctor-notice-failed = skrivbordet tar inte emot någon: { $why }
cli-doctor-notice-remedy = varningar ljuder ändå i terminalen; sätt desktop-notices = false på en server, starta aviseringstjänsten på ett skrivbord
cli-doctor-host = { $reach }: version { $version }, process { $pid }
cli-doctor-host-none = ingen körs; den första som behöver en startar den
cli-doctor-host-version-remedy = det här programmet är { $version }: klock host stop, så startar nästa klient sin egen version
cli-doctor-host-shared-remedy = fråga den som kör värden; bara den kan starta, stoppa eller öppna den
cli-doctor-host-remedy = klock host stop, eller avsluta dess process, och försök igen; dess logg är host.log i loggkatalogen (klock config path)
cli-doctor-odd-remedy = klock öppnar bara egna filer där; de andra rummen fungerar under tiden
cli-doctor-lock-remedy = ingen värd kan starta förrän det är åtgärdat; låset innehåller inget, och nästa värd skapar det igen
cli-doctor-host-unreachable-remedy = avsluta den processen och försök igen; inget som är sparat går förlorat
cli-doctor-no-log-remedy = gör katalogen skrivbar, eller ange en annan med KLOCK_LOG_DIR
cli-doctor-shared-remedy = klock host stop avslutar delningen; klock host run --group påbörjar den
cli-doctor-foreign-home-remedy = kör klock utan sudo, eller som den användaren
cli-doctor-socket-long = socketens sökväg har { $length } byte, { $longest } är tillåtet: { $path }
cli-doctor-socket-long-remedy = sätt KLOCK_SOCKET, eller XDG_RUNTIME_DIR, till en kort sökväg
cli-doctor-cannot-save-remedy = inget går förlorat medan skärmen är öppen: frigör plats, eller gör disken skrivbar; den fortsätter av sig själv
cli-doctor-rights = våra kataloger är bara ägarens
cli-doctor-no-directory = { $path } är ingen katalog
cli-doctor-no-directory-remedy = flytta undan den, eller ange en annan med KLOCK_DATA_DIR
cli-doctor-owner = { $path } tillhör användaren med nummer { $uid }, inte dig
cli-doctor-owner-remedy = låt ägaren ge den till dig: chown, eller se över rättigheterna till { $path }
cli-doctor-mode = { $path } har läget { $mode }: andra kommer in, eller du kommer inte in
cli-doctor-mode-remedy = chmod 700 { $path }
cli-doctor-no-data = { $path } finns inte än; det första rummet skapar den
cli-doctor-free = { $megabytes } MB ledigt
cli-doctor-free-remedy = skapa plats: med full disk kan inget antecknas
cli-doctor-sync = skrivning med synk tar { $p50 } ms (p50), { $p99 } ms (p99); en post lovas inom { $promised } ms (p50)
cli-doctor-sync-remedy = Enter kommer att kännas trög: ha rummen på en lokal disk (KLOCK_DATA_DIR)
cli-doctor-cannot-write = { $path } tar inte emot något: { $why }
cli-doctor-cannot-write-remedy = frigör plats, gör den skrivbar, eller ange en annan katalog med KLOCK_DATA_DIR
cli-doctor-no-rooms = inget rum har öppnats här
cli-doctor-journals =
    { $count ->
        [one] 1 journal
       *[other] { $count } journaler
    }, { $megabytes } MB, hela i slutet
cli-doctor-journal-cut = { $path } slutar mitt i en rad: den kvitterades aldrig, och tas bort när rummet öppnas nästa gång
cli-doctor-no-index = indexet saknas: det görs om från journalerna
cli-doctor-verify = klock verify läser allt från början till slut
cli-doctor-settings =
    { $count ->
        [0] som inbyggda
        [one] 1 fil, inga fel
       *[other] { $count } filer, inga fel
    }
cli-doctor-settings-remedy = klock config check visar raden; det inbyggda gäller till dess
cli-doctor-routines =
    { $count ->
        [one] 1 rutin
       *[other] { $count } rutiner
    }, nya rum får { $id }
cli-doctor-routine-remedy = klock routine check { $path }; filen används inte till dess
cli-doctor-no-contacts = ingen finns i contacts.toml (klock config init gör ett exempel)
cli-doctor-contacts =
    { $count ->
        [one] 1 person, med nummer
       *[other] { $count } personer, alla med nummer
    }
cli-doctor-contacts-silent = utan telefonnummer: { $names } ({ $count })
cli-doctor-contacts-remedy = lägg till phone = "…" för dem i contacts.toml: de ska kunna ringas upp
cli-doctor-ssh-missing = ssh är inte installerat, eller finns inte i PATH
cli-doctor-ssh-missing-remedy = installera OpenSSH:s klient (apt-get install openssh-client) för att nå rum på andra maskiner
cli-doctor-ssh-near = det finns; värden är på den här maskinen
cli-doctor-ssh-agent = ingen agent: SSH_AUTH_SOCK är inte satt, så varje anslutning kan fråga efter lösenfras
cli-doctor-ssh-agent-remedy = eval "$(ssh-agent)" och ssh-add
cli-doctor-ssh-remedy = pröva för hand: ssh till { $reach }, och där klock --version
cli-doctor-time = { $date } { $time }, { $zone }
cli-doctor-time-remedy = tidszonen är okänd: sätt TZ, till exempel TZ=Europe/Stockholm
cli-doctor-time-behind = klockan går { $seconds } s efter det som skrevs sist
cli-doctor-time-behind-remedy = ställ klockan, eller låt NTP göra det; posterna behåller sin ordning så länge
