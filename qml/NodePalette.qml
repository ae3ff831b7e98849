// SPDX-License-Identifier: GPL-3.0-or-later
// Adds a node by its name: search as you type, Enter takes the first match.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import ArtDag

Popup {
    id: root
    required property Theme theme
    required property PaletteModel effects
    property point at
    property string source: ""

    signal chosen(string effect, point at, string source)

    function openAt(point: point, from: string, type: string) {
        at = point
        source = from
        effects.type = type
        effects.gives = from.startsWith("<")
        effects.query = ""
        search.text = ""
        list.currentIndex = 0
        x = Math.max(8, Math.min(point.x, parent.width - width - 8))
        y = Math.max(8, Math.min(point.y, parent.height - height - 8))
        open()
        search.forceActiveFocus()
    }
    function take(row: int) {
        const effect = effects.nameAt(row)
        if (effect === "")
            return
        close()
        chosen(effect, at, source)
    }

    focus: true
    width: theme.tall(340)
    height: 400
    padding: 1
    background: Rectangle {
        color: root.theme.raised
        border.color: root.theme.hairline
    }
    ColumnLayout {
        anchors.fill: parent
        spacing: 0
        TextBox {
            id: search
            theme: root.theme
            Layout.fillWidth: true
            Layout.margins: 8
            Layout.preferredHeight: root.theme.row
            placeholderText: root.effects.type === "" ? qsTr("Add a node …") : (root.effects.gives ? qsTr("Add a node that gives %1 …") : qsTr("Add a node that takes %1 …")).arg(root.effects.type)
            onTextChanged: {
                root.effects.query = text
                list.currentIndex = 0
            }
            onAccepted: root.take(list.currentIndex)
            Keys.onDownPressed: list.incrementCurrentIndex()
            Keys.onUpPressed: list.decrementCurrentIndex()
            Keys.onTabPressed: list.incrementCurrentIndex()
        }
        ListView {
            id: list
            Layout.fillWidth: true
            Layout.fillHeight: true
            clip: true
            model: root.effects
            currentIndex: 0
            boundsBehavior: Flickable.StopAtBounds
            ScrollBar.vertical: ScrollBar { width: 8 }
            delegate: ItemDelegate {
                id: option
                required property int index
                required property string name
                required property string title
                required property string category
                required property string help
                required property bool baked
                width: ListView.view.width
                height: root.theme.row
                highlighted: ListView.isCurrentItem || hovered
                Accessible.name: option.title
                Accessible.description: option.help
                onClicked: root.take(index)
                contentItem: RowLayout {
                    spacing: 8
                    Words {
                        theme: root.theme
                        text: option.title
                        Layout.fillWidth: true
                    }
                    Words {
                        theme: root.theme
                        text: option.baked ? qsTr("baked") + " · " + option.category : option.category
                        soft: true
                        small: true
                    }
                }
                background: Rectangle {
                    color: option.highlighted ? root.theme.hover : "transparent"
                    Rectangle {
                        width: 2
                        height: parent.height
                        color: root.theme.accent
                        visible: option.ListView.isCurrentItem
                    }
                }
            }
            Words {
                theme: root.theme
                anchors.centerIn: parent
                visible: root.effects.count === 0
                soft: true
                text: qsTr("No effect is called that")
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
            Layout.margins: 8
            Layout.preferredHeight: root.theme.header
            soft: true
            small: true
            wrapMode: Text.Wrap
            maximumLineCount: 3
            verticalAlignment: Text.AlignTop
            text: list.currentItem ? (list.currentItem as ItemDelegate).Accessible.description : ""
        }
    }
}
