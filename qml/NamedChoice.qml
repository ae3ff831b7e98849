// SPDX-License-Identifier: GPL-3.0-or-later
// One of several, of which machines know the name and people the title: `choices` of {name, title}.
import QtQuick
import QtQuick.Layouts

ColumnLayout {
    id: root
    required property Theme theme
    required property string label
    required property var choices
    property string value

    signal chosen(string name)

    spacing: 8
    Layout.fillWidth: true
    Layout.preferredWidth: 1 // columns of one width
    Labelled { theme: root.theme; label: root.label }
    ChoiceBox {
        theme: root.theme
        label: root.label
        model: root.choices.map(choice => choice.title)
        currentIndex: root.choices.findIndex(choice => choice.name === root.value)
        Layout.fillWidth: true
        onActivated: index => root.chosen(root.choices[index].name)
    }
}
