<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE" sourcelanguage="en">
<context>
    <name>AccountPanel</name>
    <message>
        <source>Account</source>
        <translation>Konto</translation>
    </message>
    <message>
        <source>Log out</source>
        <translation>Abmelden</translation>
    </message>
    <message>
        <source>Your works live on a server that you choose, and are seen from everywhere.</source>
        <translation>Deine Werke liegen auf einem Server deiner Wahl und sind von überall zu sehen.</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>User name</source>
        <translation>Benutzername</translation>
    </message>
    <message>
        <source>giles</source>
        <translation>giles</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Passwort</translation>
    </message>
    <message>
        <source>Make a new account</source>
        <translation>Neues Konto anlegen</translation>
    </message>
    <message>
        <source>Register</source>
        <translation>Registrieren</translation>
    </message>
    <message>
        <source>Log in</source>
        <translation>Anmelden</translation>
    </message>
    <message>
        <source>Log in in the browser</source>
        <translation>Im Browser anmelden</translation>
    </message>
    <message>
        <source>The password is never seen here, and the login renews itself</source>
        <translation>Das Passwort wird hier nie gesehen, und die Anmeldung erneuert sich selbst</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Another account…</source>
        <translation>Anderes Konto …</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>Verwenden</translation>
    </message>
    <message>
        <source>What you publish goes to this account</source>
        <translation>Was du veröffentlichst, geht an dieses Konto</translation>
    </message>
    <message>
        <source>Use %1</source>
        <translation>%1 verwenden</translation>
    </message>
    <message>
        <source>One account at each server; the others stay logged in.</source>
        <translation>Ein Konto auf jedem Server; die anderen bleiben angemeldet.</translation>
    </message>
</context>
<context>
    <name>Breadcrumb</name>
    <message>
        <source>Outline (Ctrl+Shift+L), find (Ctrl+F)</source>
        <translation>Gliederung (Strg+Umschalt+L), Suchen (Strg+F)</translation>
    </message>
    <message>
        <source>Back (Alt+Left)</source>
        <translation>Zurück (Alt+Links)</translation>
    </message>
    <message>
        <source>Forward (Alt+Right)</source>
        <translation>Vor (Alt+Rechts)</translation>
    </message>
    <message>
        <source>%1, open</source>
        <translation>%1, geöffnet</translation>
    </message>
    <message>
        <source>Go to %1</source>
        <translation>Zu %1</translation>
    </message>
</context>
<context>
    <name>Chooser</name>
    <message>
        <source>Filter …</source>
        <translation>Filtern …</translation>
    </message>
    <message>
        <source>Nothing here is called that</source>
        <translation>Hier heißt nichts so</translation>
    </message>
</context>
<context>
    <name>Command</name>
    <message>
        <source>New</source>
        <translation>Neu</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>Öffnen…</translation>
    </message>
    <message>
        <source>Templates and recent files</source>
        <translation>Vorlagen und letzte Dateien</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>Speichern unter…</translation>
    </message>
    <message>
        <source>Kept versions…</source>
        <translation>Aufbewahrte Versionen…</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Render</source>
        <translation>Rendern</translation>
    </message>
    <message>
        <source>Cancel rendering</source>
        <translation>Rendern abbrechen</translation>
    </message>
    <message>
        <source>Workspace: Make</source>
        <translation>Arbeitsbereich: Gestalten</translation>
    </message>
    <message>
        <source>Workspace: Explore</source>
        <translation>Arbeitsbereich: Erkunden</translation>
    </message>
    <message>
        <source>Workspace: Share</source>
        <translation>Arbeitsbereich: Teilen</translation>
    </message>
    <message>
        <source>Next panel</source>
        <translation>Nächster Bereich</translation>
    </message>
    <message>
        <source>Previous panel</source>
        <translation>Voriger Bereich</translation>
    </message>
    <message>
        <source>Viewer on the full screen</source>
        <translation>Betrachter als Vollbild</translation>
    </message>
    <message>
        <source>Light or dark theme</source>
        <translation>Helles oder dunkles Design</translation>
    </message>
    <message>
        <source>Command palette</source>
        <translation>Befehlspalette</translation>
    </message>
    <message>
        <source>Preferences…</source>
        <translation>Einstellungen…</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Abspielen</translation>
    </message>
    <message>
        <source>A frame back</source>
        <translation>Ein Bild zurück</translation>
    </message>
    <message>
        <source>A frame on</source>
        <translation>Ein Bild weiter</translation>
    </message>
    <message>
        <source>A second back</source>
        <translation>Eine Sekunde zurück</translation>
    </message>
    <message>
        <source>A second on</source>
        <translation>Eine Sekunde weiter</translation>
    </message>
    <message>
        <source>To the start</source>
        <translation>Zum Anfang</translation>
    </message>
    <message>
        <source>To the end</source>
        <translation>Zum Ende</translation>
    </message>
    <message>
        <source>Explore variations</source>
        <translation>Variationen erkunden</translation>
    </message>
    <message>
        <source>Render outputs with other profiles…</source>
        <translation>Ausgaben mit anderen Profilen rendern …</translation>
    </message>
    <message>
        <source>Show or hide the library</source>
        <translation>Bibliothek zeigen oder verbergen</translation>
    </message>
    <message>
        <source>Show all renders</source>
        <translation>Alle gerenderten Filme zeigen</translation>
    </message>
    <message>
        <source>Open this variation</source>
        <translation>Diese Variation öffnen</translation>
    </message>
    <message>
        <source>Keep this variation</source>
        <translation>Diese Variation behalten</translation>
    </message>
    <message>
        <source>Discard this variation</source>
        <translation>Diese Variation verwerfen</translation>
    </message>
    <message>
        <source>Make this variation again and compare the bytes</source>
        <translation>Diese Variation noch einmal berechnen und die Bytes vergleichen</translation>
    </message>
    <message>
        <source>Twelve other variations</source>
        <translation>Zwölf andere Variationen</translation>
    </message>
    <message>
        <source>Vary only the seeds</source>
        <translation>Nur die Startwerte variieren</translation>
    </message>
    <message>
        <source>Save the contact sheet as a picture…</source>
        <translation>Kontaktbogen als Bild sichern …</translation>
    </message>
    <message>
        <source>Back to the graph</source>
        <translation>Zurück zum Graphen</translation>
    </message>
    <message>
        <source>Open the recipe of this render</source>
        <translation>Rezept dieses Films öffnen</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Star</source>
        <translation>Stern</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>Compare two renders</source>
        <translation>Zwei Filme vergleichen</translation>
    </message>
    <message>
        <source>Make a variant of this render</source>
        <translation>Variante dieses Films anlegen</translation>
    </message>
    <message>
        <source>Undo a mark</source>
        <translation>Markierung zurücknehmen</translation>
    </message>
    <message>
        <source>Redo a mark</source>
        <translation>Markierung wiederherstellen</translation>
    </message>
    <message>
        <source>Select all renders</source>
        <translation>Alle Filme auswählen</translation>
    </message>
    <message>
        <source>Find a render</source>
        <translation>Film suchen</translation>
    </message>
    <message>
        <source>Empty the discarded renders…</source>
        <translation>Verworfene Filme leeren …</translation>
    </message>
    <message>
        <source>Leave the comparison or the selection</source>
        <translation>Vergleich oder Auswahl verlassen</translation>
    </message>
    <message>
        <source>Render earlier</source>
        <translation>Früher rendern</translation>
    </message>
    <message>
        <source>Render later</source>
        <translation>Später rendern</translation>
    </message>
    <message>
        <source>Pause or go on with a run</source>
        <translation>Auftrag anhalten oder fortsetzen</translation>
    </message>
    <message>
        <source>Cancel a run</source>
        <translation>Auftrag abbrechen</translation>
    </message>
    <message>
        <source>Render again what failed</source>
        <translation>Fehlgeschlagenes noch einmal rendern</translation>
    </message>
    <message>
        <source>Pause or go on with the whole queue</source>
        <translation>Ganze Warteschlange anhalten oder fortsetzen</translation>
    </message>
    <message>
        <source>Clear finished runs</source>
        <translation>Fertige Aufträge ausräumen</translation>
    </message>
    <message>
        <source>Use this in the recipe</source>
        <translation>Im Rezept verwenden</translation>
    </message>
    <message>
        <source>Look at all files again</source>
        <translation>Alle Dateien noch einmal ansehen</translation>
    </message>
    <message>
        <source>Find missing media…</source>
        <translation>Fehlende Medien suchen …</translation>
    </message>
    <message>
        <source>Add a node</source>
        <translation>Knoten hinzufügen</translation>
    </message>
    <message>
        <source>Find a node</source>
        <translation>Knoten suchen</translation>
    </message>
    <message>
        <source>Show the outline</source>
        <translation>Gliederung zeigen</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>Ausschneiden</translation>
    </message>
    <message>
        <source>Paste at the pointer</source>
        <translation>Am Zeiger einfügen</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>Duplizieren</translation>
    </message>
    <message>
        <source>Duplicate with inputs</source>
        <translation>Mit Eingängen duplizieren</translation>
    </message>
    <message>
        <source>Delete, the chain holds</source>
        <translation>Löschen, die Kette hält</translation>
    </message>
    <message>
        <source>Delete with its wires</source>
        <translation>Mit Verbindungen löschen</translation>
    </message>
    <message>
        <source>Take out of the chain</source>
        <translation>Aus der Kette nehmen</translation>
    </message>
    <message>
        <source>Bypass</source>
        <translation>Überbrücken</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <source>Connect to …</source>
        <translation>Verbinden mit …</translation>
    </message>
    <message>
        <source>Dot on the wire</source>
        <translation>Punkt auf der Verbindung</translation>
    </message>
    <message>
        <source>Frame</source>
        <translation>Rahmen</translation>
    </message>
    <message>
        <source>Fold the frame</source>
        <translation>Rahmen einklappen</translation>
    </message>
    <message>
        <source>Fit the frame to its nodes</source>
        <translation>Rahmen an seine Knoten anpassen</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>Gruppieren</translation>
    </message>
    <message>
        <source>Flatten the group</source>
        <translation>Gruppe auflösen</translation>
    </message>
    <message>
        <source>Open the group</source>
        <translation>Gruppe öffnen</translation>
    </message>
    <message>
        <source>Leave the group</source>
        <translation>Gruppe verlassen</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>Vor</translation>
    </message>
    <message>
        <source>Promote …</source>
        <translation>Herausführen …</translation>
    </message>
    <message>
        <source>About the node, and why it would run</source>
        <translation>Über den Knoten, und warum er rechnen würde</translation>
    </message>
    <message>
        <source>Fit the selection</source>
        <translation>Auswahl einpassen</translation>
    </message>
    <message>
        <source>Fit everything</source>
        <translation>Alles einpassen</translation>
    </message>
    <message>
        <source>Lay out</source>
        <translation>Anordnen</translation>
    </message>
    <message>
        <source>Align left edges</source>
        <translation>Linke Kanten ausrichten</translation>
    </message>
    <message>
        <source>Align top edges</source>
        <translation>Obere Kanten ausrichten</translation>
    </message>
    <message>
        <source>Distribute across</source>
        <translation>Waagerecht verteilen</translation>
    </message>
    <message>
        <source>Distribute down</source>
        <translation>Senkrecht verteilen</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>Alles auswählen</translation>
    </message>
    <message>
        <source>Select what it is made from</source>
        <translation>Auswählen, woraus er entsteht</translation>
    </message>
    <message>
        <source>Select what is made from it</source>
        <translation>Auswählen, was aus ihm entsteht</translation>
    </message>
    <message>
        <source>Let go, or leave the group</source>
        <translation>Loslassen oder Gruppe verlassen</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>Vergrößern</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>Verkleinern</translation>
    </message>
    <message>
        <source>Set bookmark 1</source>
        <translation>Lesezeichen 1 setzen</translation>
    </message>
    <message>
        <source>Set bookmark 2</source>
        <translation>Lesezeichen 2 setzen</translation>
    </message>
    <message>
        <source>Set bookmark 3</source>
        <translation>Lesezeichen 3 setzen</translation>
    </message>
    <message>
        <source>Set bookmark 4</source>
        <translation>Lesezeichen 4 setzen</translation>
    </message>
    <message>
        <source>Set bookmark 5</source>
        <translation>Lesezeichen 5 setzen</translation>
    </message>
    <message>
        <source>Set bookmark 6</source>
        <translation>Lesezeichen 6 setzen</translation>
    </message>
    <message>
        <source>Set bookmark 7</source>
        <translation>Lesezeichen 7 setzen</translation>
    </message>
    <message>
        <source>Set bookmark 8</source>
        <translation>Lesezeichen 8 setzen</translation>
    </message>
    <message>
        <source>Set bookmark 9</source>
        <translation>Lesezeichen 9 setzen</translation>
    </message>
    <message>
        <source>Go to bookmark 1</source>
        <translation>Zu Lesezeichen 1</translation>
    </message>
    <message>
        <source>Go to bookmark 2</source>
        <translation>Zu Lesezeichen 2</translation>
    </message>
    <message>
        <source>Go to bookmark 3</source>
        <translation>Zu Lesezeichen 3</translation>
    </message>
    <message>
        <source>Go to bookmark 4</source>
        <translation>Zu Lesezeichen 4</translation>
    </message>
    <message>
        <source>Go to bookmark 5</source>
        <translation>Zu Lesezeichen 5</translation>
    </message>
    <message>
        <source>Go to bookmark 6</source>
        <translation>Zu Lesezeichen 6</translation>
    </message>
    <message>
        <source>Go to bookmark 7</source>
        <translation>Zu Lesezeichen 7</translation>
    </message>
    <message>
        <source>Go to bookmark 8</source>
        <translation>Zu Lesezeichen 8</translation>
    </message>
    <message>
        <source>Go to bookmark 9</source>
        <translation>Zu Lesezeichen 9</translation>
    </message>
    <message>
        <source>Zoom in on time</source>
        <translation>Zeit vergrößern</translation>
    </message>
    <message>
        <source>Zoom out of time</source>
        <translation>Zeit verkleinern</translation>
    </message>
    <message>
        <source>The whole film</source>
        <translation>Der ganze Film</translation>
    </message>
    <message>
        <source>Split the item at the playhead</source>
        <translation>Element am Abspielkopf teilen</translation>
    </message>
    <message>
        <source>Delete the selected keys</source>
        <translation>Ausgewählte Keyframes löschen</translation>
    </message>
    <message>
        <source>Copy keys</source>
        <translation>Keyframes kopieren</translation>
    </message>
    <message>
        <source>Paste keys at the playhead</source>
        <translation>Keyframes am Abspielkopf einfügen</translation>
    </message>
    <message>
        <source>A key at the playhead</source>
        <translation>Keyframe am Abspielkopf</translation>
    </message>
    <message>
        <source>Next ease of the selected keys</source>
        <translation>Nächster Verlauf der ausgewählten Keyframes</translation>
    </message>
    <message>
        <source>To the marker before</source>
        <translation>Zur Marke davor</translation>
    </message>
    <message>
        <source>To the next marker</source>
        <translation>Zur nächsten Marke</translation>
    </message>
    <message>
        <source>Snap to beats, cuts and markers</source>
        <translation>An Schlägen, Schnitten und Marken einrasten</translation>
    </message>
    <message>
        <source>Send the node to viewer slot 1</source>
        <translation>Knoten an Betrachterplatz 1</translation>
    </message>
    <message>
        <source>Send the node to viewer slot 2</source>
        <translation>Knoten an Betrachterplatz 2</translation>
    </message>
    <message>
        <source>Send the node to viewer slot 3</source>
        <translation>Knoten an Betrachterplatz 3</translation>
    </message>
    <message>
        <source>Send the node to viewer slot 4</source>
        <translation>Knoten an Betrachterplatz 4</translation>
    </message>
    <message>
        <source>Send the node to viewer slot 5</source>
        <translation>Knoten an Betrachterplatz 5</translation>
    </message>
    <message>
        <source>Send the node to viewer slot 6</source>
        <translation>Knoten an Betrachterplatz 6</translation>
    </message>
    <message>
        <source>Send the node to viewer slot 7</source>
        <translation>Knoten an Betrachterplatz 7</translation>
    </message>
    <message>
        <source>Send the node to viewer slot 8</source>
        <translation>Knoten an Betrachterplatz 8</translation>
    </message>
    <message>
        <source>Send the node to viewer slot 9</source>
        <translation>Knoten an Betrachterplatz 9</translation>
    </message>
    <message>
        <source>Show the other side, A or B</source>
        <translation>Andere Seite zeigen, A oder B</translation>
    </message>
    <message>
        <source>Wipe between A and B</source>
        <translation>Zwischen A und B wischen</translation>
    </message>
    <message>
        <source>Move the wipe to the left</source>
        <translation>Wischkante nach links</translation>
    </message>
    <message>
        <source>Move the wipe to the right</source>
        <translation>Wischkante nach rechts</translation>
    </message>
    <message>
        <source>A and B side by side</source>
        <translation>A und B nebeneinander</translation>
    </message>
    <message>
        <source>Difference of A and B</source>
        <translation>Unterschied von A und B</translation>
    </message>
    <message>
        <source>Double the gain of the difference</source>
        <translation>Verstärkung des Unterschieds verdoppeln</translation>
    </message>
    <message>
        <source>Halve the gain of the difference</source>
        <translation>Verstärkung des Unterschieds halbieren</translation>
    </message>
    <message>
        <source>Keep a snapshot as B</source>
        <translation>Schnappschuss als B behalten</translation>
    </message>
    <message>
        <source>Fit the picture</source>
        <translation>Bild einpassen</translation>
    </message>
    <message>
        <source>One pixel to one</source>
        <translation>Ein Bildpunkt auf einen</translation>
    </message>
    <message>
        <source>Pixel inspector</source>
        <translation>Bildpunkt ablesen</translation>
    </message>
    <message>
        <source>Next scope</source>
        <translation>Nächstes Messbild</translation>
    </message>
    <message>
        <source>Histogram</source>
        <translation>Histogramm</translation>
    </message>
    <message>
        <source>Luma waveform</source>
        <translation>Luma-Wellenform</translation>
    </message>
    <message>
        <source>RGB parade</source>
        <translation>RGB-Parade</translation>
    </message>
    <message>
        <source>Vectorscope</source>
        <translation>Vektorskop</translation>
    </message>
    <message>
        <source>Handles on the picture</source>
        <translation>Griffe auf dem Bild</translation>
    </message>
    <message>
        <source>Grid</source>
        <translation>Raster</translation>
    </message>
    <message>
        <source>Safe areas</source>
        <translation>Sichere Bereiche</translation>
    </message>
    <message>
        <source>Red alone</source>
        <translation>Nur Rot</translation>
    </message>
    <message>
        <source>Green alone</source>
        <translation>Nur Grün</translation>
    </message>
    <message>
        <source>Blue alone</source>
        <translation>Nur Blau</translation>
    </message>
    <message>
        <source>Alpha alone</source>
        <translation>Nur Alpha</translation>
    </message>
    <message>
        <source>Over a checkerboard</source>
        <translation>Über Schachbrett</translation>
    </message>
    <message>
        <source>Picture scale: as the view needs</source>
        <translation>Bildmaßstab: wie die Ansicht es braucht</translation>
    </message>
    <message>
        <source>Picture scale: full</source>
        <translation>Bildmaßstab: voll</translation>
    </message>
    <message>
        <source>Picture scale: half</source>
        <translation>Bildmaßstab: halb</translation>
    </message>
    <message>
        <source>Picture scale: a quarter</source>
        <translation>Bildmaßstab: ein Viertel</translation>
    </message>
    <message>
        <source>Make proxies of films that are slow to decode</source>
        <translation>Proxys von Filmen anlegen, die langsam dekodiert werden</translation>
    </message>
    <message>
        <source>Cache from in to out, then play every frame</source>
        <translation>Von Ein bis Aus vorausberechnen, dann jedes Bild abspielen</translation>
    </message>
    <message>
        <source>Play backwards, faster each time</source>
        <translation>Rückwärts abspielen, jedes Mal schneller</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Play, faster each time</source>
        <translation>Abspielen, jedes Mal schneller</translation>
    </message>
    <message>
        <source>In point here</source>
        <translation>Ein-Punkt hier</translation>
    </message>
    <message>
        <source>Out point here</source>
        <translation>Aus-Punkt hier</translation>
    </message>
    <message>
        <source>Forget in and out points</source>
        <translation>Ein- und Aus-Punkt vergessen</translation>
    </message>
    <message>
        <source>Loop</source>
        <translation>Schleife</translation>
    </message>
    <message>
        <source>Marker here, or none</source>
        <translation>Marke hier, oder keine</translation>
    </message>
    <message>
        <source>Time as seconds, frames or timecode</source>
        <translation>Zeit als Sekunden, Bilder oder Timecode</translation>
    </message>
    <message>
        <source>Check that this film can be made again</source>
        <translation>Prüfen, ob dieser Film noch einmal entsteht</translation>
    </message>
    <message>
        <source>Pack with all media…</source>
        <translation>Mit allen Medien verpacken …</translation>
    </message>
    <message>
        <source>Publish with the last choices</source>
        <translation>Mit den letzten Einstellungen veröffentlichen</translation>
    </message>
    <message>
        <source>Check a few frames of this film here</source>
        <translation>Einige Bilder dieses Films hier prüfen</translation>
    </message>
    <message>
        <source>Render on…</source>
        <translation>Rendern auf …</translation>
    </message>
    <message>
        <source>Attach a renderer…</source>
        <translation>Renderer anbinden …</translation>
    </message>
    <message>
        <source>Render before what waits</source>
        <translation>Vor allem rendern, was wartet</translation>
    </message>
    <message>
        <source>Viewer on another screen</source>
        <translation>Betrachter auf einem anderen Bildschirm</translation>
    </message>
