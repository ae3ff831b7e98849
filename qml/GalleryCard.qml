// SPDX-License-Identifier: GPL-3.0-or-later
// A render: its poster, read when the card is seen; under the pointer the film plays, silently.
import QtQuick
import QtMultimedia
import ArtDag

Item {
    id: root
    required property Theme theme
    required property int index
    required property string title
    required property url poster
    required property url film
    required property string when
    required property string length
    required property string mark
    required property string size
    required property string page
    required property bool missing
    required property bool chosenToo
    required property bool look
    required property bool noted
    property bool current: false
    property bool focusShown: false

    signal chosen(int row, bool toggle, bool range)
    signal opened(int row)

    Accessible.role: Accessible.ListItem
    Accessible.name: qsTr("%1, %2, %3").arg(root.title).arg(root.when).arg(markWords.text)
    Accessible.selected: root.current || root.chosenToo
    GridView.onPooled: player.active = false

    Rectangle {
        id: frame
        anchors.fill: parent
        anchors.margins: 8
        color: root.chosenToo ? root.theme.hover : root.theme.panel
        border.width: root.current ? 2 : 1
        border.color: root.current ? (root.focusShown ? root.theme.accent : root.theme.soft) : (root.chosenToo ? root.theme.accent : root.theme.hairline)
        opacity: root.mark === "discarded" ? 0.35 : 1

        Rectangle {
            x: 2
            y: 2
            width: parent.width - 4
            height: parent.height - 34
            color: root.theme.canvas
            Image {
                anchors.fill: parent
                source: root.poster
                sourceSize.width: 480
                asynchronous: true
                fillMode: Image.PreserveAspectFit
            }
            // A Loader of Qt 6.4 cannot instantiate bound components, so this one reaches the card by its id.
            // qmllint disable unqualified
            Loader {
                id: player
                anchors.fill: parent
                active: false
                sourceComponent: Item {
                    MediaPlayer {
                        id: media
                        source: root.film
                        videoOutput: screen
                        loops: MediaPlayer.Infinite
                        Component.onCompleted: play()
                    }
                    VideoOutput {
                        id: screen
                        objectName: "hoverFilm"
                        anchors.fill: parent
                    }
                }
            }
            // qmllint enable unqualified
            Words {
                theme: root.theme
                anchors.centerIn: parent
                visible: root.missing
                soft: true
                text: qsTr("the file is gone")
            }
        }
        Words {
            theme: root.theme
            anchors.left: parent.left
            anchors.leftMargin: 10
            anchors.right: markWords.left
            anchors.rightMargin: 8
            anchors.bottom: parent.bottom
            height: root.theme.tall(32)
            text: root.noted ? qsTr("%1 ·").arg(root.title) : root.title
        }
        Words {
            id: markWords
            theme: root.theme
            anchors.right: parent.right
            anchors.rightMargin: 10
            anchors.bottom: parent.bottom
            height: root.theme.tall(32)
            color: root.mark === "" || root.mark === "discarded" ? root.theme.soft : root.theme.kept
            text: root.mark === "starred" ? qsTr("★ starred") : (root.mark === "kept" ? (root.look ? qsTr("✓ look") : qsTr("✓ kept")) : (root.mark === "discarded" ? qsTr("discarded") : (root.page !== "" ? qsTr("published") : root.length)))
        }
    }
    // Passing over a card plays nothing.
    Timer {
        interval: 250
        running: hover.hovered && String(root.film) !== ""
        onTriggered: player.active = true
    }
    HoverHandler {
        id: hover
        onHoveredChanged: if (!hovered) player.active = false
    }
    TapHandler {
        acceptedModifiers: Qt.NoModifier
        onTapped: root.chosen(root.index, false, false)
        onDoubleTapped: root.opened(root.index)
    }
    TapHandler {
        acceptedModifiers: Qt.ControlModifier
        onTapped: root.chosen(root.index, true, false)
    }
    TapHandler {
        acceptedModifiers: Qt.ShiftModifier
        onTapped: root.chosen(root.index, false, true)
    }
}
