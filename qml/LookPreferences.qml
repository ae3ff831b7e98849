// SPDX-License-Identifier: GPL-3.0-or-later
import QtQuick
import QtQuick.Layouts
import ArtDag

ColumnLayout {
    id: root
    required property Theme theme
    required property Session session
    readonly property Preferences preferences: session.preferences

    spacing: 20
    PreferenceRow {
        theme: root.theme
        label: qsTr("Theme")
        Segments {
            theme: root.theme
            label: qsTr("Theme")
            choices: [{ name: "dark", title: qsTr("Dark") }, { name: "light", title: qsTr("Light") }, { name: "system", title: qsTr("As the system") }]
            value: root.preferences.theme
            onChosen: name => root.preferences.theme = name
        }
    }
    PreferenceRow {
        theme: root.theme
        label: qsTr("Interface scale")
        help: qsTr("On top of the scale of the desktop.")
        Segments {
            theme: root.theme
            label: qsTr("Interface scale")
            choices: [{ name: "100", title: qsTr("100 %") }, { name: "125", title: qsTr("125 %") }, { name: "150", title: qsTr("150 %") }, { name: "175", title: qsTr("175 %") }, { name: "200", title: qsTr("200 %") }]
            value: root.preferences.scale
            onChosen: name => root.preferences.scale = parseInt(name)
        }
    }
    PreferenceRow {
        theme: root.theme
        label: qsTr("Letters")
        help: qsTr("Cards on the canvas grow with the zoom instead.")
        Segments {
            theme: root.theme
            label: qsTr("Letters")
            choices: [{ name: "100", title: qsTr("100 %") }, { name: "125", title: qsTr("125 %") }, { name: "150", title: qsTr("150 %") }]
            value: root.preferences.letters
            onChosen: name => root.preferences.letters = parseInt(name)
        }
    }
    PreferenceRow {
        theme: root.theme
        label: qsTr("Language")
        Segments {
            theme: root.theme
            label: qsTr("Language")
            choices: root.session.languages.all
            value: root.preferences.language
            onChosen: name => root.preferences.language = name
        }
    }
    PreferenceRow {
        theme: root.theme
        label: qsTr("On the canvas")
        help: qsTr("With Ctrl it is the other way round. A pinch always zooms.")
        Segments {
            theme: root.theme
            label: qsTr("On the canvas")
            choices: [{ name: "auto", title: qsTr("Wheel zooms, touchpad pans") }, { name: "zoom", title: qsTr("Both zoom") }, { name: "pan", title: qsTr("Both pan") }]
            value: root.preferences.wheel
            onChosen: name => root.preferences.wheel = name
        }
    }
    Item { Layout.fillHeight: true }
}