</context>
<context>
    <name>CommandPalette</name>
    <message>
        <source>Command palette</source>
        <translation>Befehlspalette</translation>
    </message>
    <message>
        <source>What would you like to do?</source>
        <translation>Was möchtest du tun?</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>Befehle</translation>
    </message>
    <message>
        <source>Nothing is called that. Fewer letters find more.</source>
        <translation>Nichts heißt so. Weniger Buchstaben finden mehr.</translation>
    </message>
</context>
<context>
    <name>CurveKey</name>
    <message>
        <source>Key, %1, %2</source>
        <translation>Keyframe, %1, %2</translation>
    </message>
    <message>
        <source>linear</source>
        <translation>linear</translation>
    </message>
    <message>
        <source>hold</source>
        <translation>halten</translation>
    </message>
</context>
<context>
    <name>CurveRow</name>
    <message>
        <source>Curve of %1, %2 keys</source>
        <translation>Kurve von %1, %2 Keyframes</translation>
    </message>
    <message>
        <source>Curve of %1, %2</source>
        <translation>Kurve von %1, %2</translation>
    </message>
</context>
<context>
    <name>DocumentLock</name>
    <message>
        <source>%1 is open in another window (process %2 on %3)</source>
        <translation>%1 ist in einem anderen Fenster offen (Prozess %2 auf %3)</translation>
    </message>
</context>
<context>
    <name>DropChoice</name>
    <message>
        <source>A film with its recipe</source>
        <translation>Ein Film mit seinem Rezept</translation>
    </message>
    <message>
        <source>%1 knows how it was made</source>
        <translation>%1 weiß, wie es entstanden ist</translation>
    </message>
    <message>
        <source>Open its recipe</source>
        <translation>Sein Rezept öffnen</translation>
    </message>
    <message>
        <source>Use the film here</source>
        <translation>Den Film hier verwenden</translation>
    </message>
</context>
<context>
    <name>EmptyPopup</name>
    <message>
        <source>Empty the discarded renders?</source>
        <translation>Verworfene Filme leeren?</translation>
    </message>
    <message>
        <source>Nothing is discarded.</source>
        <translation>Nichts ist verworfen.</translation>
    </message>
    <message>
        <source>Weighing …</source>
        <translation>Wird gewogen …</translation>
    </message>
    <message>
        <source>Leave them</source>
        <translation>Lassen</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
</context>
<context>
    <name>EventRow</name>
    <message>
        <source>%1: %2 marks</source>
        <translation>%1: %2 Marken</translation>
    </message>
    <message>
        <source>%1 cuts</source>
        <translation>%1 Schnitte</translation>
    </message>
</context>
<context>
    <name>ExplorePage</name>
    <message>
        <source>Renders</source>
        <translation>Gerendert</translation>
    </message>
    <message>
        <source>Variations</source>
        <translation>Variationen</translation>
    </message>
    <message>
        <source>Two compared</source>
        <translation>Zwei im Vergleich</translation>
    </message>
    <message>
        <source>Render…</source>
        <translation>Rendern …</translation>
    </message>
    <message>
        <source>Outputs, profiles, folder</source>
        <translation>Ausgaben, Profile, Ordner</translation>
    </message>
    <message>
        <source>Save the contact sheet</source>
        <translation>Kontaktbogen sichern</translation>
    </message>
    <message>
        <source>Pictures (*.png)</source>
        <translation>Bilder (*.png)</translation>
    </message>
    <message>
        <source>Where the missing media may be</source>
        <translation>Wo die fehlenden Medien sein könnten</translation>
    </message>
</context>
<context>
    <name>ExploreSheet</name>
    <message>
        <source>nothing else</source>
        <translation>nichts weiter</translation>
    </message>
    <message>
        <source>The recipe has changed: vary it anew</source>
        <translation>Das Rezept hat sich geändert: neu variieren</translation>
    </message>
    <message>
        <source>Arrows move · K keep · X discard · Enter opens</source>
        <translation>Pfeile bewegen · K behält · X verwirft · Eingabe öffnet</translation>
    </message>
    <message>
        <source>Twelve others</source>
        <translation>Zwölf andere</translation>
    </message>
    <message>
        <source>Other seeds and other values of the handles</source>
        <translation>Andere Startwerte und andere Werte der Griffe</translation>
    </message>
    <message>
        <source>Only seeds</source>
        <translation>Nur Startwerte</translation>
    </message>
    <message>
        <source>Twelve seeds, all else as it is</source>
        <translation>Zwölf Startwerte, alles andere wie es ist</translation>
    </message>
    <message>
        <source>or</source>
        <translation>oder</translation>
    </message>
    <message>
        <source>Parameter to vary</source>
        <translation>Parameter, der variiert wird</translation>
    </message>
    <message>
        <source>How many values</source>
        <translation>Wie viele Werte</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>to</source>
        <translation>bis</translation>
    </message>
    <message>
        <source>To</source>
        <translation>Bis</translation>
    </message>
    <message>
        <source>by</source>
        <translation>mal</translation>
    </message>
    <message>
        <source>Second parameter</source>
        <translation>Zweiter Parameter</translation>
    </message>
    <message>
        <source>How many rows</source>
        <translation>Wie viele Zeilen</translation>
    </message>
    <message>
        <source>Vary</source>
        <translation>Variieren</translation>
    </message>
    <message>
        <source>This parameter in steps, or two against each other</source>
        <translation>Dieser Parameter in Schritten, oder zwei gegeneinander</translation>
    </message>
    <message>
        <source>Save the sheet as a picture</source>
        <translation>Bogen als Bild sichern</translation>
    </message>
    <message>
        <source>Variations</source>
        <translation>Variationen</translation>
    </message>
    <message>
        <source>Twelve variations of this recipe appear here, side by side.</source>
        <translation>Zwölf Variationen dieses Rezepts erscheinen hier nebeneinander.</translation>
    </message>
    <message>
        <source>Explore variations</source>
        <translation>Variationen erkunden</translation>
    </message>
    <message>
        <source>Seed and handles</source>
        <translation>Startwert und Griffe</translation>
    </message>
</context>
<context>
    <name>ExploreSheetCell</name>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>✓ kept</source>
        <translation>✓ behalten</translation>
    </message>
    <message>
        <source>discarded</source>
        <translation>verworfen</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>fehlgeschlagen</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>wartet</translation>
    </message>
</context>
<context>
    <name>ExploreSheetPanel</name>
    <message>
        <source>What this one changes</source>
        <translation>Was diese ändert</translation>
    </message>
    <message>
        <source>What this variation changes</source>
        <translation>Was diese Variation ändert</translation>
    </message>
    <message>
        <source>Nothing: this is the recipe as it is.</source>
        <translation>Nichts: das ist das Rezept, wie es ist.</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>Make it again, compare the bytes</source>
        <translation>Noch einmal berechnen, Bytes vergleichen</translation>
    </message>
    <message>
        <source>Open this one</source>
        <translation>Diese öffnen</translation>
    </message>
    <message>
        <source>As one step that can be undone</source>
        <translation>Als ein Schritt, der zurückgenommen werden kann</translation>
    </message>
    <message>
        <source>Kept looks</source>
        <translation>Behaltene Ansichten</translation>
    </message>
    <message>
        <source>What was kept is among the renders, with its recipe</source>
        <translation>Was behalten wurde, steht bei den Filmen, mit seinem Rezept</translation>
    </message>
</context>
<context>
    <name>FieldRow</name>
    <message>
        <source>Another seed</source>
        <translation>Anderer Startwert</translation>
    </message>
    <message>
        <source>Take from the handles</source>
        <translation>Von den Reglern nehmen</translation>
    </message>
    <message>
        <source>Show among the handles</source>
        <translation>Bei den Reglern zeigen</translation>
    </message>
    <message>
        <source>%1, expression</source>
        <translation>%1, Ausdruck</translation>
    </message>
    <message>
        <source>none yet</source>
        <translation>noch keine</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Wählen…</translation>
    </message>
    <message>
        <source>Take this keyframe away</source>
        <translation>Diesen Keyframe wegnehmen</translation>
    </message>
    <message>
        <source>A keyframe here</source>
        <translation>Keyframe hier</translation>
    </message>
    <message>
        <source>What moves it: follow beats, an expression, keyframes … (right click)</source>
        <translation>Was ihn bewegt: Schlägen folgen, ein Ausdruck, Keyframes … (Rechtsklick)</translation>
    </message>
    <message>
        <source>Vary this: a contact sheet of its values</source>
        <translation>Das variieren: ein Kontaktbogen seiner Werte</translation>
    </message>
    <message>
        <source>%1 here</source>
        <translation>%1 hier</translation>
    </message>
</context>
<context>
    <name>FilmAnswers</name>
    <message>
        <source>Can it be made again?</source>
        <translation>Entsteht er noch einmal?</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Check all</source>
        <translation>Alles prüfen</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <source>no</source>
        <translation>nein</translation>
    </message>
    <message>
        <source>cannot tell</source>
        <translation>nicht zu sagen</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Check here</source>
        <translation>Hier prüfen</translation>
    </message>
</context>
<context>
    <name>FilmPanel</name>
    <message>
        <source>Stop</source>
        <translation>Stopp</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Abspielen</translation>
    </message>
    <message>
        <source>frames %1</source>
        <translation>Bilder %1</translation>
    </message>
    <message>
        <source>Open its recipe</source>
        <translation>Sein Rezept öffnen</translation>
    </message>
    <message>
        <source>Publish…</source>
        <translation>Veröffentlichen…</translation>
    </message>
    <message>
        <source>The film you choose plays here</source>
        <translation>Der gewählte Film läuft hier</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Star</source>
        <translation>Stern</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>Tags, with commas between</source>
        <translation>Schlagwörter, mit Kommas dazwischen</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Notizen</translation>
    </message>
    <message>
        <source>Where it came from</source>
        <translation>Woher es kam</translation>
    </message>
    <message>
        <source>From this render to what is open</source>
        <translation>Von diesem Film zu dem, was offen ist</translation>
    </message>
    <message>
        <source>Nothing differs: this is what is open.</source>
        <translation>Kein Unterschied: das ist, was offen ist.</translation>
    </message>
    <message>
        <source>and %1 more</source>
        <translation>und %1 weitere</translation>
    </message>
    <message>
        <source>Exactly as it was rendered</source>
        <translation>Genau wie es gerendert wurde</translation>
    </message>
    <message>
        <source>Variant</source>
        <translation>Variante</translation>
    </message>
    <message>
        <source>A copy of the recipe that names this one as its origin</source>
        <translation>Eine Kopie des Rezepts, die dieses als Herkunft nennt</translation>
    </message>
    <message>
        <source>Renders all its frames again and compares</source>
        <translation>Berechnet alle Bilder noch einmal und vergleicht</translation>
    </message>
    <message>
        <source>rendered by %1</source>
        <translation>gerendert von %1</translation>
    </message>
    <message>
        <source>Renders a few of its frames here and compares</source>
        <translation>Rendert einige seiner Bilder hier und vergleicht</translation>
    </message>
</context>
<context>
    <name>FilmRow</name>
    <message>
        <source>film</source>
        <translation>Film</translation>
    </message>
