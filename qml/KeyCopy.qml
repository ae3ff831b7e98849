// SPDX-License-Identifier: GPL-3.0-or-later
// A copy of the open key, with a passphrase of its own, in a folder that is chosen.
import QtQuick
import QtQuick.Dialogs
import QtQuick.Layouts
import ArtDag

ColumnLayout {
    id: root
    required property Theme theme
    required property KeyHolder keys
    property bool open: false
    spacing: 8

    function close() {
        open = false
        passphrase.clear()
        again.clear()
    }

    PlainButton {
        theme: root.theme
        visible: !root.open
        enabled: !root.keys.busy
        text: root.keys.busy ? qsTr("Copying …") : qsTr("Back up…")
        onClicked: {
            root.open = true
            passphrase.forceActiveFocus()
        }
    }
    Words {
        theme: root.theme
        visible: root.open
        soft: true
        wrapMode: Text.Wrap
        Layout.fillWidth: true
        text: qsTr("The copy has a passphrase of its own, of at least 8 characters. Nobody can recover it.")
    }
    TextBox {
        id: passphrase
        theme: root.theme
        visible: root.open
        Layout.fillWidth: true
        echoMode: TextInput.Password
        placeholderText: qsTr("Passphrase of the copy")
    }
    TextBox {
        id: again
        theme: root.theme
        visible: root.open
        Layout.fillWidth: true
        echoMode: TextInput.Password
        placeholderText: qsTr("Once more")
        onAccepted: if (choose.enabled) choose.clicked()
    }
    RowLayout {
        visible: root.open
        PlainButton {
            theme: root.theme
            text: qsTr("Cancel")
            onClicked: root.close()
        }
        Item { Layout.fillWidth: true }
        PlainButton {
            id: choose
            theme: root.theme
            enabled: passphrase.text.length >= 8 && again.text === passphrase.text
            text: qsTr("Choose folder…")
            onClicked: folders.open()
        }
    }
    Words {
        theme: root.theme
        visible: text !== ""
        color: root.theme.failed
        wrapMode: Text.Wrap
        Layout.fillWidth: true
        text: root.keys.message
    }
    FolderDialog {
        id: folders
        title: qsTr("Where the copy goes")
        onAccepted: {
            root.keys.backUp(selectedFolder, passphrase.text)
            root.close()
        }
    }
}
