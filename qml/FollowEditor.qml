// SPDX-License-Identifier: GPL-3.0-or-later
// What a parameter follows, between which values, and how closely.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import ArtDag

ColumnLayout {
    id: root
    required property Theme theme
    required property FieldModel fields
    required property int row
    required property string label
    required property string unit
    required property var follow
    readonly property list<string> maps: ["linear", "sqrt", "square", "log"]

    signal sourceWanted

    spacing: 4

    RowLayout {
        spacing: root.theme.gap
        PlainButton {
            theme: root.theme
            implicitHeight: root.theme.control
            text: "← " + (root.follow.title ?? "")
            tip: qsTr("Follow something else")
            Layout.fillWidth: true
            onClicked: root.sourceWanted()
        }
        Repeater {
            model: [{ member: "low", title: qsTr("from") }, { member: "high", title: qsTr("to") }]
            RowLayout {
                id: end
                required property var modelData
                spacing: 4
                Words { theme: root.theme; small: true; soft: true; text: end.modelData.title }
                NumberBox {
                    theme: root.theme
                    label: root.label + ", " + end.modelData.title
                    value: root.follow[end.modelData.member] ?? "" // for a moment, when it follows nothing any more
                    unit: root.unit
                    onTyped: text => root.fields.setFollowMember(root.row, end.modelData.member, text)
                }
            }
        }
    }
    RowLayout {
        spacing: root.theme.gap
        Repeater {
            model: [{ member: "decay", title: qsTr("decay") }, { member: "smooth", title: qsTr("smooth") }, { member: "offset", title: qsTr("offset") }, { member: "noise", title: qsTr("noise") }]
            RowLayout {
                id: part
                required property var modelData
                spacing: 4
                Words { theme: root.theme; small: true; soft: true; text: part.modelData.title }
                NumberBox {
                    theme: root.theme
                    implicitWidth: root.theme.tall(64)
                    sidePadding: 4 // four boxes and their words share one line
                    label: root.label + ", " + part.modelData.title
                    value: root.follow[part.modelData.member] ?? ""
                    Layout.fillWidth: true
                    onTyped: text => root.fields.setFollowMember(root.row, part.modelData.member, text)
                }
            }
        }
        ChoiceBox {
            theme: root.theme
            label: root.label + ", " + qsTr("map")
            implicitWidth: root.theme.tall(76)
            model: root.maps
            currentIndex: root.maps.indexOf(root.follow.map)
            onActivated: choice => root.fields.setFollowMember(root.row, "map", root.maps[choice])
        }
    }
}