</context>
<context>
    <name>Follow</name>
    <message>
        <source>Beats</source>
        <translation>Schläge</translation>
    </message>
    <message>
        <source>First beat of each bar</source>
        <translation>Erster Schlag jedes Taktes</translation>
    </message>
    <message>
        <source>Each sound that begins</source>
        <translation>Jeder Klang, der beginnt</translation>
    </message>
    <message>
        <source>Loudness</source>
        <translation>Lautheit</translation>
    </message>
    <message>
        <source>Bass</source>
        <translation>Bass</translation>
    </message>
    <message>
        <source>High notes</source>
        <translation>Hohe Töne</translation>
    </message>
    <message>
        <source>A slow wave</source>
        <translation>Eine langsame Welle</translation>
    </message>
    <message>
        <source>Random drift</source>
        <translation>Zufälliges Treiben</translation>
    </message>
</context>
<context>
    <name>FollowEditor</name>
    <message>
        <source>Follow something else</source>
        <translation>Etwas anderem folgen</translation>
    </message>
    <message>
        <source>from</source>
        <translation>von</translation>
    </message>
    <message>
        <source>to</source>
        <translation>bis</translation>
    </message>
    <message>
        <source>decay</source>
        <translation>Abklingen</translation>
    </message>
    <message>
        <source>smooth</source>
        <translation>Glätten</translation>
    </message>
    <message>
        <source>offset</source>
        <translation>Versatz</translation>
    </message>
    <message>
        <source>noise</source>
        <translation>Rauschen</translation>
    </message>
    <message>
        <source>map</source>
        <translation>Abbildung</translation>
    </message>
</context>
<context>
    <name>FrameCard</name>
    <message numerus="yes">
        <source>Frame %1, folded, %n card(s)</source>
        <translation>
            <numerusform>Rahmen %1, eingeklappt, %n Karte</numerusform>
            <numerusform>Rahmen %1, eingeklappt, %n Karten</numerusform>
        </translation>
    </message>
    <message>
        <source>Frame %1</source>
        <translation>Rahmen %1</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>Colour %1</source>
        <translation>Farbe %1</translation>
    </message>
    <message>
        <source>Fit to its nodes (Shift+R)</source>
        <translation>An seine Knoten anpassen (Umschalt+R)</translation>
    </message>
    <message>
        <source>Unfold (Shift+F)</source>
        <translation>Ausklappen (Umschalt+F)</translation>
    </message>
    <message>
        <source>Fold (Shift+F)</source>
        <translation>Einklappen (Umschalt+F)</translation>
    </message>
</context>
<context>
    <name>FullViewer</name>
    <message>
        <source>Preview of %1</source>
        <translation>Vorschau von %1</translation>
    </message>
</context>
<context>
    <name>GalleryCard</name>
    <message>
        <source>★ starred</source>
        <translation>★ Stern</translation>
    </message>
    <message>
        <source>✓ kept</source>
        <translation>✓ behalten</translation>
    </message>
    <message>
        <source>discarded</source>
        <translation>verworfen</translation>
    </message>
    <message>
        <source>published</source>
        <translation>veröffentlicht</translation>
    </message>
    <message>
        <source>%1, %2, %3</source>
        <translation>%1, %2, %3</translation>
    </message>
    <message>
        <source>the file is gone</source>
        <translation>die Datei ist fort</translation>
    </message>
    <message>
        <source>%1 ·</source>
        <translation>%1 ·</translation>
    </message>
    <message>
        <source>✓ look</source>
        <translation>✓ Ansicht</translation>
    </message>
</context>
<context>
    <name>GalleryCompare</name>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Their recipes do the same.</source>
        <translation>Ihre Rezepte tun dasselbe.</translation>
    </message>
    <message>
        <source>From A to B</source>
        <translation>Von A zu B</translation>
    </message>
    <message>
        <source>Differences</source>
        <translation>Unterschiede</translation>
    </message>
    <message>
        <source>Back to all renders</source>
        <translation>Zurück zu allen Filmen</translation>
    </message>
    <message>
        <source>Leave the comparison</source>
        <translation>Den Vergleich verlassen</translation>
    </message>
</context>
<context>
    <name>GalleryGrid</name>
    <message>
        <source>of any recipe</source>
        <translation>von jedem Rezept</translation>
    </message>
    <message>
        <source>all</source>
        <translation>alle</translation>
    </message>
    <message>
        <source>kept</source>
        <translation>behalten</translation>
    </message>
    <message>
        <source>starred</source>
        <translation>mit Stern</translation>
    </message>
    <message>
        <source>looks</source>
        <translation>Ansichten</translation>
    </message>
    <message>
        <source>published</source>
        <translation>veröffentlicht</translation>
    </message>
    <message>
        <source>discarded</source>
        <translation>verworfen</translation>
    </message>
    <message>
        <source>discarded %1</source>
        <translation>verworfen %1</translation>
    </message>
    <message>
        <source>Of which recipe</source>
        <translation>Von welchem Rezept</translation>
    </message>
    <message>
        <source>Find in titles, notes, tags</source>
        <translation>In Titeln, Notizen, Schlagwörtern suchen</translation>
    </message>
    <message>
        <source>Empty…</source>
        <translation>Leeren …</translation>
    </message>
    <message>
        <source>Delete the discarded films</source>
        <translation>Die verworfenen Filme löschen</translation>
    </message>
    <message>
        <source>%1 selected</source>
        <translation>%1 ausgewählt</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>Compare 2</source>
        <translation>2 vergleichen</translation>
    </message>
    <message>
        <source>Side by side</source>
        <translation>Nebeneinander</translation>
    </message>
    <message>
        <source>Renders</source>
        <translation>Filme</translation>
    </message>
    <message>
        <source>No renders yet</source>
        <translation>Noch keine Filme</translation>
    </message>
    <message>
        <source>No render is like that</source>
        <translation>Kein Film ist so</translation>
    </message>
    <message>
        <source>Every film you render appears here, with its recipe and its hash.</source>
        <translation>Jeder Film, den Sie rendern, erscheint hier, mit seinem Rezept und seinem Hash.</translation>
    </message>
    <message>
        <source>Render %1</source>
        <translation>%1 rendern</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>Alle zeigen</translation>
    </message>
</context>
<context>
    <name>GalleryLines</name>
    <message>
        <source>%1: %2, %3</source>
        <translation>%1: %2, %3</translation>
    </message>
    <message>
        <source>and %1 more</source>
        <translation>und %1 weitere</translation>
    </message>
</context>
<context>
    <name>GraphPanel</name>
    <message>
        <source>Graph, %1 cards</source>
        <translation>Graph, %1 Karten</translation>
    </message>
    <message>
        <source>Nothing here yet</source>
        <translation>Hier ist noch nichts</translation>
    </message>
    <message>
        <source>Press Tab to add a node, or drop a picture, a clip or a sound.</source>
        <translation>Tab fügt einen Knoten hinzu; oder lass ein Bild, einen Clip oder einen Klang hier fallen.</translation>
    </message>
    <message>
        <source>Add a node</source>
        <translation>Knoten hinzufügen</translation>
    </message>
    <message>
        <source>Tab</source>
        <translation>Tab</translation>
    </message>
    <message>
        <source>Map of the graph</source>
        <translation>Übersicht des Graphen</translation>
    </message>
    <message>
        <source>Tab add · P promote · Esc leave the group</source>
        <translation>Tab hinzufügen · P herausführen · Esc Gruppe verlassen</translation>
    </message>
    <message>
        <source>Tab add · F fit · D bypass · Ctrl+G group · Shift+B frame · I about</source>
        <translation>Tab hinzufügen · F einpassen · D überbrücken · Strg+G gruppieren · Umschalt+B Rahmen · I Angaben</translation>
    </message>
    <message>
        <source>No other node takes what %1 gives.</source>
        <translation>Kein anderer Knoten nimmt, was %1 gibt.</translation>
    </message>
    <message>
        <source>Connect %1</source>
        <translation>%1 verbinden</translation>
    </message>
    <message>
        <source>%1 has nothing to promote: its values move or follow something already.</source>
        <translation>%1 hat nichts herauszuführen: seine Werte bewegen sich oder folgen schon etwas.</translation>
    </message>
    <message>
        <source>Promote from %1</source>
        <translation>Aus %1 herausführen</translation>
    </message>
</context>
<context>
    <name>HeaderBar</name>
    <message>
        <source>Menu</source>
        <translation>Menü</translation>
    </message>
    <message>
        <source>Untitled</source>
        <translation>Ohne Titel</translation>
    </message>
    <message>
        <source>edited</source>
        <translation>bearbeitet</translation>
    </message>
    <message>
        <source>not saved yet</source>
        <translation>noch nicht gespeichert</translation>
    </message>
    <message>
        <source>saved</source>
        <translation>gespeichert</translation>
    </message>
    <message>
        <source>Kept versions</source>
        <translation>Aufbewahrte Versionen</translation>
    </message>
    <message>
        <source>Undo %1</source>
        <translation>Rückgängig: %1</translation>
    </message>
    <message>
        <source>Redo %1</source>
        <translation>Wiederholen: %1</translation>
    </message>
    <message>
        <source>Make</source>
        <translation>Gestalten</translation>
    </message>
    <message>
        <source>Explore</source>
        <translation>Erkunden</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>Teilen</translation>
    </message>
    <message>
        <source>Cancel rendering</source>
        <translation>Rendern abbrechen</translation>
    </message>
    <message>
        <source>Light theme</source>
        <translation>Helles Design</translation>
    </message>
    <message>
        <source>Dark theme</source>
        <translation>Dunkles Design</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Neu</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>Öffnen…</translation>
    </message>
    <message>
        <source>Recent</source>
        <translation>Zuletzt geöffnet</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>Beispiele</translation>
    </message>
    <message>
        <source>Templates and recent files</source>
        <translation>Vorlagen und letzte Dateien</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>Speichern unter…</translation>
    </message>
    <message>
        <source>Kept versions…</source>
        <translation>Aufbewahrte Versionen…</translation>
    </message>
    <message>
        <source>Render</source>
        <translation>Rendern</translation>
    </message>
    <message>
        <source>Command palette</source>
        <translation>Befehlspalette</translation>
    </message>
    <message>
        <source>Preferences…</source>
        <translation>Einstellungen…</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>1 version</source>
        <translation>1 Version</translation>
    </message>
    <message>
        <source>%1 versions</source>
        <translation>%1 Versionen</translation>
    </message>
    <message>
        <source>Pack with all media…</source>
        <translation>Mit allen Medien verpacken …</translation>
    </message>
    <message>
        <source>Publish</source>
        <translation>Veröffentlichen</translation>
    </message>
    <message>
        <source>Render on…</source>
        <translation>Rendern auf …</translation>
    </message>
</context>
<context>
    <name>InspectorPanel</name>
    <message>
        <source>Handles</source>
        <translation>Regler</translation>
    </message>
    <message>
        <source>Canvas</source>
        <translation>Leinwand</translation>
    </message>
    <message>
        <source>Handles are the few parameters you reach for first. Select a node and press ◇ beside a parameter to put it here.</source>
        <translation>Regler sind die wenigen Parameter, zu denen du zuerst greifst. Wähle einen Knoten und drücke ◇ neben einem Parameter, um ihn hierher zu holen.</translation>
    </message>
    <message>
        <source>Nothing to set here.</source>
        <translation>Hier gibt es nichts einzustellen.</translation>
    </message>
    <message>
        <source>Render</source>
        <translation>Rendern</translation>
    </message>
    <message>
        <source>Ctrl+E</source>
        <translation>Strg+E</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Publish…</source>
        <translation>Veröffentlichen…</translation>
    </message>
    <message>
        <source>Ctrl+F3</source>
        <translation>Strg+F3</translation>
    </message>
    <message>
        <source>Explore variations</source>
        <translation>Variationen erkunden</translation>
    </message>
    <message>
        <source>Twelve of seed and handles</source>
        <translation>Zwölf aus Startwert und Griffen</translation>
    </message>
    <message>
        <source>%1 nodes are set together</source>
        <translation>%1 Knoten werden zusammen eingestellt</translation>
    </message>
</context>
<context>
    <name>KeyCopy</name>
    <message>
        <source>The copy has a passphrase of its own, of at least 8 characters. Nobody can recover it.</source>
        <translation>Die Kopie hat eine eigene Passphrase von mindestens 8 Zeichen. Niemand kann sie wiederherstellen.</translation>
    </message>
    <message>
        <source>Passphrase of the copy</source>
        <translation>Passphrase der Kopie</translation>
    </message>
    <message>
        <source>Once more</source>
        <translation>Noch einmal</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Choose folder…</source>
        <translation>Ordner wählen…</translation>
    </message>
    <message>
        <source>Where the copy goes</source>
        <translation>Wohin die Kopie kommt</translation>
    </message>
</context>
<context>
    <name>KeyPanel</name>
    <message>
        <source>Key</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>Open until you quit</source>
        <translation>Offen, bis du beendest</translation>
    </message>
    <message>
        <source>Back up…</source>
        <translation>Sichern…</translation>
    </message>
    <message>
        <source>Replace…</source>
        <translation>Ersetzen …</translation>
    </message>
    <message>
        <source>Writing the key …</source>
        <translation>Der Schlüssel wird geschrieben …</translation>
    </message>
    <message>
        <source>Your key signs what you publish. The keychain opens it; so does its passphrase.</source>
        <translation>Dein Schlüssel signiert, was du veröffentlichst. Der Schlüsselbund öffnet ihn, oder seine Passphrase.</translation>
    </message>
    <message>
        <source>The copy has a passphrase of its own. From now on it opens the key on this machine, too.</source>
        <translation>Die Kopie hat eine eigene Passphrase. Von jetzt an öffnet sie auch den Schlüssel auf diesem Rechner.</translation>
    </message>
    <message>
        <source>Your key signs what you publish, so that nobody can say it is theirs. It is made when you first export, and kept by your keychain. Without one, choose a passphrase.</source>
        <translation>Dein Schlüssel signiert, was du veröffentlichst, damit niemand es als eigenes ausgeben kann. Er wird beim ersten Export angelegt, und dein Schlüsselbund hütet ihn. Ohne Schlüsselbund wähle eine Passphrase.</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>Passphrase</translation>
    </message>
    <message>
        <source>Passphrase of the copy</source>
        <translation>Passphrase der Kopie</translation>
    </message>
    <message>
        <source>Take a copy back…</source>
        <translation>Kopie zurückholen…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Opening …</source>
        <translation>Wird geöffnet …</translation>
    </message>
    <message>
        <source>Open key</source>
        <translation>Schlüssel öffnen</translation>
    </message>
    <message>
        <source>Take it back</source>
        <translation>Zurückholen</translation>
    </message>
    <message>
        <source>Make key</source>
        <translation>Schlüssel anlegen</translation>
    </message>
    <message>
        <source>A copy of your key</source>
        <translation>Eine Kopie deines Schlüssels</translation>
    </message>
    <message>
        <source>Keys (*.key)</source>
        <translation>Schlüssel (*.key)</translation>
    </message>
</context>
<context>
    <name>KeyPreferences</name>
    <message>
        <source>Keys as in</source>
        <translation>Tasten wie in</translation>
    </message>
    <message>
        <source>Reset all</source>
        <translation>Alle zurücksetzen</translation>
    </message>
    <message>
        <source>Commands and their keys</source>
        <translation>Befehle und ihre Tasten</translation>
    </message>
    <message>
        <source>Commands with a key that another has, too: %1. The panel&apos;s own comes first.</source>
        <translation>Befehle mit einer Taste, die auch ein anderer hat: %1. Der des Bereichs geht vor.</translation>
    </message>
</context>
<context>
    <name>KeyReplacement</name>
    <message>
        <source>For a key that is old, or that somebody else may have. A new one signs from now on; what the old one signed stays signed, and it stays here under another name.</source>
        <translation>Für einen Schlüssel, der alt ist oder den vielleicht jemand anderes hat. Von jetzt an unterschreibt ein neuer; was der alte unterschrieben hat, bleibt gültig, und er bleibt hier unter einem anderen Namen.</translation>
    </message>
    <message>
        <source>You are not logged in, so no server is told.</source>
        <translation>Du bist nicht angemeldet, also erfährt es kein Server.</translation>
    </message>
    <message>
        <source>%1 is told, and takes nothing more from the old one.</source>
        <translation>%1 erfährt es und nimmt vom alten nichts mehr an.</translation>
    </message>
    <message>
        <source>Passphrase of the key</source>
        <translation>Passphrase des Schlüssels</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Replace key</source>
        <translation>Schlüssel ersetzen</translation>
    </message>
</context>
<context>
    <name>KeyRow</name>
    <message>
        <source>Keys of %1: %2</source>
        <translation>Tasten von %1: %2</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>press the keys …</source>
        <translation>Tasten drücken …</translation>
    </message>
    <message>
        <source>As in the preset</source>
        <translation>Wie in der Vorgabe</translation>
    </message>
