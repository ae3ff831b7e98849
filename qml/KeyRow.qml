// SPDX-License-Identifier: GPL-3.0-or-later
// A command and its keys: click (or Enter), press the new ones; Esc leaves them, Backspace takes them away.
import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import ArtDag

Item {
    id: root
    required property Theme theme
    required property Commands commands
    required property string id_
    required property string words
    required property string panelWords
    required property string keys
    required property string conflict
    required property bool own

    height: conflict === "" ? 32 : 48

    RowLayout {
        width: parent.width
        height: root.theme.tall(32)
        spacing: 8
        Words { theme: root.theme; Layout.fillWidth: true; text: root.words }
        Words { theme: root.theme; soft: true; small: true; text: root.panelWords }
        AbstractButton {
            id: box
            property bool listening: false
            implicitWidth: 160
            implicitHeight: root.theme.control
            hoverEnabled: true
            Accessible.name: qsTr("Keys of %1: %2").arg(root.words).arg(root.keys === "" ? qsTr("none") : root.keys)
            onClicked: {
                listening = true
                forceActiveFocus()
            }
            onActiveFocusChanged: if (!activeFocus) listening = false
            // Ahead of the window's own shortcuts: what is pressed now is meant for this row.
            Keys.onShortcutOverride: event => event.accepted = listening
            Keys.onPressed: event => {
                if (listening)
                    event.accepted = root.press(event.key, event.modifiers)
            }
            contentItem: Words {
                theme: root.theme
                leftPadding: 8
                soft: box.listening || root.keys === ""
                text: box.listening ? qsTr("press the keys …") : (root.keys === "" ? qsTr("none") : root.keys)
            }
            background: Rectangle {
                color: box.hovered ? root.theme.hover : root.theme.well
                border.width: box.visualFocus || box.listening ? 2 : 1
                border.color: box.visualFocus || box.listening ? root.theme.accent : (root.conflict === "" ? root.theme.hairline : root.theme.failed)
            }
        }
        IconButton {
            theme: root.theme
            glyph: "reset"
            enabled: root.own
            opacity: root.own ? 1 : 0
            tip: qsTr("As in the preset")
            onClicked: root.commands.resetKeys(root.id_)
        }
    }
    Words {
        theme: root.theme
        anchors.bottom: parent.bottom
        width: parent.width
        height: root.theme.tall(16)
        visible: root.conflict !== ""
        small: true
        color: root.theme.failed
        text: root.conflict
    }

    function press(key: int, modifiers: int): bool {
        const pressed = root.commands.keyOf(key, modifiers)
        if (pressed !== "" && key !== Qt.Key_Escape)
            root.commands.setKeys(root.id_, key === Qt.Key_Backspace && modifiers === Qt.NoModifier ? "" : pressed)
        box.listening = pressed === ""
        return true
    }
}
