// SPDX-License-Identifier: GPL-3.0-or-later
// The chosen scope of what is shown.
import QtQuick
import QtQuick.Window
import ArtDag

Rectangle {
    id: root
    required property Theme theme
    required property ScopeBoard scope

    visible: scope.on
    width: 296
    height: 196
    color: "#f0141414"
    border.color: theme.hairline
    Accessible.role: Accessible.Graphic
    Accessible.name: root.scope.title

    Binding {
        target: root.scope
        property: "size"
        value: Qt.size(Math.round(plot.width * Screen.devicePixelRatio), Math.round(plot.height * Screen.devicePixelRatio))
    }
    Words {
        theme: root.theme
        x: 8
        y: 4
        small: true
        color: "#a6a6a6"
        text: root.scope.title
    }
    PictureItem {
        id: plot
        x: 8
        y: 24
        width: parent.width - 16
        height: parent.height - 32
        image: root.scope.image
    }
}