</context>
<context>
    <name>Keychain</name>
    <message>
        <source>the keychain has no passphrase for this key</source>
        <translation>der Schlüsselbund hat keine Passphrase für diesen Schlüssel</translation>
    </message>
    <message>
        <source>the keychain is locked, or does not let Art DAG in</source>
        <translation>der Schlüsselbund ist gesperrt oder lässt Art DAG nicht ein</translation>
    </message>
    <message>
        <source>there is no keychain on this desktop</source>
        <translation>auf diesem Rechner gibt es keinen Schlüsselbund</translation>
    </message>
    <message>
        <source>the keychain does not work: %1</source>
        <translation>der Schlüsselbund arbeitet nicht: %1</translation>
    </message>
</context>
<context>
    <name>KeysRow</name>
    <message>
        <source>To the keyframe before</source>
        <translation>Zum Keyframe davor</translation>
    </message>
    <message>
        <source>To the next keyframe</source>
        <translation>Zum nächsten Keyframe</translation>
    </message>
    <message>
        <source>1 keyframe</source>
        <translation>1 Keyframe</translation>
    </message>
    <message>
        <source>%1 keyframes</source>
        <translation>%1 Keyframes</translation>
    </message>
    <message>
        <source>How it goes on</source>
        <translation>Wie es weitergeht</translation>
    </message>
    <message>
        <source>hold</source>
        <translation>halten</translation>
    </message>
    <message>
        <source>linear</source>
        <translation>linear</translation>
    </message>
    <message>
        <source>smooth</source>
        <translation>Glätten</translation>
    </message>
    <message>
        <source>curve</source>
        <translation>Kurve</translation>
    </message>
</context>
<context>
    <name>LibraryPanel</name>
    <message>
        <source>Media</source>
        <translation>Medien</translation>
    </message>
    <message>
        <source>Effects</source>
        <translation>Effekte</translation>
    </message>
    <message>
        <source>Recipes</source>
        <translation>Rezepte</translation>
    </message>
    <message>
        <source>Templates</source>
        <translation>Vorlagen</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Look at all files again, byte by byte</source>
        <translation>Alle Dateien noch einmal ansehen, Byte für Byte</translation>
    </message>
    <message>
        <source>Another folder; now %1</source>
        <translation>Ein anderer Ordner; jetzt %1</translation>
    </message>
    <message>
        <source>Find %1 missing…</source>
        <translation>%1 fehlende suchen …</translation>
    </message>
    <message>
        <source>Looks in a folder and below, by content</source>
        <translation>Sucht in einem Ordner und darunter, nach Inhalt</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>Bibliothek</translation>
    </message>
    <message>
        <source>No media yet: drop a picture, a clip or a sound on the graph.</source>
        <translation>Noch keine Medien: ein Bild, einen Clip oder einen Klang auf den Graphen ziehen.</translation>
    </message>
    <message>
        <source>No recipes in %1: choose another folder.</source>
        <translation>Keine Rezepte in %1: einen anderen Ordner wählen.</translation>
    </message>
    <message>
        <source>Nothing is called that.</source>
        <translation>Nichts heißt so.</translation>
    </message>
    <message>
        <source>Recipes of a folder</source>
        <translation>Rezepte eines Ordners</translation>
    </message>
</context>
<context>
    <name>LibraryRow</name>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>Take the file&apos;s new content, here in the recipe</source>
        <translation>Den neuen Inhalt der Datei nehmen, hier im Rezept</translation>
    </message>
</context>
<context>
    <name>LookPreferences</name>
    <message>
        <source>Theme</source>
        <translation>Design</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Interface scale</source>
        <translation>Größe der Oberfläche</translation>
    </message>
    <message>
        <source>On top of the scale of the desktop.</source>
        <translation>Zusätzlich zur Skalierung des Desktops.</translation>
    </message>
    <message>
        <source>100 %</source>
        <translation>100 %</translation>
    </message>
    <message>
        <source>125 %</source>
        <translation>125 %</translation>
    </message>
    <message>
        <source>150 %</source>
        <translation>150 %</translation>
    </message>
    <message>
        <source>175 %</source>
        <translation>175 %</translation>
    </message>
    <message>
        <source>200 %</source>
        <translation>200 %</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>On the canvas</source>
        <translation>Auf der Leinwand</translation>
    </message>
    <message>
        <source>With Ctrl it is the other way round. A pinch always zooms.</source>
        <translation>Mit Strg ist es umgekehrt. Zwei Finger zoomen immer.</translation>
    </message>
    <message>
        <source>Wheel zooms, touchpad pans</source>
        <translation>Rad zoomt, Touchpad schiebt</translation>
    </message>
    <message>
        <source>Both zoom</source>
        <translation>Beide zoomen</translation>
    </message>
    <message>
        <source>Both pan</source>
        <translation>Beide schieben</translation>
    </message>
    <message>
        <source>Letters</source>
        <translation>Buchstaben</translation>
    </message>
    <message>
        <source>Cards on the canvas grow with the zoom instead.</source>
        <translation>Karten auf der Fläche wachsen stattdessen mit dem Zoom.</translation>
    </message>
</context>
<context>
    <name>Main</name>
    <message>
        <source>Untitled</source>
        <translation>Ohne Titel</translation>
    </message>
    <message>
        <source>Open a recipe</source>
        <translation>Rezept öffnen</translation>
    </message>
    <message>
        <source>Recipes (*.artdag)</source>
        <translation>Rezepte (*.artdag)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Save the recipe</source>
        <translation>Rezept speichern</translation>
    </message>
    <message>
        <source>Where the packed recipe goes</source>
        <translation>Wohin das verpackte Rezept kommt</translation>
    </message>
    <message>
        <source>No renderer is attached yet. Share, Renderers has a place for its address.</source>
        <translation>Noch ist kein Renderer angebunden. Unter Teilen, Renderer ist ein Platz für seine Adresse.</translation>
    </message>
    <message>
        <source>Render on</source>
        <translation>Rendern auf</translation>
    </message>
</context>
<context>
    <name>NamePopup</name>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>NodeCard</name>
    <message>
        <source>This effect is not in this build</source>
        <translation>Dieser Effekt fehlt in dieser Fassung</translation>
    </message>
    <message>
        <source>bypassed</source>
        <translation>überbrückt</translation>
    </message>
    <message>
        <source>output of the group</source>
        <translation>Ausgang der Gruppe</translation>
    </message>
</context>
<context>
    <name>NodeInformation</name>
    <message>
        <source>Why would this run?</source>
        <translation>Warum würde das rechnen?</translation>
    </message>
</context>
<context>
    <name>NodePalette</name>
    <message>
        <source>Add a node …</source>
        <translation>Knoten hinzufügen …</translation>
    </message>
    <message>
        <source>Add a node that takes %1 …</source>
        <translation>Knoten hinzufügen, der %1 nimmt …</translation>
    </message>
    <message>
        <source>baked</source>
        <translation>gebacken</translation>
    </message>
    <message>
        <source>No effect is called that</source>
        <translation>Kein Effekt heißt so</translation>
    </message>
    <message>
        <source>Add a node that gives %1 …</source>
        <translation>Knoten hinzufügen, der %1 gibt …</translation>
    </message>
</context>
<context>
    <name>Notice</name>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>OrderPopup</name>
    <message>
        <source>Render</source>
        <translation>Rendern</translation>
    </message>
    <message>
        <source>Outputs</source>
        <translation>Ausgaben</translation>
    </message>
    <message>
        <source>Profile</source>
        <translation>Profil</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Wählen …</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>Nicht jetzt</translation>
    </message>
    <message>
        <source>Add %1 to the queue</source>
        <translation>%1 in die Warteschlange</translation>
    </message>
    <message>
        <source>Add to the queue</source>
        <translation>In die Warteschlange</translation>
    </message>
    <message>
        <source>Where the films go</source>
        <translation>Wohin die Filme kommen</translation>
    </message>
    <message>
        <source>Rendered</source>
        <translation>Gerendert</translation>
    </message>
</context>
<context>
    <name>OtherScreen</name>
    <message>
        <source>Viewer – Art DAG</source>
        <translation>Betrachter – Art DAG</translation>
    </message>
    <message>
        <source>Preview of %1</source>
        <translation>Vorschau von %1</translation>
    </message>
</context>
<context>
    <name>OutlineList</name>
    <message>
        <source>Outline</source>
        <translation>Gliederung</translation>
    </message>
    <message>
        <source>Find a node …</source>
        <translation>Knoten suchen …</translation>
    </message>
    <message>
        <source>Find a node</source>
        <translation>Knoten suchen</translation>
    </message>
    <message>
        <source>Close the outline (Esc)</source>
        <translation>Gliederung schließen (Esc)</translation>
    </message>
    <message>
        <source>Nodes, %1</source>
        <translation>Knoten, %1</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>No nodes yet: Tab adds one</source>
        <translation>Noch keine Knoten: Tab fügt einen hinzu</translation>
    </message>
    <message>
        <source>No node is called that</source>
        <translation>Kein Knoten heißt so</translation>
    </message>
</context>
<context>
    <name>OverlayGrip</name>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
</context>
<context>
    <name>Panel</name>
    <message>
        <source>studio</source>
        <translation>Studio</translation>
    </message>
    <message>
        <source>graph</source>
        <translation>Graph</translation>
    </message>
    <message>
        <source>viewer</source>
        <translation>Betrachter</translation>
    </message>
    <message>
        <source>timeline</source>
        <translation>Zeitleiste</translation>
    </message>
    <message>
        <source>inspector</source>
        <translation>Inspektor</translation>
    </message>
    <message>
        <source>gallery</source>
        <translation>Galerie</translation>
    </message>
    <message>
        <source>publish</source>
        <translation>Veröffentlichen</translation>
    </message>
    <message>
        <source>sheet</source>
        <translation>Kontaktbogen</translation>
    </message>
    <message>
        <source>queue</source>
        <translation>Warteschlange</translation>
    </message>
    <message>
        <source>library</source>
        <translation>Bibliothek</translation>
    </message>
</context>
<context>
    <name>PixelReadout</name>
    <message>
        <source>Pixel %1</source>
        <translation>Bildpunkt %1</translation>
    </message>
    <message>
        <source>Pixel inspector</source>
        <translation>Bildpunkt ablesen</translation>
    </message>
    <message>
        <source>x, y  %1     linear R G B A · 8 bit · sRGB</source>
        <translation>x, y  %1     linear R G B A · 8 Bit · sRGB</translation>
    </message>
    <message>
        <source>Point at the picture to read a pixel</source>
        <translation>Auf das Bild zeigen, um einen Bildpunkt abzulesen</translation>
    </message>
</context>
<context>
    <name>PostPreview</name>
    <message>
        <source>you, once there is an account</source>
        <translation>du, sobald es ein Konto gibt</translation>
    </message>
    <message>
        <source>Nothing to publish yet</source>
        <translation>Noch nichts zu veröffentlichen</translation>
    </message>
    <message>
        <source>Render a film in Make, or choose one in Explore.</source>
        <translation>Rendere einen Film unter Gestalten, oder wähle einen unter Erkunden.</translation>
    </message>
    <message>
        <source>%1 · signed</source>
        <translation>%1 · signiert</translation>
    </message>
    <message>
        <source>%1 · signed: %2</source>
        <translation>%1 · signiert: %2</translation>
    </message>
</context>
<context>
    <name>PreferencesSheet</name>
    <message>
        <source>Preferences</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>Aussehen</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Speed and space</source>
        <translation>Tempo und Platz</translation>
    </message>
    <message>
        <source>Close (Esc)</source>
        <translation>Schließen (Esc)</translation>
    </message>
    <message>
        <source>Interface scale and preview memory hold from the next start.</source>
        <translation>Größe der Oberfläche und Vorschauspeicher gelten ab dem nächsten Start.</translation>
    </message>
    <message>
        <source>Restart now</source>
        <translation>Jetzt neu starten</translation>
    </message>
</context>
<context>
    <name>PresetMenu</name>
    <message>
        <source>Presets ▾</source>
        <translation>Vorgaben ▾</translation>
    </message>
    <message>
        <source>Kept settings of this effect</source>
        <translation>Behaltene Einstellungen dieses Effekts</translation>
    </message>
    <message>
        <source>Defaults</source>
        <translation>Standardwerte</translation>
    </message>
    <message>
        <source>Keep as a preset…</source>
        <translation>Als Vorgabe behalten …</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>Vergessen</translation>
    </message>
    <message>
        <source>Keep as a preset</source>
        <translation>Als Vorgabe behalten</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
</context>
<context>
    <name>PublishActions</name>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Withdraw…</source>
        <translation>Zurückziehen …</translation>
    </message>
    <message>
        <source>Log in</source>
        <translation>Anmelden</translation>
    </message>
    <message>
        <source>Choose a server</source>
        <translation>Server wählen</translation>
    </message>
    <message>
        <source>Keep as draft</source>
        <translation>Als Entwurf behalten</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Open page</source>
        <translation>Seite öffnen</translation>
    </message>
    <message>
        <source>Update</source>
        <translation>Aktualisieren</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal</translation>
    </message>
    <message>
        <source>Publish</source>
        <translation>Veröffentlichen</translation>
    </message>
</context>
<context>
    <name>PublishBar</name>
    <message>
        <source>%1 goes to %2 in %3 s</source>
        <translation>%1 geht in %3 s an %2</translation>
    </message>
    <message>
        <source>%1 is being published</source>
        <translation>%1 wird veröffentlicht</translation>
    </message>
    <message>
        <source>without alt text</source>
        <translation>ohne Alternativtext</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Bearbeiten</translation>
    </message>
</context>
<context>
    <name>PublishFields</name>
    <message>
        <source>Published</source>
        <translation>Veröffentlicht</translation>
    </message>
    <message>
        <source>Publish</source>
        <translation>Veröffentlichen</translation>
    </message>
    <message>
        <source>draft</source>
        <translation>Entwurf</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titel</translation>
    </message>
    <message>
        <source>Alt text: what is to be seen, for those who do not see it</source>
        <translation>Alternativtext: was zu sehen ist, für alle, die es nicht sehen</translation>
    </message>
    <message>
        <source>Alt text</source>
        <translation>Alternativtext</translation>
    </message>
    <message>
        <source>A glowing rose window turns slowly …</source>
        <translation>Ein leuchtendes Rosettenfenster dreht sich langsam …</translation>
    </message>
    <message>
        <source>Without alt text, people who do not see the film will not know what it shows.</source>
        <translation>Ohne Alternativtext erfahren Menschen, die den Film nicht sehen, nicht, was er zeigt.</translation>
    </message>
    <message>
        <source>Tags, with commas</source>
        <translation>Schlagwörter, mit Kommas</translation>
    </message>
    <message>
        <source>cathedral, fractal</source>
        <translation>Kathedrale, Fraktal</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Lizenz</translation>
    </message>
    <message>
        <source>Visible to</source>
        <translation>Sichtbar für</translation>
    </message>
    <message>
        <source>everyone</source>
        <translation>alle</translation>
    </message>
    <message>
        <source>everyone, unlisted</source>
        <translation>alle, ungelistet</translation>
    </message>
    <message>
        <source>followers</source>
        <translation>Follower</translation>
    </message>
    <message>
        <source>only you</source>
        <translation>nur dich</translation>
    </message>
    <message>
        <source>Recipe for</source>
        <translation>Rezept für</translation>
    </message>
    <message>
        <source>who asks you</source>
        <translation>wer dich fragt</translation>
    </message>
    <message>
        <source>nobody</source>
        <translation>niemanden</translation>
    </message>
    <message>
        <source>Inputs</source>
        <translation>Eingänge</translation>
    </message>
    <message>
        <source>published too</source>
        <translation>auch veröffentlicht</translation>
    </message>
    <message>
        <source>only cited</source>
        <translation>nur genannt</translation>
    </message>
    <message>
        <source>Inside the file</source>
        <translation>In der Datei</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>nichts</translation>
    </message>
    <message>
        <source>a link to how it was made</source>
        <translation>ein Verweis auf die Entstehung</translation>
    </message>
    <message>
        <source>the recipe</source>
        <translation>das Rezept</translation>
    </message>
    <message>
        <source>What strangers can do: %1.</source>
        <translation>Was Fremde können: %1.</translation>
    </message>
    <message>
        <source>The recipe is not sent: you give it to those yourself.</source>
        <translation>Das Rezept wird nicht gesendet: du gibst es ihnen selbst.</translation>
    </message>
    <message>
        <source>If it earns</source>
        <translation>Falls es etwas einbringt</translation>
    </message>
    <message>
        <source>What is sent: %1</source>
        <translation>Was gesendet wird: %1</translation>
    </message>
