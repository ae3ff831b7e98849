// SPDX-License-Identifier: GPL-3.0-or-later
// A short list to choose from by typing and Enter: what to connect to, what to promote.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import ArtDag

Popup {
    id: root
    required property Theme theme
    property string heading: ""
    property string emptyWords: ""
    property var options: []
    readonly property var found: options.filter(option => option.words.toLowerCase().includes(search.text.toLowerCase()))

    signal chosen(var option)

    function openWith(words: string, list: var) {
        heading = words
        options = list
        search.text = ""
        rows.currentIndex = 0
        open()
        search.forceActiveFocus()
    }
    function take(row: int) {
        if (row < 0 || row >= found.length)
            return
        const option = found[row]
        close()
        chosen(option)
    }

    focus: true
    modal: true
    width: theme.tall(380)
    height: Math.min(theme.tall(360), theme.tall(96) + Math.max(1, options.length) * theme.row)
    padding: 1
    background: Rectangle {
        color: root.theme.raised
        border.color: root.theme.hairline
    }
    ColumnLayout {
        anchors.fill: parent
        spacing: 0
        Words {
            theme: root.theme
            Layout.fillWidth: true
            Layout.leftMargin: 12
            Layout.rightMargin: 12
            Layout.preferredHeight: root.theme.bar
            strong: true
            text: root.heading
        }
        TextBox {
            id: search
            theme: root.theme
            Layout.fillWidth: true
            Layout.leftMargin: 8
            Layout.rightMargin: 8
            Layout.preferredHeight: root.theme.row
            placeholderText: qsTr("Filter …")
            Accessible.name: root.heading
            onTextChanged: rows.currentIndex = 0
            onAccepted: root.take(rows.currentIndex)
            Keys.onDownPressed: rows.incrementCurrentIndex()
            Keys.onUpPressed: rows.decrementCurrentIndex()
        }
        ListView {
            id: rows
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.topMargin: 8
            clip: true
            model: root.found
            boundsBehavior: Flickable.StopAtBounds
            ScrollBar.vertical: ScrollBar { width: 8 }
            delegate: ItemDelegate {
                id: option
                required property int index
                required property var modelData
                width: ListView.view.width
                height: root.theme.row
                highlighted: ListView.isCurrentItem || hovered
                Accessible.name: option.modelData.words
                onClicked: root.take(index)
                contentItem: Words {
                    theme: root.theme
                    text: option.modelData.words
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
                width: parent.width - 32
                horizontalAlignment: Text.AlignHCenter
                wrapMode: Text.Wrap
                visible: root.found.length === 0
                soft: true
                text: root.options.length === 0 ? root.emptyWords : qsTr("Nothing here is called that")
            }
        }
    }
}
