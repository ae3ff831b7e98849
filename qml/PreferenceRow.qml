// SPDX-License-Identifier: GPL-3.0-or-later
// A preference: what it is called, its control, and what it means.
import QtQuick
import QtQuick.Layouts

RowLayout {
    id: root
    required property Theme theme
    required property string label
    property string help: ""
    default property alias control: place.data

    Layout.fillWidth: true
    spacing: 16
    Words {
        theme: root.theme
        Layout.preferredWidth: root.theme.tall(180)
        Layout.alignment: Qt.AlignTop
        Layout.topMargin: 4
        wrapMode: Text.Wrap
        text: root.label
    }
    ColumnLayout {
        Layout.fillWidth: true
        spacing: 4
        RowLayout {
            id: place
            Layout.fillWidth: true
            Layout.minimumHeight: root.theme.control
            spacing: 8
        }
        Words {
            theme: root.theme
            Layout.fillWidth: true
            visible: root.help !== ""
            soft: true
            small: true
            wrapMode: Text.Wrap
            text: root.help
        }
    }
}
