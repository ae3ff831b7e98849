// SPDX-License-Identifier: GPL-3.0-or-later
// What is seen in the viewer, A and B, and how: scale, zoom, channels, tools.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import ArtDag

RowLayout {
    id: root
    required property Theme theme
    required property Viewer viewer
    readonly property Comparison compare: viewer.compare
    readonly property bool roomy: width > 560

    spacing: 0 // and words give way when there is no room for all of them

    Words {
        theme: root.theme
        strong: true
        text: root.viewer.title
        Layout.fillWidth: true
        Layout.minimumWidth: 48
        Layout.maximumWidth: implicitWidth
    }
    Chip {
        theme: root.theme
        Layout.leftMargin: 8
        visible: root.compare.hasB
        text: qsTr("A")
        tip: qsTr("A is what is selected; the other side (Q)")
        strong: !root.compare.showsB
        soft: root.compare.showsB
        onClicked: root.viewer.run("viewer.toggle")
    }
    Rectangle { Layout.preferredWidth: 1; Layout.preferredHeight: 12; visible: root.compare.hasB; color: root.theme.hairline }
    Chip {
        theme: root.theme
        Layout.fillWidth: true
        Layout.maximumWidth: Math.min(implicitWidth, 160)
        text: root.compare.hasB ? qsTr("B: %1").arg(root.compare.title) : qsTr("B")
        tip: qsTr("What to compare with: a slot (1–9) or a snapshot (Shift+Q)")
        strong: root.compare.showsB
        soft: !root.compare.showsB
        onClicked: sides.popup(0, height)
        Choices {
            id: sides
            theme: root.theme
            Choice { theme: root.theme; text: qsTr("Keep a snapshot"); keys: qsTr("Shift+Q"); onTriggered: root.viewer.run("viewer.snapshot") }
            Choice { theme: root.theme; text: qsTr("Other side"); keys: qsTr("Q"); enabled: root.compare.hasB; onTriggered: root.viewer.run("viewer.toggle") }
            Choice { theme: root.theme; text: qsTr("Wipe"); keys: qsTr("W"); enabled: root.compare.hasB; onTriggered: root.viewer.run("viewer.wipe") }
            Choice { theme: root.theme; text: qsTr("Side by side"); keys: qsTr("Shift+W"); enabled: root.compare.hasB; onTriggered: root.viewer.run("viewer.side") }
            Choice { theme: root.theme; text: qsTr("Difference"); keys: qsTr("Shift+D"); enabled: root.compare.hasB; onTriggered: root.viewer.run("viewer.difference") }
            Instantiator {
                model: root.compare.choices
                delegate: Choice {
                    required property var modelData
                    theme: root.theme
                    text: (modelData.chosen ? "• " : "   ") + modelData.text
                    onTriggered: root.compare.choose(modelData.id)
                }
                onObjectAdded: (index, choice) => sides.insertItem(index + 5, choice)
                onObjectRemoved: (index, choice) => sides.removeItem(choice)
            }
        }
    }
    Toggle { theme: root.theme; glyph: "wipe"; visible: root.compare.hasB; tip: qsTr("Wipe (W)"); chosen: root.compare.mode === Comparison.Wipe; onClicked: root.viewer.run("viewer.wipe") }
    Toggle { theme: root.theme; glyph: "side_by_side"; visible: root.compare.hasB; tip: qsTr("Side by side (Shift+W)"); chosen: root.compare.mode === Comparison.SideBySide; onClicked: root.viewer.run("viewer.side") }
    Toggle { theme: root.theme; glyph: "difference"; visible: root.compare.hasB; tip: qsTr("Difference (Shift+D)"); chosen: root.compare.mode === Comparison.Difference; onClicked: root.viewer.run("viewer.difference") }
    Chip {
        theme: root.theme
        visible: root.compare.mode === Comparison.Difference
        text: qsTr("× %1").arg(root.compare.gain)
        tip: qsTr("Gain of the difference (Alt+↑, Alt+↓)")
        onClicked: root.compare.gain = root.compare.gain >= 64 ? 1 : root.compare.gain * 2
    }
    Item { Layout.fillWidth: true }
    Words {
        theme: root.theme
        soft: true
        Layout.rightMargin: 4
        visible: root.roomy && root.viewer.proxyText !== ""
        text: root.viewer.proxyText
    }
    Chip {
        theme: root.theme
        text: root.viewer.busy ? qsTr("rendering …") : (root.viewer.scaleText === "" ? qsTr("scale") : root.viewer.scaleText)
        Layout.fillWidth: true
        Layout.maximumWidth: implicitWidth
        tip: qsTr("How many pixels are made")
        onClicked: scales.popup(0, height)
        Choices {
            id: scales
            theme: root.theme
            Choice { theme: root.theme; text: qsTr("As the view needs"); keys: root.viewer.scaleChoice === 0 ? "•" : ""; onTriggered: root.viewer.run("viewer.scale.auto") }
            Choice { theme: root.theme; text: qsTr("Full scale"); keys: root.viewer.scaleChoice === 1 ? "•" : ""; onTriggered: root.viewer.run("viewer.scale.full") }
            Choice { theme: root.theme; text: qsTr("½ scale"); keys: root.viewer.scaleChoice === 0.5 ? "•" : ""; onTriggered: root.viewer.run("viewer.scale.half") }
            Choice { theme: root.theme; text: qsTr("¼ scale"); keys: root.viewer.scaleChoice === 0.25 ? "•" : ""; onTriggered: root.viewer.run("viewer.scale.quarter") }
            Choice { theme: root.theme; text: qsTr("Proxies of slow films"); keys: root.viewer.proxies ? qsTr("on") : qsTr("off"); onTriggered: root.viewer.run("viewer.proxies") }
        }
    }
    Chip {
        theme: root.theme
        text: root.viewer.camera.text
        tip: qsTr("Zoom: fit (F), one to one (Shift+F), + and −")
        onClicked: root.viewer.run(root.viewer.camera.fitted ? "viewer.one_to_one" : "viewer.fit")
    }
    Chip {
        theme: root.theme
        visible: root.roomy || root.viewer.channels !== "colour"
        text: ({ colour: qsTr("RGB"), red: qsTr("R"), green: qsTr("G"), blue: qsTr("B"), alpha: qsTr("A"), checker: qsTr("RGBA") })[root.viewer.channels]
        soft: root.viewer.channels === "colour"
        tip: qsTr("Channels: R, G, B, A alone; Shift+A over a checkerboard")
        onClicked: channelMenu.popup(0, height)
        Choices {
            id: channelMenu
            theme: root.theme
            Choice { theme: root.theme; text: qsTr("Red alone"); keys: "R"; onTriggered: root.viewer.run("viewer.channel.red") }
            Choice { theme: root.theme; text: qsTr("Green alone"); keys: "G"; onTriggered: root.viewer.run("viewer.channel.green") }
            Choice { theme: root.theme; text: qsTr("Blue alone"); keys: "B"; onTriggered: root.viewer.run("viewer.channel.blue") }
            Choice { theme: root.theme; text: qsTr("Alpha alone"); keys: "A"; onTriggered: root.viewer.run("viewer.channel.alpha") }
            Choice { theme: root.theme; text: qsTr("Over a checkerboard"); keys: qsTr("Shift+A"); onTriggered: root.viewer.run("viewer.channel.checker") }
        }
    }
    Toggle { theme: root.theme; glyph: "probe"; visible: root.roomy; tip: qsTr("Pixel inspector (P)"); chosen: root.viewer.probe.on; onClicked: root.viewer.run("viewer.pixel") }
    Toggle { theme: root.theme; glyph: "scopes"; visible: root.roomy; tip: qsTr("Scopes (H)"); chosen: root.viewer.scope.on; onClicked: root.viewer.run("viewer.scopes") }
    Toggle { theme: root.theme; glyph: "points"; visible: root.roomy; tip: qsTr("Handles on the picture (Shift+H)"); chosen: root.viewer.overlay.on; onClicked: root.viewer.run("viewer.handles") }
    Toggle { theme: root.theme; glyph: "grid"; visible: root.roomy; tip: qsTr("Grid (Shift+G)"); chosen: root.viewer.grid; onClicked: root.viewer.run("viewer.grid") }
    Toggle { theme: root.theme; glyph: "safe"; visible: root.roomy; tip: qsTr("Safe areas (Shift+S)"); chosen: root.viewer.safeAreas; onClicked: root.viewer.run("viewer.safe") }
}