</context>
<context>
    <name>QObject</name>
    <message>
        <source>In</source>
        <translation>In</translation>
    </message>
    <message>
        <source>Out</source>
        <translation>Out</translation>
    </message>
    <message>
        <source>on</source>
        <translation>ein</translation>
    </message>
    <message>
        <source>off</source>
        <translation>aus</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titel</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>Breite</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>Höhe</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>Bildrate</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Länge</translation>
    </message>
    <message>
        <source>%1: a colour is written #rrggbb</source>
        <translation>%1: Farben schreibt man #rrggbb</translation>
    </message>
    <message>
        <source>%1: one of %2</source>
        <translation>%1: eines von %2</translation>
    </message>
    <message>
        <source>an animated value has one of expr, keys, bind, param</source>
        <translation>ein animierter Wert hat eines von expr, keys, bind, param</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is no number</source>
        <translation>„%1“ ist keine Zahl</translation>
    </message>
    <message>
        <source>today %1</source>
        <translation>heute %1</translation>
    </message>
    <message>
        <source>yesterday %1</source>
        <translation>gestern %1</translation>
    </message>
    <message>
        <source>There is no sound to follow yet: connect one to the output, or add one.</source>
        <translation>Es gibt noch keinen Klang, dem gefolgt werden kann: einen mit der Ausgabe verbinden oder einen hinzufügen.</translation>
    </message>
    <message>
        <source>%1 cannot follow %2, which is made from it</source>
        <translation>%1 kann %2 nicht folgen, das daraus entsteht</translation>
    </message>
    <message>
        <source>follows %1</source>
        <translation>folgt %1</translation>
    </message>
    <message>
        <source>decay %1 s</source>
        <translation>Abklingen %1 s</translation>
    </message>
    <message>
        <source>smooth %1 s</source>
        <translation>Glätten %1 s</translation>
    </message>
    <message>
        <source>%1: only a constant of a node can become a parameter of the recipe</source>
        <translation>%1: nur eine Konstante eines Knotens kann ein Parameter des Rezepts werden</translation>
    </message>
    <message>
        <source>%1: it flashes more than three times a second from %2 to %3, which can harm people with photosensitive epilepsy</source>
        <translation>%1: es blitzt von %2 bis %3 mehr als dreimal in der Sekunde, was Menschen mit fotosensitiver Epilepsie schaden kann</translation>
    </message>
    <message>
        <source>Slow the flashing to 3 a second, let it change less than a tenth in brightness, or make it smaller.</source>
        <translation>Das Blitzen auf 3 in der Sekunde verlangsamen, die Helligkeit um weniger als ein Zehntel ändern lassen oder es kleiner machen.</translation>
    </message>
    <message>
        <source>hold</source>
        <translation>halten</translation>
    </message>
    <message>
        <source>smooth</source>
        <translation>Glätten</translation>
    </message>
    <message>
        <source>soft ends</source>
        <translation>weiche Enden</translation>
    </message>
    <message>
        <source>linear</source>
        <translation>linear</translation>
    </message>
    <message>
        <source>%1: this is what was copied. Paste it at another parameter</source>
        <translation>%1: Das ist, was kopiert wurde. Füge es an einem anderen Parameter ein</translation>
    </message>
    <message>
        <source>%1: only an argument of a node can be a link</source>
        <translation>%1: nur ein Argument eines Knotens kann eine Verknüpfung sein</translation>
    </message>
    <message>
        <source>%1: %2 is of another kind</source>
        <translation>%1: %2 ist von anderer Art</translation>
    </message>
</context>
<context>
    <name>QueueList</name>
    <message>
        <source>Queue</source>
        <translation>Warteschlange</translation>
    </message>
    <message>
        <source>Clear finished</source>
        <translation>Fertige entfernen</translation>
    </message>
    <message>
        <source>Queue, paused</source>
        <translation>Warteschlange, angehalten</translation>
    </message>
    <message>
        <source>at once</source>
        <translation>zugleich</translation>
    </message>
    <message>
        <source>Films rendered at once</source>
        <translation>Filme, die zugleich gerendert werden</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Pause all</source>
        <translation>Alle anhalten</translation>
    </message>
    <message>
        <source>Films stay where they are</source>
        <translation>Filme bleiben, wo sie sind</translation>
    </message>
</context>
<context>
    <name>QueueRow</name>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>Drag to render earlier or later</source>
        <translation>Ziehen, um früher oder später zu rendern</translation>
    </message>
    <message>
        <source>done</source>
        <translation>fertig</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>angehalten</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Render again</source>
        <translation>Noch einmal rendern</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>RangeGrip</name>
    <message>
        <source>In point</source>
        <translation>Ein-Punkt</translation>
    </message>
    <message>
        <source>Out point</source>
        <translation>Aus-Punkt</translation>
    </message>
</context>
<context>
    <name>RecentList</name>
    <message>
        <source>The recipes you save will be listed here.</source>
        <translation>Hier stehen die Rezepte, die du speicherst.</translation>
    </message>
    <message>
        <source>Recent recipes</source>
        <translation>Letzte Rezepte</translation>
    </message>
</context>
<context>
    <name>RecoveryList</name>
    <message>
        <source>The Studio ended without saving</source>
        <translation>Das Studio endete, ohne zu speichern</translation>
    </message>
    <message>
        <source>Untitled</source>
        <translation>Ohne Titel</translation>
    </message>
    <message>
        <source>edited %1, in no file</source>
        <translation>bearbeitet %1, in keiner Datei</translation>
    </message>
    <message>
        <source>edited %1, of %2</source>
        <translation>bearbeitet %1, aus %2</translation>
    </message>
    <message>
        <source>Recover</source>
        <translation>Wiederherstellen</translation>
    </message>
    <message>
        <source>Forget it</source>
        <translation>Verwerfen</translation>
    </message>
</context>
<context>
    <name>Renamer</name>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>New name</source>
        <translation>Neuer Name</translation>
    </message>
</context>
<context>
    <name>RendererList</name>
    <message>
        <source>Renderers</source>
        <translation>Renderer</translation>
    </message>
    <message>
        <source>A renderer that knows you renders your recipes in place of this machine. It gets no password and no key.</source>
        <translation>Ein Renderer, der dich kennt, rendert deine Rezepte anstelle dieses Rechners. Er bekommt kein Passwort und keinen Schlüssel.</translation>
    </message>
    <message>
        <source>Detach</source>
        <translation>Lösen</translation>
    </message>
    <message>
        <source>Attach</source>
        <translation>Anbinden</translation>
    </message>
    <message>
        <source>Detach %1</source>
        <translation>%1 lösen</translation>
    </message>
    <message>
        <source>Attach %1</source>
        <translation>%1 anbinden</translation>
    </message>
    <message>
        <source>Attach a renderer</source>
        <translation>Renderer anbinden</translation>
    </message>
    <message>
        <source>Address of a renderer</source>
        <translation>Adresse eines Renderers</translation>
    </message>
</context>
<context>
    <name>RowMenu</name>
    <message>
        <source>Follow</source>
        <translation>Folgen</translation>
    </message>
    <message>
        <source>in the recipe</source>
        <translation>im Rezept</translation>
    </message>
    <message>
        <source>Keyframe here</source>
        <translation>Keyframe hier</translation>
    </message>
    <message>
        <source>Expression</source>
        <translation>Ausdruck</translation>
    </message>
    <message>
        <source>Constant</source>
        <translation>Konstante</translation>
    </message>
    <message>
        <source>Recipe parameter</source>
        <translation>Rezeptparameter</translation>
    </message>
    <message>
        <source>Make one of it</source>
        <translation>Einen daraus machen</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>Einfügen</translation>
    </message>
    <message>
        <source>Default</source>
        <translation>Standardwert</translation>
    </message>
    <message>
        <source>Handle</source>
        <translation>Griff</translation>
    </message>
    <message>
        <source>Paste as a link</source>
        <translation>Als Verknüpfung einfügen</translation>
    </message>
</context>
<context>
    <name>Segments</name>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>SpacePreferences</name>
    <message>
        <source>Preview memory</source>
        <translation>Vorschauspeicher</translation>
    </message>
    <message>
        <source>Frames that are kept to be shown again at once.</source>
        <translation>Bilder, die bereitliegen, um sofort wieder gezeigt zu werden.</translation>
    </message>
    <message>
        <source>Preview memory in megabytes</source>
        <translation>Vorschauspeicher in Megabyte</translation>
    </message>
    <message>
        <source>MB</source>
        <translation>MB</translation>
    </message>
    <message>
        <source>Store on the disk</source>
        <translation>Speicher auf der Platte</translation>
    </message>
    <message>
        <source>No limit. With one, renders that are cheap to make again go first; your own media and what you keep stay.</source>
        <translation>Keine Grenze. Mit einer geht zuerst, was leicht neu zu rendern ist; eigene Medien und was du behältst, bleiben.</translation>
    </message>
    <message>
        <source>At the limit, renders that are cheap to make again go first; your own media and what you keep stay. 0: no limit.</source>
        <translation>An der Grenze geht zuerst, was leicht neu zu rendern ist; eigene Medien und was du behältst, bleiben. 0: keine Grenze.</translation>
    </message>
    <message>
        <source>Most of the store in gigabytes</source>
        <translation>Grenze des Speichers in Gigabyte</translation>
    </message>
    <message>
        <source>GB</source>
        <translation>GB</translation>
    </message>
    <message>
        <source>Proxies</source>
        <translation>Proxys</translation>
    </message>
    <message>
        <source>Films that are slow to decode get half-size copies for previews while nothing else is to be done. Exports never read them.</source>
        <translation>Filme, die langsam zu decodieren sind, bekommen halb so große Kopien für die Vorschau, wenn sonst nichts zu tun ist. Exporte lesen sie nie.</translation>
    </message>
    <message>
        <source>Make proxies</source>
        <translation>Proxys anlegen</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Ort</translation>
    </message>
    <message>
        <source>Store, journal, kept versions and keys. Another place: start the Studio with ARTDAG_HOME.</source>
        <translation>Speicher, Journal, aufbewahrte Versionen und Schlüssel. Anderer Ort: das Studio mit ARTDAG_HOME starten.</translation>
    </message>
</context>
<context>
    <name>SplitFields</name>
    <message>
        <source>Shared with</source>
        <translation>Geteilt mit</translation>
    </message>
    <message>
        <source>Account %1</source>
        <translation>Konto %1</translation>
    </message>
    <message>
        <source>10</source>
        <translation>10</translation>
    </message>
    <message>
        <source>Percent of account %1</source>
        <translation>Prozent von Konto %1</translation>
    </message>
    <message>
        <source>Remove account %1</source>
        <translation>Konto %1 entfernen</translation>
    </message>
    <message>
        <source>Add a person</source>
        <translation>Jemanden hinzufügen</translation>
    </message>
    <message>
        <source>Instead of the shares that follow from what it is made of</source>
        <translation>Anstelle der Anteile, die aus seinen Zutaten folgen</translation>
    </message>
</context>
<context>
    <name>StudioSession</name>
    <message>
        <source>%1 × %2</source>
        <comment>size in pixels</comment>
        <translation>%1 × %2</translation>
    </message>
    <message>
        <source>%1 s</source>
        <comment>seconds</comment>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>with sound</source>
        <translation>mit Ton</translation>
    </message>
    <message>
        <source>without sound</source>
        <translation>ohne Ton</translation>
    </message>
</context>
<context>
    <name>TemplateCard</name>
    <message>
        <source>Template %1</source>
        <translation>Vorlage %1</translation>
    </message>
</context>
<context>
    <name>TimelinePanel</name>
    <message>
        <source>sound</source>
        <translation>Klang</translation>
    </message>
    <message>
        <source>Connect something to the output: the film appears here</source>
        <translation>Verbinde etwas mit dem Ausgang: hier erscheint der Film</translation>
    </message>
</context>
<context>
    <name>TimelineRuler</name>
    <message>
        <source>Playhead, %1</source>
        <translation>Abspielkopf, %1</translation>
    </message>
    <message>
        <source>Marker at %1 %2</source>
        <translation>Marke bei %1 %2</translation>
    </message>
</context>
<context>
    <name>TimelineTools</name>
    <message>
        <source>Snaps to beats, cuts and markers (S)</source>
        <translation>Rastet an Schlägen, Schnitten und Marken ein (S)</translation>
    </message>
    <message>
        <source>Does not snap (S)</source>
        <translation>Rastet nicht ein (S)</translation>
    </message>
    <message>
        <source>Split the item at the playhead (Ctrl+K)</source>
        <translation>Element am Abspielkopf teilen (Strg+K)</translation>
    </message>
    <message>
        <source>Animate a parameter; a key at the playhead (N)</source>
        <translation>Einen Parameter animieren; ein Keyframe am Abspielkopf (N)</translation>
    </message>
    <message>
        <source>A key at the playhead</source>
        <translation>Keyframe am Abspielkopf</translation>
    </message>
    <message>
        <source>Animate %1</source>
        <translation>%1 animieren</translation>
    </message>
    <message>
        <source>ease</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>%1; the next ease (T)</source>
        <translation>%1; der nächste Verlauf (T)</translation>
    </message>
</context>
<context>
    <name>TransportBar</name>
    <message>
        <source>Time in %1; the next style (Shift+T)</source>
        <translation>Zeit in %1; die nächste Art (Umschalt+T)</translation>
    </message>
    <message>
        <source>in – out</source>
        <translation>Ein – Aus</translation>
    </message>
    <message>
        <source>Only from in to out is played; forget both (Shift+I)</source>
        <translation>Nur von Ein bis Aus wird abgespielt; beide vergessen (Umschalt+I)</translation>
    </message>
    <message>
        <source>To the start (Home)</source>
        <translation>Zum Anfang (Pos1)</translation>
    </message>
    <message>
        <source>A frame back (←)</source>
        <translation>Ein Bild zurück (←)</translation>
    </message>
    <message>
        <source>Pause (Space)</source>
        <translation>Pause (Leertaste)</translation>
    </message>
    <message>
        <source>Play (Space); every frame (Shift+Space); J K L</source>
        <translation>Abspielen (Leertaste); jedes Bild (Umschalt+Leertaste); J K L</translation>
    </message>
    <message>
        <source>A frame on (→)</source>
        <translation>Ein Bild weiter (→)</translation>
    </message>
    <message>
        <source>To the end (End)</source>
        <translation>Zum Ende (Ende)</translation>
    </message>
    <message>
        <source>%1 ×</source>
        <translation>%1 ×</translation>
    </message>
    <message>
        <source>Play once (Ctrl+L)</source>
        <translation>Einmal abspielen (Strg+L)</translation>
    </message>
    <message>
        <source>Loop (Ctrl+L)</source>
        <translation>Schleife (Strg+L)</translation>
    </message>
    <message>
        <source>Sound on</source>
        <translation>Ton an</translation>
    </message>
    <message>
        <source>Sound off</source>
        <translation>Ton aus</translation>
    </message>
</context>
<context>
    <name>UnsavedPopup</name>
    <message>
        <source>%1 has edits that are not saved</source>
        <translation>%1 hat ungespeicherte Änderungen</translation>
    </message>
    <message>
        <source>Untitled</source>
        <translation>Ohne Titel</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Lose the edits</source>
        <translation>Änderungen verwerfen</translation>
    </message>
    <message>
        <source>Stay</source>
        <translation>Bleiben</translation>
    </message>
</context>
<context>
    <name>VersionsSheet</name>
    <message>
        <source>Kept versions</source>
        <translation>Aufbewahrte Versionen</translation>
    </message>
    <message>
        <source>Each save keeps a version of the document. There is none yet.</source>
        <translation>Jedes Speichern bewahrt eine Version des Dokuments auf. Noch gibt es keine.</translation>
    </message>
    <message>
        <source>%1 · the last save</source>
        <translation>%1 · zuletzt gespeichert</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <comment>title · number of nodes</comment>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>Open as a copy</source>
        <translation>Als Kopie öffnen</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>Zurückholen</translation>
    </message>
    <message>
        <source>Undo brings back what is there now</source>
        <translation>Rückgängig bringt den jetzigen Stand zurück</translation>
    </message>
