// SPDX-License-Identifier: GPL-3.0-or-later
// Whether the chosen film can be made again, and what was found when it was last looked at.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import ArtDag

ColumnLayout {
    id: root
    required property Theme theme
    required property FilmCheck check
    required property string film
    required property string tip
    required property string tipOfFew
    required property string renderer ///< that made it; empty: this machine
    readonly property bool mine: check.film === film

    signal fewWanted

    spacing: 4
    RowLayout {
        Layout.topMargin: 8
        spacing: root.theme.gap
        Words { theme: root.theme; soft: true; strong: true; text: qsTr("Can it be made again?"); wrapMode: Text.Wrap; Layout.fillWidth: true }
        PlainButton {
            theme: root.theme
            visible: root.renderer !== "" && !(root.mine && root.check.busy)
            text: qsTr("Check here")
            tip: root.tipOfFew
            onClicked: root.fewWanted()
        }
        PlainButton {
            theme: root.theme
            text: root.mine && root.check.busy ? qsTr("Cancel") : qsTr("Check all")
            tip: root.tip
            onClicked: root.mine && root.check.busy ? root.check.cancel() : root.check.check(root.film, 0)
        }
    }
    Words {
        theme: root.theme
        visible: root.mine
        text: root.check.summary
        wrapMode: Text.Wrap
        Layout.fillWidth: true
    }
    Repeater {
        model: root.mine ? root.check.answers : []
        ColumnLayout {
            id: answer
            required property var modelData
            readonly property var verdicts: ({ yes: qsTr("yes"), no: qsTr("no"), cannot_tell: qsTr("cannot tell") })
            Layout.fillWidth: true
            spacing: 0
            Accessible.role: Accessible.StaticText
            Accessible.name: qsTr("%1: %2").arg(answer.modelData.question).arg(answer.verdicts[answer.modelData.verdict])
            RowLayout {
                Layout.fillWidth: true
                Words { theme: root.theme; small: true; text: answer.modelData.question; Layout.fillWidth: true; wrapMode: Text.Wrap }
                Words {
                    theme: root.theme
                    small: true
                    strong: true
                    color: answer.modelData.verdict === "no" ? root.theme.failed : (answer.modelData.verdict === "yes" ? root.theme.kept : root.theme.soft)
                    text: answer.verdicts[answer.modelData.verdict]
                }
            }
            Words { theme: root.theme; small: true; soft: true; text: answer.modelData.words; visible: text !== "" && answer.modelData.verdict !== "yes"; Layout.fillWidth: true; wrapMode: Text.Wrap }
        }
    }
}
