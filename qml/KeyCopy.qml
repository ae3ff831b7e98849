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

    function begin() {
        open = true
        passphrase.forceActiveFocus()
    }
    function close() {
        open = false
        passphrase.clear()
        again.clear()
    }

    Words {
        theme: root.theme
        soft: true
        wrapMode: Text.Wrap
        Layout.fillWidth: true
        text: qsTr("The copy has a passphrase of its own, of at least 8 characters. Nobody can recover it.")
    }
    TextBox {
        id: passphrase
        theme: root.theme
        Layout.fillWidth: true
        echoMode: TextInput.Password
        placeholderText: qsTr("Passphrase of the copy")
    }
    TextBox {
        id: again
        theme: root.theme
        Layout.fillWidth: true
        echoMode: TextInput.Password
        placeholderText: qsTr("Once more")
        onAccepted: if (choose.enabled) choose.clicked()
    }
    RowLayout {
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
    FolderDialog {
        id: folders
        title: qsTr("Where the copy goes")
        onAccepted: {
            root.keys.backUp(selectedFolder, passphrase.text)
            root.close()
        }
    }
}