</context>
<context>
    <name>ViewerBar</name>
    <message>
        <source>A</source>
        <translation>A</translation>
    </message>
    <message>
        <source>A is what is selected; the other side (Q)</source>
        <translation>A ist das Ausgewählte; die andere Seite (Q)</translation>
    </message>
    <message>
        <source>B: %1</source>
        <translation>B: %1</translation>
    </message>
    <message>
        <source>B</source>
        <translation>B</translation>
    </message>
    <message>
        <source>What to compare with: a slot (1–9) or a snapshot (Shift+Q)</source>
        <translation>Womit verglichen wird: ein Platz (1–9) oder ein Schnappschuss (Umschalt+Q)</translation>
    </message>
    <message>
        <source>Keep a snapshot</source>
        <translation>Schnappschuss behalten</translation>
    </message>
    <message>
        <source>Shift+Q</source>
        <translation>Umschalt+Q</translation>
    </message>
    <message>
        <source>Other side</source>
        <translation>Andere Seite</translation>
    </message>
    <message>
        <source>Q</source>
        <translation>Q</translation>
    </message>
    <message>
        <source>Wipe</source>
        <translation>Wischen</translation>
    </message>
    <message>
        <source>W</source>
        <translation>W</translation>
    </message>
    <message>
        <source>Side by side</source>
        <translation>Nebeneinander</translation>
    </message>
    <message>
        <source>Shift+W</source>
        <translation>Umschalt+W</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>Unterschied</translation>
    </message>
    <message>
        <source>Shift+D</source>
        <translation>Umschalt+D</translation>
    </message>
    <message>
        <source>Wipe (W)</source>
        <translation>Wischen (W)</translation>
    </message>
    <message>
        <source>Side by side (Shift+W)</source>
        <translation>Nebeneinander (Umschalt+W)</translation>
    </message>
    <message>
        <source>Difference (Shift+D)</source>
        <translation>Unterschied (Umschalt+D)</translation>
    </message>
    <message>
        <source>× %1</source>
        <translation>× %1</translation>
    </message>
    <message>
        <source>Gain of the difference (Alt+↑, Alt+↓)</source>
        <translation>Verstärkung des Unterschieds (Alt+↑, Alt+↓)</translation>
    </message>
    <message>
        <source>rendering …</source>
        <translation>rendert …</translation>
    </message>
    <message>
        <source>scale</source>
        <translation>Maßstab</translation>
    </message>
    <message>
        <source>How many pixels are made</source>
        <translation>Wie viele Bildpunkte berechnet werden</translation>
    </message>
    <message>
        <source>As the view needs</source>
        <translation>Wie die Ansicht es braucht</translation>
    </message>
    <message>
        <source>Full scale</source>
        <translation>Voller Maßstab</translation>
    </message>
    <message>
        <source>½ scale</source>
        <translation>Maßstab ½</translation>
    </message>
    <message>
        <source>¼ scale</source>
        <translation>Maßstab ¼</translation>
    </message>
    <message>
        <source>Proxies of slow films</source>
        <translation>Proxys langsamer Filme</translation>
    </message>
    <message>
        <source>on</source>
        <translation>an</translation>
    </message>
    <message>
        <source>off</source>
        <translation>aus</translation>
    </message>
    <message>
        <source>Zoom: fit (F), one to one (Shift+F), + and −</source>
        <translation>Zoom: einpassen (F), eins zu eins (Umschalt+F), + und −</translation>
    </message>
    <message>
        <source>RGB</source>
        <translation>RGB</translation>
    </message>
    <message>
        <source>R</source>
        <translation>R</translation>
    </message>
    <message>
        <source>G</source>
        <translation>G</translation>
    </message>
    <message>
        <source>RGBA</source>
        <translation>RGBA</translation>
    </message>
    <message>
        <source>Channels: R, G, B, A alone; Shift+A over a checkerboard</source>
        <translation>Kanäle: R, G, B, A allein; Umschalt+A über Schachbrett</translation>
    </message>
    <message>
        <source>Red alone</source>
        <translation>Nur Rot</translation>
    </message>
    <message>
        <source>Green alone</source>
        <translation>Nur Grün</translation>
    </message>
    <message>
        <source>Blue alone</source>
        <translation>Nur Blau</translation>
    </message>
    <message>
        <source>Alpha alone</source>
        <translation>Nur Alpha</translation>
    </message>
    <message>
        <source>Over a checkerboard</source>
        <translation>Über Schachbrett</translation>
    </message>
    <message>
        <source>Shift+A</source>
        <translation>Umschalt+A</translation>
    </message>
    <message>
        <source>Pixel inspector (P)</source>
        <translation>Bildpunkt ablesen (P)</translation>
    </message>
    <message>
        <source>Scopes (H)</source>
        <translation>Messbilder (H)</translation>
    </message>
    <message>
        <source>Handles on the picture (Shift+H)</source>
        <translation>Griffe auf dem Bild (Umschalt+H)</translation>
    </message>
    <message>
        <source>Grid (Shift+G)</source>
        <translation>Raster (Umschalt+G)</translation>
    </message>
    <message>
        <source>Safe areas (Shift+S)</source>
        <translation>Sichere Bereiche (Umschalt+S)</translation>
    </message>
</context>
<context>
    <name>ViewerPanel</name>
    <message>
        <source>Select a node to see it here</source>
        <translation>Wähle einen Knoten, um ihn hier zu sehen</translation>
    </message>
</context>
<context>
    <name>ViewerStage</name>
    <message>
        <source>Preview of B, %1</source>
        <translation>Vorschau von B, %1</translation>
    </message>
    <message>
        <source>Preview of %1</source>
        <translation>Vorschau von %1</translation>
    </message>
    <message>
        <source>A</source>
        <translation>A</translation>
    </message>
    <message>
        <source>B: %1</source>
        <translation>B: %1</translation>
    </message>
</context>
<context>
    <name>WelcomePage</name>
    <message>
        <source>Begin with something that moves</source>
        <translation>Fang mit etwas an, das sich bewegt</translation>
    </message>
    <message>
        <source>Drop a picture, clip or sound</source>
        <translation>Bild, Clip oder Klang hier fallen lassen</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>Öffnen…</translation>
    </message>
    <message>
        <source>Empty document</source>
        <translation>Leeres Dokument</translation>
    </message>
</context>
<context>
    <name>WipeLine</name>
    <message>
        <source>Wipe at %1 %</source>
        <translation>Wischkante bei %1 %</translation>
    </message>
</context>
<context>
    <name>WithdrawPopup</name>
    <message>
        <source>Withdraw</source>
        <translation>Zurückziehen</translation>
    </message>
    <message>
        <source>Withdraw %1?</source>
        <translation>%1 zurückziehen?</translation>
    </message>
    <message>
        <source>It is gone for everyone at once, and servers that had it are told to delete it. Its files go after thirty days. The film here stays.</source>
        <translation>Es ist sofort für alle weg, und Server, die es hatten, werden gebeten, es zu löschen. Die Dateien gehen nach dreißig Tagen. Der Film hier bleibt.</translation>
    </message>
    <message>
        <source>Leave it</source>
        <translation>So lassen</translation>
    </message>
</context>
<context>
    <name>artdag</name>
    <message>
        <source>%1: added (%2)</source>
        <translation>%1: hinzugekommen (%2)</translation>
    </message>
    <message>
        <source>%1: gone (%2)</source>
        <translation>%1: fort (%2)</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>%1: default → %2</source>
        <translation>%1: Standardwert → %2</translation>
    </message>
    <message>
        <source>%1: %2 → default</source>
        <translation>%1: %2 → Standardwert</translation>
    </message>
    <message>
        <source>%1: %2 → %3</source>
        <translation>%1: %2 → %3</translation>
    </message>
</context>
<context>
    <name>artdag::Commands</name>
    <message>
        <source>%1 is also “%2” (%3)</source>
        <translation>%1 ist auch „%2“ (%3)</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>words of a tooltip (its keys)</comment>
        <translation>%1 (%2)</translation>
    </message>
</context>
<context>
    <name>artdag::Comparison</name>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>snapshot %1</source>
        <translation>Schnappschuss %1</translation>
    </message>
    <message>
        <source>There is no B yet: send a node to a slot with 1–9, or keep a snapshot with Shift+Q</source>
        <translation>Es gibt noch kein B: einen Knoten mit 1–9 an einen Platz schicken oder mit Umschalt+Q einen Schnappschuss behalten</translation>
    </message>
    <message>
        <source>%1: there is no such picture any more</source>
        <translation>%1: dieses Bild gibt es nicht mehr</translation>
    </message>
    <message>
        <source>B: %1</source>
        <translation>B: %1</translation>
    </message>
    <message>
        <source>A and B have different sizes: %1 × %2 and %3 × %4</source>
        <translation>A und B sind verschieden groß: %1 × %2 und %3 × %4</translation>
    </message>
</context>
<context>
    <name>artdag::ContactSheet</name>
    <message>
        <source>Seed and handles</source>
        <translation>Startwert und Griffe</translation>
    </message>
    <message>
        <source>Seeds</source>
        <translation>Startwerte</translation>
    </message>
    <message>
        <source>1 variation</source>
        <translation>1 Variation</translation>
    </message>
    <message>
        <source>%1 variations</source>
        <translation>%1 Variationen</translation>
    </message>
    <message>
        <source>%1 there</source>
        <translation>%1 da</translation>
    </message>
    <message>
        <source>%1 failed</source>
        <translation>%1 fehlgeschlagen</translation>
    </message>
    <message>
        <source>first in %1 s</source>
        <translation>erste in %1 s</translation>
    </message>
    <message>
        <source>all in %1 s</source>
        <translation>alle in %1 s</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>Nothing in this recipe has a seed.</source>
        <translation>Nichts in diesem Rezept hat einen Startwert.</translation>
    </message>
    <message>
        <source>Nothing in this recipe can be varied yet: add a node with parameters that feeds the film.</source>
        <translation>In diesem Rezept kann noch nichts variiert werden: einen Knoten mit Parametern hinzufügen, der den Film speist.</translation>
    </message>
    <message>
        <source>made again: the same bytes</source>
        <translation>noch einmal berechnet: dieselben Bytes</translation>
    </message>
    <message>
        <source>made again: it differs</source>
        <translation>noch einmal berechnet: es weicht ab</translation>
    </message>
    <message>
        <source>Open variation %1</source>
        <translation>Variation %1 öffnen</translation>
    </message>
    <message>
        <source>Contact sheet written: %1</source>
        <translation>Kontaktbogen geschrieben: %1</translation>
    </message>
    <message>
        <source>%1 cannot be written: choose another folder</source>
        <translation>%1 kann nicht geschrieben werden: einen anderen Ordner wählen</translation>
    </message>
</context>
<context>
    <name>artdag::CurveModel</name>
    <message>
        <source>%1 keys</source>
        <translation>%1 Keyframes</translation>
    </message>
    <message>
        <source>%1 · %2 · %3</source>
        <translation>%1 · %2 · %3</translation>
    </message>
    <message>
        <source>%1: it %2, so it has no keys; press ƒ in its form to end that first</source>
        <translation>%1: es %2 und hat darum keine Keyframes; ƒ in seinem Formular beendet das zuerst</translation>
    </message>
    <message>
        <source>follows something</source>
        <translation>folgt etwas</translation>
    </message>
    <message>
        <source>is an expression</source>
        <translation>ist ein Ausdruck</translation>
    </message>
    <message>
        <source>Add key</source>
        <translation>Keyframe hinzufügen</translation>
    </message>
    <message>
        <source>Delete keys</source>
        <translation>Keyframes löschen</translation>
    </message>
    <message>
        <source>Ease</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>There are no keys in the clipboard</source>
        <translation>In der Zwischenablage sind keine Keyframes</translation>
    </message>
    <message>
        <source>Select a row with keys to paste into</source>
        <translation>Eine Zeile mit Keyframes auswählen, um dort einzufügen</translation>
    </message>
    <message>
        <source>%1: the keys in the clipboard have another number of values</source>
        <translation>%1: die Keyframes in der Zwischenablage haben eine andere Zahl von Werten</translation>
    </message>
    <message>
        <source>Paste keys</source>
        <translation>Keyframes einfügen</translation>
    </message>
    <message>
        <source>Animate %1</source>
        <translation>%1 animieren</translation>
    </message>
    <message>
        <source>follows %1</source>
        <translation>folgt %1</translation>
    </message>
</context>
<context>
    <name>artdag::Document</name>
    <message>
        <source>Title</source>
        <translation>Titel</translation>
    </message>
</context>
<context>
    <name>artdag::Explore</name>
    <message>
        <source>All %1 films are rendered.</source>
        <translation>Alle %1 Filme sind gerendert.</translation>
    </message>
    <message>
        <source>%1 films are rendered, %2 failed: see the queue.</source>
        <translation>%1 Filme sind gerendert, %2 fehlgeschlagen: siehe Warteschlange.</translation>
    </message>
    <message>
        <source>each output&apos;s own</source>
        <translation>jeder Ausgabe eigenes</translation>
    </message>
    <message>
        <source>%1 – %2</source>
        <translation>%1 – %2</translation>
    </message>
    <message>
        <source>This recipe has no output: add one, then render.</source>
        <translation>Dieses Rezept hat keine Ausgabe: eine hinzufügen, dann rendern.</translation>
    </message>
    <message>
        <source>The recipe of this render cannot be read any more.</source>
        <translation>Das Rezept dieses Films kann nicht mehr gelesen werden.</translation>
    </message>
    <message>
        <source>%1, variant</source>
        <translation>%1, Variante</translation>
    </message>
    <message>
        <source>made from</source>
        <translation>gemacht aus</translation>
    </message>
    <message>
        <source>recipe</source>
        <translation>Rezept</translation>
    </message>
    <message>
        <source>provenance</source>
        <translation>Herkunft</translation>
    </message>
    <message>
        <source>input</source>
        <translation>Eingang</translation>
    </message>
    <message>
        <source>effect</source>
        <translation>Effekt</translation>
    </message>
    <message>
        <source>baked</source>
        <translation>gebacken</translation>
    </message>
    <message>
        <source>made with</source>
        <translation>gemacht mit</translation>
    </message>
    <message>
        <source>version %1</source>
        <translation>Version %1</translation>
    </message>
    <message>
        <source>Select two renders to compare: hold Ctrl and click the second.</source>
        <translation>Zwei Filme zum Vergleichen auswählen: Strg halten und den zweiten anklicken.</translation>
    </message>
</context>
<context>
    <name>artdag::FieldModel</name>
    <message>
        <source>The effect &apos;%1&apos; is not in this build. The node is kept as it is.</source>
        <translation>Der Effekt „%1“ fehlt in dieser Fassung. Der Knoten bleibt, wie er ist.</translation>
    </message>
    <message>
        <source>Output</source>
        <translation>Ausgang</translation>
    </message>
    <message>
        <source>Input</source>
        <translation>Eingang</translation>
    </message>
    <message>
        <source>Hide handle</source>
        <translation>Regler verbergen</translation>
    </message>
    <message>
        <source>Show handle</source>
        <translation>Regler zeigen</translation>
    </message>
    <message>
        <source>The group &apos;%1&apos; is not in this recipe.</source>
        <translation>Die Gruppe „%1“ ist nicht in diesem Rezept.</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>Gruppieren</translation>
    </message>
    <message>
        <source>Follow</source>
        <translation>Folgen</translation>
    </message>
    <message>
        <source>Make a parameter</source>
        <translation>Parameter machen</translation>
    </message>
    <message>
        <source>Paste as a link</source>
        <translation>Als Verknüpfung einfügen</translation>
    </message>
    <message>
        <source>Nothing to link to: copy a parameter of a node that is here first</source>
        <translation>Nichts zum Verknüpfen: Kopiere zuerst einen Parameter eines Knotens, der hier ist</translation>
    </message>
</context>
<context>
    <name>artdag::FilmCheck</name>
    <message>
        <source>Rendering all its frames again …</source>
        <translation>Alle seine Bilder werden noch einmal berechnet …</translation>
    </message>
    <message>
        <source>Rendering %1 of its frames again …</source>
        <translation>%1 seiner Bilder werden noch einmal berechnet …</translation>
    </message>
    <message>
        <source>Not checked: it was given up.</source>
        <translation>Nicht geprüft: es wurde abgebrochen.</translation>
    </message>
    <message>
        <source>It cannot be checked: %1</source>
        <translation>Er kann nicht geprüft werden: %1</translation>
    </message>
    <message>
        <source>Are these the signed bytes?</source>
        <translation>Sind das die signierten Bytes?</translation>
    </message>
    <message>
        <source>Does the recipe give these pixels?</source>
        <translation>Ergibt das Rezept diese Pixel?</translation>
    </message>
    <message>
        <source>Is the file an encoding of these pixels?</source>
        <translation>Ist die Datei eine Kodierung dieser Pixel?</translation>
    </message>
    <message>
        <source>It differs from frame %1 on.</source>
        <translation>Er weicht ab Bild %1 ab.</translation>
    </message>
    <message>
        <source>It could not be made again.</source>
        <translation>Er konnte nicht noch einmal hergestellt werden.</translation>
    </message>
    <message>
        <source>Rendered again, the same: %1 of %2 frames.</source>
        <translation>Noch einmal berechnet, gleich: %1 von %2 Bildern.</translation>
    </message>
