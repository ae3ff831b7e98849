// SPDX-License-Identifier: GPL-3.0-or-later
// Says what emptying deletes, and asks.
import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import ArtDag

Popup {
    id: root
    required property Theme theme
    required property Gallery gallery

    modal: true
    padding: 20
    width: 440
    onOpened: stay.forceActiveFocus()
    background: Rectangle {
        color: root.theme.raised
        border.color: root.theme.hairline
    }
    ColumnLayout {
        width: parent.width
        spacing: root.theme.pad
        Words {
            theme: root.theme
            strong: true
            text: qsTr("Empty the discarded renders?")
        }
        Words {
            theme: root.theme
            Layout.fillWidth: true
            wrapMode: Text.Wrap
            text: root.gallery.discarded === 0 ? qsTr("Nothing is discarded.") : (root.gallery.emptying !== "" ? root.gallery.emptying : qsTr("Weighing …"))
        }
        RowLayout {
            Layout.fillWidth: true
            Item { Layout.fillWidth: true }
            PlainButton {
                id: stay
                theme: root.theme
                text: qsTr("Leave them")
                onClicked: root.close()
            }
            PlainButton {
                theme: root.theme
                primary: true
                text: qsTr("Delete")
                enabled: root.gallery.emptying !== ""
                onClicked: {
                    root.gallery.emptyDiscarded()
                    root.close()
                }
            }
        }
    }
}
