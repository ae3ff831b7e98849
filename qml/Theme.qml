// SPDX-License-Identifier: GPL-3.0-or-later
// Colours and sizes of both themes. Greys without tint, one accent; colour is kept for meaning.
import QtQuick

QtObject {
    property bool dark: true

    readonly property color canvas: dark ? "#1b1b1b" : "#dedede"
    readonly property color panel: dark ? "#242424" : "#ececec"
    readonly property color raised: dark ? "#2e2e2e" : "#f7f7f7"
    readonly property color hover: dark ? "#383838" : "#ffffff"
    readonly property color well: dark ? "#1b1b1b" : "#ffffff"
    readonly property color hairline: dark ? "#3a3a3a" : "#c4c4c4"
    readonly property color dots: dark ? "#343434" : "#c6c6c6"
    readonly property color surround: dark ? "#111111" : "#c8c8c8"
    readonly property color text: dark ? "#e8e8e8" : "#1b1b1b"
    readonly property color soft: dark ? "#a6a6a6" : "#565656"
    readonly property color accent: dark ? "#8ab4f8" : "#2558b8"
    readonly property color accentText: dark ? "#16202f" : "#ffffff"
    readonly property color failed: dark ? "#ff7a70" : "#b3261e"
    readonly property color kept: dark ? "#8ab4f8" : "#2558b8"

    // In the order of the port types: picture, sound, signal, events, text, table.
    readonly property list<color> portColours: dark ? ["#56b4e9", "#1eb88a", "#e69f00", "#e8743b", "#d78bb5", "#d8cd55"] : ["#0a72ad", "#00795a", "#8f6200", "#b04a00", "#984878", "#6b6400"]
    readonly property color sound: portColours[1]
    readonly property color signal: portColours[2]

    // Backs and edges of frames on the canvas: calm, so that pictures stay the brightest things.
    readonly property var frameNames: ["grey", "blue", "green", "amber", "rose", "violet"]
    readonly property var frameEdges: dark ? { grey: "#565656", blue: "#4a6585", green: "#4a7360", amber: "#806a3c", rose: "#80535c", violet: "#64568a" } : { grey: "#a8a8a8", blue: "#7f9cc4", green: "#7fb096", amber: "#c0a264", rose: "#c48a95", violet: "#a094c8" }

    readonly property string family: "Inter"
    // How large letters are beside the scale of the interface, 1 to 1.5: what they stand in grows with them.
    property real letters: 1
    function tall(pixels: real): int { return Math.round(pixels * letters) }
    function wide(pixels: real): int { return Math.round(pixels * (1 + letters) / 2) } // of panels: others need room, too
    readonly property int size: tall(13)
    readonly property int small: tall(11)
    readonly property int title: tall(15)
    readonly property int large: tall(20)
    readonly property int strong: Font.DemiBold

    readonly property int unit: 4
    readonly property int gap: 8
    readonly property int pad: 16
    readonly property int control: tall(24)
    readonly property int row: tall(28)
    readonly property int bar: tall(36)
    readonly property int header: tall(44)
}