</context>
<context>
    <name>artdag::FlashWatch</name>
    <message>
        <source>what was played</source>
        <translation>was abgespielt wurde</translation>
    </message>
    <message>
        <source>the rendered film</source>
        <translation>der gerenderte Film</translation>
    </message>
</context>
<context>
    <name>artdag::Gallery</name>
    <message>
        <source>a look, not rendered yet</source>
        <translation>eine Ansicht, noch nicht gerendert</translation>
    </message>
    <message>
        <source>Take back the mark</source>
        <translation>Markierung zurücknehmen</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Star</source>
        <translation>Stern</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Notizen</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Schlagwörter</translation>
    </message>
    <message>
        <source>One film of %1 is deleted from the disk with its provenance</source>
        <translation>Ein Film von %1 wird mit seiner Herkunft von der Platte gelöscht</translation>
    </message>
    <message>
        <source>%1 films, together %2, are deleted from the disk with their provenance</source>
        <translation>%1 Filme, zusammen %2, werden mit ihrer Herkunft von der Platte gelöscht</translation>
    </message>
    <message>
        <source>one look is forgotten</source>
        <translation>eine Ansicht wird vergessen</translation>
    </message>
    <message>
        <source>%1 looks are forgotten</source>
        <translation>%1 Ansichten werden vergessen</translation>
    </message>
    <message>
        <source>%1. This cannot be undone.</source>
        <translation>%1. Das kann nicht zurückgenommen werden.</translation>
    </message>
    <message>
        <source>, and </source>
        <translation>, und </translation>
    </message>
    <message>
        <source>Emptied: %1 discarded, %2 freed</source>
        <translation>Geleert: %1 verworfene, %2 frei</translation>
    </message>
</context>
<context>
    <name>artdag::GraphCanvas</name>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>%1, one more</source>
        <translation>%1, noch einer</translation>
    </message>
    <message>
        <source>%1 takes a %2, not a %3</source>
        <translation>%1 nimmt %2, nicht %3</translation>
    </message>
    <message>
        <source>This would make a circle: %1 is made from %2</source>
        <translation>Das gäbe einen Kreis: %1 entsteht aus %2</translation>
    </message>
    <message>
        <source>Drop to insert</source>
        <translation>Loslassen zum Einsetzen</translation>
    </message>
</context>
<context>
    <name>artdag::GraphModel</name>
    <message>
        <source>Add %1</source>
        <translation>%1 hinzufügen</translation>
    </message>
    <message>
        <source>Delete %1</source>
        <translation>%1 löschen</translation>
    </message>
    <message>
        <source>Delete %1 cards</source>
        <translation>%1 Karten löschen</translation>
    </message>
    <message>
        <source>Bypass</source>
        <translation>Überbrücken</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>Duplizieren</translation>
    </message>
    <message>
        <source>Lay out</source>
        <translation>Anordnen</translation>
    </message>
    <message>
        <source>Rename %1</source>
        <translation>%1 umbenennen</translation>
    </message>
    <message>
        <source>Move %1</source>
        <translation>%1 bewegen</translation>
    </message>
    <message>
        <source>Move %1 cards</source>
        <translation>%1 Karten bewegen</translation>
    </message>
    <message>
        <source>%1: &apos;%2&apos; takes a %3, not a %4</source>
        <translation>%1: „%2“ nimmt %3, nicht %4</translation>
    </message>
    <message>
        <source>Connect %1 to %2</source>
        <translation>%1 mit %2 verbinden</translation>
    </message>
    <message>
        <source>Disconnect %1</source>
        <translation>%1 trennen</translation>
    </message>
    <message>
        <source>%1, %2, %3 of %4 inputs connected</source>
        <translation>%1, %2, %3 von %4 Eingängen verbunden</translation>
    </message>
    <message>
        <source>Paste %1</source>
        <translation>%1 einfügen</translation>
    </message>
    <message>
        <source>Paste %1 cards</source>
        <translation>%1 Karten einfügen</translation>
    </message>
    <message>
        <source>Select the nodes that go into a group first</source>
        <translation>Zuerst die Knoten auswählen, die in eine Gruppe kommen</translation>
    </message>
    <message>
        <source>Group %1 nodes</source>
        <translation>%1 Knoten gruppieren</translation>
    </message>
    <message>
        <source>Select a group to put its nodes in its place</source>
        <translation>Eine Gruppe auswählen, um ihre Knoten an ihre Stelle zu setzen</translation>
    </message>
    <message>
        <source>Flatten group</source>
        <translation>Gruppe auflösen</translation>
    </message>
    <message>
        <source>%1 as a parameter</source>
        <translation>%1 als Parameter</translation>
    </message>
    <message>
        <source>%1 as an input of the group</source>
        <translation>%1 als Eingang der Gruppe</translation>
    </message>
    <message>
        <source>%1 as an output of the group</source>
        <translation>%1 als Ausgang der Gruppe</translation>
    </message>
    <message>
        <source>Promote %1</source>
        <translation>%1 herausführen</translation>
    </message>
    <message>
        <source>%1 to %2 of %3</source>
        <translation>%1 an %2 von %3</translation>
    </message>
    <message>
        <source>%1 (in place of what is there)</source>
        <translation>%1 (statt dessen, was dort ist)</translation>
    </message>
    <message>
        <source>Remove dot</source>
        <translation>Punkt entfernen</translation>
    </message>
    <message>
        <source>Remove frame</source>
        <translation>Rahmen entfernen</translation>
    </message>
    <message>
        <source>Extract</source>
        <translation>Herausnehmen</translation>
    </message>
    <message>
        <source>Frame</source>
        <translation>Rahmen</translation>
    </message>
    <message>
        <source>Rename frame</source>
        <translation>Rahmen umbenennen</translation>
    </message>
    <message>
        <source>Colour of frame</source>
        <translation>Farbe des Rahmens</translation>
    </message>
    <message>
        <source>Fold frame</source>
        <translation>Rahmen einklappen</translation>
    </message>
    <message>
        <source>Unfold frame</source>
        <translation>Rahmen ausklappen</translation>
    </message>
    <message>
        <source>Fit frame</source>
        <translation>Rahmen anpassen</translation>
    </message>
    <message>
        <source>Dot</source>
        <translation>Punkt</translation>
    </message>
    <message>
        <source>Cut wire</source>
        <translation>Verbindung trennen</translation>
    </message>
    <message>
        <source>Cut %1 wires</source>
        <translation>%1 Verbindungen trennen</translation>
    </message>
    <message>
        <source>Bookmark %1</source>
        <translation>Lesezeichen %1</translation>
    </message>
    <message>
        <source>Bookmark %1 is not set: select a card and press Ctrl+%1</source>
        <translation>Lesezeichen %1 ist nicht gesetzt: eine Karte auswählen und Strg+%1 drücken</translation>
    </message>
    <message>
        <source>Align</source>
        <translation>Ausrichten</translation>
    </message>
    <message>
        <source>Distribute</source>
        <translation>Verteilen</translation>
    </message>
    <message>
        <source>Move frame</source>
        <translation>Rahmen bewegen</translation>
    </message>
    <message>
        <source>Move dot</source>
        <translation>Punkt bewegen</translation>
    </message>
    <message>
        <source>Insert %1</source>
        <translation>%1 einsetzen</translation>
    </message>
    <message>
        <source>Resize frame</source>
        <translation>Größe des Rahmens</translation>
    </message>
</context>
<context>
    <name>artdag::GraphScope</name>
    <message>
        <source>Film</source>
        <translation>Film</translation>
    </message>
</context>
<context>
    <name>artdag::ItemStrip</name>
    <message>
        <source>Item %1, %2, from %3 to %4</source>
        <translation>Element %1, %2, von %3 bis %4</translation>
    </message>
    <message>
        <source>Trim start</source>
        <translation>Anfang kürzen</translation>
    </message>
    <message>
        <source>Trim end</source>
        <translation>Ende kürzen</translation>
    </message>
    <message>
        <source>Slip</source>
        <translation>Verschieben im Inneren</translation>
    </message>
    <message>
        <source>Reorder</source>
        <translation>Umordnen</translation>
    </message>
    <message>
        <source>Select a sequence to split its items</source>
        <translation>Eine Sequenz auswählen, um ihre Elemente zu teilen</translation>
    </message>
    <message>
        <source>Move the playhead into an item to split it there</source>
        <translation>Den Abspielkopf in ein Element bewegen, um es dort zu teilen</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>Teilen</translation>
    </message>
</context>
<context>
    <name>artdag::Journal</name>
    <message>
        <source>Edits cannot be kept safe from a crash: %1</source>
        <translation>Änderungen lassen sich nicht vor einem Absturz sichern: %1</translation>
    </message>
</context>
<context>
    <name>artdag::KeyHolder</name>
    <message>
        <source>The keychain has not answered yet; it may be asking for its password. Nothing waits for it: what is exported now is signed when it is published.</source>
        <translation>Der Schlüsselbund hat noch nicht geantwortet; vielleicht fragt er nach seinem Passwort. Nichts wartet darauf: was jetzt exportiert wird, wird beim Veröffentlichen signiert.</translation>
    </message>
    <message>
        <source>The key is shut: %1. Open it with its passphrase in Share.</source>
        <translation>Der Schlüssel bleibt zu: %1. Öffne ihn unter Teilen mit seiner Passphrase.</translation>
    </message>
    <message>
        <source>No key was made: %1. What you export is not signed until you choose a passphrase in Share.</source>
        <translation>Es wurde kein Schlüssel angelegt: %1. Was du exportierst, ist nicht signiert, bis du unter Teilen eine Passphrase wählst.</translation>
    </message>
    <message>
        <source>Choose a passphrase of at least 8 characters. Nobody can recover it.</source>
        <translation>Wähle eine Passphrase mit mindestens 8 Zeichen. Niemand kann sie wiederherstellen.</translation>
    </message>
    <message>
        <source>A key was made that signs your films, so that nobody can say they are theirs. Your keychain keeps it shut.</source>
        <translation>Ein Schlüssel wurde angelegt, der deine Filme signiert, damit niemand sie als eigene ausgeben kann. Dein Schlüsselbund hütet ihn.</translation>
    </message>
    <message>
        <source>A copy of your key is in %1. Keep it and its passphrase apart from this machine: whoever has both can sign as you.</source>
        <translation>Eine Kopie deines Schlüssels liegt in %1. Bewahre sie und ihre Passphrase getrennt von diesem Rechner auf: Wer beides hat, kann in deinem Namen unterschreiben.</translation>
    </message>
    <message>
        <source>A new key signs your films from now on. A server that knows the old one is to be told on its page of settings: revoke it there.</source>
        <translation>Von jetzt an unterschreibt ein neuer Schlüssel deine Filme. Einem Server, der den alten kennt, sagst du es auf seiner Seite für Einstellungen: Widerrufe ihn dort.</translation>
    </message>
    <message>
        <source>A new key signs your films from now on. %1 knows it, and takes nothing more that the old one signs.</source>
        <translation>Von jetzt an unterschreibt ein neuer Schlüssel deine Filme. %1 kennt ihn und nimmt nichts mehr an, was der alte unterschreibt.</translation>
    </message>
    <message>
        <source>A new key signs your films from now on. %1 knows it, but has not revoked the old one: do that on its page of settings.</source>
        <translation>Von jetzt an unterschreibt ein neuer Schlüssel deine Filme. %1 kennt ihn, hat den alten aber nicht widerrufen: Tu das auf seiner Seite für Einstellungen.</translation>
    </message>
</context>
<context>
    <name>artdag::Languages</name>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
</context>
<context>
    <name>artdag::Library</name>
    <message>
        <source>missing</source>
        <translation>fehlt</translation>
    </message>
    <message>
        <source>the file has changed</source>
        <translation>die Datei hat sich geändert</translation>
    </message>
    <message>
        <source>here: %1</source>
        <translation>hier: %1</translation>
    </message>
    <message>
        <source>in one other recipe</source>
        <translation>in einem anderen Rezept</translation>
    </message>
    <message>
        <source>in %1 other recipes</source>
        <translation>in %1 anderen Rezepten</translation>
    </message>
    <message>
        <source>%1 is missing: find it first.</source>
        <translation>%1 fehlt: zuerst suchen.</translation>
    </message>
    <message>
        <source>%1 is no picture, clip or sound: choose it in the inspector of what uses it.</source>
        <translation>%1 ist kein Bild, Clip oder Klang: im Inspektor dessen wählen, was es verwendet.</translation>
    </message>
    <message>
        <source>Add %1</source>
        <translation>%1 hinzufügen</translation>
    </message>
    <message>
        <source>Take the new %1</source>
        <translation>Das neue %1 nehmen</translation>
    </message>
    <message>
        <source>%1 has changed since it was taken in: the library offers the new one.</source>
        <translation>%1 hat sich seit der Aufnahme geändert: die Bibliothek bietet das neue an.</translation>
    </message>
    <message>
        <source>Every file is as it was.</source>
        <translation>Jede Datei ist, wie sie war.</translation>
    </message>
    <message>
        <source>Nothing is missing.</source>
        <translation>Nichts fehlt.</translation>
    </message>
    <message>
        <source>None of what is missing is in %1.</source>
        <translation>Nichts von dem, was fehlt, ist in %1.</translation>
    </message>
    <message>
        <source>Found %1 of %2.</source>
        <translation>%1 von %2 gefunden.</translation>
    </message>
</context>
<context>
    <name>artdag::NodeReport</name>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>%1 × %2 px in the film</source>
        <translation>%1 × %2 px im Film</translation>
    </message>
    <message>
        <source>Frames</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>1, a still</source>
        <translation>1, ein Standbild</translation>
    </message>
    <message>
        <source>Gives</source>
        <translation>Gibt</translation>
    </message>
    <message>
        <source>Effect</source>
        <translation>Effekt</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>%1 ms for a frame at %2 %</source>
        <translation>%1 ms für ein Bild bei %2 %</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>not looked at yet</source>
        <translation>noch nicht angesehen</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Jetzt</translation>
    </message>
    <message>
        <source>Last error</source>
        <translation>Letzter Fehler</translation>
    </message>
    <message>
        <source>It would not: all its frames are at hand.</source>
        <translation>Er würde nicht: alle seine Bilder sind da.</translation>
    </message>
    <message>
        <source>It cannot: %1</source>
        <translation>Er kann nicht: %1</translation>
    </message>
    <message>
        <source>That is known when the recipe can be planned.</source>
        <translation>Das ist bekannt, wenn das Rezept geplant werden kann.</translation>
    </message>
    <message>
        <source>Some of its frames have not been made yet.</source>
        <translation>Einige seiner Bilder sind noch nicht gemacht.</translation>
    </message>
</context>
<context>
    <name>artdag::PixelProbe</name>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
</context>
<context>
    <name>artdag::Player</name>
    <message>
        <source>seconds</source>
        <translation>Sekunden</translation>
    </message>
    <message>
        <source>frames</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>SMPTE timecode</source>
        <translation>SMPTE-Timecode</translation>
    </message>
</context>
<context>
    <name>artdag::Presets</name>
    <message>
        <source>Preset %1</source>
        <translation>Vorgabe %1</translation>
    </message>
    <message>
        <source>Defaults</source>
        <translation>Standardwerte</translation>
    </message>
    <message>
        <source>The preset is not kept: %1</source>
        <translation>Die Vorgabe ist nicht behalten: %1</translation>
    </message>
</context>
<context>
    <name>artdag::ProblemsModel</name>
    <message>
        <source>1 problem</source>
        <translation>1 Problem</translation>
    </message>
    <message>
        <source>%1 problems</source>
        <translation>%1 Probleme</translation>
    </message>
