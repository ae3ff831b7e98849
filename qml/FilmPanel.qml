// SPDX-License-Identifier: GPL-3.0-or-later
// The chosen render: it plays here, with notes, tags, where it came from, how it differs from what is open, and what can be done with it.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import QtMultimedia
import ArtDag

Rectangle {
    id: root
    required property Theme theme
    required property Session session
    readonly property Gallery gallery: session.gallery
    readonly property Explore explore: session.explore
    readonly property bool hasEntry: gallery.currentTitle !== "" || gallery.currentPath !== ""
    readonly property bool hasFilm: gallery.currentPath !== ""
    property string entry
    readonly property var changes: explore.changes

    signal publishWanted

    function playOrStop() {
        if (screen.visible) {
            media.stop()
            return
        }
        media.source = gallery.currentFilm
        media.play()
    }

    /// What was being typed belongs to the render that it was typed for.
    function saveWords() {
        const noted = notes.text // setting the tags shows what is kept
        gallery.setTags(entry, tags.text)
        gallery.setNotes(entry, noted)
    }
    function showWords() {
        if (entry === gallery.currentId && (tags.activeFocus || notes.activeFocus))
            return
        if (tags.activeFocus || notes.activeFocus)
            saveWords()
        entry = gallery.currentId
        tags.text = gallery.currentTags
        notes.text = gallery.currentNotes
    }

    color: root.theme.panel

    MediaPlayer {
        id: media
        videoOutput: screen
        loops: MediaPlayer.Infinite
    }
    // An AudioOutput without a device crashes the backend, so there is one only where there is a device.
    Loader {
        active: root.session.player.hasDevice
        sourceComponent: AudioOutput {}
        onLoaded: media.audioOutput = item as AudioOutput
    }
    Connections {
        target: root.gallery
        function onCurrentChanged() {
            if (root.entry !== root.gallery.currentId)
                media.stop()
            root.showWords()
        }
    }
    Connections {
        target: root.session
        function onPlaceChanged() { media.stop() }
    }

    Flickable {
        id: flick
        anchors.fill: parent
        anchors.bottomMargin: actions.height + 28
        visible: root.hasEntry
        clip: true
        contentHeight: column.implicitHeight + 2 * root.theme.pad
        boundsBehavior: Flickable.StopAtBounds
        ScrollBar.vertical: ScrollBar { width: 8 }

        ColumnLayout {
            id: column
            x: root.theme.pad
            y: root.theme.pad
            width: flick.width - 2 * root.theme.pad
            spacing: root.theme.gap

            Rectangle {
                Layout.fillWidth: true
                Layout.preferredHeight: Math.round(width * 9 / 16)
                color: root.theme.surround
                PictureItem {
                    anchors.fill: parent
                    visible: !screen.visible
                    image: root.gallery.currentImage
                }
                VideoOutput {
                    id: screen
                    anchors.fill: parent
                    visible: media.playbackState === MediaPlayer.PlayingState
                }
            }
            RowLayout {
                Layout.fillWidth: true
                spacing: root.theme.gap
                PlainButton {
                    theme: root.theme
                    text: screen.visible ? qsTr("Stop") : qsTr("Play")
                    enabled: root.hasFilm
                    onClicked: root.playOrStop()
                }
                Item { Layout.fillWidth: true }
                IconButton { theme: root.theme; glyph: "keep"; tint: root.gallery.currentMark === "kept" ? root.theme.kept : root.theme.soft; tip: root.explore.commands.tip(qsTr("Keep"), "gallery.keep"); onClicked: root.explore.run("gallery.keep") }
                IconButton { theme: root.theme; glyph: root.gallery.currentMark === "starred" ? "star_on" : "star"; tint: root.gallery.currentMark === "starred" ? root.theme.kept : root.theme.soft; tip: root.explore.commands.tip(qsTr("Star"), "gallery.star"); onClicked: root.explore.run("gallery.star") }
                IconButton { theme: root.theme; glyph: "close"; tip: root.explore.commands.tip(qsTr("Discard"), "gallery.discard"); onClicked: root.explore.run("gallery.discard") }
            }
            Words {
                theme: root.theme
                strong: true
                font.pixelSize: root.theme.title
                text: root.gallery.currentTitle
                Layout.fillWidth: true
                wrapMode: Text.Wrap
                maximumLineCount: 2
            }
            Words {
                theme: root.theme
                soft: true
                text: root.gallery.currentFacts
                Layout.fillWidth: true
            }
            Words {
                theme: root.theme
                visible: root.gallery.currentRenderer !== ""
                soft: true
                text: qsTr("rendered by %1").arg(root.gallery.currentRenderer)
                Layout.fillWidth: true
            }
            TextBox {
                id: tags
                theme: root.theme
                Layout.fillWidth: true
                placeholderText: qsTr("Tags, with commas between")
                onEditingFinished: root.saveWords()
            }
            TextArea {
                id: notes
                Layout.fillWidth: true
                Layout.minimumHeight: root.theme.tall(52)
                wrapMode: TextEdit.Wrap
                padding: 8
                topPadding: 4
                font.family: root.theme.family
                font.pixelSize: root.theme.size
                color: root.theme.text
                placeholderText: qsTr("Notes")
                placeholderTextColor: root.theme.soft
                selectByMouse: true
                Accessible.name: qsTr("Notes")
                KeyNavigation.priority: KeyNavigation.BeforeItem
                KeyNavigation.tab: open
                onEditingFinished: root.saveWords()
                background: Rectangle {
                    color: root.theme.well
                    border.width: notes.activeFocus ? 2 : 1
                    border.color: notes.activeFocus ? root.theme.accent : root.theme.hairline
                }
            }
            GalleryLines {
                theme: root.theme
                heading: qsTr("Where it came from")
                lines: root.explore.lineage
                Layout.fillWidth: true
            }
            Words {
                theme: root.theme
                soft: true
                strong: true
                text: qsTr("From this render to what is open")
                wrapMode: Text.Wrap
                Layout.fillWidth: true
                Layout.topMargin: 8
            }
            Repeater {
                model: root.changes.length > 0 ? root.changes.slice(0, 12) : [qsTr("Nothing differs: this is what is open.")]
                Words {
                    required property string modelData
                    theme: root.theme
                    small: true
                    Layout.fillWidth: true
                    wrapMode: Text.Wrap
                    maximumLineCount: 2
                    text: modelData
                }
            }
            Words {
                theme: root.theme
                visible: root.explore.changes.length > 12
                small: true
                soft: true
                text: qsTr("and %1 more").arg(root.explore.changes.length - 12)
            }
            FilmAnswers {
                theme: root.theme
                check: root.session.check
                visible: root.hasFilm
                film: root.gallery.currentPath
                renderer: root.gallery.currentRenderer
                tipOfFew: root.explore.commands.tip(qsTr("Renders a few of its frames here and compares"), "gallery.check_here")
                onFewWanted: root.explore.run("gallery.check_here")
                tip: root.explore.commands.tip(qsTr("Renders all its frames again and compares"), "gallery.check")
                Layout.fillWidth: true
            }
            Words {
                theme: root.theme
                visible: root.gallery.currentHash !== ""
                soft: true
                small: true
                text: qsTr("frames %1").arg(root.gallery.currentHash)
                Layout.fillWidth: true
                Layout.topMargin: 8
                wrapMode: Text.WrapAnywhere
            }
            Words {
                theme: root.theme
                visible: root.hasFilm
                soft: true
                small: true
                text: root.gallery.currentPath
                Layout.fillWidth: true
                elide: Text.ElideMiddle
            }
            Words {
                theme: root.theme
                small: true
                visible: root.gallery.currentPage !== ""
                color: root.theme.accent
                text: root.gallery.currentPage
                Layout.fillWidth: true
                elide: Text.ElideMiddle
                TapHandler { onTapped: Qt.openUrlExternally(root.gallery.currentPage) }
            }
        }
    }
    GridLayout {
        id: actions
        // Side by side where the words are short enough.
        readonly property bool roomy: open.implicitWidth + variant.implicitWidth + publish.implicitWidth + 3 * columnSpacing <= width
        columns: roomy ? 4 : 2
        columnSpacing: root.theme.gap
        rowSpacing: root.theme.gap
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        anchors.margins: 14
        visible: root.hasEntry
        PlainButton {
            id: open
            Layout.fillWidth: !actions.roomy
            theme: root.theme
            text: qsTr("Open its recipe")
            tip: root.explore.commands.tip(qsTr("Exactly as it was rendered"), "gallery.open")
            onClicked: root.explore.run("gallery.open")
        }
        PlainButton {
            id: variant
            Layout.fillWidth: !actions.roomy
            theme: root.theme
            text: qsTr("Variant")
            tip: root.explore.commands.tip(qsTr("A copy of the recipe that names this one as its origin"), "gallery.variant")
            onClicked: root.explore.run("gallery.variant")
        }
        Item { visible: actions.roomy; Layout.fillWidth: true }
        PlainButton {
            id: publish
            Layout.columnSpan: actions.roomy ? 1 : 2
            Layout.fillWidth: !actions.roomy
            theme: root.theme
            primary: true
            text: qsTr("Publish…")
            enabled: root.hasFilm
            onClicked: root.publishWanted()
        }
    }
    Words {
        theme: root.theme
        anchors.centerIn: parent
        visible: !root.hasEntry
        soft: true
        text: qsTr("The film you choose plays here")
    }
}
