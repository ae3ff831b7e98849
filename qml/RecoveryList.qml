// SPDX-License-Identifier: GPL-3.0-or-later
// Documents that a crash left: offered, never opened by themselves.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import ArtDag

Column {
    id: root
    required property Theme theme
    required property Session session

    visible: session.journal.count > 0
    spacing: 8
    Words {
        theme: root.theme
        strong: true
        width: parent.width
        text: qsTr("The Studio ended without saving")
    }
    Repeater {
        model: root.session.journal.found
        Rectangle {
            id: entry
            required property var modelData
            required property int index
            width: root.width
            height: root.theme.header
            color: root.theme.raised
            RowLayout {
                anchors.fill: parent
                anchors.leftMargin: 16
                anchors.rightMargin: 8
                spacing: 8
                Words {
                    theme: root.theme
                    text: entry.modelData.title === "" ? qsTr("Untitled") : entry.modelData.title
                }
                Words {
                    theme: root.theme
                    Layout.fillWidth: true
                    soft: true
                    text: entry.modelData.path === "" ? qsTr("edited %1, in no file").arg(Qt.locale().toString(entry.modelData.when, Locale.ShortFormat))
                                                      : qsTr("edited %1, of %2").arg(Qt.locale().toString(entry.modelData.when, Locale.ShortFormat)).arg(entry.modelData.path)
                }
                PlainButton {
                    theme: root.theme
                    primary: true
                    text: qsTr("Recover")
                    onClicked: root.session.wishToRecover(entry.index)
                }
                PlainButton {
                    theme: root.theme
                    text: qsTr("Forget it")
                    onClicked: root.session.journal.discard(entry.index)
                }
            }
        }
    }
}
