// SPDX-License-Identifier: GPL-3.0-or-later
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Controls.Basic

ComboBox {
    id: root
    required property Theme theme
    required property string label

    implicitHeight: theme.control
    font.family: theme.family
    font.pixelSize: theme.size
    Accessible.name: root.label

    contentItem: Words {
        theme: root.theme
        leftPadding: 8
        rightPadding: 20
        text: root.displayText
    }
    indicator: Words {
        theme: root.theme
        x: root.width - width - 8
        y: (root.height - height) / 2
        soft: true
        small: true
        text: "▾"
    }
    background: Rectangle {
        color: root.hovered ? root.theme.hover : root.theme.well
        border.width: root.visualFocus ? 2 : 1
        border.color: root.visualFocus ? root.theme.accent : root.theme.hairline
    }
    delegate: ItemDelegate {
        id: option
        required property int index
        required property string modelData
        width: root.width
        height: root.theme.row
        highlighted: root.highlightedIndex === index
        contentItem: Words {
            theme: root.theme
            text: option.modelData
            strong: root.currentIndex === option.index
        }
        background: Rectangle {
            color: option.highlighted ? root.theme.hover : root.theme.raised
        }
    }
    popup: Popup {
        y: root.height
        width: root.width
        implicitHeight: Math.min(contentItem.implicitHeight + 2, 320)
        padding: 1
        contentItem: ListView {
            clip: true
            implicitHeight: contentHeight
            model: root.popup.visible ? root.delegateModel : null
            currentIndex: root.highlightedIndex
            ScrollIndicator.vertical: ScrollIndicator {}
        }
        background: Rectangle {
            color: root.theme.raised
            border.color: root.theme.hairline
        }
    }
}
