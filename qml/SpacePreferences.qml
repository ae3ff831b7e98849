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
        label: qsTr("Preview memory")
        help: qsTr("Frames that are kept to be shown again at once.")
        NumberBox {
            theme: root.theme
            label: qsTr("Preview memory in megabytes")
            unit: qsTr("MB")
            implicitWidth: 104
            value: root.preferences.previewMegabytes
            onTyped: text => root.preferences.previewMegabytes = parseInt(text)
            onCleared: root.preferences.previewMegabytes = 768
        }
    }
    PreferenceRow {
        theme: root.theme
        label: qsTr("Store on the disk")
        help: root.preferences.diskGigabytes === 0 ? qsTr("No limit. With one, renders that are cheap to make again go first; your own media and what you keep stay.")
                                                   : qsTr("At the limit, renders that are cheap to make again go first; your own media and what you keep stay. 0: no limit.")
        NumberBox {
            theme: root.theme
            label: qsTr("Most of the store in gigabytes")
            unit: qsTr("GB")
            implicitWidth: 104
            enabled: root.preferences.diskGigabytes >= 0
            value: root.preferences.diskGigabytes
            onTyped: text => root.preferences.diskGigabytes = parseInt(text)
            onCleared: root.preferences.diskGigabytes = 0
        }
    }
    PreferenceRow {
        theme: root.theme
        label: qsTr("Proxies")
        help: qsTr("Films that are slow to decode get half-size copies for previews while nothing else is to be done. Exports never read them.")
        OnOff {
            theme: root.theme
            label: qsTr("Make proxies")
            checked: root.preferences.proxies
            onToggled: root.preferences.proxies = checked
        }
    }
    PreferenceRow {
        theme: root.theme
        label: qsTr("Place")
        help: qsTr("Store, journal, kept versions and keys. Another place: start the Studio with ARTDAG_HOME.")
        Words {
            theme: root.theme
            Layout.fillWidth: true
            elide: Text.ElideMiddle
            text: root.session.homePath
        }
    }
    Item { Layout.fillHeight: true }
}
