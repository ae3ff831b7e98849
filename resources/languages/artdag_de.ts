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
        <source>Key</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>Open until you quit</source>
        <translation>Offen, bis du beendest</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>Passphrase</translation>
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
        <source>Make key</source>
        <translation>Schlüssel anlegen</translation>
    </message>
    <message>
        <source>Your key signs what you publish. The keychain opens it; so does its passphrase.</source>
        <translation>Dein Schlüssel signiert, was du veröffentlichst. Der Schlüsselbund öffnet ihn, oder seine Passphrase.</translation>
    </message>
    <message>
        <source>Your key signs what you publish, so that nobody can say it is theirs. It is made when you first export, and kept by your keychain. Without one, choose a passphrase.</source>
        <translation>Dein Schlüssel signiert, was du veröffentlichst, damit niemand es als eigenes ausgeben kann. Er wird beim ersten Export angelegt, und dein Schlüsselbund hütet ihn. Ohne Schlüsselbund wähle eine Passphrase.</translation>
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
    <name>ExplorePage</name>
    <message>
        <source>Renders</source>
        <translation>Gerendert</translation>
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
        <source>published</source>
        <translation>veröffentlicht</translation>
    </message>
    <message>
        <source>discarded</source>
        <translation>verworfen</translation>
    </message>
    <message>
        <source>Arrows move · K keep · S star · X discard · Enter opens</source>
        <translation>Pfeile bewegen · K behalten · S Stern · X verwerfen · Enter öffnet</translation>
    </message>
    <message>
        <source>No renders yet</source>
        <translation>Noch nichts gerendert</translation>
    </message>
    <message>
        <source>None of the renders is %1</source>
        <translation>Keiner der Filme ist %1</translation>
    </message>
    <message>
        <source>Every film you render appears here, with its recipe and its hash.</source>
        <translation>Jeder Film, den du renderst, erscheint hier, mit Rezept und Prüfsumme.</translation>
    </message>
    <message>
        <source>Render %1</source>
        <translation>%1 rendern</translation>
    </message>
</context>
<context>
    <name>FieldRow</name>
    <message>
        <source>Another seed</source>
        <translation>Anderer Startwert</translation>
    </message>
    <message>
        <source>Back to a constant</source>
        <translation>Zurück zum festen Wert</translation>
    </message>
    <message>
        <source>Animate with an expression of t</source>
        <translation>Mit einem Ausdruck in t animieren</translation>
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
        <source>changes over time</source>
        <translation>ändert sich mit der Zeit</translation>
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
        <source>Keep (K)</source>
        <translation>Behalten (K)</translation>
    </message>
    <message>
        <source>Star (S)</source>
        <translation>Stern (S)</translation>
    </message>
    <message>
        <source>Discard (X)</source>
        <translation>Verwerfen (X)</translation>
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
        <source>Enter</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>Publish…</source>
        <translation>Veröffentlichen…</translation>
    </message>
    <message>
        <source>The film you choose plays here</source>
        <translation>Der gewählte Film läuft hier</translation>
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
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>file is gone</source>
        <translation>Datei ist fort</translation>
    </message>
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
        <source>Tab add · F fit · D bypass · L lay out · Del delete</source>
        <translation>Tab hinzufügen · F einpassen · D überbrücken · L anordnen · Entf löschen</translation>
    </message>
    <message>
        <source>Map of the graph</source>
        <translation>Übersicht des Graphen</translation>
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
</context>
<context>
    <name>Notice</name>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
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
</context>
<context>
    <name>PostPreview</name>
    <message>
        <source>you, once there is an account</source>
        <translation>du, sobald es ein Konto gibt</translation>
    </message>
    <message>
        <source>%1 · signed, with recipe and provenance: anyone can check the pixels</source>
        <translation>%1 · signiert, mit Rezept und Herkunft: alle können die Pixel nachprüfen</translation>
    </message>
    <message>
        <source>Nothing to publish yet</source>
        <translation>Noch nichts zu veröffentlichen</translation>
    </message>
    <message>
        <source>Render a film in Make, or choose one in Explore.</source>
        <translation>Rendere einen Film unter Gestalten, oder wähle einen unter Erkunden.</translation>
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
        <source>done</source>
        <translation>fertig</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
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
    <name>Segments</name>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>SharePage</name>
    <message>
        <source>Publish</source>
        <translation>Veröffentlichen</translation>
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
        <source>A glowing rose window turns slowly …</source>
        <translation>Ein leuchtendes Rosettenfenster dreht sich langsam …</translation>
    </message>
    <message>
        <source>Alt text</source>
        <translation>Alternativtext</translation>
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
        <source>Without alt text, people who do not see the film will not know what it shows.</source>
        <translation>Ohne Alternativtext wissen Menschen, die den Film nicht sehen, nicht, was er zeigt.</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
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
    <name>TemplateCard</name>
    <message>
        <source>Template %1</source>
        <translation>Vorlage %1</translation>
    </message>
</context>
<context>
    <name>TimelinePanel</name>
    <message>
        <source>time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>film</source>
        <translation>Film</translation>
    </message>
    <message>
        <source>sound</source>
        <translation>Klang</translation>
    </message>
    <message>
        <source>Connect something to the output: the film appears here</source>
        <translation>Verbinde etwas mit dem Ausgang: hier erscheint der Film</translation>
    </message>
    <message>
        <source>Playhead, %1</source>
        <translation>Abspielposition, %1</translation>
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
    <name>ViewerPanel</name>
    <message>
        <source>rendering … · %1</source>
        <translation>rendert … · %1</translation>
    </message>
    <message>
        <source>Preview of %1</source>
        <translation>Vorschau von %1</translation>
    </message>
    <message>
        <source>Select a node to see it here</source>
        <translation>Wähle einen Knoten, um ihn hier zu sehen</translation>
    </message>
    <message>
        <source>To the start</source>
        <translation>Zum Anfang</translation>
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
        <source>Play (Space)</source>
        <translation>Abspielen (Leertaste)</translation>
    </message>
    <message>
        <source>A frame on (→)</source>
        <translation>Ein Bild weiter (→)</translation>
    </message>
    <message>
        <source>To the end</source>
        <translation>Zum Ende</translation>
    </message>
    <message>
        <source>Sound on</source>
        <translation>Ton ein</translation>
    </message>
    <message>
        <source>Sound off</source>
        <translation>Ton aus</translation>
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
    <name>artdag::Document</name>
    <message>
        <source>Title</source>
        <translation>Titel</translation>
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
</context>
<context>
    <name>artdag::GraphCanvas</name>
    <message>
        <source>%1 does not fit here</source>
        <translation>%1 passt hier nicht</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>%1, one more</source>
        <translation>%1, noch einer</translation>
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
</context>
<context>
    <name>artdag::Languages</name>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
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
        <source>No account yet: log in to a server, then publish again.</source>
        <translation>Noch kein Konto: melde dich bei einem Server an und veröffentliche dann erneut.</translation>
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
        <source>Published. Anyone can check it.</source>
        <translation>Veröffentlicht. Alle können es nachprüfen.</translation>
    </message>
</context>
<context>
    <name>artdag::RenderQueue</name>
    <message>
        <source>%1 / %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>%1 / %2 · %3 fps · %4 left</source>
        <translation>%1 / %2 · %3 B/s · noch %4</translation>
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
</context>
</TS>
