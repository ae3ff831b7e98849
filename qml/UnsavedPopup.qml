// SPDX-License-Identifier: GPL-3.0-or-later
// Edits would be lost: save them, lose them, or stay.
import QtQuick
import QtQuick.Controls.Basic
import ArtDag

Popup {
    id: root
    required property Theme theme
    required property Session session

    modal: true
    focus: true
    padding: 20
    closePolicy: Popup.CloseOnEscape
    onClosed: if (!answered) session.stay()
    onAboutToShow: answered = false
    property bool answered: false

    background: Rectangle {
        color: root.theme.raised
        border.color: root.theme.hairline
    }
    Column {
        spacing: 16
        Words {
            theme: root.theme
            strong: true
            text: qsTr("%1 has edits that are not saved").arg(root.session.document.title === "" ? qsTr("Untitled") : root.session.document.title)
        }
        Row {
            spacing: 8
            PlainButton {
                theme: root.theme
                primary: true
                text: qsTr("Save")
                onClicked: {
                    root.answered = true
                    root.close()
                    root.session.goOnAfterSaving()
                }
            }
            PlainButton {
                theme: root.theme
                text: qsTr("Lose the edits")
                onClicked: {
                    root.answered = true
                    root.close()
                    root.session.goOnWithoutSaving()
                }
            }
            PlainButton {
                theme: root.theme
                text: qsTr("Stay")
                onClicked: root.close()
            }
        }
    }
}
