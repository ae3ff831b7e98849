// SPDX-License-Identifier: GPL-3.0-or-later
// What is known of a node: size, time, what is at hand, its last error, and why it would run.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import ArtDag

Popup {
    id: root
    required property Theme theme
    required property NodeReport report

    function openFor(name: string) {
        if (report.show(name))
            open()
    }

    focus: true
    width: 380
    padding: 16
    background: Rectangle {
        color: root.theme.raised
        border.color: root.theme.hairline
    }
    ColumnLayout {
        anchors.fill: parent
        spacing: 8
        Words {
            theme: root.theme
            Layout.fillWidth: true
            strong: true
            text: root.report.title
            Accessible.role: Accessible.Heading
            Accessible.name: text
        }
        Repeater {
            model: root.report.rows
            RowLayout {
                id: row
                required property var modelData
                Layout.fillWidth: true
                spacing: 12
                Words {
                    theme: root.theme
                    Layout.preferredWidth: 96
                    Layout.alignment: Qt.AlignTop
                    soft: true
                    text: row.modelData.label
                }
                Words {
                    theme: root.theme
                    Layout.fillWidth: true
                    wrapMode: Text.Wrap
                    elide: Text.ElideNone
                    color: row.modelData.severe ? root.theme.failed : root.theme.text
                    text: row.modelData.words
                    Accessible.role: Accessible.StaticText
                    Accessible.name: row.modelData.label + ": " + text
                }
            }
        }
        Rectangle {
            Layout.fillWidth: true
            Layout.preferredHeight: 1
            color: root.theme.hairline
        }
        Words {
            theme: root.theme
            Layout.fillWidth: true
            strong: true
            text: qsTr("Why would this run?")
        }
        Words {
            theme: root.theme
            Layout.fillWidth: true
            wrapMode: Text.Wrap
            elide: Text.ElideNone
            text: root.report.why
            Accessible.role: Accessible.StaticText
            Accessible.name: text
        }
    }
}