</context>
<context>
    <name>artdag::Publisher</name>
    <message>
        <source>Talking to %1 …</source>
        <translation>Verbindung mit %1 …</translation>
    </message>
    <message>
        <source>The key is locked: open it with its passphrase, then publish again.</source>
        <translation>Der Schlüssel ist zu: öffne ihn mit seiner Passphrase und veröffentliche dann erneut.</translation>
    </message>
    <message>
        <source>Publishing %1</source>
        <translation>%1 wird veröffentlicht</translation>
    </message>
    <message>
        <source>Cancelled. Nothing was published.</source>
        <translation>Abgebrochen. Nichts wurde veröffentlicht.</translation>
    </message>
    <message>
        <source>Taken back. Nothing was published.</source>
        <translation>Zurückgenommen. Nichts wurde veröffentlicht.</translation>
    </message>
    <message>
        <source>The login at %1 is over. Log in again; what you wrote stays here.</source>
        <translation>Die Anmeldung bei %1 ist abgelaufen. Melde dich neu an; was du geschrieben hast, bleibt hier.</translation>
    </message>
    <message>
        <source>%1. What you wrote stays here as a draft.</source>
        <translation>%1. Was du geschrieben hast, bleibt hier als Entwurf.</translation>
    </message>
    <message>
        <source>There is no account yet. Nothing was sent.</source>
        <translation>Es gibt noch kein Konto. Nichts wurde gesendet.</translation>
    </message>
    <message>
        <source>There is no film yet. Render one, then publish it.</source>
        <translation>Es gibt noch keinen Film. Rendere einen und veröffentliche ihn dann.</translation>
    </message>
    <message>
        <source>Published.</source>
        <translation>Veröffentlicht.</translation>
    </message>
    <message>
        <source>Published: %1.</source>
        <translation>Veröffentlicht: %1.</translation>
    </message>
    <message>
        <source>Updating %1</source>
        <translation>%1 wird aktualisiert</translation>
    </message>
    <message>
        <source>Updated.</source>
        <translation>Aktualisiert.</translation>
    </message>
    <message>
        <source>Withdrawing %1</source>
        <translation>%1 wird zurückgezogen</translation>
    </message>
    <message>
        <source>Taken back: it was withdrawn at once.</source>
        <translation>Zurückgenommen: es wurde sofort zurückgezogen.</translation>
    </message>
    <message>
        <source>Withdrawn. Servers that had it are told to delete it.</source>
        <translation>Zurückgezogen. Server, die es hatten, werden gebeten, es zu löschen.</translation>
    </message>
    <message>
        <source>Kept as a draft. It is here when you come back.</source>
        <translation>Als Entwurf behalten. Er ist hier, wenn du wiederkommst.</translation>
    </message>
    <message>
        <source>The login is in your keychain.</source>
        <translation>Die Anmeldung liegt in deinem Schlüsselbund.</translation>
    </message>
    <message>
        <source>The login is in a file that only you can read.</source>
        <translation>Die Anmeldung liegt in einer Datei, die nur du lesen kannst.</translation>
    </message>
    <message>
        <source>The login is in a file that only you can read, because the keychain cannot be used (%1).</source>
        <translation>Die Anmeldung liegt in einer Datei, die nur du lesen kannst, weil der Schlüsselbund nicht benutzt werden kann (%1).</translation>
    </message>
    <message>
        <source>Answer in the browser. If none opens, go to %1. It asks for this code:</source>
        <translation>Antworte im Browser. Öffnet sich keiner, gehe zu %1. Er fragt nach diesem Code:</translation>
    </message>
    <message>
        <source>film</source>
        <translation>Film</translation>
    </message>
    <message>
        <source>recipe</source>
        <translation>Rezept</translation>
    </message>
    <message>
        <source>digests of its frames</source>
        <translation>Prüfsummen der Bilder</translation>
    </message>
    <message>
        <source>font</source>
        <translation>Schrift</translation>
    </message>
    <message>
        <source>poster</source>
        <translation>Vorschaubild</translation>
    </message>
    <message>
        <source>input %1</source>
        <translation>Eingang %1</translation>
    </message>
    <message>
        <source>only cited</source>
        <translation>nur genannt</translation>
    </message>
    <message>
        <source>%1 files, %2</source>
        <translation>%1 Dateien, %2</translation>
    </message>
    <message>
        <source>anyone can check the pixels</source>
        <translation>alle können die Pixel nachprüfen</translation>
    </message>
    <message>
        <source>anyone can check signature, bytes and time; the pixels only those to whom you give the rest</source>
        <translation>alle können Signatur, Bytes und Zeit nachprüfen; die Pixel nur, wem du den Rest gibst</translation>
    </message>
    <message>
        <source>anyone can check signature, bytes and time, nobody the pixels</source>
        <translation>alle können Signatur, Bytes und Zeit nachprüfen, die Pixel niemand</translation>
    </message>
    <message>
        <source>agreed</source>
        <translation>einverstanden</translation>
    </message>
    <message>
        <source>not asked or not answered yet</source>
        <translation>noch keine Antwort</translation>
    </message>
    <message>
        <source>Nothing was sent: %1</source>
        <translation>Nichts wurde gesendet: %1</translation>
    </message>
    <message>
        <source>The rest is yours: %1</source>
        <translation>Der Rest ist deiner: %1</translation>
    </message>
    <message>
        <source>Each needs an account and its percent.</source>
        <translation>Zu jedem gehören ein Konto und sein Anteil in Prozent.</translation>
    </message>
</context>
<context>
    <name>artdag::RenderQueue</name>
    <message>
        <source>%1 / %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source> · %1 left</source>
        <translation> · noch %1</translation>
    </message>
    <message>
        <source>Rendering %1 / %2</source>
        <translation>Rendert %1 / %2</translation>
    </message>
    <message>
        <source>Untitled</source>
        <translation>Ohne Titel</translation>
    </message>
    <message>
        <source>Cancelled; finished parts are kept</source>
        <translation>Abgebrochen; fertige Teile bleiben</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Abgebrochen</translation>
    </message>
    <message>
        <source> · %1 fps · %2 left</source>
        <translation> · %1 B/s · noch %2</translation>
    </message>
    <message>
        <source>%1 of %2 chunks</source>
        <translation>%1 von %2 Stücken</translation>
    </message>
    <message>
        <source>from the last time; finished parts are at hand</source>
        <translation>vom letzten Mal; fertige Teile sind da</translation>
    </message>
    <message>
        <source>The queue is not kept for the next start: %1</source>
        <translation>Die Warteschlange ist nicht für den nächsten Start behalten: %1</translation>
    </message>
    <message>
        <source>waits for your key: open it in Share</source>
        <translation>wartet auf Ihren Schlüssel: in Teilen öffnen</translation>
    </message>
    <message>
        <source>paused; finished parts are kept</source>
        <translation>angehalten; fertige Teile sind behalten</translation>
    </message>
    <message>
        <source>Make room, or render fewer at once; then try again.</source>
        <translation>Platz schaffen oder weniger zugleich rendern; dann noch einmal versuchen.</translation>
    </message>
    <message>
        <source>Find the missing file in the Library, then try again.</source>
        <translation>Die fehlende Datei in der Bibliothek suchen, dann noch einmal versuchen.</translation>
    </message>
    <message>
        <source>Open the recipe, see Problems, and render again.</source>
        <translation>Das Rezept öffnen, unter Probleme nachsehen und noch einmal rendern.</translation>
    </message>
    <message>
        <source>Choose a folder that you may write to.</source>
        <translation>Einen Ordner wählen, in den Sie schreiben dürfen.</translation>
    </message>
    <message>
        <source>sending what it lacks</source>
        <translation>sendet, was dort fehlt</translation>
    </message>
    <message>
        <source>waits there</source>
        <translation>wartet dort</translation>
    </message>
    <message>
        <source>fetching the film</source>
        <translation>holt den Film</translation>
    </message>
    <message>
        <source>%1 does not answer; it is asked again until it does</source>
        <translation>%1 antwortet nicht; die Frage wird wiederholt, bis eine Antwort kommt</translation>
    </message>
    <message>
        <source>on %1</source>
        <translation>auf %1</translation>
    </message>
    <message>
        <source>See Share, Renderers; then try again, or render here.</source>
        <translation>Unter Teilen, Renderer nachsehen; dann noch einmal versuchen oder hier rendern.</translation>
    </message>
    <message>
        <source>%1 takes nothing more now; it is asked again until it does</source>
        <translation>%1 nimmt gerade nichts mehr an; es wird wieder gefragt, bis Platz ist</translation>
    </message>
    <message>
        <source> · for %1</source>
        <translation> · seit %1</translation>
    </message>
    <message>
        <source>its parts found no room in the store and are not kept</source>
        <translation>seine Teile fanden im Speicher keinen Platz und werden nicht aufbewahrt</translation>
    </message>
    <message>
        <source>The store has no room: films are made all the same, but what they are made of is not kept for the next time. Make room on the disk, or allow the store more of it in Preferences.</source>
        <translation>Der Speicher hat keinen Platz: Filme entstehen trotzdem, aber woraus sie gemacht sind, wird nicht für das nächste Mal aufbewahrt. Auf der Platte Platz schaffen oder dem Speicher in den Einstellungen mehr davon erlauben.</translation>
    </message>
</context>
<context>
    <name>artdag::Renderers</name>
    <message>
        <source>here</source>
        <translation>hier</translation>
    </message>
    <message>
        <source>asking …</source>
        <translation>fragt …</translation>
    </message>
    <message>
        <source>not attached</source>
        <translation>nicht angebunden</translation>
    </message>
    <message>
        <source>ready; its token holds until %1 and renews itself</source>
        <translation>bereit; sein Token gilt bis %1 und erneuert sich selbst</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>bereit</translation>
    </message>
    <message>
        <source>does not answer</source>
        <translation>antwortet nicht</translation>
    </message>
    <message>
        <source>takes you no more: %1</source>
        <translation>nimmt dich nicht mehr an: %1</translation>
    </message>
    <message>
        <source>%1 knows you now.</source>
        <translation>%1 kennt dich jetzt.</translation>
    </message>
    <message>
        <source>%1 is detached.</source>
        <translation>%1 ist gelöst.</translation>
    </message>
    <message>
        <source>%1 is detached. It does not answer: what it still holds ends within a quarter of an hour.</source>
        <translation>%1 ist gelöst. Es kommt keine Antwort: was dort noch liegt, endet binnen einer Viertelstunde.</translation>
    </message>
</context>
<context>
    <name>artdag::ScopeBoard</name>
    <message>
        <source>Histogram · RGB and luma</source>
        <translation>Histogramm · RGB und Luma</translation>
    </message>
    <message>
        <source>Luma waveform</source>
        <translation>Luma-Wellenform</translation>
    </message>
    <message>
        <source>RGB parade</source>
        <translation>RGB-Parade</translation>
    </message>
    <message>
        <source>Vectorscope · BT.709</source>
        <translation>Vektorskop · BT.709</translation>
    </message>
</context>
<context>
    <name>artdag::StudioSession</name>
    <message>
        <source>Rendered %1: %2</source>
        <translation>%1 gerendert: %2</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1: it is too long for a recipe</source>
        <translation>%1: zu lang für ein Rezept</translation>
    </message>
    <message>
        <source>%1 is no recipe: %2</source>
        <translation>%1 ist kein Rezept: %2</translation>
    </message>
    <message>
        <source>Untitled</source>
        <translation>Ohne Titel</translation>
    </message>
    <message>
        <source>%1: it is not overwritten from here. Save under another name.</source>
        <translation>%1: die Datei wird von hier nicht überschrieben. Speichere unter einem anderen Namen.</translation>
    </message>
    <message>
        <source>Not saved: %1. The file is as it was before.</source>
        <translation>Nicht gespeichert: %1. Die Datei ist, wie sie vorher war.</translation>
    </message>
    <message>
        <source>This recipe has no output: add one, then render.</source>
        <translation>Dieses Rezept hat keinen Ausgang: füge einen hinzu, dann rendere.</translation>
    </message>
    <message>
        <source>Reading %1 …</source>
        <translation>%1 wird gelesen …</translation>
    </message>
    <message>
        <source>%1 cannot be used: %2</source>
        <translation>%1 lässt sich nicht verwenden: %2</translation>
    </message>
    <message>
        <source>A document was open when the Studio ended without saving it. It is offered under “Templates and recent files”.</source>
        <translation>Ein Dokument war offen, als das Studio endete, ohne es zu speichern. Es steht unter „Vorlagen und letzte Dateien“ bereit.</translation>
    </message>
    <message>
        <source>%1. This is a copy: it never changes that file, and Save asks for another name.</source>
        <translation>%1. Dies ist eine Kopie: sie ändert jene Datei nie, und Speichern fragt nach einem anderen Namen.</translation>
    </message>
    <message>
        <source>Recovered. It is in no file yet.</source>
        <translation>Wiederhergestellt. Noch in keiner Datei.</translation>
    </message>
    <message>
        <source>Recovered, with edits that are not in %1 yet.</source>
        <translation>Wiederhergestellt, mit Änderungen, die noch nicht in %1 sind.</translation>
    </message>
    <message>
        <source>Restore version</source>
        <translation>Version zurückholen</translation>
    </message>
    <message>
        <source>Add %1</source>
        <translation>%1 hinzufügen</translation>
    </message>
    <message>
        <source>Your own %1</source>
        <translation>Ihr eigenes %1</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>a film: what was found</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1 undoes anything; earlier looks come back at once.</source>
        <translation>%1 macht alles rückgängig; frühere Bilder sind sofort wieder da.</translation>
    </message>
    <message>
        <source>%1 was changed after %2 signed it (Content Credentials).</source>
        <translation>%1 wurde verändert, nachdem %2 unterschrieben hat (Content Credentials).</translation>
    </message>
    <message>
        <source>%1 is signed by %2 (Content Credentials), which cannot be checked here.</source>
        <translation>%1 ist von %2 unterschrieben (Content Credentials), was hier nicht geprüft werden kann.</translation>
    </message>
    <message>
        <source>%1 is as %2 signed it (Content Credentials).</source>
        <translation>%1 ist so, wie %2 es unterschrieben hat (Content Credentials).</translation>
    </message>
    <message>
        <source>%1: %2. The film stays %3 × %4, %5 frames a second.</source>
        <translation>%1: %2. Der Film bleibt %3 × %4, %5 Bilder in der Sekunde.</translation>
    </message>
    <message>
        <source>The media beside %1 cannot be read: %2</source>
        <translation>Die Medien neben %1 können nicht gelesen werden: %2</translation>
    </message>
    <message>
        <source>Packing %1 …</source>
        <translation>%1 wird verpackt …</translation>
    </message>
    <message>
        <source>It cannot be packed: %1</source>
        <translation>Es kann nicht verpackt werden: %1</translation>
    </message>
    <message>
        <source>Packed with one file: %1</source>
        <translation>Mit einer Datei verpackt: %1</translation>
    </message>
    <message>
        <source>Packed with %1 files: %2</source>
        <translation>Mit %1 Dateien verpackt: %2</translation>
    </message>
    <message>
        <source>Published: %1</source>
        <translation>Veröffentlicht: %1</translation>
    </message>
</context>
<context>
    <name>artdag::Timeline</name>
    <message>
        <source>Move marker</source>
        <translation>Marke bewegen</translation>
    </message>
</context>
<context>
    <name>artdag::Versions</name>
    <message>
        <source>This version was not kept: %1</source>
        <translation>Diese Version wurde nicht aufbewahrt: %1</translation>
    </message>
    <message>
        <source>That version is no longer there</source>
        <translation>Diese Version ist nicht mehr da</translation>
    </message>
    <message>
        <source>1 node</source>
        <translation>1 Knoten</translation>
    </message>
    <message>
        <source>%1 nodes</source>
        <translation>%1 Knoten</translation>
    </message>
</context>
<context>
    <name>artdag::ViewCamera</name>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>Fit %1</source>
        <translation>%1 einpassen</translation>
    </message>
</context>
<context>
    <name>artdag::Viewer</name>
    <message>
        <source>full scale · sRGB</source>
        <translation>volle Größe · sRGB</translation>
    </message>
    <message>
        <source>½ scale · sRGB</source>
        <translation>½ Größe · sRGB</translation>
    </message>
    <message>
        <source>¼ scale · sRGB</source>
        <translation>¼ Größe · sRGB</translation>
    </message>
    <message>
        <source>⅛ scale · sRGB</source>
        <translation>⅛ Größe · sRGB</translation>
    </message>
    <message>
        <source>%1 fps live</source>
        <translation>%1 B/s live</translation>
    </message>
    <message>
        <source>%1 fps, every frame</source>
        <translation>%1 B/s, jedes Bild</translation>
    </message>
    <message>
        <source>%1 · costliest: %2</source>
        <translation>%1 · am teuersten: %2</translation>
    </message>
    <message>
        <source>caching %1 / %2 · Esc stops</source>
        <translation>berechnet vor %1 / %2 · Esc hält an</translation>
    </message>
    <message>
        <source>proxies off</source>
        <translation>Proxys aus</translation>
    </message>
    <message>
        <source>proxy %1 %</source>
        <translation>Proxy %1 %</translation>
    </message>
    <message>
        <source>proxy %1 %, %2 more</source>
        <translation>Proxy %1 %, %2 weitere</translation>
    </message>
    <message>
        <source>Marker</source>
        <translation>Marke</translation>
    </message>
</context>
</TS>
