// SPDX-License-Identifier: GPL-3.0-or-later
// The chosen film: it plays here, with its facts and what can be done with it.
import QtQuick
import QtQuick.Layouts
import QtMultimedia
import ArtDag

Rectangle {
    id: root
    required property Theme theme
    required property Session session
    readonly property Gallery gallery: session.gallery
    readonly property bool hasFilm: gallery.currentTitle !== "" || gallery.currentPath !== ""

    signal publishWanted

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
        function onCurrentChanged() { media.stop() }
    }
    Connections {
        target: root.session
        function onPlaceChanged() { media.stop() }
    }

    ColumnLayout {
        anchors.fill: parent
        anchors.margins: root.theme.pad
        spacing: 12
        visible: root.hasFilm

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
            spacing: 8
            PlainButton {
                theme: root.theme
                text: screen.visible ? qsTr("Stop") : qsTr("Play")
                onClicked: {
                    if (screen.visible) {
                        media.stop()
                        return
                    }
                    media.source = root.gallery.currentFilm
                    media.play()
                }
            }
            Item { Layout.fillWidth: true }
            IconButton { theme: root.theme; glyph: "keep"; tip: qsTr("Keep (K)"); onClicked: root.gallery.mark(root.gallery.current, "kept") }
            IconButton { theme: root.theme; glyph: "star"; tip: qsTr("Star (S)"); onClicked: root.gallery.mark(root.gallery.current, "starred") }
            IconButton { theme: root.theme; glyph: "close"; tip: qsTr("Discard (X)"); onClicked: root.gallery.mark(root.gallery.current, "discarded") }
        }
        Words {
            theme: root.theme
            strong: true
            font.pixelSize: 15
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
            soft: true
            small: true
            text: qsTr("frames %1").arg(root.gallery.currentHash)
            Layout.fillWidth: true
            wrapMode: Text.WrapAnywhere
        }
        Words {
            theme: root.theme
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
        Item { Layout.fillHeight: true }
        RowLayout {
            Layout.fillWidth: true
            spacing: 8
            PlainButton {
                theme: root.theme
                text: qsTr("Open its recipe")
                tip: qsTr("Enter")
                onClicked: root.session.wishForRecipeOfCurrentFilm()
            }
            Item { Layout.fillWidth: true }
            PlainButton {
                theme: root.theme
                primary: true
                text: qsTr("Publish…")
                onClicked: root.publishWanted()
            }
        }
    }
    Words {
        theme: root.theme
        anchors.centerIn: parent
        visible: !root.hasFilm
        soft: true
        text: qsTr("The film you choose plays here")
    }
}
